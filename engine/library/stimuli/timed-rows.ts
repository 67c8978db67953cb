/** Plays rows of numbers that stand at times of their own, evenly spaced or not: piece by piece a polynomial. */
import {
  add,
  and,
  call,
  f64,
  greater,
  i32,
  i32Local,
  less,
  load,
  local,
  maximum,
  minimum,
  multiply,
  not,
  divide,
  or,
  select,
  step,
  subtract,
  toF64,
} from '../../build/ir/expressions.ts';
import { assign, letBool, letF64, letI32, loop, store } from '../../build/ir/statements.ts';
import type { Expression, SignalId, Statement } from '../../build/ir/types.ts';
import { unmade, type ElementBuilder } from '../../build/library-kind.ts';
import type { ContinuousSeries } from '../../timeseries/continuous-series.ts';
import { memberColumns, type MemberColumns } from './batch-size.ts';
import { coefficientsOf, shapeOfPieces, type PieceShape } from './timed-pieces.ts';

/** A millionth of a step keeps a step that should fall on a row from falling just beside it. */
const slack = 1e-6;

export interface TimedPlay {
  readonly series: ContinuousSeries;
  /** What is played after the last row: `hold`, `zero` or `repeat`. */
  readonly after: string;
  /** Seconds from a round to the next where the rows repeat. */
  readonly period: number;
  /** Seconds. */
  readonly delay: number;
}

/** Adds tables of the pieces and operators for the present and the next step. */
export function emitTimedRows(builder: ElementBuilder, play: TimedPlay): void {
  const { channelCount } = play.series;
  const { knots: begins, powers, early } = shapeOfPieces(play.series);
  const pieces = begins.length - 1;
  const knots = builder.signal({
    name: 'out_knots',
    shape: [pieces + 1],
    initial: begins,
    role: 'constant',
    unit: 's',
  });
  const coefficients = builder.signal({
    name: 'out_pieces',
    shape: [pieces, channelCount * powers],
    initial: builder.outline ? unmade : coefficientsOf(play.series),
    role: 'constant',
  });
  const each = channelCount / builder.members;
  const columns = memberColumns(builder, 'out', each);
  const near = slack * builder.timeStepSeconds;
  const tables = { knots, coefficients, pieces, powers, early, near, each, columns };
  const signals = ['', '_ahead'].map((suffix, offset) => {
    const signal = builder.signal({ name: `out${suffix}`, shape: [each], initial: 0, role: 'transient' });
    const stepNumber = offset === 0 ? step : add(step, i32(offset));
    const time = multiply(toF64(stepNumber), f64(builder.timeStepSeconds));
    builder.operator({
      name: `out${suffix}/value`,
      slot: 'start',
      reads: [knots, coefficients, ...columns.reads],
      sets: [signal],
      body: bodyOf({ ...play, ...tables, signal }, time),
    });
    return signal;
  });
  builder.output('out', signals[0] as SignalId, signals[1] as SignalId);
}

interface Reading extends TimedPlay, Pick<PieceShape, 'powers' | 'early'> {
  readonly knots: SignalId;
  readonly coefficients: SignalId;
  readonly pieces: number;
  readonly signal: SignalId;
  /** Channels of each member of a batch. */
  readonly each: number;
  readonly columns: MemberColumns;
  /** Seconds within which a time is taken for that of a row. */
  readonly near: number;
}

function bodyOf(reading: Reading, time: Expression): Statement[] {
  const { series, knots, signal, near } = reading;
  const [first, last] = [series.times[0] as number, series.times.at(-1) as number];
  const at = local('at');
  const outside = or(less(at, f64(first - near)), greater(at, f64(last + near)));
  const silent = reading.after === 'hold' ? less(at, f64(first - near)) : outside;
  const piece = i32Local('piece');
  const [left, right] = [load(knots, piece), load(knots, add(piece, i32(1)))];
  const within = divide(subtract(at, left), subtract(right, left));
  return [
    letF64('at', localTime(reading, time, first)),
    letBool('silent', silent),
    ...search(reading, at),
    letF64('within', maximum(minimum(within, f64(1)), f64(0))),
    loop('i', 0, reading.each, [
      store(signal, i32Local('i'), select(local('silent', 'bool'), f64(0), valueOf(reading))),
    ]),
  ];
}

/** The time in the series that a time of the run shows. */
function localTime({ after, delay, period, near }: Reading, time: Expression, first: number): Expression {
  const since = delay === 0 ? time : subtract(time, f64(delay));
  if (after !== 'repeat') return since;
  const passed = subtract(call('mod', add(since, f64(near - first)), f64(period)), f64(near));
  return add(maximum(passed, f64(0)), f64(first));
}

/** The piece by bisection: the last one that begins at the time, or before it. */
function search({ knots, pieces, early, near }: Reading, at: Expression): Statement[] {
  const [low, high, middle] = [i32Local('piece'), i32Local('high'), i32Local('middle')];
  const begin = load(knots, middle);
  const begun = early ? less(begin, subtract(at, f64(near))) : not(greater(begin, add(at, f64(near))));
  const turns = Math.ceil(Math.log2(pieces));
  return [
    letI32('piece', i32(0)),
    letI32('high', i32(pieces)),
    loop('turn', 0, turns, [
      letI32('middle', divide(add(low, high), i32(2))),
      letBool('up', and(begun, less(low, middle))),
      assign('piece', select(local('up', 'bool'), middle, low)),
      assign('high', select(local('up', 'bool'), high, maximum(middle, add(low, i32(1))))),
    ]),
  ];
}

function valueOf({ coefficients, powers, series, columns }: Reading): Expression {
  const channel = columns.of(i32Local('i'));
  const place = multiply(add(multiply(i32Local('piece'), i32(series.channelCount)), channel), i32(powers));
  const coefficient = (power: number): Expression => load(coefficients, power === 0 ? place : add(place, i32(power)));
  let value = coefficient(powers - 1);
  for (let power = powers - 2; power >= 0; power -= 1)
    value = add(coefficient(power), multiply(local('within'), value));
  return value;
}

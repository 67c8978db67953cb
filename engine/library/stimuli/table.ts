/** Shared by stimuli that play rows of numbers: series from files and generated series. */
import { unmade, type ElementBuilder } from '../../build/library-kind.ts';
import {
  add,
  call,
  divide,
  f64,
  greater,
  greaterEqual,
  i32,
  less,
  load,
  maximum,
  minimum,
  multiply,
  or,
  remainder,
  select,
  subtract,
  toF64,
  toI32,
} from '../../build/ir/expressions.ts';
import type { Expression, SignalId } from '../../build/ir/types.ts';
import type { Choice } from '../../model/kind.ts';
import { splineDegrees, type InterpolationKind } from '../../timeseries/continuous-series.ts';
import { memberColumns } from './batch-size.ts';
import { emitContinuous } from './continuous.ts';
import { piecesPerRow, pieceValue, splinePieces, type SplinePieces } from './spline-pieces.ts';

/** What happens after the last row. */
export const afterChoices: readonly Choice[] = [
  { value: 'hold', title: 'hold the last value' },
  { value: 'zero', title: 'zero' },
  { value: 'repeat', title: 'start again' },
];

export interface TablePlay {
  readonly rows: number;
  /** Those of all members of a batch that have columns of their own, one after the other. */
  readonly channels: number;
  /** Row-major [rows, channels]. */
  values(): Float64Array;
  /** Bytes that making the values takes besides them. */
  readonly draftBytes: number;
  /** Time from row to row; 0 = one row per time step. */
  readonly samplePeriodSeconds: number;
  readonly after: string;
  readonly interpolation: Exclude<InterpolationKind, 'zero'>;
  /** When the first row is played; may be negative. Default 0. Before it everything is 0, unless the rows repeat. */
  readonly delaySeconds?: number;
  readonly port: string;
}

/** Adds a constant table and the operator that reads it: row k stands at time k · samplePeriod. */
export function emitTable(builder: ElementBuilder, play: TablePlay): void {
  const { rows, channels, port } = play;
  const table = builder.signal({
    name: `${port}_table`,
    shape: [rows, channels],
    initial: builder.outline ? unmade : play.values(),
    role: 'constant',
    draftBytes: play.draftBytes,
  });
  const everyStep = play.samplePeriodSeconds === 0 || play.samplePeriodSeconds === builder.timeStepSeconds;
  const exact = everyStep && (play.delaySeconds ?? 0) === 0;
  const timed = { ...play, samplePeriodSeconds: everyStep ? builder.timeStepSeconds : play.samplePeriodSeconds };
  const degree = exact ? undefined : splineDegrees[play.interpolation];
  const pieces = degree === undefined ? undefined : emitPieces(builder, play, degree);
  const each = channels / builder.members;
  const columns = memberColumns(builder, port, each);
  const valueAt = (time: Expression, cell: Expression, stepNumber: Expression): Expression =>
    exact ? exactRow(table, play, cell, stepNumber) : betweenRows({ table, pieces }, timed, cell, time);
  emitContinuous(builder, each, (time, cell, stepNumber) => valueAt(time, columns.of(cell), stepNumber), port, [
    table,
    ...columns.reads,
    ...(pieces === undefined ? [] : [pieces.signal]),
  ]);
}

/** Where rows are read from: as they stand, and the polynomials between them where a spline goes through them. */
interface Rows {
  readonly table: SignalId;
  readonly pieces: SplinePieces | undefined;
}

/** The polynomials of the spline through the rows; where the rows repeat the first one follows the last. */
function emitPieces(builder: ElementBuilder, play: TablePlay, degree: 2 | 3): SplinePieces {
  const { rows, channels, port, after } = play;
  const closed = after === 'repeat';
  const count = (closed ? rows : rows - 1) * piecesPerRow(degree);
  const signal = builder.signal({
    name: `${port}_pieces`,
    shape: [count, channels * 4],
    initial: builder.outline ? unmade : splinePieces(play.values(), rows, channels, degree, closed),
    role: 'constant',
    draftBytes: play.draftBytes + 8 * 9 * rows * channels,
  });
  return { signal, count, channels, perRow: piecesPerRow(degree) };
}

/** One row per step: no arithmetic on times at all. */
function exactRow(table: SignalId, play: TablePlay, cell: Expression, stepNumber: Expression): Expression {
  const { rows, after } = play;
  const last = i32(rows - 1);
  if (after === 'repeat') return at(table, play, remainder(stepNumber, i32(rows)), cell);
  const inside = less(stepNumber, i32(rows));
  const value = at(table, play, select(inside, stepNumber, last), cell);
  return after === 'zero' ? select(inside, value, f64(0)) : value;
}

/** A millionth of a row keeps a step that should fall on a row from falling just before it. */
const slack = 1e-6;

function betweenRows({ table, pieces }: Rows, play: TablePlay, cell: Expression, time: Expression): Expression {
  const { rows, after, delaySeconds = 0 } = play;
  const since = delaySeconds === 0 ? time : subtract(time, f64(delaySeconds));
  const raw = divide(since, f64(play.samplePeriodSeconds));
  const inside = (place: Expression): Expression => {
    const wrapped = after === 'repeat' ? call('mod', place, f64(rows)) : place;
    return minimum(maximum(wrapped, f64(0)), f64(rows - (after === 'repeat' ? 0 : 1)));
  };
  const value =
    pieces === undefined
      ? valueBetween(table, play, cell, raw, inside)
      : pieceValue(pieces, cell, inside(raw), inside(add(raw, f64(slack))));
  const early = less(raw, f64(-slack));
  if (after === 'zero') return select(or(early, greaterEqual(raw, f64(rows))), f64(0), value);
  return after === 'hold' && delaySeconds > 0 ? select(early, f64(0), value) : value;
}

/** The row at a place between rows, or what lies on the line from it to the next. */
function valueBetween(
  table: SignalId,
  play: TablePlay,
  cell: Expression,
  raw: Expression,
  inside: (place: Expression) => Expression,
): Expression {
  const last = f64(play.rows - 1);
  if (play.interpolation === 'next' || play.interpolation === 'nearest') {
    const back = play.interpolation === 'next' ? slack : 0.5 + slack;
    const up = call('ceil', inside(subtract(raw, f64(back))));
    const beyond = greater(up, last);
    return at(table, play, toI32(select(beyond, play.after === 'repeat' ? f64(0) : last, up)), cell);
  }
  const row = toI32(call('floor', minimum(inside(add(raw, f64(slack))), last)));
  const here = at(table, play, row, cell);
  return play.interpolation === 'previous' ? here : blend(table, play, cell, { row, here, place: inside(raw) });
}

/** On the straight line to the next row: the first one after the last when the rows repeat, else the last itself. */
function blend(
  table: SignalId,
  play: TablePlay,
  cell: Expression,
  { row, here, place }: { readonly row: Expression; readonly here: Expression; readonly place: Expression },
): Expression {
  const beyond = play.after === 'repeat' ? i32(0) : row;
  const next = select(less(row, i32(play.rows - 1)), add(row, i32(1)), beyond);
  const fraction = subtract(place, toF64(row));
  // On a row, or so little before it that the row has been taken already (at the end of a round: a whole round before).
  const onRow = or(less(fraction, f64(slack)), greater(fraction, f64(1)));
  return add(here, multiply(select(onRow, f64(0), fraction), subtract(at(table, play, next, cell), here)));
}

function at(table: SignalId, play: TablePlay, row: Expression, cell: Expression): Expression {
  return load(table, add(multiply(row, i32(play.channels)), cell));
}

/** How a step finds the events that fall into it: by buckets of time, with no state, so that a run may begin anywhere. */
import {
  add,
  and,
  call,
  divide,
  equal,
  f64,
  greaterEqual,
  i32,
  i32Local,
  less,
  load,
  loadI32,
  local,
  maximum,
  minimum,
  multiply,
  step,
  subtract,
  toF64,
  toI32,
} from '../../build/ir/expressions.ts';
import { letF64, letI32, loop, store, when } from '../../build/ir/statements.ts';
import type { Expression, SignalId, Statement } from '../../build/ir/types.ts';
import type { ElementBuilder } from '../../build/library-kind.ts';
import type { EventSeries } from '../../timeseries/event-series.ts';
import { memberColumns, type MemberColumns } from './batch-size.ts';

/** A millionth of a step keeps an event that should fall on a step from falling just before it. */
const slack = 1e-6;

interface Play {
  /** Seconds. */
  readonly delay: number;
  /** The spikes of a step are their number instead of 1. */
  readonly counted: boolean;
}

/** Adds the tables of events and the operator that sets the spikes. */
export function emitEvents(builder: ElementBuilder, series: EventSeries, { delay, counted }: Play): void {
  const { times, channels, channelCount, periodic, start, stop } = series;
  const buckets = bucketsOf(times, builder.timeStepSeconds);
  const events = times.length;
  const tables: Tables = {
    times: builder.signal({ name: 'times', shape: [events], initial: times, role: 'constant', unit: 's' }),
    cells: builder.signal({ name: 'cells', shape: [events], initial: channels, role: 'constant', type: 'i32' }),
    first: builder.signal({
      name: 'first',
      shape: [buckets.first.length],
      initial: buckets.first,
      role: 'constant',
      type: 'i32',
    }),
    buckets,
  };
  const type = counted ? 'f64' : 'u8';
  const each = channelCount / builder.members;
  const spikes = builder.signal({ name: 'spikes', shape: [each], initial: 0, role: 'transient', type });
  const columns = memberColumns(builder, 'spikes', each);
  const hit = hitAt(spikes, counted, loadI32(tables.cells, i32Local('e')), { ...columns, each });
  const play = (shift: Expression): Statement[] => eventsAt(tables, builder.timeStepSeconds, shift, hit);
  builder.operator({
    name: 'emit',
    slot: 'thresholds',
    reads: [tables.times, tables.cells, tables.first, ...columns.reads],
    sets: [spikes],
    body: [
      loop('i', 0, each, [store(spikes, i32Local('i'), counted ? f64(0) : i32(0))]),
      ...(periodic ? copies({ builder, delay, period: stop - start, times }, play) : play(f64(delay))),
    ],
  });
  builder.output('spikes', spikes);
}

/** What an event does on its channel: of a batch only where the channel is one of the member. */
function hitAt(
  spikes: SignalId,
  counted: boolean,
  channel: Expression,
  { first, each }: Pick<MemberColumns, 'first'> & { readonly each: number },
): Statement {
  const at = (cell: Expression): Statement =>
    counted ? store(spikes, cell, add(load(spikes, cell), f64(1))) : store(spikes, cell, i32(1));
  if (first === undefined) return at(channel);
  const own = subtract(channel, first);
  return when(and(greaterEqual(own, i32(0)), less(own, i32(each))), [at(own)]);
}

interface Buckets {
  /** The first event of each bucket; one entry more than buckets. Int32. */
  readonly first: Int32Array;
  readonly origin: number;
  readonly width: number;
}

/** About as many equal stretches of time as events, none shorter than a step. */
function bucketsOf(times: Float64Array, timeStep: number): Buckets {
  const origin = times[0] as number;
  const span = (times.at(-1) as number) - origin;
  const width = Math.max(timeStep, span / times.length);
  const count = Math.floor(span / width) + 1;
  const first = new Int32Array(count + 1).fill(times.length);
  for (let event = times.length - 1; event >= 0; event -= 1)
    first[Math.min(count - 1, Math.floor(((times[event] as number) - origin) / width))] = event;
  for (let bucket = count - 1; bucket >= 0; bucket -= 1)
    first[bucket] = Math.min(first[bucket] as number, first[bucket + 1] as number);
  return { first, origin, width };
}

interface Tables {
  readonly times: SignalId;
  readonly cells: SignalId;
  readonly first: SignalId;
  readonly buckets: Buckets;
}

/** Statements that do `hit` for each event `e` that falls into this step when all are `shift` seconds later. */
function eventsAt(tables: Tables, timeStep: number, shift: Expression, hit: Statement): Statement[] {
  const { origin, width, first } = tables.buckets;
  const bucket = (time: Expression): Expression => {
    const place = call('floor', divide(subtract(time, f64(origin)), f64(width)));
    return toI32(minimum(maximum(place, f64(0)), f64(first.length - 2)));
  };
  const now = local('now');
  const due = call('floor', add(divide(add(load(tables.times, i32Local('e')), shift), f64(timeStep)), f64(slack)));
  return [
    letF64('now', subtract(multiply(toF64(step), f64(timeStep)), shift)),
    letI32('from', loadI32(tables.first, bucket(subtract(now, f64(timeStep))))),
    letI32('to', loadI32(tables.first, add(bucket(add(now, f64(2 * timeStep))), i32(1)))),
    loop('e', i32Local('from'), i32Local('to'), [when(equal(due, toF64(step)), [hit])]),
  ];
}

interface Period {
  readonly builder: ElementBuilder;
  readonly delay: number;
  readonly period: number;
  readonly times: Float64Array;
}

/** The same for each copy of the events, one period after the other, that may reach into this step. */
function copies({ builder, delay, period, times }: Period, play: (shift: Expression) => Statement[]): Statement[] {
  const { timeStepSeconds } = builder;
  const begin = subtract(multiply(toF64(step), f64(timeStepSeconds)), f64(delay));
  const copyAt = (time: Expression): Expression => toI32(call('floor', divide(time, f64(period))));
  return [
    letF64('begin', begin),
    letI32('oldest', copyAt(subtract(local('begin'), f64(timeStepSeconds + (times.at(-1) as number))))),
    letI32('newest', copyAt(subtract(local('begin'), f64((times[0] as number) - 2 * timeStepSeconds)))),
    loop('k', i32Local('oldest'), add(i32Local('newest'), i32(1)), [
      letF64('shift', add(f64(delay), multiply(toF64(i32Local('k')), f64(period)))),
      ...play(local('shift')),
    ]),
  ];
}

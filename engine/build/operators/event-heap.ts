/** Events waiting for their times in the order of time and channel: a binary heap kept in signals. */
import {
  add,
  and,
  divide,
  equal,
  f64,
  greater,
  i32,
  i32Local,
  less,
  load,
  loadI32,
  local,
  multiply,
  or,
  select,
  subtract,
} from '../ir/expressions.ts';
import { accumulate, assign, letF64, letI32, loop, store, when } from '../ir/statements.ts';
import type { Expression, SignalId, Statement } from '../ir/types.ts';

/** The signals: times f64 [capacity], channels i32 [capacity], count i32 [1], and f64 [1] of events that found no place. */
export interface EventHeap {
  readonly times: SignalId;
  readonly channels: SignalId;
  readonly count: SignalId;
  readonly lost: SignalId;
  readonly capacity: number;
}

/** An event as expressions. */
interface Event {
  readonly time: Expression;
  readonly channel: Expression;
}

function earlier(left: Event, right: Event): Expression {
  const tied = and(equal(left.time, right.time), less(left.channel, right.channel));
  return or(less(left.time, right.time), tied);
}

function at({ times, channels }: EventHeap, place: Expression): Event {
  return { time: load(times, place), channel: loadI32(channels, place) };
}

function put({ times, channels }: EventHeap, place: Expression, { time, channel }: Event): Statement[] {
  return [store(times, place, time), store(channels, place, channel)];
}

/** Levels of the heap, at most. */
function levels({ capacity }: EventHeap): number {
  return Math.ceil(Math.log2(capacity + 1)) + 1;
}

/** Adds an event; where the heap is full it is lost and counted. Locals begin with `prefix`, which is unique in the operator. */
export function pushEvent(heap: EventHeap, prefix: string, event: Event): Statement[] {
  const { count, lost, capacity } = heap;
  const [place, parent] = [i32Local(`${prefix}_place`), i32Local(`${prefix}_parent`)];
  const pushed = { time: local(`${prefix}_time`), channel: i32Local(`${prefix}_channel`) };
  const free = [
    letF64(`${prefix}_time`, event.time),
    letI32(`${prefix}_channel`, event.channel),
    letI32(`${prefix}_place`, loadI32(count)),
    store(count, 0, add(loadI32(count), i32(1))),
    loop(`${prefix}_level`, 0, levels(heap), [
      letI32(`${prefix}_parent`, divide(subtract(place, i32(1)), i32(2))),
      when(and(greater(place, i32(0)), earlier(pushed, at(heap, parent))), [
        ...put(heap, place, at(heap, parent)),
        assign(`${prefix}_place`, parent),
      ]),
    ]),
    ...put(heap, place, pushed),
  ];
  return [when(less(loadI32(count), i32(capacity)), free, [accumulate(lost, 0, f64(1))])];
}

/** Takes the first event out of a heap that is not empty: declares the locals `prefix_time` and `prefix_channel`. */
export function popEvent(heap: EventHeap, prefix: string): Statement[] {
  const { count } = heap;
  const [place, last, left] = [i32Local(`${prefix}_place`), i32Local(`${prefix}_last`), i32Local(`${prefix}_left`)];
  const [right, child] = [i32Local(`${prefix}_right`), i32Local(`${prefix}_child`)];
  const moved = { time: local(`${prefix}_moved`), channel: i32Local(`${prefix}_moved_channel`) };
  const next = add(left, i32(1));
  return [
    letF64(`${prefix}_time`, load(heap.times, 0)),
    letI32(`${prefix}_channel`, loadI32(heap.channels, 0)),
    letI32(`${prefix}_last`, subtract(loadI32(count), i32(1))),
    store(count, 0, last),
    letF64(`${prefix}_moved`, load(heap.times, last)),
    letI32(`${prefix}_moved_channel`, loadI32(heap.channels, last)),
    letI32(`${prefix}_place`, i32(0)),
    loop(`${prefix}_level`, 0, levels(heap), [
      letI32(`${prefix}_left`, add(multiply(place, i32(2)), i32(1))),
      when(less(left, last), [
        letI32(`${prefix}_right`, select(less(next, last), next, left)),
        letI32(`${prefix}_child`, select(earlier(at(heap, right), at(heap, left)), right, left)),
        when(earlier(at(heap, child), moved), [...put(heap, place, at(heap, child)), assign(`${prefix}_place`, child)]),
      ]),
    ]),
    ...put(heap, place, moved),
  ];
}

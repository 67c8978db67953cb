/**
 * The step of event-driven cells: all events whose times lie in it, one after the other. It is no text of equations because
 * there may be any number of events, each of which may make further ones.
 */
import type { Result } from '../../base/result.ts';
import { collect, mapResult } from '../../base/result.ts';
import {
  add,
  and,
  boolLocal,
  call,
  divide,
  equal,
  f64,
  greater,
  greaterEqual,
  i32,
  i32Local,
  less,
  load,
  loadI32,
  local,
  maximum,
  multiply,
  not,
  or,
  select,
  step,
  subtract,
  toF64,
  toI32,
} from '../../build/ir/expressions.ts';
import { accumulate, assign, letBool, letF64, loop, store, when } from '../../build/ir/statements.ts';
import type { Expression, SignalId, Statement } from '../../build/ir/types.ts';
import type { ElementBuilder } from '../../build/library-kind.ts';
import { popEvent, pushEvent, type EventHeap } from '../../build/operators/event-heap.ts';
import { numberRange, storedIn, type NumberRange } from './number-range.ts';
import { spikeLog, type SpikeLog } from './event-log.ts';
import { eventTrace, type EventTrace } from './event-trace.ts';

export interface Driven {
  readonly cells: number;
  /** Rows of the input weights. */
  readonly inputs: number;
  /** Channels that arrive. */
  readonly connected: number;
  /** [inputs, cells]; undefined = channel i to cell i with weight 1. */
  readonly weights: SignalId | undefined;
  readonly recurrent: SignalId | undefined;
}

/** Constants by cell. */
const constants = ['v_thresh', 'v_reset', 'v_subtract', 'leak', 'v_rest', 'refractory'] as const;
type ConstantName = (typeof constants)[number];

interface DrivenSignals extends Driven {
  readonly constant: Readonly<Record<ConstantName, SignalId>>;
  readonly heap: EventHeap;
  readonly v: SignalId;
  /** Times up to which the cells are refractory. */
  readonly until: SignalId;
  /** Weights of the event under way. */
  readonly drive: SignalId;
  readonly spikes: SignalId;
  /** Ticks of the leak that were put into the heap. */
  readonly ticks: SignalId;
  /** Steps before the first of the run; 0 unless the run continues another. */
  readonly origin: SignalId;
  /** Events after the end of the step that are done in it all the same; 0 unless a call of the original ends. */
  readonly overtime: SignalId;
  /** Events that wait after the step, as a number that can be recorded. */
  readonly waiting: SignalId;
  readonly log: SpikeLog;
  readonly trace: EventTrace | undefined;
  readonly range: NumberRange | undefined;
  readonly leaksToRest: boolean;
}

/** Events in a step at most: rounds × rounds. */
const rounds = 256;
/** A tick this much after the end of a step is put into the heap before it. */
const tickSlack = 1e-10;
/** How long after the end of its refractory period a cell that is still above the threshold is looked at. */
const wakingDelay = 1e-10;

const [cell, channel] = [i32Local('n'), i32Local('next_channel')];
const [time, end, v] = [local('next_time'), local('end'), local('v')];

/** Adds states, constants, the port and the operator `events`. */
export function emitDriven(builder: ElementBuilder, layer: Driven): Result<void> {
  return mapResult(collect(constants.map((name) => builder.vector(name, layer.cells))), (vectors) => {
    const signals = drivenSignals(builder, layer, vectors);
    const { heap, constant, weights, recurrent, log, trace } = signals;
    const arriving = layer.connected === 0 ? [] : [builder.input('in')];
    const matrices = [weights, recurrent].filter((id) => id !== undefined);
    builder.operator({
      ...{ name: 'events', slot: 'thresholds' },
      reads: [...arriving, ...matrices, ...Object.values(constant), signals.origin],
      sets: [signals.spikes, signals.drive],
      updates: [
        ...[signals.v, signals.until, signals.ticks, signals.overtime, signals.waiting],
        ...[heap.times, heap.channels, heap.count, heap.lost, ...log.signals, ...(trace?.signals ?? [])],
      ],
      body: [...beginning(builder, signals, arriving), ...eventsInTurn(builder, signals)],
    });
    builder.output('spikes', signals.spikes);
  });
}

function drivenSignals(builder: ElementBuilder, layer: Driven, vectors: readonly Float64Array[]): DrivenSignals {
  const { cells } = layer;
  const state = (name: string, length: number, initial: number | Float64Array = 0): SignalId =>
    builder.signal({ name, shape: [length], initial, role: 'state' });
  const whole = (name: string, length: number): SignalId =>
    builder.signal({ name, shape: [length], initial: 0, role: 'state', type: 'i32' });
  const constant = Object.fromEntries(
    constants.map((name, place) => {
      const initial = vectors[place] as Float64Array;
      return [name, builder.signal({ name, shape: [cells], initial, role: 'constant' })];
    }),
  ) as Record<ConstantName, SignalId>;
  const capacity = builder.number('capacity');
  const [v, until] = [state('v', cells, vectors[1]), state('refractory_until', cells)];
  builder.state('v', v);
  builder.state('refractory_until', until);
  const lost = state('lost', 1);
  builder.state('lost', lost);
  const waiting = state('waiting', 1);
  builder.state('waiting', waiting);
  return {
    ...{ ...layer, constant, v, until },
    heap: {
      ...{ capacity, lost, count: whole('pending_count', 1) },
      ...{ times: state('pending_times', capacity), channels: whole('pending_channels', capacity) },
    },
    drive: builder.signal({ name: 'drive', shape: [cells], initial: 0, role: 'transient' }),
    spikes: builder.signal({ name: 'spikes', shape: [cells], initial: 0, role: 'transient' }),
    ...{ ticks: state('ticks', 1), origin: state('origin', 1), overtime: state('overtime', 1), waiting },
    log: spikeLog(builder),
    trace: eventTrace(builder, cells),
    range: numberRange(builder.text('state_type')),
    leaksToRest: builder.flag('leak_to_rest'),
  };
}

/** Puts the inputs of the step and the ticks up to its end into the heap. */
function beginning(builder: ElementBuilder, signals: DrivenSignals, arriving: readonly SignalId[]): Statement[] {
  const { heap, ticks, spikes, cells, inputs, origin } = signals;
  const number = add(toF64(step), load(origin));
  const period = builder.number('tau_leak');
  const input = i32Local('i');
  const tick = multiply(add(load(ticks), toF64(i32Local('tick')), f64(1)), f64(period));
  const ticksDue = subtract(local('due'), load(ticks));
  return [
    letF64('begin', multiply(number, f64(builder.timeStepSeconds))),
    letF64('end', multiply(add(number, f64(1)), f64(builder.timeStepSeconds))),
    ...arriving.map((events) =>
      loop('i', 0, signals.connected, [
        loop(
          'copy',
          0,
          toI32(load(events, input)),
          pushEvent(heap, 'arrive', { time: local('begin'), channel: input }),
        ),
      ]),
    ),
    letF64('due', call('floor', divide(add(end, f64(tickSlack)), f64(period)))),
    loop('tick', 0, toI32(ticksDue), pushEvent(heap, 'leak', { time: tick, channel: i32(inputs + cells) })),
    store(ticks, 0, maximum(local('due'), load(ticks))),
    loop('clear', 0, cells, [store(spikes, i32Local('clear'), f64(0))]),
  ];
}

/** The events of the step, one after the other. */
function eventsInTurn(builder: ElementBuilder, signals: DrivenSignals): Statement[] {
  const { heap, overtime, trace } = signals;
  const inside = or(less(load(heap.times), end), greater(load(overtime), f64(0)));
  const isOpen = and(greater(loadI32(heap.count), i32(0)), inside);
  const event = [
    ...popEvent(heap, 'next'),
    when(greater(time, end), [store(overtime, 0, subtract(load(overtime), f64(1)))]),
    ...driveOf(signals),
    loop('n', 0, signals.cells, cellAtEvent(builder, signals)),
    ...(trace?.finish(time, channel) ?? []),
    assign('open', isOpen),
  ];
  const turns = select(boolLocal('open'), i32(rounds), i32(0));
  return [
    letBool('open', isOpen),
    loop('round', 0, rounds, [loop('turn', 0, turns, [when(boolLocal('open'), event)])]),
    store(signals.waiting, 0, toF64(loadI32(heap.count))),
  ];
}

/** Sets `drive` to what the event brings to every cell. */
function driveOf(signals: DrivenSignals): Statement[] {
  const { drive, weights, recurrent, cells, inputs } = signals;
  const each = (name: string, value: (cell: Expression) => Expression): Statement =>
    loop(name, 0, cells, [store(drive, i32Local(name), value(i32Local(name)))]);
  const row = (matrix: SignalId, number: Expression, column: Expression): Expression =>
    load(matrix, add(multiply(number, i32(cells)), column));
  const input = each('from', (column) =>
    weights === undefined ? select(equal(channel, column), f64(1), f64(0)) : row(weights, channel, column),
  );
  const spike = each('sent', (column) =>
    recurrent === undefined ? f64(0) : row(recurrent, subtract(channel, i32(inputs)), column),
  );
  const tick = each('tick_cell', (column) => leakOf(signals, column));
  const later = when(less(channel, i32(inputs + cells)), [spike], [tick]);
  const known = when(less(channel, i32(inputs)), [input], [later]);
  return [when(less(channel, i32(0)), [each('woken', () => f64(0))], [known])];
}

function leakOf({ constant, v: membranes, leaksToRest }: DrivenSignals, column: Expression): Expression {
  const [state, rest, leak] = [load(membranes, column), load(constant.v_rest, column), load(constant.leak, column)];
  if (!leaksToRest) return multiply(f64(-1), leak);
  const sign = select(less(state, rest), f64(-1), select(equal(state, rest), f64(0), f64(1)));
  return multiply(f64(-1), leak, sign);
}

/** A cell: takes the event unless it is refractory, and spikes. */
function cellAtEvent(builder: ElementBuilder, signals: DrivenSignals): Statement[] {
  const { constant, until, drive, trace } = signals;
  const reached = greaterEqual(v, load(constant.v_thresh, cell));
  return [
    letBool('active', not(greater(load(until, cell), time))),
    letF64('v', load(signals.v, cell)),
    when(boolLocal('active'), [assign('v', storedIn(signals.range, add(v, load(drive, cell))))]),
    ...(trace?.reached(cell, v) ?? []),
    when(and(boolLocal('active'), reached), spikeOf(builder, signals)),
    ...(trace?.left(cell, v) ?? []),
    store(signals.v, cell, v),
  ];
}

function spikeOf(builder: ElementBuilder, signals: DrivenSignals): Statement[] {
  const { constant, heap, recurrent, inputs, log } = signals;
  const over = add(time, load(constant.refractory, cell));
  const copy = { time: add(time, f64(builder.number('delay'))), channel: add(i32(inputs), cell) };
  const waking = pushEvent(heap, 'wake', { time: add(over, f64(wakingDelay)), channel: i32(-1) });
  const after =
    builder.text('after_spike') === 'reset'
      ? [assign('v', storedIn(signals.range, load(constant.v_reset, cell)))]
      : [
          assign('v', storedIn(signals.range, subtract(v, load(constant.v_subtract, cell)))),
          when(greaterEqual(v, load(constant.v_thresh, cell)), waking),
        ];
  return [
    ...after,
    store(signals.until, cell, over),
    ...(recurrent === undefined ? [] : pushEvent(heap, 'send', copy)),
    accumulate(signals.spikes, cell, f64(1)),
    ...log.add(time, cell),
  ];
}

/**
 * The solver of tightly balanced cells: Euler steps that go back to the time of a spike. It is no text of equations because
 * its steps lie between those of the run, and there may be several in one of these.
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
  local,
  maximum,
  minimum,
  multiply,
  normal,
  not,
  or,
  select,
  step,
  subtract,
  toF64,
} from '../../build/ir/expressions.ts';
import { accumulate, assign, letBool, letF64, letI32, loop, store, when } from '../../build/ir/statements.ts';
import type { Expression, SignalId, Statement } from '../../build/ir/types.ts';
import type { ElementBuilder } from '../../build/library-kind.ts';
import { ringPlace, spikeLog, type SpikeLog } from './event-log.ts';

export interface TightBalance {
  readonly cells: number;
  readonly input: SignalId;
  /** Weights [to, from]. */
  readonly fast: SignalId;
  readonly slow: SignalId;
  /** Seconds. */
  readonly minDelta: number;
  /** The fast weights change at spikes. */
  readonly plastic: boolean;
}

const constants = [
  ...(['tau_mem', 'tau_syn_fast', 'tau_syn_slow', 'v_thresh'] as const),
  ...(['v_reset', 'v_rest', 'bias', 'refractory'] as const),
];
type ConstantName = (typeof constants)[number];

/** The three variables of a cell, each with its value after the last spike or step of the solver. */
const variables = ['v', 'i_slow', 'i_fast'] as const;
type VariableName = (typeof variables)[number];

interface BalanceSignals extends TightBalance {
  /** The time step. */
  readonly dt: number;
  readonly constant: Readonly<Record<ConstantName, SignalId>>;
  readonly now: Readonly<Record<VariableName, SignalId>>;
  readonly last: Readonly<Record<VariableName, SignalId>>;
  /** Refractory time that is left of each cell. */
  readonly rest: SignalId;
  /** Time of the solver, and of its step before. */
  readonly time: SignalId;
  readonly lastTime: SignalId;
  /** Time at which the run begins; 0 unless it continues another. */
  readonly start: SignalId;
  /** The solver does no step from this time on; 0 is no limit. */
  readonly limit: SignalId;
  /** Input of this step and of the step before. */
  readonly x: SignalId;
  readonly before: SignalId;
  readonly spikes: SignalId;
  readonly log: SpikeLog;
  readonly trace: SolverTrace | undefined;
}

/** The latest steps of the solver. */
interface SolverTrace {
  readonly length: number;
  readonly times: SignalId;
  readonly values: Readonly<Record<VariableName, SignalId>>;
  readonly count: SignalId;
}

const [winner, cell, from] = [i32Local('winner'), i32Local('n'), i32Local('from')];

/** Adds states, constants, the port and the operators. */
export function emitTightBalance(builder: ElementBuilder, layer: TightBalance): Result<void> {
  return mapResult(collect(constants.map((name) => builder.vector(name, layer.cells))), (vectors) => {
    const signals = balanceSignals(builder, layer, vectors);
    const { constant, now, last, log, trace, plastic, fast, slow } = signals;
    const kept = trace === undefined ? [] : [trace.times, trace.count, ...Object.values(trace.values)];
    emitSamples(builder, signals);
    builder.operator({
      ...{ name: 'solve', slot: 'thresholds' },
      reads: [signals.x, slow, ...Object.values(constant), signals.start, signals.limit, ...(plastic ? [] : [fast])],
      sets: [signals.spikes],
      updates: [
        ...[...Object.values(now), ...Object.values(last), signals.rest, signals.time, signals.lastTime],
        ...[signals.before, ...log.signals, ...kept, ...(plastic ? [fast] : [])],
      ],
      body: solverSteps(builder, signals),
    });
    builder.output('spikes', signals.spikes);
  });
}

function balanceSignals(
  builder: ElementBuilder,
  layer: TightBalance,
  vectors: readonly Float64Array[],
): BalanceSignals {
  const { cells } = layer;
  const state = (name: string, length: number, initial: number | Float64Array = 0, unit = '1'): SignalId =>
    builder.signal({ name, shape: [length], initial, role: 'state', unit });
  const constant = Object.fromEntries(
    constants.map((name, place) => {
      const initial = vectors[place] as Float64Array;
      return [name, builder.signal({ name, shape: [cells], initial, role: 'constant' })];
    }),
  ) as Record<ConstantName, SignalId>;
  const begun = (name: VariableName) => (name === 'v' ? vectors[constants.indexOf('v_rest')] : 0);
  const each = (made: (name: VariableName) => SignalId) =>
    Object.fromEntries(variables.map((name) => [name, made(name)])) as Record<VariableName, SignalId>;
  const now = each((name) => state(name, cells, begun(name), 'V'));
  for (const name of variables) builder.state(name, now[name]);
  return {
    ...{ ...layer, dt: builder.timeStepSeconds, constant, now },
    last: each((name) => state(`last_${name}`, cells, begun(name), 'V')),
    rest: state('refractory_left', cells),
    ...{ time: state('solver_time', 1), lastTime: state('last_time', 1) },
    ...{ start: state('start', 1), limit: state('limit', 1), before: state('input_before', cells) },
    x: builder.signal({ name: 'sample', shape: [cells], initial: 0, role: 'transient' }),
    spikes: builder.signal({ name: 'spikes', shape: [cells], initial: 0, role: 'transient' }),
    log: spikeLog(builder),
    trace: solverTrace(builder, cells),
  };
}

function solverTrace(builder: ElementBuilder, cells: number): SolverTrace | undefined {
  const length = builder.number('trace');
  if (length === 0) return undefined;
  const state = (name: string, ...shape: readonly number[]): SignalId =>
    builder.signal({ name, shape, initial: 0, role: 'state' });
  return {
    ...{ length, times: state('trace_times', length), count: state('trace_count', 1) },
    values: {
      ...{ v: state('trace_v', length, cells), i_slow: state('trace_i_slow', length, cells) },
      i_fast: state('trace_i_fast', length, cells),
    },
  };
}

/** The input of the step with its noise. */
function emitSamples(builder: ElementBuilder, { x, input, cells }: BalanceSignals): void {
  const noise = builder.number('noise_std');
  const value = load(input, cell);
  const noisy = noise === 0 ? value : add(value, multiply(f64(noise), normal(builder.stream('noise'), cell)));
  builder.operator({
    ...{ name: 'sample', slot: 'inputs', reads: [input], sets: [x] },
    body: [loop('n', 0, cells, [store(x, cell, noisy)])],
  });
}

/** All steps of the solver whose times lie in the step of the run, or before it after a spike. */
function solverSteps(builder: ElementBuilder, signals: BalanceSignals): Statement[] {
  const { cells, dt, minDelta, spikes, before, x, limit, time } = signals;
  const inside = not(greater(rowAt(signals, load(time)), toF64(step)));
  const allowed = or(equal(load(limit), f64(0)), less(load(time), load(limit)));
  const isOpen = and(inside, allowed);
  const most = Math.min(65_536, Math.ceil(dt / minDelta) + 3);
  const place = i32Local('place');
  return [
    loop('clear', 0, cells, [store(spikes, i32Local('clear'), f64(0))]),
    letBool('open', isOpen),
    loop('turn', 0, most, [when(boolLocal('open'), [...solverStep(builder, signals), assign('open', isOpen)])]),
    loop('place', 0, cells, [store(before, place, load(x, place))]),
  ];
}

/** The number of the sample of the input at a time. */
function rowAt({ start, dt }: BalanceSignals, time: Expression): Expression {
  return call('floorDivide', subtract(time, load(start)), f64(dt));
}

function solverStep(builder: ElementBuilder, signals: BalanceSignals): Statement[] {
  const { cells, dt, time, lastTime, rest, trace } = signals;
  const left = i32Local('left');
  return [
    letI32('winner', i32(-1)),
    letF64('shortest', f64(0)),
    loop('n', 0, cells, crossing(signals)),
    letBool('fires', greaterEqual(winner, i32(0))),
    letI32('from', select(boolLocal('fires'), winner, i32(0))),
    when(boolLocal('fires'), spike(signals)),
    letBool('present', not(less(rowAt(signals, load(time)), toF64(step)))),
    loop('to', 0, cells, advance(signals)),
    ...(trace === undefined ? [] : traced(signals, trace)),
    ...(signals.plastic ? [plasticity(builder, signals)] : []),
    store(lastTime, 0, load(time)),
    store(time, 0, add(load(time), f64(dt))),
    loop('left', 0, cells, [store(rest, left, subtract(load(rest, left), f64(dt)))]),
  ];
}

/** Holds a refractory cell; finds the cell that crossed its threshold first. */
function crossing({ now, last, rest, constant, dt }: BalanceSignals): Statement[] {
  const [v, threshold, before] = [load(now.v, cell), load(constant.v_thresh, cell), load(last.v, cell)];
  const reached = local('reached');
  const first = or(less(winner, i32(0)), less(local('after'), local('shortest')));
  return [
    when(greater(load(rest, cell), f64(0)), [store(now.v, cell, load(constant.v_reset, cell))]),
    letF64('reached', v),
    when(greater(reached, threshold), [
      letF64('after', divide(multiply(subtract(threshold, before), f64(dt)), subtract(reached, before))),
      when(first, [assign('shortest', local('after')), assign('winner', cell)]),
    ]),
  ];
}

/** Goes back to the time of the spike. */
function spike(signals: BalanceSignals): Statement[] {
  const { cells, dt, minDelta, now, last, rest, time, lastTime, constant, spikes, log } = signals;
  const back = i32Local('back');
  const earliest = add(load(lastTime), f64(minDelta));
  const found = maximum(add(load(lastTime), local('shortest')), earliest);
  const interpolated = (name: VariableName): Statement => {
    const slope = divide(subtract(load(now[name], back), load(last[name], back)), f64(dt));
    return store(now[name], back, add(load(last[name], back), multiply(slope, local('passed'))));
  };
  return [
    letF64('found', minimum(found, load(time))),
    letF64('passed', subtract(local('found'), load(lastTime))),
    store(time, 0, local('found')),
    loop('back', 0, cells, [
      store(rest, back, add(load(rest, back), subtract(f64(dt), local('passed')))),
      ...variables.map(interpolated),
    ]),
    store(now.v, from, load(constant.v_reset, from)),
    store(rest, from, load(constant.refractory, from)),
    accumulate(spikes, from, f64(1)),
    ...log.add(local('found'), from),
  ];
}

/** An Euler step of a cell. */
function advance(signals: BalanceSignals): Statement[] {
  const { cells, dt, now, last, constant, slow, fast, x, before } = signals;
  const to = i32Local('to');
  const fires = boolLocal('fires');
  const arriving = (matrix: SignalId): Expression =>
    select(fires, load(matrix, add(multiply(to, i32(cells)), from)), f64(0));
  const synapse = (name: 'i_slow' | 'i_fast', tau: SignalId, matrix: SignalId): Statement[] => {
    const current = load(now[name], to);
    const change = add(divide(multiply(f64(-1), current), load(tau, to)), divide(local(`z_${name}`), f64(dt)));
    return [
      letF64(`z_${name}`, arriving(matrix)),
      store(last[name], to, add(current, local(`z_${name}`))),
      store(now[name], to, add(current, multiply(change, f64(dt)))),
    ];
  };
  const v = load(now.v, to);
  const sample = select(boolLocal('present'), load(x, to), load(before, to));
  const drive = add(subtract(load(constant.v_rest, to), v), load(now.i_slow, to), load(now.i_fast, to), sample);
  const slope = divide(add(drive, load(constant.bias, to)), load(constant.tau_mem, to));
  return [
    store(last.v, to, v),
    ...synapse('i_slow', constant.tau_syn_slow, slow),
    ...synapse('i_fast', constant.tau_syn_fast, fast),
    store(now.v, to, add(v, multiply(slope, f64(dt)))),
  ];
}

/** Keeps the step of the solver. */
function traced({ cells, now, time }: BalanceSignals, { length, times, values, count }: SolverTrace): Statement[] {
  const kept = i32Local('kept');
  const place = i32Local('ring');
  return [
    letI32('ring', ringPlace(count, length)),
    store(times, place, load(time)),
    loop(
      'kept',
      0,
      cells,
      variables.map((name) => store(values[name], add(multiply(place, i32(cells)), kept), load(now[name], kept))),
    ),
    store(count, 0, add(load(count), f64(1))),
  ];
}

/** The spike of a cell changes its fast weights. */
function plasticity(builder: ElementBuilder, { cells, fast }: BalanceSignals): Statement {
  const weight = add(multiply(i32Local('post'), i32(cells)), from);
  const factor = f64(builder.number('spike_factor'));
  const all = loop('post', 0, cells, [store(fast, weight, multiply(load(fast, weight), factor))]);
  return when(boolLocal('fires'), [all]);
}

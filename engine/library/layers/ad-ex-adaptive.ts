/**
 * Adaptive exponential cells solved in as many steps as the error asks for, each followed by a look at the threshold (NEST,
 * aeif_psc_exp). It is no text of statements because a time step takes any number of them.
 */
import { mapResult, ok, type Result } from '../../base/result.ts';
import {
  add,
  boolLocal,
  call,
  divide,
  f64,
  greater,
  greaterEqual,
  i32Local,
  load,
  local,
  maximum,
  minimum,
  multiply,
  not,
  select,
  subtract,
} from '../../build/ir/expressions.ts';
import { assign, letBool, letF64, loop, store, when } from '../../build/ir/statements.ts';
import type { Expression, SignalId, Statement } from '../../build/ir/types.ts';
import type { ElementBuilder } from '../../build/library-kind.ts';
import { slopeAt, solveInSteps, type SolvedVariable } from '../../build/operators/fehlberg-step.ts';
import type { PopulationInput, PopulationSignals } from '../../build/population/definition.ts';
import { parameterTable } from '../../build/population/cell-scope.ts';
import { adExNames } from './ad-ex-substeps.ts';

/** Tolerances of NEST: a millionth of 1 mV or 1 pA. */
const variables: readonly SolvedVariable[] = [
  { name: 'v', tolerance: 1e-9 },
  { name: 'w', tolerance: 1e-18 },
  { name: 'I_exc', tolerance: 1e-18 },
  { name: 'I_inh', tolerance: 1e-18 },
];
const states = [...variables.map(({ name }) => name), 'countdown'];

const cell = i32Local('n');
const isFree = boolLocal('free');

type Values = (name: (typeof adExNames)[number]) => Expression;

/** The cells; their port of spikes has numbers, as a cell without refractory period may spike several times in a step. */
export function expandAdaptiveAdEx(
  builder: ElementBuilder,
  cells: number,
  inputs: Readonly<Record<string, PopulationInput>>,
): Result<PopulationSignals> {
  const parameters = adExNames.filter((name) => inputs[name] === undefined);
  const table = parameterTable(builder, { cells, parameters, model: '', method: 'discrete', initial: {} });
  if (!table.ok) return table;
  const read = [...table.value.values()].flatMap(({ signal }) => signal ?? []);
  const given = Object.values(inputs).map(({ signal }) => signal);
  const values: Values = (name) =>
    inputs[name] === undefined ? (table.value.get(name)?.expression ?? f64(0)) : load(inputs[name].signal, cell);
  const initial: Result<number | Float64Array> =
    inputs['v_rest'] === undefined ? builder.vector('v_rest', cells) : ok(0);
  return mapResult(initial, (rest) => {
    const signals = stateSignals(builder, cells, rest);
    const spikes = builder.signal({ name: 'spikes', shape: [cells], initial: 0, role: 'transient' });
    const lengths = builder.signal({
      ...{ name: 'step_length', shape: [cells], role: 'state', unit: 'ms' },
      initial: milliseconds(builder.timeStepSeconds),
    });
    builder.operator({
      name: 'cells',
      ...{ reads: [...new Set([...read, ...given])], sets: [spikes], updates: [...Object.values(signals), lengths] },
      body: [loop('n', 0, cells, stepOfCell(builder.timeStepSeconds, values, { states: signals, lengths, spikes }))],
    });
    builder.output('spikes', spikes);
    return { states: signals, spikes, counts: true, outputs: {} };
  });
}

function stateSignals(builder: ElementBuilder, cells: number, rest: number | Float64Array): Record<string, SignalId> {
  return Object.fromEntries(
    states.map((name) => {
      const unit = builder.kind.states.find((state) => state.name === name)?.unit ?? '1';
      const initial = name === 'v' ? rest : 0;
      const signal = builder.signal({ name, shape: [cells], initial, role: 'state', unit });
      builder.state(name, signal);
      return [name, signal];
    }),
  );
}

/** NEST counts time in microseconds. */
function milliseconds(seconds: number): number {
  const counted = Math.round(seconds * 1e6) / 1e3;
  return Math.abs(counted - seconds * 1e3) < 1e-9 * counted ? counted : seconds * 1e3;
}

interface CellSignals {
  readonly states: Readonly<Record<string, SignalId>>;
  /** Lengths of the coming steps in milliseconds. */
  readonly lengths: SignalId;
  readonly spikes: SignalId;
}

function stepOfCell(dt: number, values: Values, { states: signals, lengths, spikes }: CellSignals): Statement[] {
  return [
    ...Object.entries(signals).map(([name, signal]) => letF64(name, load(signal, cell))),
    letF64('length', load(lengths, cell)),
    letF64('fired', f64(0)),
    ...constants(dt, values),
    ...solveInSteps({
      ...{ variables, relative: 1e-6, interval: milliseconds(dt), taken: afterStep(values) },
      slopes: (stage, at) => slopes(values, stage, at),
    }),
    assign('countdown', maximum(subtract(local('countdown'), f64(1)), f64(0))),
    ...Object.entries(signals).map(([name, signal]) => store(signal, cell, local(name))),
    store(lengths, cell, local('length')),
    store(spikes, cell, local('fired')),
  ];
}

/** Where `delta_t` is 0, the threshold is a plain one. */
function constants(dt: number, values: Values): Statement[] {
  const sharp = greater(values('delta_t'), f64(0));
  const perMillisecond = (seconds: Expression): Expression => divide(f64(1e-3), seconds);
  const waiting = call('ceil', subtract(divide(values('refractory'), f64(dt)), f64(0.001)));
  return [
    letF64('v_peak', add(values('v_thresh'), select(sharp, f64(0.01), f64(0)))),
    letF64('rise', select(sharp, multiply(values('conductance'), values('delta_t')), f64(0))),
    letF64('sharpness', divide(f64(1), select(sharp, values('delta_t'), f64(1e-3)))),
    letF64('per_capacity', perMillisecond(multiply(values('conductance'), values('tau_mem')))),
    letF64('per_adapt', perMillisecond(values('tau_adapt'))),
    letF64('per_exc', perMillisecond(values('tau_syn_exc'))),
    letF64('per_inh', perMillisecond(values('tau_syn_inh'))),
    letF64('waiting', waiting),
    letF64('held', select(greater(local('waiting'), f64(0)), add(local('waiting'), f64(1)), f64(0))),
    letBool('free', not(greater(local('countdown'), f64(0)))),
  ];
}

/** Slopes per millisecond. A cell that is refractory stays at its reset value, the rest goes on. */
function slopes(values: Values, stage: number, at: (name: string) => Expression): Statement[] {
  const named = (name: string): string => slopeAt(name, stage);
  const membrane = `membrane_${stage}`;
  const v = local(membrane);
  const rise = multiply(local('rise'), call('exp', multiply(subtract(v, values('v_thresh')), local('sharpness'))));
  const leak = multiply(values('conductance'), subtract(values('v_rest'), v));
  const current = add(leak, rise, at('I_exc'), at('I_inh'), values('bias'));
  const adaptation = multiply(values('subthresh_adapt'), subtract(v, values('v_rest')));
  return [
    letF64(membrane, values('v_reset')),
    letF64(named('v'), f64(0)),
    when(isFree, [
      assign(membrane, minimum(local('v_peak'), at('v'))),
      assign(named('v'), multiply(subtract(current, at('w')), local('per_capacity'))),
    ]),
    letF64(named('w'), multiply(subtract(adaptation, at('w')), local('per_adapt'))),
    letF64(named('I_exc'), multiply(subtract(f64(0), at('I_exc')), local('per_exc'))),
    letF64(named('I_inh'), multiply(subtract(f64(0), at('I_inh')), local('per_inh'))),
  ];
}

/** The threshold; a refractory cell is set back. */
function afterStep(values: Values): Statement[] {
  const fire = [
    assign('v', values('v_reset')),
    assign('w', add(local('w'), values('spike_adapt'))),
    assign('countdown', local('held')),
    assign('free', not(greater(local('held'), f64(0)))),
    assign('fired', add(local('fired'), f64(1))),
  ];
  return [when(isFree, [when(greaterEqual(local('v'), local('v_peak')), fire)], [assign('v', values('v_reset'))])];
}

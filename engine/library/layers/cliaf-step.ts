/**
 * The step of constant-leak cells. It is no text of equations because a cell subtracts over and over within a step, with
 * clipping and cutting to whole numbers each time.
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
  i32Local,
  load,
  local,
  maximum,
  minimum,
  not,
  select,
  subtract,
  toI32,
} from '../../build/ir/expressions.ts';
import { assign, letBool, letF64, loop, store, when } from '../../build/ir/statements.ts';
import type { Expression, SignalId, Statement } from '../../build/ir/types.ts';
import type { ElementBuilder } from '../../build/library-kind.ts';
import { isWhole, type CliafRules } from './cliaf-rules.ts';
import { mostEventsPerStep } from './most-events.ts';
import { storedIn } from './number-range.ts';

export interface CliafStep {
  readonly cells: number;
  /** Weighted events of the step. */
  readonly drive: SignalId;
  /** Weighted spikes of earlier steps. */
  readonly recurrent: SignalId | undefined;
  /** Numbers of spikes, set here. */
  readonly spikes: SignalId;
  readonly rules: CliafRules;
}

/** Signals of a step under way. */
interface CliafSignals extends CliafStep {
  readonly v: SignalId;
  /** The membrane with what arrived, before it is compared. */
  readonly reached: SignalId;
  readonly bias: SignalId;
  readonly threshold: SignalId;
  readonly subtracted: SignalId;
  readonly reset: SignalId;
  /** Steps for which a cell stays refractory; with `rest` only. */
  readonly refractory: SignalId | undefined;
  /** Refractory steps that are left of each cell. */
  readonly rest: SignalId | undefined;
  /** Steps since the bias was added last, f64 [1]; only where its period is longer than a step. */
  readonly clock: SignalId | undefined;
}

const cell = i32Local('n');
const [v, count] = [local('v'), local('count')];

/** Adds states, constants and the operator `step`. */
export function emitCliafStep(builder: ElementBuilder, step: CliafStep): Result<void> {
  return mapResult(cliafSignals(builder, step), (signals) => {
    const { drive, recurrent, spikes, reached, bias, threshold, subtracted, reset, refractory, rest, clock } = signals;
    const read = [drive, recurrent, bias, threshold, subtracted, reset, refractory].filter((id) => id !== undefined);
    const updated = [signals.v, rest, clock].filter((id) => id !== undefined);
    builder.operator({
      ...{ name: 'step', reads: read, sets: [spikes, reached], updates: updated },
      body: [...biasClock(signals), loop('n', 0, step.cells, cellStep(signals))],
    });
  });
}

function cliafSignals(builder: ElementBuilder, step: CliafStep): Result<CliafSignals> {
  const { cells, rules } = step;
  const { refractorySteps, biasPeriod } = rules;
  const constant = (name: string, initial: Float64Array): SignalId =>
    builder.signal({ name, shape: [cells], initial, role: 'constant' });
  const names = ['bias', 'v_thresh', 'v_reset'] as const;
  return mapResult(collect(names.map((name) => builder.vector(name, cells))), ([bias, thresholds, resets]) => {
    const initial = resets as Float64Array;
    const state = builder.signal({ name: 'v', shape: [cells], initial, role: 'state' });
    builder.state('v', state);
    const rest = builder.signal({ name: 'refractory_steps', shape: [cells], initial: 0, role: 'state' });
    if (builder.kind.states.some(({ name }) => name === 'refractory_steps')) builder.state('refractory_steps', rest);
    const reached = builder.signal({ name: 'reached', shape: [cells], initial: 0, role: 'transient' });
    builder.output('reached', reached);
    return {
      ...step,
      ...{ v: state, reached },
      bias: constant('bias', bias as Float64Array),
      threshold: constant('v_thresh', thresholds as Float64Array),
      reset: constant('v_reset', initial),
      subtracted: constant('v_subtract', rules.subtracted),
      refractory: refractorySteps === undefined ? undefined : constant('refractory', refractorySteps),
      rest: refractorySteps === undefined ? undefined : rest,
      clock:
        biasPeriod === 1 ? undefined : builder.signal({ name: 'bias_clock', shape: [1], initial: 0, role: 'state' }),
    };
  });
}

/** Declares `due`: whether the bias is added in this step. */
function biasClock({ clock, rules }: CliafSignals): Statement[] {
  if (clock === undefined) return [];
  const steps = local('steps');
  return [
    letF64('steps', add(load(clock), f64(1))),
    letBool('due', equal(steps, f64(rules.biasPeriod))),
    store(clock, 0, select(boolLocal('due'), f64(0), steps)),
  ];
}

/** A cell: input, threshold, refractory period. */
function cellStep(signals: CliafSignals): Statement[] {
  const { spikes, rest, refractory, rules } = signals;
  const free = rest === undefined ? undefined : boolLocal('free');
  const tested = rules.firesWhileRefractory ? undefined : free;
  const spiking = boolLocal('spiking');
  const waiting =
    rest === undefined || refractory === undefined
      ? []
      : [
          store(rest, cell, maximum(subtract(load(rest, cell), f64(1)), f64(0))),
          when(spiking, [store(rest, cell, load(refractory, cell))]),
        ];
  const above = greaterEqual(v, load(signals.threshold, cell));
  return [
    ...(rest === undefined ? [] : [letBool('free', not(greater(load(rest, cell), f64(0))))]),
    letF64('v', storedIn(rules.range, withInput(signals, free))),
    store(signals.reached, cell, v),
    letF64('count', f64(0)),
    letBool('spiking', tested === undefined ? above : and(above, tested)),
    when(spiking, spikesOf(signals)),
    store(signals.v, cell, v),
    store(spikes, cell, count),
    ...waiting,
  ];
}

/**
 * The membrane with what arrives, but for a cell that is refractory: events, recurrent spikes and bias are added up first;
 * a layer without recurrent weights adds one after the other, as its original does.
 */
function withInput(signals: CliafSignals, free: Expression | undefined): Expression {
  const { drive, recurrent, bias, clock } = signals;
  const unless = (value: Expression): Expression => (free === undefined ? value : select(free, value, f64(0)));
  const added = clock === undefined ? load(bias, cell) : select(boolLocal('due'), load(bias, cell), f64(0));
  const before = load(signals.v, cell);
  if (recurrent === undefined) return add(add(before, unless(load(drive, cell))), unless(added));
  return add(before, unless(add(load(drive, cell), load(recurrent, cell), added)));
}

function spikesOf(signals: CliafSignals): Statement[] {
  const { rules, threshold, subtracted, reset } = signals;
  const less = storedIn(rules.range, subtract(v, load(subtracted, cell)));
  const spike = (value: Expression): Statement[] => [assign('v', value), assign('count', add(count, f64(1)))];
  if (rules.rule === 'reset') return spike(storedIn(rules.range, load(reset, cell)));
  if (rules.rule === 'once') return spike(less);
  // Cutting towards 0 may make a difference smaller, never by as much as 1.
  const least = isWhole(rules.range) ? call('floor', load(subtracted, cell)) : load(subtracted, cell);
  const enough = add(call('floor', divide(subtract(v, load(threshold, cell)), least)), f64(2));
  return [
    loop('k', 0, toI32(minimum(enough, f64(mostEventsPerStep))), [
      when(greaterEqual(v, load(threshold, cell)), spike(less)),
    ]),
  ];
}

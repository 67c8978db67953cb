/** The step of a population that is computed at events only: update and threshold of the cells that are awake. */
import * as ir from '../ir/expressions.ts';
import { assign, letBool, letI32, loop, store, when } from '../ir/statements.ts';
import type { Expression, SignalId, Statement } from '../ir/types.ts';
import type { CarriedCells } from './carried-cells.ts';
import type { EquationExpansion } from './equation-expansion.ts';
import { cell, createEquationScope, type EquationScope } from './equation-scope.ts';
import { cellUpdate, type Advance } from './equation-step.ts';

/** Adds the state update of those awake; the clock goes on for all. */
export function addWakingUpdate(expansion: EquationExpansion, carried: CarriedCells, advance: Advance): void {
  const { builder, context } = expansion;
  const { clock, list, count } = carried.signals;
  const scope = createEquationScope(context, 'step');
  const body = cellUpdate(expansion, advance, scope);
  for (const signal of [clock, list, count]) scope.touch(signal);
  builder.operator({
    name: 'step',
    slot: 'groups',
    tie: `${builder.id}_stateupdater`,
    ...scope.access(),
    body: [
      store(clock, 0, ir.add(ir.loadI32(clock), ir.i32(1))),
      awakeLoop(carried, [...scope.declarations(), ...body]),
    ],
  });
}

/** The body for every cell that is awake at the beginning of the loop: `p` is its place in the list, `n` the cell. */
function awakeLoop({ signals }: CarriedCells, body: readonly Statement[]): Statement {
  const cellAt = letI32('n', ir.loadI32(signals.list, ir.i32Local('p')));
  return loop('p', 0, ir.loadI32(signals.count), [cellAt, ...body]);
}

/** The mask of spikes, and the cells that fired in the last step, whose marks have to be taken away. */
interface Marks {
  readonly spikes: SignalId;
  readonly cells: SignalId;
  readonly count: SignalId;
}

/**
 * Adds the threshold: who is awake and reaches it spikes. Afterwards those fall asleep that neither spiked nor are
 * refractory, and whose threshold is out of reach.
 */
export function addWakingThreshold(expansion: EquationExpansion, carried: CarriedCells): void {
  const { builder, context, spikes, population } = expansion;
  const { signals } = carried;
  const scope = createEquationScope(context, 'threshold');
  const marks = spikes === undefined ? undefined : createMarks(expansion, spikes);
  const body: Statement[] = [];
  const spiking = marks === undefined ? undefined : spike(expansion, marks, scope, body);
  const stays = staysAwake(expansion, carried, spiking, scope, body);
  body.push(when(stays, keep(signals.list, 'kept'), fallAsleep(carried)));
  const own = marks === undefined ? [] : [marks.cells, marks.count];
  for (const signal of [...Object.values(signals), ...own]) scope.touch(signal);
  builder.operator({
    name: population.text.threshold === undefined ? 'sleep' : 'threshold',
    slot: 'thresholds',
    tie: `${builder.id}_spike_thresholder`,
    ...scope.access(marks === undefined ? [] : [marks.spikes]),
    body: [
      ...(marks === undefined ? [] : clearMarks(marks)),
      letI32('kept', ir.i32(0)),
      awakeLoop(carried, [...scope.declarations(), ...body]),
      store(signals.count, 0, ir.i32Local('kept')),
      ...(marks === undefined ? [] : [store(marks.count, 0, ir.i32Local('hits'))]),
    ],
  });
}

/** Adds what brings all cells up to now: whoever takes the state elsewhere finds it whole, and all cells awake. */
export function addSettling({ builder, population }: EquationExpansion, carried: CarriedCells): void {
  builder.settling({
    name: 'settle',
    updates: carried.touched,
    body: [loop('n', 0, population.cells, carried.wake(cell, 'settle_'))],
  });
}

function createMarks({ builder, population }: EquationExpansion, spikes: SignalId): Marks {
  const base = { role: 'state', type: 'i32', initial: 0 } as const;
  return {
    spikes,
    cells: builder.signal({ ...base, name: 'carry/fired', shape: [population.cells] }),
    count: builder.signal({ ...base, name: 'carry/fired_count', shape: [1] }),
  };
}

function clearMarks({ spikes, cells, count }: Marks): Statement[] {
  const marked = ir.loadI32(cells, ir.i32Local('f'));
  return [loop('f', 0, ir.loadI32(count), [store(spikes, marked, ir.i32(0))]), letI32('hits', ir.i32(0))];
}

/** Puts the cell at the end of a list whose length so far is in a local. */
function keep(list: SignalId, length: string): Statement[] {
  return [store(list, ir.i32Local(length), cell), assign(length, ir.add(ir.i32Local(length), ir.i32(1)))];
}

/** Tests the threshold; marks the cell and starts its refractory time where it holds. */
function spike(
  { population, refractory, expand }: EquationExpansion,
  marks: Marks,
  scope: EquationScope,
  body: Statement[],
): Expression {
  const { threshold } = population.text;
  const reached = threshold === undefined ? ir.bool(false) : scope.lower(expand(threshold), body);
  const free = refractory?.free(scope);
  body.push(letBool('spiking', free === undefined ? reached : ir.and(reached, free)));
  const spiking = ir.boolLocal('spiking');
  const onSpike = refractory?.onSpike(scope) ?? [];
  body.push(when(spiking, [store(marks.spikes, cell, ir.i32(1)), ...keep(marks.cells, 'hits'), ...onSpike]));
  return spiking;
}

function staysAwake(
  { refractory }: EquationExpansion,
  { outlook }: CarriedCells,
  spiking: Expression | undefined,
  scope: EquationScope,
  body: Statement[],
): Expression {
  const reasons: Expression[] = spiking === undefined ? [] : [spiking];
  const free = refractory?.free(scope);
  if (free !== undefined) reasons.push(ir.not(free));
  if (outlook !== undefined) {
    for (const { target, expression } of outlook.assignments)
      scope.define(target, scope.hold(`outlook${target}`, scope.lower(expression, body), body));
    reasons.push(scope.lower(outlook.condition, body));
  }
  const [first = ir.bool(false), ...others] = reasons;
  return ir.or(first, ...others);
}

function fallAsleep({ signals }: CarriedCells): Statement[] {
  return [store(signals.awake, cell, ir.i32(0)), store(signals.last, cell, ir.loadI32(signals.clock))];
}

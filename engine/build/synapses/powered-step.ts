/** Event-driven equations of synapses in systems of any form: carried by powers over the whole steps since the last event. */
import type { Tree } from '../../equations/tree.ts';
import type { PoweredCarry } from '../../integration/method.ts';
import * as ir from '../ir/expressions.ts';
import type { Expression, SignalId, Statement } from '../ir/types.ts';
import { asNumber } from '../lower.ts';
import { carryByPowers, poweredLevels } from '../operators/powered-carry.ts';
import { required, type SynapseContext, type SynapseScope } from './synapse-scope.ts';

/** The carry with its table. */
export interface PoweredStep {
  readonly carry: PoweredCarry;
  readonly table: Float64Array;
}

/** The carry of a system whose coefficients `evaluate` knows. */
export function poweredStep(carry: PoweredCarry, evaluate: (tree: Tree) => number): PoweredStep {
  return { carry, table: carry.table(evaluate, poweredLevels) };
}

/** The signal of the table, for all pathways. */
export function layPowers({ site }: SynapseContext, { table }: PoweredStep): SignalId {
  return site.signal({ name: 'powers', shape: [table.length], initial: table, role: 'constant' });
}

/** What the present values follow from. */
export interface CarriedPlace {
  readonly table: SignalId;
  /** Time since the last event. */
  readonly elapsed: Expression;
  readonly drives: ReadonlyMap<string, Expression>;
}

/** The present values. */
export function carriedValues(
  { site }: SynapseContext,
  { carry }: PoweredStep,
  { table, elapsed, drives }: CarriedPlace,
  scope: SynapseScope,
  body: Statement[],
): ReadonlyMap<string, Expression> {
  const whole = ir.toI32(ir.add(ir.divide(elapsed, ir.f64(site.timeStepSeconds)), ir.f64(0.5)));
  const steps = scope.hold('steps', whole, body);
  const state = new Map(carry.variables.map((name) => [name, required(scope, name)]));
  const numbers = new Map([...drives].map(([name, drive]) => [name, asNumber(drive)]));
  scope.reads.add(table);
  return carryByPowers({ carry, table, steps, state, drives: numbers, prefix: 'powers_' }, body);
}

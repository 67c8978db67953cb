/** Refractoriness: for some time after a spike, or while a condition holds, a cell does not spike and some variables are held. */
import * as ir from '../ir/expressions.ts';
import { store } from '../ir/statements.ts';
import type { Expression, SignalId, Statement } from '../ir/types.ts';
import type { ElementBuilder } from '../library-kind.ts';
import { asNumber } from '../lower.ts';
import type { Tree } from '../../equations/tree.ts';
import { isMentioned, type EquationPopulation, type Storage } from './equation-population.ts';
import { cell, required, type EquationScope } from './equation-scope.ts';

export interface Refractory {
  /** u8, 1 where a cell is not refractory. */
  readonly mask: SignalId;
  /** Names that the rule brings: `not_refractory`, and `lastspike` where somebody asks for it. */
  readonly storages: readonly (readonly [string, Storage])[];
  /** Whether the cell is not refractory, as the mask says. */
  free(scope: EquationScope): Expression;
  /** The same found anew from the time since the last spike or the old state, as the state update begins. */
  renewed(scope: EquationScope, expand: (tree: Tree) => Tree, body: Statement[]): Expression;
  /** What a spike changes. */
  onSpike(scope: EquationScope): Statement[];
}

/** Long before any run: no cell starts refractory. In seconds where equations ask for the time, else in steps. */
const neverSeconds = -1e4;
const neverSteps = -1e12;

/** The rule of a population; undefined without one. */
export function createRefractory(builder: ElementBuilder, population: EquationPopulation): Refractory | undefined {
  const rule = population.text.refractory;
  if (rule === undefined) return undefined;
  const shape = [population.cells];
  const mask = builder.signal({ name: 'not_refractory', type: 'u8', shape, initial: 1, role: 'state' });
  builder.state('not_refractory', mask);
  const inSeconds = isMentioned(builder, population.text, 'lastspike');
  const last = inSeconds
    ? builder.signal({ name: 'lastspike', shape, initial: neverSeconds, role: 'state', unit: 's' })
    : builder.signal({ name: 'last_spike_step', shape, initial: neverSteps, role: 'state' });
  if (inSeconds) builder.state('lastspike', last);
  const state = { shared: false, written: true } as const;
  const storages: (readonly [string, Storage])[] = [['not_refractory', { ...state, signal: mask, type: 'boolean' }]];
  if (inSeconds) storages.push(['lastspike', { ...state, signal: last, type: 'float' }]);
  const now = inSeconds ? ir.time : ir.toF64(ir.step);
  return {
    mask,
    storages,
    free: (scope) => required(scope, 'not_refractory'),
    renewed(scope, expand, body) {
      const found = scope.lower(expand(rule.tree), body);
      if (rule.kind === 'condition') return ir.or(required(scope, 'not_refractory'), ir.not(found));
      const dt = builder.timeStepSeconds;
      scope.touch(last);
      const period = wholeSteps(asNumber(found), dt);
      if (inSeconds) return ir.greaterEqual(wholeSteps(ir.subtract(now, ir.load(last, cell)), dt), period);
      return ir.greaterEqual(ir.subtract(now, period), ir.load(last, cell));
    },
    onSpike(scope) {
      scope.touch(mask);
      scope.touch(last);
      return [store(mask, cell, ir.i32(0)), store(last, cell, now)];
    },
  };
}

/** Whole steps in a time: trunc((time + dt/1000)/dt). */
function wholeSteps(time: Expression, dt: number): Expression {
  if (time.kind === 'f64') return ir.f64(Math.trunc((time.value + 1e-3 * dt) / dt));
  return ir.call('trunc', ir.divide(ir.add(time, ir.f64(1e-3 * dt)), ir.f64(dt)));
}

/** Linear equations that depend on each other in any way, with coefficients that are only known during the run. */
import { multiply, name, number, select } from '../equations/make-tree.ts';
import type { Tree } from '../equations/tree.ts';
import { chainRefusal, chainedStep } from './exact-chain.ts';
import { components, reach, type LinearRow } from './linear-system.ts';
import type { CoupledStep } from './method.ts';
import { assign, atStage, oldState, timeStep, type StepBuilder } from './stages.ts';

/** Variables of one group at most: the work of a step grows with the third power of their number. */
const mostVariables = 24;

/** Why the rows are too many to be solved during the run, as the end of a sentence; undefined when they are not. */
export function coupledRefusal(rows: readonly LinearRow[]): string | undefined {
  const large = components(rows).find((group) => chainRefusal(group) !== undefined && group.length > mostVariables);
  if (large === undefined) return undefined;
  return `the coefficients change during the run, and ${large.length} variables follow from each other (at most ${mostVariables} can)`;
}

/** Adds the step of a group: closed forms where it has them, else what a matrix is needed for. */
export function groupStep(step: StepBuilder, rows: readonly LinearRow[]): readonly CoupledStep[] {
  if (chainRefusal(rows) !== undefined) return [coupledStep(step, rows)];
  chainedStep(step, rows);
  return [];
}

/** Assigns A·dt and b·dt, zero in rows that are held; the new values stand under `_new_` and the name of the variable. */
function coupledStep(step: StepBuilder, rows: readonly LinearRow[]): CoupledStep {
  const columns = rows.map(({ equation }) => equation.variable);
  const reached = reach(rows);
  return {
    rows: rows.map((row) => {
      const { variable, activeWhile } = row.equation;
      const over = (target: string, rate: Tree): string => {
        const change = multiply(atStage(step, rate, 'start', oldState), timeStep);
        assign(step, target, activeWhile === undefined ? change : select(name(activeWhile), change, number(0)));
        return target;
      };
      return {
        variable,
        result: `_new_${variable}`,
        activeWhile,
        drive: row.drive === undefined ? undefined : over(`_b_${variable}`, row.drive),
        coefficients: columns.map((column, place) => {
          const factor = row.coefficients.get(column);
          return factor === undefined ? undefined : over(`_c_${variable}_${place}`, factor);
        }),
        reaches: columns.map((column) => reached.get(variable)?.has(column) === true),
      };
    }),
  };
}

/** Linear systems of any form carried over many steps at once: powers of the propagator of one step. */
import { defined } from '../base/assert.ts';
import { number } from '../equations/make-tree.ts';
import type { Tree } from '../equations/tree.ts';
import { coefficientNames, type LinearRow } from './linear-system.ts';
import { linearStep } from './matrix-exponential.ts';
import type { PoweredCarry } from './method.ts';
import { timeStep } from './stages.ts';

/** The carry of rows whose coefficients are known before the run. */
export function poweredCarry(rows: readonly LinearRow[]): PoweredCarry {
  const variables = rows.map(({ equation }) => equation.variable);
  const drives = new Map<string, Tree>();
  for (const { equation, drive } of rows) if (drive !== undefined) drives.set(equation.variable, drive);
  const driven = variables.flatMap((variable, column) => (drives.has(variable) ? [column] : []));
  return {
    kind: 'powers',
    variables,
    drives,
    mentions: coefficientNames(rows),
    table(evaluate, levels) {
      const matrix = rows.map(({ coefficients }) =>
        variables.map((column) => evaluate(coefficients.get(column) ?? number(0))),
      );
      const dt = evaluate(timeStep);
      const parts = Array.from({ length: levels }, (_, level) => {
        const { propagator, integral } = linearStep(matrix, dt * 2 ** level);
        return [...propagator.flat(), ...integral.flatMap((row) => driven.map((k) => defined(row[k], 'an entry')))];
      });
      return Float64Array.from(parts.flat());
    },
  };
}

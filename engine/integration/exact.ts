/** The exact solution of linear systems: X(t + dt) = exp(M·dt)·X + (integral of exp(M·s))·b. */
import { assert, defined } from '../base/assert.ts';
import { add, multiply, name, number, select } from '../equations/make-tree.ts';
import type { Problem } from '../base/problem.ts';
import type { DifferentialSystem, EquationSystem } from '../equations/system.ts';
import type { Tree } from '../equations/tree.ts';
import { coupledRefusal, groupStep } from './coupled.ts';
import { chainedStep, chainRefusal } from './exact-chain.ts';
import { coefficientNames, components, isFixed, linearRows, reach, type LinearRow } from './linear-system.ts';
import { linearStep } from './matrix-exponential.ts';
import type { CoupledStep, IntegrationMethod, PreparedValues } from './method.ts';
import { refusal, refuseNoise } from './refusal.ts';
import { assign, atStage, createStep, finishStep, oldState, type StepBuilder } from './stages.ts';

const title = 'Exact integration';

/** Exact integration over steps whose length is only known during the run, in closed forms of single assignments. */
export const exactOverAnyTime: Pick<IntegrationMethod, 'applies' | 'step'> = {
  applies(system) {
    const refused = exactRefusal(system);
    if (refused !== undefined || system.kind === 'discrete') return refused;
    const chain = chainRefusal(linearRowsOf(system));
    return chain === undefined ? undefined : refusal(title, chain, system);
  },
  step(system, context) {
    const step = createStep(system, context);
    chainedStep(step, linearRowsOf(step.system));
    return finishStep(step, '_new_');
  },
};

/**
 * Coefficients known before the run give the matrices before the run, of any form: singular, or with oscillating
 * solutions. Others are solved at every step, for every cell: in closed form, or with a matrix.
 */
export const exact: IntegrationMethod = {
  id: 'exact',
  title,
  choice: 'exact (linear equations)',
  summary: 'The exact solution of linear equations, whatever the time step.',
  order: undefined,
  applies: (system) => exactRefusal(system),
  step(system, context) {
    const step = createStep(system, context);
    const rows = linearRowsOf(step.system);
    if (!isFixed(rows, step.system)) {
      const coupled = changingStep(step, rows);
      return { ...finishStep(step, '_new_'), coupled };
    }
    const prepared = components(rows).flatMap((group) => preparedStep(step, group));
    return { ...finishStep(step, '_new_'), prepared };
  },
};

/** The step of rows whose coefficients change during the run. */
export function changingStep(step: StepBuilder, rows: readonly LinearRow[]): readonly CoupledStep[] {
  return components(rows).flatMap((group) => groupStep(step, group));
}

/** Why a system has no exact solution here; `method` is the one that asks. */
export function exactRefusal(system: EquationSystem, method = title): Problem | undefined {
  const refused = refuseNoise(method, system);
  if (refused !== undefined || system.kind === 'discrete') return refused;
  const rows = linearRows(system);
  if (typeof rows === 'string') return refusal(method, rows, system);
  const large = isFixed(rows, system) ? undefined : coupledRefusal(rows);
  return large === undefined ? undefined : refusal(method, large, system);
}

/** The rows of a system that was asked whether it is linear. */
export function linearRowsOf(system: DifferentialSystem): readonly LinearRow[] {
  const rows = linearRows(system);
  assert(typeof rows !== 'string', 'the method was not asked whether it applies');
  return rows;
}

/** A way of advancing: with all variables free, or with those held that are refractory. */
interface Mode {
  readonly prefix: string;
  readonly rows: readonly LinearRow[];
}

function preparedStep(step: StepBuilder, rows: readonly LinearRow[]): readonly PreparedValues[] {
  const held = rows.filter(({ equation }) => equation.activeWhile !== undefined);
  const free: Mode = { prefix: '_free', rows };
  const still: Mode = { prefix: '_held', rows: rows.map((row) => (held.includes(row) ? stopped(row) : row)) };
  const modes = held.length === 0 || held.length === rows.length ? [free] : [free, still];
  for (const { equation, drive } of rows) {
    if (drive !== undefined) assign(step, `_b_${equation.variable}`, atStage(step, drive, 'start', oldState));
  }
  for (const row of rows) assign(step, `_new_${row.equation.variable}`, newValue(row, rows, held, modes));
  return modes.map((mode) => preparedValues(mode));
}

function stopped(row: LinearRow): LinearRow {
  return { ...row, coefficients: new Map(), drive: undefined };
}

function newValue(
  row: LinearRow,
  rows: readonly LinearRow[],
  held: readonly LinearRow[],
  modes: readonly Mode[],
): Tree {
  const { variable, activeWhile } = row.equation;
  const [free, still] = modes;
  const value = combination(defined(free, 'a mode'), row);
  if (activeWhile !== undefined) return select(name(activeWhile), value, name(variable));
  const reached = reach(rows).get(variable);
  const gate = held.find(({ equation }) => reached?.has(equation.variable))?.equation.activeWhile;
  return gate === undefined || still === undefined ? value : select(name(gate), value, combination(still, row));
}

/** Σ propagator·x + Σ integral·b over what the variable depends on. */
function combination({ prefix, rows }: Mode, row: LinearRow): Tree {
  const { variable } = row.equation;
  const reached = defined(reach(rows).get(variable), variable);
  const others = rows.filter(({ equation }) => equation.variable !== variable && reached.has(equation.variable));
  const known = [
    defined(
      rows.find(({ equation }) => equation.variable === variable),
      variable,
    ),
    ...others,
  ];
  const terms = known.map(({ equation }) =>
    multiply(name(entryName(prefix, 'E', variable, equation.variable)), name(equation.variable)),
  );
  const driven = known
    .filter(({ drive }) => drive !== undefined)
    .map(({ equation }) =>
      multiply(name(entryName(prefix, 'F', variable, equation.variable)), name(`_b_${equation.variable}`)),
    );
  return [...terms, ...driven].reduce(add);
}

function entryName(prefix: string, matrix: 'E' | 'F', row: string, column: string): string {
  return `${prefix}_${matrix}_${row}_${column}`;
}

function preparedValues({ prefix, rows }: Mode): PreparedValues {
  const reached = reach(rows);
  const variables = rows.map(({ equation }) => equation.variable);
  const places = variables.flatMap((row, i) =>
    variables.flatMap((column, j) => (reached.get(row)?.has(column) === true ? [{ row, column, i, j }] : [])),
  );
  return {
    names: (['E', 'F'] as const).flatMap((matrix) =>
      places.map(({ row, column }) => entryName(prefix, matrix, row, column)),
    ),
    mentions: coefficientNames(rows),
    compute(evaluate) {
      const matrix = rows.map(({ coefficients }) =>
        variables.map((column) => evaluate(coefficients.get(column) ?? number(0))),
      );
      const { propagator, integral } = linearStep(matrix, evaluate(name('dt')));
      return [propagator, integral].flatMap((part) => places.map(({ i, j }) => defined(part[i]?.[j], 'an entry')));
    },
  };
}

/** Systems of equations as X' = M·X + b: coefficients, who depends on whom, what is known before the run. */
import { defined } from '../base/assert.ts';
import { fixedValue } from '../equations/constants.ts';
import { linearForm } from '../equations/classify.ts';
import { builtinFunctions } from '../equations/functions.ts';
import { isNumber, simplify } from '../equations/simplify.ts';
import type { DifferentialSystem, StateEquation } from '../equations/system.ts';
import { children, namesIn, type Tree } from '../equations/tree.ts';

/** One row: x' = Σ coefficient·y + drive. */
export interface LinearRow {
  readonly equation: StateEquation;
  readonly coefficients: ReadonlyMap<string, Tree>;
  /** b; undefined when it is the number zero. */
  readonly drive: Tree | undefined;
}

/** The rows of a system; or why it has none, as the end of a sentence. */
export function linearRows(system: DifferentialSystem): readonly LinearRow[] | string {
  const names = new Set(system.equations.map(({ variable }) => variable));
  const rows: LinearRow[] = [];
  for (const equation of system.equations) {
    const form = linearForm(equation.rightSide, names);
    if (form === undefined) return `the equation of ${equation.variable} is not linear`;
    if (changesInside(equation.rightSide, system))
      return `the equation of ${equation.variable} changes with t inside a step`;
    const drive = simplify(form.constant);
    const coefficients = new Map(
      [...form.coefficients]
        .map(([name, factor]) => [name, simplify(factor)] as const)
        .filter(([, factor]) => !isNumber(factor, 0)),
    );
    rows.push({ equation, coefficients, drive: isNumber(drive, 0) ? undefined : drive });
  }
  return rows;
}

/** Whether a tree reads `t`, but for tables that stand still over a step, or draws random numbers. */
function changesInside(tree: Tree, system: DifferentialSystem): boolean {
  if (tree.kind === 'name') return tree.name === 't';
  if (tree.kind === 'call' && builtinFunctions.get(tree.function)?.random === true) return true;
  const [time, ...others] = children(tree);
  if (tree.kind === 'call' && system.heldFunctions.has(tree.function) && time?.kind === 'name')
    return others.some((child) => changesInside(child, system));
  return children(tree).some((child) => changesInside(child, system));
}

/** Whether every coefficient is known before the run. */
export function isFixed(rows: readonly LinearRow[], system: DifferentialSystem): boolean {
  return rows.every(({ coefficients }) => [...coefficients.values()].every((factor) => isFixedTree(factor, system)));
}

function isFixedTree(tree: Tree, system: DifferentialSystem): boolean {
  if (tree.kind === 'name') return system.fixed.has(tree.name) || fixedValue(tree.name) !== undefined;
  if (tree.kind === 'call' && !builtinFunctions.has(tree.function)) return false;
  return children(tree).every((child) => isFixedTree(child, system));
}

/** Groups of rows that depend on each other in any direction, each in the order of the system. */
export function components(rows: readonly LinearRow[]): readonly (readonly LinearRow[])[] {
  const group = new Map(rows.map(({ equation }, index) => [equation.variable, index]));
  for (const { equation, coefficients } of rows) {
    for (const name of coefficients.keys()) {
      const [from, to] = [defined(group.get(name), name), defined(group.get(equation.variable), equation.variable)];
      for (const [variable, number] of group) if (number === from) group.set(variable, to);
    }
  }
  const numbers = [...new Set(rows.map(({ equation }) => group.get(equation.variable)))];
  return numbers.map((number) => rows.filter(({ equation }) => group.get(equation.variable) === number));
}

/** For every variable those whose values its own follows from, itself included. */
export function reach(rows: readonly LinearRow[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map(
    rows.map(({ equation, coefficients }) => [equation.variable, new Set([equation.variable, ...coefficients.keys()])]),
  );
  for (let pass = 0; pass < rows.length; pass += 1) {
    for (const names of found.values())
      for (const name of [...names]) for (const further of found.get(name) ?? []) names.add(further);
  }
  return found;
}

/** Names that the coefficients of rows read. */
export function coefficientNames(rows: readonly LinearRow[]): readonly string[] {
  const names = new Set<string>();
  for (const { coefficients } of rows) for (const factor of coefficients.values()) namesIn(factor, names);
  return [...names];
}

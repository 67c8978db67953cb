/** Linear systems that `auto` leaves to the next method although they have an exact solution (rule E39 of the equation language). */
import { fixedValue } from '../equations/constants.ts';
import { evaluate } from '../equations/evaluate.ts';
import { name } from '../equations/make-tree.ts';
import { printTree } from '../equations/print.ts';
import type { EquationSystem } from '../equations/system.ts';
import { mapChildren, type Tree } from '../equations/tree.ts';
import { linearRows, reach, type LinearRow } from './linear-system.ts';

/** Values of the constants and parameters of a system are unknown here; what holds for so many made-up ones holds for all. */
const samples = 8;

/**
 * Whether the matrix is singular whatever its constants are, or a pair of variables swings and decays at once. Brian
 * solves neither exactly, so `auto` means the next method there and here.
 */
export function isLeftAside(system: EquationSystem): boolean {
  if (system.kind === 'discrete') return false;
  const rows = linearRows(system);
  if (typeof rows === 'string') return false;
  const reached = reach(rows);
  const blocks = rows.map(({ equation: { variable } }) =>
    rows.filter(
      ({ equation: other }) =>
        reached.get(variable)?.has(other.variable) === true && reached.get(other.variable)?.has(variable) === true,
    ),
  );
  return blocks.some((block) => always((sample) => isSingular(matrixOf(block, sample))) || swings(block));
}

function always(holds: (sample: number) => boolean): boolean {
  return Array.from({ length: samples }, (_, sample) => sample).every(holds);
}

/** Two variables that follow each other with complex eigenvalues off the imaginary axis. */
function swings(block: readonly LinearRow[]): boolean {
  if (block.length !== 2) return false;
  return always((sample) => {
    const [[a, b], [c, d]] = matrixOf(block, sample) as [[number, number], [number, number]];
    return (a - d) ** 2 + 4 * b * c < 0 && Math.abs(a + d) > 1e-9 * (Math.abs(a) + Math.abs(d) + Math.abs(b));
  });
}

function matrixOf(block: readonly LinearRow[], sample: number): number[][] {
  return block.map(({ coefficients }) =>
    block.map(({ equation }) => {
      const factor = coefficients.get(equation.variable);
      return factor === undefined ? 0 : madeUp(factor, sample);
    }),
  );
}

/** By elimination with the largest pivot, relative to the size of the rows. */
function isSingular(matrix: readonly (readonly number[])[]): boolean {
  const rows = matrix.map((row) => [...row]);
  for (let column = 0; column < rows.length; column += 1) {
    const rest = rows.slice(column).sort((a, b) => Math.abs(b[column] ?? 0) - Math.abs(a[column] ?? 0));
    const [pivot = []] = rest;
    const size = Math.max(...(matrix[column] ?? []).map(Math.abs));
    if (Math.abs(pivot[column] ?? 0) <= 1e-9 * size) return true;
    for (const row of rest.slice(1)) {
      const factor = (row[column] ?? 0) / (pivot[column] ?? 1);
      row.forEach((value, place) => (row[place] = value - factor * (pivot[place] ?? 0)));
    }
    rows.splice(column, rest.length, ...rest);
  }
  return false;
}

/** The value of a tree for one set of made-up values; what a function gives is made up too. */
function madeUp(tree: Tree, sample: number): number {
  const symbolic = (part: Tree): Tree => (part.kind === 'call' ? name(printTree(part)) : mapChildren(part, symbolic));
  const value = (text: string): number => fixedValue(text)?.value ?? between(text, sample);
  const found = evaluate(symbolic(tree), { value, call: (_, [base, exponent]) => Number(base) ** Number(exponent) });
  return Number(found);
}

/** A number from 0.5 to 1.5 that belongs to the name. */
function between(text: string, sample: number): number {
  let mixed = sample * 0.7548776662466927;
  for (const letter of text) mixed = (mixed + (letter.codePointAt(0) ?? 0)) * 0.6180339887498949 + 0.1;
  const spread = Math.sin(mixed * 1e4) * 1e4;
  return 0.5 + spread - Math.floor(spread);
}

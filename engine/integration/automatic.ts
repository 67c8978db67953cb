/** Linear systems that `auto` leaves to the next method although they have an exact solution (rule E39 of the equation language). */
import { fixedValue } from '../equations/constants.ts';
import { evaluate } from '../equations/evaluate.ts';
import { name } from '../equations/make-tree.ts';
import { printTree } from '../equations/print.ts';
import type { EquationSystem } from '../equations/system.ts';
import { children, mapChildren, namesIn, type Tree } from '../equations/tree.ts';
import { linearRows, reach, type LinearRow } from './linear-system.ts';

/** Values of the constants and parameters of a system are unknown here; what holds for so many made-up ones holds for all. */
const samples = 8;

/**
 * Whether the matrix is singular whatever its constants are, or a pair of variables swings in a way that Brian does not
 * solve exactly, so that `auto` means the next method there and here.
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
  const real = rows.every(({ coefficients }) => [...coefficients.values()].every(isPlainlyReal));
  return blocks.some((block) => always((sample) => isSingular(matrixOf(block, sample))) || swings(block, real));
}

function always(holds: (sample: number) => boolean): boolean {
  return Array.from({ length: samples }, (_, sample) => sample).every(holds);
}

type Pair = readonly [readonly [number, number], readonly [number, number]];

/**
 * Two variables that follow each other with complex eigenvalues, unless both decay alike, all coefficients of the system
 * are plainly real and the speed of the swing is free of roots: then Brian writes sine and cosine.
 */
function swings(block: readonly LinearRow[], real: boolean): boolean {
  if (block.length !== 2) return false;
  const pairAt = (sample: number) => matrixOf(block, sample) as unknown as Pair;
  const complex = always((sample) => {
    const [[a, b], [c, d]] = pairAt(sample);
    return (a - d) ** 2 + 4 * b * c < 0;
  });
  if (!complex) return false;
  const alike = always((sample) => {
    const [[a, b], [, d]] = pairAt(sample);
    return Math.abs(a - d) <= 1e-9 * (Math.abs(a) + Math.abs(d) + Math.abs(b));
  });
  return !(real && alike && isSquare(block));
}

/** Whether the product of what two variables give each other is the square of a product of names, but for its sign. */
function isSquare(block: readonly LinearRow[]): boolean {
  const names = new Set<string>();
  for (const { coefficients } of block) for (const factor of coefficients.values()) namesIn(factor, names);
  const product = (scaled?: string): number => {
    const [[, b], [c]] = matrixOf(block, 0, scaled) as unknown as Pair;
    return b * c;
  };
  return [...names].every((each) => {
    const power = Math.log(product(each) / product()) / Math.log(16);
    return Math.abs(power - Math.round(power)) < 1e-9;
  });
}

const realFunctions: readonly string[] = ['exp', 'sin', 'cos', 'tanh', 'sinh', 'cosh', 'abs', 'int'];

/** Made of sums, products and whole powers of real names, so that nothing has to be known of their values. */
function isPlainlyReal(tree: Tree): boolean {
  if (tree.kind === 'binary' && tree.operator === '/' && namesIn(tree.right).size > 0) return false;
  if (tree.kind === 'binary' && tree.operator === '**' && !isWholePower(tree.right)) return false;
  if (tree.kind === 'call' && !realFunctions.includes(tree.function)) return false;
  return children(tree).every(isPlainlyReal);
}

function isWholePower(exponent: Tree): boolean {
  return exponent.kind === 'number' && Number.isInteger(exponent.value);
}

/** Numbers of made-up constants; `scaled` is taken four times. */
function matrixOf(block: readonly LinearRow[], sample: number, scaled?: string): number[][] {
  return block.map(({ coefficients }) =>
    block.map(({ equation }) => {
      const factor = coefficients.get(equation.variable);
      return factor === undefined ? 0 : madeUp(factor, sample, scaled);
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
function madeUp(tree: Tree, sample: number, scaled?: string): number {
  const symbolic = (part: Tree): Tree => (part.kind === 'call' ? name(printTree(part)) : mapChildren(part, symbolic));
  const value = (text: string): number =>
    (fixedValue(text)?.value ?? between(text, sample)) * (text === scaled ? 4 : 1);
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

/** Coupled linear equations over one step, for each cell by itself: the exponential of a small matrix in loops over locals. */
import { defined } from '../../base/assert.ts';
import type { CoupledStep } from '../../integration/method.ts';
import * as ir from '../ir/expressions.ts';
import { assign, letF64, letI32, loop } from '../ir/statements.ts';
import type { Expression, Statement } from '../ir/types.ts';

/** The series is cut where a term of a matrix of norm ½ is below the rounding. */
const terms = 15;

/** No matrix of finite numbers takes more. */
const mostHalvings = 1100;

/** A matrix of locals with a column more: (Z | g) or (S | s). */
interface Locals {
  entry(row: number, column: number): Expression;
  name(row: number, column: number): string;
}

/**
 * Adds the computation of Z = exp(A·dt) − 1 and g = φ(A·dt)·b·dt: A is halved until its norm is at most ½, the series is
 * summed, and both are doubled as often (Z ← 2Z + Z², g ← 2g + Z·g), which keeps what changes slowly beside what changes
 * fast. Gives x + Z·x + g under the names of the results. Numbers that are none give none.
 */
export function coupledValues(
  step: CoupledStep,
  read: (name: string) => Expression,
  prefix: string,
  body: Statement[],
): ReadonlyMap<string, Expression> {
  const { rows } = step;
  const scale = halving(step, read, prefix, body);
  const scaled = locals(`${prefix}a`);
  for (const [i, row] of rows.entries()) {
    for (const [j, name] of [...row.coefficients, row.drive].entries())
      if (name !== undefined) body.push(letF64(scaled.name(i, j), ir.multiply(read(name), scale)));
  }
  const raised = sumSeries(step, scaled, prefix, body);
  doubled(step, raised, prefix, body);
  return new Map(
    rows.map(({ variable, result, activeWhile }, i) => {
      const old = read(variable);
      const moved = places(step, i).map((j) => {
        const other = rows[j];
        return other === undefined ? raised.entry(i, j) : ir.multiply(raised.entry(i, j), read(other.variable));
      });
      const value = ir.add(
        old,
        moved.reduce((sum, term) => ir.add(sum, term)),
      );
      body.push(
        letF64(`${prefix}new_${i}`, activeWhile === undefined ? value : ir.select(read(activeWhile), value, old)),
      );
      return [result, ir.local(`${prefix}new_${i}`)];
    }),
  );
}

function locals(prefix: string): Locals {
  const name = (row: number, column: number): string => `${prefix}_${row}_${column}`;
  return { name, entry: (row, column) => ir.local(name(row, column)) };
}

/** Columns of a row that may be other than zero: what it follows from, and the last one where any of that is driven. */
function places({ rows }: CoupledStep, row: number): readonly number[] {
  const { reaches } = defined(rows[row], 'a row');
  const found = rows.flatMap((_, column) => (reaches[column] === true ? [column] : []));
  return found.some((column) => rows[column]?.drive !== undefined) ? [...found, rows.length] : found;
}

/** Lays down how often the matrix is halved; gives the factor that does it. */
function halving(
  { rows }: CoupledStep,
  read: (name: string) => Expression,
  prefix: string,
  body: Statement[],
): Expression {
  const sizes = rows.map(({ coefficients }) =>
    coefficients.flatMap((name) => (name === undefined ? [] : [ir.call('abs', read(name))])),
  );
  const sums = sizes.flatMap((row) => (row.length === 0 ? [] : [row.reduce((sum, size) => ir.add(sum, size))]));
  body.push(
    letF64(
      `${prefix}norm`,
      sums.reduce((most, sum) => ir.maximum(most, sum), ir.f64(0)),
    ),
  );
  const level = ir.add(ir.multiply(ir.call('log', ir.local(`${prefix}norm`)), ir.f64(Math.LOG2E)), ir.f64(2));
  const bounded = ir.minimum(ir.maximum(level, ir.f64(0)), ir.f64(mostHalvings));
  body.push(
    letI32(`${prefix}halvings`, ir.toI32(bounded)),
    letF64(`${prefix}scale`, ir.f64(1)),
    loop(`${prefix}halved`, 0, ir.i32Local(`${prefix}halvings`), [
      assign(`${prefix}scale`, ir.multiply(ir.local(`${prefix}scale`), ir.f64(0.5))),
    ]),
  );
  return ir.local(`${prefix}scale`);
}

/** Horner: S ← 1 + A·S/k and s ← (A·s + b)/k for k from the last term down to the second, then (A·S, A·s + b). */
function sumSeries(step: CoupledStep, scaled: Locals, prefix: string, body: Statement[]): Locals {
  const { rows } = step;
  const sum = locals(`${prefix}z`);
  for (const i of rows.keys())
    for (const j of places(step, i)) body.push(letF64(sum.name(i, j), ir.f64(i === j ? 1 : 0)));
  const share = ir.local(`${prefix}share`);
  const order = ir.subtract(ir.i32(terms), ir.i32Local(`${prefix}term`));
  body.push(
    loop(`${prefix}term`, 0, terms - 1, [
      letF64(`${prefix}share`, ir.divide(ir.f64(1), ir.toF64(order))),
      ...replaced(step, sum, `${prefix}s`, (i, j) => {
        const next = ir.multiply(product(step, scaled, sum, i, j), share);
        return i === j ? ir.add(next, ir.f64(1)) : next;
      }),
    ]),
    ...replaced(step, sum, `${prefix}f`, (i, j) => product(step, scaled, sum, i, j)),
  );
  return sum;
}

/** Row i of A times column j of the sum; the last column is driven. */
function product({ rows }: CoupledStep, scaled: Locals, sum: Locals, i: number, j: number): Expression {
  const { coefficients, drive } = defined(rows[i], 'a row');
  const found = coefficients.flatMap((name, k) => {
    const there = name !== undefined && places({ rows }, k).includes(j);
    return there ? [ir.multiply(scaled.entry(i, k), sum.entry(k, j))] : [];
  });
  if (j === rows.length && drive !== undefined) found.push(scaled.entry(i, j));
  return found.length === 0 ? ir.f64(0) : found.reduce((left, right) => ir.add(left, right));
}

function doubled(step: CoupledStep, raised: Locals, prefix: string, body: Statement[]): void {
  const squared = replaced(step, raised, `${prefix}d`, (i, j) => {
    const inner = step.rows.flatMap((_, k) => {
      const there = defined(step.rows[i], 'a row').reaches[k] === true && places(step, k).includes(j);
      return there ? [ir.multiply(raised.entry(i, k), raised.entry(k, j))] : [];
    });
    const twice = ir.add(raised.entry(i, j), raised.entry(i, j));
    return inner.length === 0
      ? twice
      : ir.add(
          inner.reduce((left, right) => ir.add(left, right)),
          twice,
        );
  });
  body.push(loop(`${prefix}doubled`, 0, ir.i32Local(`${prefix}halvings`), squared));
}

/** New values of all entries from the old ones, then all of them at once. */
function replaced(
  step: CoupledStep,
  matrix: Locals,
  prefix: string,
  value: (row: number, column: number) => Expression,
): Statement[] {
  const all = [...step.rows.keys()].flatMap((i) => places(step, i).map((j) => [i, j] as const));
  return [
    ...all.map(([i, j]) => letF64(`${prefix}_${i}_${j}`, value(i, j))),
    ...all.map(([i, j]) => assign(matrix.name(i, j), ir.local(`${prefix}_${i}_${j}`))),
  ];
}

/** Linear systems carried over many steps at once in a loop over the bits of the number of steps. */
import { defined } from '../../base/assert.ts';
import type { PoweredCarry } from '../../integration/method.ts';
import * as ir from '../ir/expressions.ts';
import { assign, letF64, letI32, loop, when } from '../ir/statements.ts';
import type { Expression, SignalId, Statement } from '../ir/types.ts';

/** Levels of the tables: steps are counted in 31 bits. */
export const poweredLevels = 31;

/** What a carry starts from. */
export interface PoweredStart {
  readonly carry: PoweredCarry;
  /** f64 signal with `carry.table` of `poweredLevels` levels. */
  readonly table: SignalId;
  /** Whole steps, i32 and not negative. */
  readonly steps: Expression;
  /** State and drive of every variable before; drives are locals or constants. */
  readonly state: ReadonlyMap<string, Expression>;
  readonly drives: ReadonlyMap<string, Expression>;
  /** Before the names of locals. */
  readonly prefix: string;
}

/** Adds the loop to the body; gives the values afterwards as locals. */
export function carryByPowers(start: PoweredStart, body: Statement[]): ReadonlyMap<string, Expression> {
  const { carry, prefix, steps, state } = start;
  const { variables } = carry;
  const local = (variable: string): string => `${prefix}carried_${variable}`;
  const rest = `${prefix}rest`;
  for (const variable of variables)
    body.push(letF64(local(variable), defined(state.get(variable), `state of ${variable}`)));
  body.push(letI32(rest, steps));
  const odd = ir.equal(ir.remainder(ir.i32Local(rest), ir.i32(2)), ir.i32(1));
  const level = `${prefix}level`;
  body.push(
    loop(level, 0, levelsOf(steps), [
      when(odd, applyLevel(start, ir.i32Local(level), local)),
      assign(rest, ir.divide(ir.i32Local(rest), ir.i32(2))),
    ]),
  );
  return new Map(variables.map((variable) => [variable, ir.local(local(variable))]));
}

/** At least the bits that the number of steps has. */
function levelsOf(steps: Expression): Expression {
  const bits = ir.multiply(ir.call('log', ir.add(ir.toF64(steps), ir.f64(0.5))), ir.f64(Math.LOG2E));
  return ir.toI32(ir.minimum(ir.add(bits, ir.f64(1)), ir.f64(poweredLevels)));
}

/** X ← E·X + F·b with the matrices of one level. */
function applyLevel(
  { carry, table, drives, prefix }: PoweredStart,
  level: Expression,
  local: (variable: string) => string,
): Statement[] {
  const { variables } = carry;
  const driven = [...carry.drives.keys()];
  const size = variables.length;
  const base = `${prefix}base`;
  const entry = (place: number): Expression => ir.load(table, ir.add(ir.i32Local(base), ir.i32(place)));
  const raised = variables.map((variable, row) => {
    const terms = [
      ...variables.map((other, column) => ir.multiply(entry(row * size + column), ir.local(local(other)))),
      ...driven.map((other, column) =>
        ir.multiply(entry(size * size + row * driven.length + column), defined(drives.get(other), `drive of ${other}`)),
      ),
    ] as [Expression, ...Expression[]];
    return letF64(`${prefix}raised_${variable}`, ir.add(...terms));
  });
  return [
    letI32(base, ir.multiply(level, ir.i32(size * (size + driven.length)))),
    ...raised,
    ...variables.map((variable) => assign(local(variable), ir.local(`${prefix}raised_${variable}`))),
  ];
}

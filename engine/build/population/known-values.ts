/** Values that are known while the network is built, with the bits that the targets give. */
import { assert } from '../../base/assert.ts';
import { evaluate } from '../../equations/evaluate.ts';
import type { Tree } from '../../equations/tree.ts';
import { functionTable } from '../../math/function-table.ts';
import type { Expression } from '../ir/types.ts';
import { asNumber, lower } from '../lower.ts';
import type { EquationExpansion } from './equation-expansion.ts';

const nothing: ReadonlyMap<string, Float64Array> = new Map();

/** The value of a tree of names known before the run; `varies` has the values of those that differ, of which cell `n` is asked. */
export function evaluateKnown(
  { builder, population, context }: EquationExpansion,
  tree: Tree,
  varies = nothing,
  n = 0,
): number {
  const value = evaluate(tree, {
    value(name) {
      if (name === 'dt') return builder.timeStepSeconds;
      if (name === 'N') return population.cells;
      if (name === 'i') return n;
      const values = varies.get(name);
      return values === undefined
        ? (context.literals.get(name) ?? context.constants.get(name)?.value)
        : values[values.length === 1 ? 0 : n];
    },
    call: callFunction,
  });
  return Number(value);
}

/** Functions of values known while the network is built, with the bits that the targets give. */
export function callFunction(name: string, values: readonly (number | boolean)[]): number {
  if (name === 'pow') return functionTable.pow(Number(values[0]), Number(values[1]));
  const expression = lower(
    { kind: 'call', function: name, arguments: values.map((value) => treeOf(value)), span: none, nameSpan: none },
    { names: new Map(), random: noRandom },
  );
  return constantOf(asNumber(expression), name);
}
const none = { start: 0, end: 0 };

function treeOf(value: number | boolean): Tree {
  return typeof value === 'boolean'
    ? { kind: 'boolean', value, span: none }
    : { kind: 'number', value, integer: false, span: none };
}

function constantOf(expression: Expression, name: string): number {
  assert(expression.kind === 'f64', `${name} of numbers is no number`);
  return expression.value;
}

function noRandom(): never {
  throw new Error('Bug: random numbers before the run');
}

/** Random trees, statements and definitions as the grammar allows them, and how to compare what was read with them. */
import fc from 'fast-check';
import {
  dimensionless,
  dimensionOf,
  divideDimensions,
  multiplyDimensions,
  powerDimension,
} from '../units/dimension.ts';
import type { Dimension } from '../units/dimension.ts';
import type { Definition, DefinitionKind, Flag, ModelUse, ValueType } from './model-equations.ts';
import { mapChildren, noSpan, type AssignmentOperator, type BinaryOperator, type StatementTree } from './tree.ts';
import type { Tree } from './tree.ts';

/** A definition without the places of its parts. */
export type PlainDefinition = Omit<Definition, 'nameSpan' | 'unitSpan' | 'span'>;

/** A tree with all places taken out. */
export function withoutSpans(tree: Tree): Tree {
  const inner = { ...mapChildren(tree, withoutSpans), span: noSpan };
  return inner.kind === 'call' ? { ...inner, nameSpan: noSpan } : inner;
}

/** A statement with all places taken out. */
export function plainStatement(statement: StatementTree): StatementTree {
  return { ...statement, expression: withoutSpans(statement.expression), targetSpan: noSpan, span: noSpan };
}

/** A definition with all places taken out. */
export function plainDefinition(definition: Definition): PlainDefinition {
  const { kind, name, expression, unit, type, unitText, flags } = definition;
  return { kind, name, expression: expression && withoutSpans(expression), unit, type, unitText, flags };
}

const variableNames = ['v', 'tau_m', 'x1', 'g_e', 'every', 'on', 'order', 'in_', 'w', 'E_L', 'dv', 'd'];

const leaves = fc.oneof(
  fc.constantFrom(...variableNames).map((name): Tree => ({ kind: 'name', name, span: noSpan })),
  fc.nat().map((value): Tree => ({ kind: 'number', value, integer: true, span: noSpan })),
  fc
    .double({ min: 0, noNaN: true, noDefaultInfinity: true })
    .map((value): Tree => ({ kind: 'number', value: Math.abs(value), integer: false, span: noSpan })),
  fc.boolean().map((value): Tree => ({ kind: 'boolean', value, span: noSpan })),
);

const arithmetic = ['+', '-', '*', '/', '//', '%', '**'] as const;
const conditional = ['<', '<=', '>', '>=', '==', '!=', 'and', 'or'] as const;
const operators = fc.constantFrom<BinaryOperator>(...arithmetic, ...conditional);

/** Any tree that can be written. */
export const { tree: anyTree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaves,
    fc.record({
      kind: fc.constant('unary' as const),
      operator: fc.constantFrom('-' as const, '+' as const, 'not' as const),
      operand: tie('tree'),
      span: fc.constant(noSpan),
    }),
    fc.record({
      kind: fc.constant('binary' as const),
      operator: operators,
      left: tie('tree'),
      right: tie('tree'),
      span: fc.constant(noSpan),
    }),
    fc.record({
      kind: fc.constant('call' as const),
      function: fc.constantFrom('exp', 'clip'),
      arguments: fc.array(tie('tree'), { maxLength: 3 }),
      span: fc.constant(noSpan),
      nameSpan: fc.constant(noSpan),
    }),
  ),
}));

/** Any statements, an empty block included. */
export const anyStatements: fc.Arbitrary<readonly StatementTree[]> = fc.array(
  fc.record({
    target: fc.constantFrom(...variableNames),
    targetSpan: fc.constant(noSpan),
    operator: fc.constantFrom<AssignmentOperator>('=', '+=', '-=', '*=', '/=', '%='),
    expression: anyTree,
    span: fc.constant(noSpan),
  }),
  { maxLength: 4 },
);

/** A unit as it is declared, with what it means. */
interface Unit {
  readonly unitText: string;
  readonly unit: Dimension;
  readonly type: ValueType;
}

const namedUnits: readonly Unit[] = (
  [
    ['1', dimensionless],
    ['volt', dimensionOf({ kg: 1, m: 2, s: -3, A: -1 })],
    ['amp', dimensionOf({ A: 1 })],
    ['second', dimensionOf({ s: 1 })],
    ['Hz', dimensionOf({ s: -1 })],
    ['metre', dimensionOf({ m: 1 })],
    ['mole', dimensionOf({ mol: 1 })],
  ] as const
).map(([unitText, unit]) => ({ unitText, unit, type: 'float' }));

const exponents = [
  ['2', 2],
  ['-1', -1],
  ['0.5', 0.5],
  ['(-3)', -3],
  ['(1/2)', 0.5],
] as const;

const { unit: floatUnits } = fc.letrec<{ unit: Unit }>((tie) => ({
  unit: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(...namedUnits),
    fc.tuple(tie('unit'), fc.constantFrom('*', '/'), tie('unit')).map(([left, sign, right]): Unit => {
      const joined = sign === '*' ? multiplyDimensions : divideDimensions;
      return {
        unitText: `${left.unitText}${sign}(${right.unitText})`,
        unit: joined(left.unit, right.unit),
        type: 'float',
      };
    }),
    fc.tuple(tie('unit'), fc.constantFrom(...exponents)).map(([base, [text, exponent]]): Unit => {
      return { unitText: `(${base.unitText})**${text}`, unit: powerDimension(base.unit, exponent), type: 'float' };
    }),
  ),
}));

const countedUnits = fc
  .constantFrom<ValueType>('boolean', 'integer')
  .map((type): Unit => ({ unitText: type, unit: dimensionless, type }));

const possibleFlags: Readonly<Record<ModelUse, Readonly<Record<DefinitionKind, readonly Flag[]>>>> = {
  cells: {
    differential: ['unless refractory', 'output'],
    subexpression: ['shared', 'constant over dt', 'output'],
    parameter: ['constant', 'shared', 'linked', 'output'],
  },
  synapses: {
    differential: ['event-driven', 'clock-driven'],
    subexpression: ['shared', 'constant over dt', 'summed'],
    parameter: ['constant', 'shared'],
  },
};

/** Any definitions of different names, of every kind, unit and set of flags. */
export function anyDefinitions(use: ModelUse): fc.Arbitrary<readonly PlainDefinition[]> {
  const kinds = fc.constantFrom<DefinitionKind>('differential', 'subexpression', 'parameter');
  const definition = fc.tuple(fc.constantFrom(...variableNames), kinds).chain(([name, kind]) =>
    fc
      .record({
        expression: kind === 'parameter' ? fc.constant(undefined) : anyTree,
        unit: kind === 'differential' ? floatUnits : fc.oneof(floatUnits, countedUnits),
        flags: fc.shuffledSubarray([...possibleFlags[use][kind]]),
      })
      .map(({ expression, unit, flags }): PlainDefinition => ({ kind, name, expression, ...unit, flags })),
  );
  return fc.uniqueArray(definition, { selector: ({ name }) => name, maxLength: 6 });
}

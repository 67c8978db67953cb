/** IR as text for people (`explain`): one line per statement, indented by two spaces. */
import type { Operator } from '../program.ts';
import type { BinaryOperator, Expression, Statement } from './types.ts';

const symbols: Record<BinaryOperator, string> = {
  add: '+',
  subtract: '-',
  multiply: '*',
  divide: '/',
  remainder: '%',
  minimum: 'min',
  maximum: 'max',
  equal: '==',
  notEqual: '!=',
  less: '<',
  lessEqual: '<=',
  greater: '>',
  greaterEqual: '>=',
  and: 'and',
  or: 'or',
};

/** An operator with its declarations and body. */
export function printOperator(operator: Operator): string {
  const declarations = (['reads', 'sets', 'adds', 'updates', 'readsUpdated'] as const)
    .filter((name) => operator[name].length > 0)
    .map((name) => `  ${name} ${operator[name].join(', ')}`);
  const pace = operator.pace === undefined ? '' : `, every ${operator.pace.every} steps`;
  return [
    `operator ${operator.id} (${operator.slot}${pace})`,
    ...declarations,
    ...printStatements(operator.body, 1),
  ].join('\n');
}

/** The lines of a body, `depth` steps indented. */
export function printStatements(statements: readonly Statement[], depth = 0): string[] {
  return statements.flatMap((statement) => printStatement(statement, depth));
}

function printStatement(statement: Statement, depth: number): string[] {
  const indent = '  '.repeat(depth);
  switch (statement.kind) {
    case 'let':
      return [`${indent}let ${statement.name}: ${statement.type} = ${printExpression(statement.value)}`];
    case 'assign':
      return [`${indent}${statement.name} = ${printExpression(statement.value)}`];
    case 'store':
      return [
        `${indent}${statement.signal}[${printExpression(statement.index)}] = ${printExpression(statement.value)}`,
      ];
    case 'loop': {
      const head = `${indent}for ${statement.index} = ${printExpression(statement.from)} to ${printExpression(statement.to)}`;
      return [head, ...printStatements(statement.body, depth + 1)];
    }
    case 'if': {
      const head = `${indent}if ${printExpression(statement.condition)}`;
      const other = statement.else.length === 0 ? [] : [`${indent}else`, ...printStatements(statement.else, depth + 1)];
      return [head, ...printStatements(statement.then, depth + 1), ...other];
    }
    case 'kernel': {
      const from = (name: string): string => {
        const first = statement.begin?.[name] ?? 0;
        return first === 0 ? '' : ` from ${first}`;
      };
      const signals = Object.entries(statement.signals).map(([name, id]) => [name, `${id}${from(name)}`] as const);
      const given = [...signals, ...Object.entries(statement.numbers)];
      return [`${indent}${statement.kernel}(${given.map(([name, value]) => `${name}: ${value}`).join(', ')})`];
    }
  }
}

/** An expression, with parentheses around every operation that is part of another. */
export function printExpression(expression: Expression): string {
  switch (expression.kind) {
    case 'f64':
      return printF64(expression.value);
    case 'i32':
    case 'bool':
      return String(expression.value);
    case 'local':
      return expression.name;
    case 'load':
      return `${expression.signal}[${printExpression(expression.index)}]`;
    case 'step':
    case 'time':
      return expression.kind;
    case 'unary':
      return `${expression.operator === 'negate' ? '-' : 'not '}${printPart(expression.operand)}`;
    case 'binary':
      return printBinary(expression.operator, expression.left, expression.right);
    case 'call':
      return `${expression.function}(${expression.arguments.map(printExpression).join(', ')})`;
    case 'select':
      return `${printPart(expression.condition)} ? ${printPart(expression.whenTrue)} : ${printPart(expression.whenFalse)}`;
    case 'convert':
      return `${expression.to}(${printExpression(expression.operand)})`;
    case 'uniform':
    case 'normal':
      return `${expression.kind}(${expression.key}, ${printExpression(expression.index)})`;
    case 'poisson':
      return `poisson(${expression.key}, ${printExpression(expression.index)}, ${printExpression(expression.mean)})`;
  }
}

function printBinary(operator: BinaryOperator, left: Expression, right: Expression): string {
  const symbol = symbols[operator];
  if (operator === 'minimum' || operator === 'maximum')
    return `${symbol}(${printExpression(left)}, ${printExpression(right)})`;
  return `${printPart(left)} ${symbol} ${printPart(right)}`;
}

function printPart(expression: Expression): string {
  const text = printExpression(expression);
  const compound =
    expression.kind === 'select' ||
    expression.kind === 'unary' ||
    (expression.kind === 'binary' && expression.operator !== 'minimum' && expression.operator !== 'maximum');
  return compound ? `(${text})` : text;
}

/** Shortest text that reads back to the same bits; always with a point, exponent or name, so that it differs from an i32. */
function printF64(value: number): string {
  if (Object.is(value, -0)) return '-0.0';
  const text = String(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

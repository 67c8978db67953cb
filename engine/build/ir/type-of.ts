/** Type of an IR expression. */
import type { BinaryOperator, Expression, ScalarType } from './types.ts';

const conditions: ReadonlySet<BinaryOperator> = new Set<BinaryOperator>([
  'equal',
  'notEqual',
  'less',
  'lessEqual',
  'greater',
  'greaterEqual',
  'and',
  'or',
]);

/** The type a sound expression has; `check.ts` tells whether it is sound. */
export function typeOf(expression: Expression): ScalarType {
  switch (expression.kind) {
    case 'bool':
      return 'bool';
    case 'i32':
    case 'step':
      return 'i32';
    case 'local':
    case 'load':
      return expression.type;
    case 'convert':
      return expression.to;
    case 'unary':
      return expression.operator === 'not' ? 'bool' : typeOf(expression.operand);
    case 'binary':
      return conditions.has(expression.operator) ? 'bool' : typeOf(expression.left);
    case 'select':
      return typeOf(expression.whenTrue);
    default:
      return 'f64';
  }
}

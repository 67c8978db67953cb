/** Making trees in code: one function per shape, written as they read. They change nothing and drop nothing. */
import { noSpan, type BinaryOperator, type Tree } from './tree.ts';

/** A number; whole numbers count as integer literals. */
export function number(value: number): Tree {
  return { kind: 'number', value, integer: Number.isSafeInteger(value), span: noSpan };
}

export function name(text: string): Tree {
  return { kind: 'name', name: text, span: noSpan };
}

export function binary(operator: BinaryOperator, left: Tree, right: Tree): Tree {
  return { kind: 'binary', operator, left, right, span: noSpan };
}

export function add(left: Tree, right: Tree): Tree {
  return binary('+', left, right);
}

export function subtract(left: Tree, right: Tree): Tree {
  return binary('-', left, right);
}

export function multiply(left: Tree, right: Tree): Tree {
  return binary('*', left, right);
}

export function divide(left: Tree, right: Tree): Tree {
  return binary('/', left, right);
}

export function negate(operand: Tree): Tree {
  return { kind: 'unary', operator: '-', operand, span: noSpan };
}

export function call(functionName: string, ...parts: readonly Tree[]): Tree {
  return { kind: 'call', function: functionName, arguments: parts, span: noSpan, nameSpan: noSpan };
}

export function select(condition: Tree, whenTrue: Tree, whenFalse: Tree): Tree {
  return { kind: 'select', condition, whenTrue, whenFalse, span: noSpan };
}

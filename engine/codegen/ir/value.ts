/**
 * Static single assignment form of a step: typed values inside structured regions. A value is computed once; loops hand
 * values on as carried parameters, branches merge theirs. Constants and the step number float: they stand in no region.
 */
import type { KernelStatement } from '../../build/ir/kernels.ts';
import type { BinaryOperator, FunctionName, SignalId } from '../../build/ir/types.ts';

/** Numbers in double and single precision, whole numbers, conditions. */
export type ValueType = 'f64' | 'f32' | 'i32' | 'bool';

export type Operation =
  | { readonly kind: 'constant'; readonly value: number }
  /** Number of the step. */
  | { readonly kind: 'step' }
  /** Index or carried value of a loop, result of a loop or a branch: bound by its item. */
  | { readonly kind: 'parameter' }
  /** Input: index. One index and several lanes: consecutive elements; several indices: one element each. */
  | { readonly kind: 'load'; readonly signal: SignalId }
  | { readonly kind: 'negate' }
  | { readonly kind: 'not' }
  | { readonly kind: 'binary'; readonly operator: BinaryOperator }
  | { readonly kind: 'call'; readonly function: FunctionName }
  /** Inputs: condition, value when true, value when false. */
  | { readonly kind: 'select' }
  | { readonly kind: 'convert' }
  /** Random draw. Input: index (consecutive where one index meets several lanes), and the mean of counts. */
  | { readonly kind: 'draw'; readonly draw: 'uniform' | 'normal' | 'poisson'; readonly key: number }
  /** One value in all lanes. */
  | { readonly kind: 'splat' }
  /** Input + number of the lane. */
  | { readonly kind: 'iota' }
  /** Whether any lane is set: the condition of a branch, 0 or some other number. */
  | { readonly kind: 'any' };

export interface Value {
  readonly id: number;
  readonly type: ValueType;
  /** 1 for a scalar; lanes of a vector otherwise. */
  readonly lanes: number;
  readonly operation: Operation;
  readonly inputs: readonly Value[];
}

/** Computes a value. */
export interface Definition {
  readonly kind: 'value';
  readonly value: Value;
}

/** Writes element `index`, or as many consecutive ones as the value has lanes. */
export interface Store {
  readonly kind: 'store';
  readonly signal: SignalId;
  readonly index: Value;
  readonly value: Value;
}

/** A value that a loop hands from turn to turn. */
export interface Carried {
  readonly initial: Value;
  /** What the body sees. */
  readonly parameter: Value;
  /** What the next turn will see. */
  readonly next: Value;
  /** What is left after the loop. */
  readonly result: Value;
}

/** `for index = from; index < to; index += lanes`. */
export interface Loop {
  readonly kind: 'loop';
  readonly index: Value;
  readonly from: Value;
  readonly to: Value;
  readonly lanes: number;
  readonly carried: readonly Carried[];
  readonly body: Region;
  /** Ids of the operators that it does the work of. */
  readonly sources: readonly string[];
}

/** A value that depends on which branch was taken. */
export interface Merge {
  readonly result: Value;
  readonly then: Value;
  readonly else: Value;
}

export interface Branch {
  readonly kind: 'if';
  readonly condition: Value;
  readonly then: Region;
  readonly else: Region;
  readonly merges: readonly Merge[];
}

/** A ready-made loop; nothing is known about it but the signals it reads and writes. */
export interface KernelItem {
  readonly kind: 'kernel';
  readonly statement: KernelStatement;
}

export type Item = Definition | Store | Loop | Branch | KernelItem;

/** Items in order of execution. */
export type Region = readonly Item[];

/** A region that is executed in steps n with n mod `every` = 0 alone, as step n / every. */
export interface PacedRegion {
  readonly every: number;
  readonly region: Region;
}

let made = 0;

/** A new value. */
export function makeValue(operation: Operation, type: ValueType, inputs: readonly Value[] = [], lanes = 1): Value {
  made += 1;
  return { id: made, type, lanes, operation, inputs };
}

/** A constant; bools are 0 and 1, numbers are rounded to the type. */
export function constant(type: ValueType, value: number, lanes = 1): Value {
  const rounded = type === 'f32' ? Math.fround(value) : type === 'i32' ? value | 0 : value;
  return makeValue({ kind: 'constant', value: rounded }, type, [], lanes);
}

/** A value bound by the item it belongs to. */
export function parameter(type: ValueType): Value {
  return makeValue({ kind: 'parameter' }, type);
}

/** The number of the step. */
export const stepValue: Value = makeValue({ kind: 'step' }, 'i32');

/** The number of a constant; undefined for all else. */
export function constantOf(value: Value): number | undefined {
  return value.operation.kind === 'constant' ? value.operation.value : undefined;
}

/** Values that no item computes. */
export function isFloating(value: Value): boolean {
  const { kind } = value.operation;
  return kind === 'constant' || kind === 'step' || kind === 'parameter';
}

/** Item that computes a value. */
export function define(value: Value): Definition {
  return { kind: 'value', value };
}

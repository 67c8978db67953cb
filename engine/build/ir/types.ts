/**
 * The intermediate representation: what operators are made of, and all that a target has to understand.
 * A small structured language over signals in linear memory: typed locals, counted loops, conditionals, loads and
 * stores. Floating-point operations happen in exactly the order written; a target may not reassociate or contract.
 */

import type { KernelName } from './kernels.ts';

/** f64 numbers, i32 for indices and counters, bool for conditions. */
export type ScalarType = 'f64' | 'i32' | 'bool';

/** Id of a signal of the program (see `program.ts`). */
export type SignalId = string;

/** Functions every target provides with identical bits (`math/elementary.ts`, `base/random.ts`). All take and give f64. */
export type FunctionName =
  | 'exp'
  | 'expm1'
  | 'log'
  | 'log1p'
  | 'log10'
  | 'sqrt'
  | 'sin'
  | 'cos'
  | 'tan'
  | 'sinh'
  | 'cosh'
  | 'tanh'
  | 'arcsin'
  | 'arccos'
  | 'arctan'
  | 'pow'
  | 'floor'
  | 'ceil'
  | 'trunc'
  | 'roundHalfEven'
  | 'abs'
  | 'sign'
  | 'exprel'
  | 'mod'
  | 'floorDivide';

export type Expression =
  | { readonly kind: 'f64'; readonly value: number }
  | { readonly kind: 'i32'; readonly value: number }
  | { readonly kind: 'bool'; readonly value: boolean }
  /** A local declared by `let` or the index of an enclosing `loop`. */
  | { readonly kind: 'local'; readonly name: string; readonly type: ScalarType }
  /** Element `index` (i32) of a signal. f64 and f32 signals give f64; i32, u16, i8 (with its sign) and u8 signals give i32. */
  | { readonly kind: 'load'; readonly signal: SignalId; readonly index: Expression; readonly type: 'f64' | 'i32' }
  /** The number of the step being executed (i32; runs are cut into epochs below 2³¹ steps). */
  | { readonly kind: 'step' }
  /** Time at the start of the step in seconds: step × time step, one multiplication. f64. */
  | { readonly kind: 'time' }
  | { readonly kind: 'unary'; readonly operator: 'negate' | 'not'; readonly operand: Expression }
  /**
   * Arithmetic on two f64 or two i32 (i32 wraps; i32 `divide` truncates, `remainder` has the dividend's sign).
   * `minimum`/`maximum` on f64: left if left < right (resp. >) else right. Comparisons give bool; `and`/`or` do not short-circuit.
   */
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'call'; readonly function: FunctionName; readonly arguments: readonly Expression[] }
  /** Both sides are evaluated; one is chosen. */
  | {
      readonly kind: 'select';
      readonly condition: Expression;
      readonly whenTrue: Expression;
      readonly whenFalse: Expression;
    }
  /** i32 → f64, bool → f64 (0/1), bool → i32, f64 → i32 (truncating, saturating, NaN = 0). */
  | { readonly kind: 'convert'; readonly to: ScalarType; readonly operand: Expression }
  /** Uniform on (0,1) from stream `key` (a constant) at this step and `index` (i32): `uniformAt`. f64. */
  | { readonly kind: 'uniform'; readonly key: number; readonly index: Expression }
  /** Standard normal from stream `key` at this step and `index` (i32): `normalAt`. f64. */
  | { readonly kind: 'normal'; readonly key: number; readonly index: Expression }
  /** Count of a Poisson distribution of mean `mean` (f64) from stream `key` at this step and `index` (i32): `poissonAt`. f64. */
  | { readonly kind: 'poisson'; readonly key: number; readonly index: Expression; readonly mean: Expression };

export type BinaryOperator =
  | 'add'
  | 'subtract'
  | 'multiply'
  | 'divide'
  | 'remainder'
  | 'minimum'
  | 'maximum'
  | 'equal'
  | 'notEqual'
  | 'less'
  | 'lessEqual'
  | 'greater'
  | 'greaterEqual'
  | 'and'
  | 'or';

export type Statement =
  /** Declares a local for the rest of the enclosing body. Names are unique within an operator. */
  | { readonly kind: 'let'; readonly name: string; readonly type: ScalarType; readonly value: Expression }
  | { readonly kind: 'assign'; readonly name: string; readonly value: Expression }
  | { readonly kind: 'store'; readonly signal: SignalId; readonly index: Expression; readonly value: Expression }
  /** `for index = from; index < to; index += 1` (i32; `to` is evaluated once). */
  | {
      readonly kind: 'loop';
      readonly index: string;
      readonly from: Expression;
      readonly to: Expression;
      readonly body: readonly Statement[];
    }
  | {
      readonly kind: 'if';
      readonly condition: Expression;
      readonly then: readonly Statement[];
      readonly else: readonly Statement[];
    }
  /** A hot loop that exists ready-made on every target (`kernels.ts`): whole signals and constant numbers go in. */
  | {
      readonly kind: 'kernel';
      readonly kernel: KernelName;
      readonly signals: Readonly<Record<string, SignalId>>;
      readonly numbers: Readonly<Record<string, number>>;
      /** Element at which a signal begins for this statement, by names; 0 where nothing is said. */
      readonly begin?: Readonly<Record<string, number>>;
    };

/** Builders of IR statements. */
import type { Index } from './expressions.ts';
import { add, load, toIndex } from './expressions.ts';
import type { Expression, ScalarType, SignalId, Statement } from './types.ts';

/** Declares a local of the given type; names are unique within an operator. */
export function letLocal(name: string, type: ScalarType, value: Expression): Statement {
  return { kind: 'let', name, type, value };
}

/** Declares an f64 local. */
export function letF64(name: string, value: Expression): Statement {
  return letLocal(name, 'f64', value);
}

/** Declares an i32 local. */
export function letI32(name: string, value: Expression): Statement {
  return letLocal(name, 'i32', value);
}

/** Declares a bool local. */
export function letBool(name: string, value: Expression): Statement {
  return letLocal(name, 'bool', value);
}

/** Gives a declared local a new value. */
export function assign(name: string, value: Expression): Statement {
  return { kind: 'assign', name, value };
}

/** Writes element `index` of a signal (f64 into f64 or f32, which rounds; i32 into whole numbers, of which the low bits are kept). */
export function store(signal: SignalId, index: Index, value: Expression): Statement {
  return { kind: 'store', signal, index: toIndex(index), value };
}

/** `signal[index] = signal[index] + value` on an f64 signal; `index` is evaluated twice, so keep it simple. */
export function accumulate(signal: SignalId, index: Index, value: Expression): Statement {
  return store(signal, index, add(load(signal, index), value));
}

/** `for index = from; index < to; index += 1`; the index is an i32 local of the body. */
export function loop(index: string, from: Index, to: Index, body: readonly Statement[]): Statement {
  return { kind: 'loop', index, from: toIndex(from), to: toIndex(to), body };
}

/** `if`, with the other branch empty unless given. */
export function when(
  condition: Expression,
  then: readonly Statement[],
  otherwise: readonly Statement[] = [],
): Statement {
  return { kind: 'if', condition, then, else: otherwise };
}

/** Functions and random draws on all lanes at once. */
import { assert } from '../../base/assert.ts';
import type { Value } from '../ir/value.ts';
import type { Emission } from './emission.ts';

/** Whether the function or draw of a value exists for vectors. */
export function hasVectorFunction(value: Value): boolean {
  return value.lanes < 1;
}

/** Pushes the result of such a function or draw. */
export function emitFunctionLanes(value: Value, emission: Emission): void {
  assert(emission.locals.has(value), 'no vector functions yet');
}

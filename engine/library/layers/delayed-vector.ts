/** A vector as it was some steps ago, inside a layer. */
import { i32, i32Local, load, add, multiply, remainder, step } from '../../build/ir/expressions.ts';
import { loop, store } from '../../build/ir/statements.ts';
import type { SignalId } from '../../build/ir/types.ts';
import type { ElementBuilder } from '../../build/library-kind.ts';

/** The f64 vector of `steps` steps ago, zeros before; the vector itself where `steps` is 0. */
export function delayedVector(builder: ElementBuilder, vector: SignalId, size: number, steps: number): SignalId {
  if (steps === 0) return vector;
  const ring = builder.signal({ name: 'late_ring', shape: [steps, size], initial: 0, role: 'state', turning: 0 });
  const late = builder.signal({ name: 'late', shape: [size], initial: 0, role: 'transient' });
  const entry = i32Local('i');
  const place = add(multiply(remainder(step, i32(steps)), i32(size)), entry);
  builder.operator({
    ...{ name: 'late/read', slot: 'inputs', reads: [ring], sets: [late] },
    body: [loop('i', 0, size, [store(late, entry, load(ring, place))])],
  });
  builder.operator({
    ...{ name: 'late/write', slot: 'end', reads: [vector], updates: [ring] },
    body: [loop('i', 0, size, [store(ring, place, load(vector, entry))])],
  });
  return late;
}

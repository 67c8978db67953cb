/** The soft-max of a vector: shares that add up to 1. */
import {
  call,
  divide,
  f64,
  i32Local,
  load,
  loadI32,
  local,
  maximum,
  subtract,
  toF64,
  toI32,
} from '../../build/ir/expressions.ts';
import { accumulate, assign, letF64, loop, store } from '../../build/ir/statements.ts';
import type { SignalId } from '../../build/ir/types.ts';
import type { ElementBuilder } from '../../build/library-kind.ts';

/**
 * Adds the operators that make exp(v_j) / Σ_i exp(v_i), over the cells, as a signal of this name. The greatest value,
 * rounded, is taken off first, so that nothing overflows; it changes neither the shares nor their gradients.
 */
export function emitSoftmax(builder: ElementBuilder, v: SignalId, cells: number, name: string): SignalId {
  const one = { shape: [1], initial: 0, role: 'transient' } as const;
  const level = builder.signal({ ...one, name: 'level', type: 'i32' });
  const total = builder.signal({ ...one, name: 'total' });
  const shares = builder.signal({ name: 'shares', shape: [cells], initial: 0, role: 'transient' });
  const out = builder.signal({ name, shape: [cells], initial: 0, role: 'transient' });
  const cell = i32Local('i');
  builder.operator({
    ...{ name: 'level', reads: [v], sets: [level] },
    body: [
      letF64('most', load(v, 0)),
      loop('i', 0, cells, [assign('most', maximum(load(v, cell), local('most')))]),
      store(level, 0, toI32(local('most'))),
    ],
  });
  builder.operator({
    ...{ name: 'shares', reads: [v, level], sets: [shares] },
    body: [loop('i', 0, cells, [store(shares, cell, call('exp', subtract(load(v, cell), toF64(loadI32(level)))))])],
  });
  builder.operator({
    ...{ name: 'total', reads: [shares], sets: [total] },
    body: [store(total, 0, f64(0)), loop('i', 0, cells, [accumulate(total, 0, load(shares, cell))])],
  });
  builder.operator({
    ...{ name, reads: [shares, total], sets: [out] },
    body: [loop('i', 0, cells, [store(out, cell, divide(load(shares, cell), load(total)))])],
  });
  return out;
}

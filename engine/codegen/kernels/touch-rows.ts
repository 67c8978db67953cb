/**
 * Rows of synapses are touched before they are added: a load from each cache line, whose value is dropped. Rows lie
 * scattered in more memory than caches hold, and the additions of one row keep the processor too busy to look ahead to
 * the next; touched several rows at a time, their lines come side by side instead of one after the other.
 */
import { defined } from '../../base/assert.ts';
import { shiftOf } from '../layout.ts';
import { opcodes } from '../wasm/opcodes.ts';
import type { Assembler } from './assembler.ts';
import type { KernelUse } from './implementation.ts';

/** Bytes that memory hands over at once. */
const line = 64;

/** Loads where the synapses of a source begin; `row` is the byte address of its first start within them. */
export function touchStart(asm: Assembler, use: KernelUse, row: number): void {
  asm.get(row);
  asm.body.access(opcodes.i32Load, 2, firstStart(use));
  asm.op(opcodes.drop);
}

function firstStart({ places, numbers: { offset = 0, blocks = 1 } }: KernelUse): number {
  return defined(places['starts'], 'starts').offset + offset * blocks * 4;
}

/** Loads from every line of the synapses of one source. */
export function touchRow(asm: Assembler, use: KernelUse, row: number): void {
  const [first, last] = [asm.local('i32'), asm.local('i32')];
  const { blocks = 1 } = use.numbers;
  for (const [local, further] of [[first, 0] as const, [last, blocks * 4] as const]) {
    asm.get(row);
    asm.body.access(opcodes.i32Load, 2, firstStart(use) + further);
    asm.set(local);
  }
  touchBetween(asm, use, 'targets', first, last);
  if (use.places['weights'] !== undefined) touchBetween(asm, use, 'weights', first, last);
}

/** One load from each line that holds some of the elements from `first` up to `last`; signals begin with a line. */
function touchBetween(asm: Assembler, use: KernelUse, name: string, first: number, last: number): void {
  const { type, offset } = defined(use.places[name], name);
  const [address, end] = [asm.local('i32'), asm.local('i32')];
  asm.scaled(first, shiftOf(type));
  asm.i32(-line);
  asm.op(opcodes.i32And);
  asm.set(address);
  asm.scaled(last, shiftOf(type));
  asm.set(end);
  asm.whileLess(address, end, () => {
    asm.get(address);
    asm.body.access(opcodes.i32Load8Unsigned, 0, offset);
    asm.op(opcodes.drop);
    asm.increase(address, line);
  });
}

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

/** Addresses at which the tables say where the synapses of row 0 begin and end: those of a thread where it has its own. */
export function rowTables({ places, numbers }: KernelUse): { readonly firsts: number; readonly ends: number } {
  const { offset = 0, blocks = 1 } = numbers;
  const starts = defined(places['starts'], 'starts').offset;
  const { firsts = { offset: starts }, ends = { offset: starts + 4 } } = places;
  return { firsts: firsts.offset + offset * blocks * 4, ends: ends.offset + offset * blocks * 4 };
}

/** Loads where the synapses of a source begin; `row` is the place of its first row, in bytes. */
export function touchStart(asm: Assembler, use: KernelUse, row: number): void {
  asm.get(row);
  asm.body.access(opcodes.i32Load, 2, rowTables(use).firsts + 4 * (use.numbers['firstBlock'] ?? 0));
  asm.op(opcodes.drop);
}

/** Loads from every line of the synapses of one source. */
export function touchRow(asm: Assembler, use: KernelUse, row: number): void {
  const { blocks = 1, firstBlock = 0, endBlock = blocks } = use.numbers;
  const { firsts, ends } = rowTables(use);
  const [first, last] = [asm.local('i32'), asm.local('i32')];
  for (const [local, start] of [
    [first, firsts + 4 * firstBlock] as const,
    [last, ends + 4 * (endBlock - 1)] as const,
  ]) {
    asm.get(row);
    asm.body.access(opcodes.i32Load, 2, start);
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

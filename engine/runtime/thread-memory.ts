/** What a run by several threads takes besides: told from the outline of its program, before anything is made. */
import type { Outline } from '../build/build-program.ts';
import { alignment, elementBytes, lengthOf } from '../codegen/layout.ts';
import { mostPastBytes } from '../codegen/threads/blocks.ts';
import { controlLength } from '../codegen/threads/control.ts';
import type { MemoryPart } from './memory-need.ts';

/** A helper with its stack and its own heap: what a thread of Node 20 takes once it works (measured, rounded up). */
const helperBytes = 0xc00000;

/** Values that are carried between functions of a thread, and what is lost at the ends of lines. */
const carriedBytes = 0x8000;

/**
 * Parts for so many threads: tables of where in each row of synapses the cells of a thread begin, lists of the spikes of
 * its cells, rows of the past, and the threads themselves. None for one thread.
 */
export function threadMemory({ program }: Outline, threads: number): readonly MemoryPart[] {
  if (threads < 2) return [];
  const tables = program.signals
    .filter(({ id, type }) => type === 'i32' && id.endsWith('/starts'))
    .map(({ element, shape }) => ({ owner: element, bytes: (threads - 1) * inLines(4 * lengthOf(shape)) }));
  // A list for each mask of spikes, and one copy of what the first thread reads late.
  const lists = program.signals
    .filter(({ role }) => role !== 'constant')
    .map(({ element, shape, type }) => {
      const masks = type === 'u8' ? 4 * lengthOf(shape) + 2 * threads * alignment : 0;
      return { owner: element, bytes: masks + inLines(elementBytes[type] * lengthOf(shape)) };
    });
  const common = mostPastBytes + threads * carriedBytes + inLines(4 * controlLength);
  return [...tables, ...lists, { owner: '', bytes: common + (threads - 1) * helperBytes }];
}

function inLines(bytes: number): number {
  return Math.ceil(bytes / alignment) * alignment;
}

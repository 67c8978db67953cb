/** What items touch: the values they use, and the signals they read and write. */
import { kernelSignatures } from '../../build/ir/kernels.ts';
import type { SignalId } from '../../build/ir/types.ts';
import type { Item, KernelItem, Region, Value } from './value.ts';

/** Signals that something reads and writes. */
export interface Touched {
  readonly reads: Set<SignalId>;
  readonly writes: Set<SignalId>;
}

/** Signals that a region reads and writes. */
export function touchedBy(region: Region, touched: Touched = { reads: new Set(), writes: new Set() }): Touched {
  for (const item of region) {
    if (item.kind === 'value' && item.value.operation.kind === 'load') touched.reads.add(item.value.operation.signal);
    if (item.kind === 'store') touched.writes.add(item.signal);
    if (item.kind === 'kernel') touchKernel(item, touched);
    for (const inner of bodiesOf(item)) touchedBy(inner, touched);
  }
  return touched;
}

/** What a kernel writes it may also read. */
function touchKernel({ statement }: KernelItem, { reads, writes }: Touched): void {
  for (const [name, id] of Object.entries(statement.signals)) {
    reads.add(id);
    if (kernelSignatures[statement.kernel].signals[name]?.access === 'write') writes.add(id);
  }
}

/** Regions inside an item. */
export function bodiesOf(item: Item): readonly Region[] {
  if (item.kind === 'loop') return [item.body];
  if (item.kind === 'if') return [item.then, item.else];
  return [];
}

/** Values an item uses itself; not those used inside its regions. */
export function usesOf(item: Item): readonly Value[] {
  switch (item.kind) {
    case 'value':
      return item.value.inputs;
    case 'store':
      return [item.index, item.value];
    case 'loop':
      return [item.from, item.to, ...item.carried.map(({ initial }) => initial)];
    case 'if':
      return [item.condition];
    case 'kernel':
      return [];
  }
}

/** Values that leave the regions of an item: the next ones of a loop, the merged ones of a branch. */
export function leavingOf(item: Item): readonly Value[] {
  if (item.kind === 'loop') return item.carried.map(({ next }) => next);
  if (item.kind === 'if') return item.merges.flatMap((merge) => [merge.then, merge.else]);
  return [];
}

/** Every value used by the item or anything inside it. */
export function allUsesOf(item: Item, uses: Value[] = []): Value[] {
  uses.push(...usesOf(item), ...leavingOf(item));
  for (const body of bodiesOf(item)) for (const inner of body) allUsesOf(inner, uses);
  return uses;
}

/** Values that an item defines for what follows it. */
export function definedBy(item: Item): readonly Value[] {
  switch (item.kind) {
    case 'value':
      return [item.value];
    case 'loop':
      return item.carried.map(({ result }) => result);
    case 'if':
      return item.merges.map(({ result }) => result);
    default:
      return [];
  }
}

/** Every value defined inside the regions of an item. */
export function definedInside(item: Item, found = new Set<Value>()): Set<Value> {
  if (item.kind === 'loop') {
    found.add(item.index);
    for (const { parameter } of item.carried) found.add(parameter);
  }
  for (const body of bodiesOf(item)) {
    for (const inner of body) {
      for (const value of definedBy(inner)) found.add(value);
      definedInside(inner, found);
    }
  }
  return found;
}

/** Number of items in a region and what is inside it. */
export function sizeOf(region: Region): number {
  return region.reduce((sum, item) => sum + 1 + bodiesOf(item).reduce((inner, body) => inner + sizeOf(body), 0), 0);
}

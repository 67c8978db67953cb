/** The work that the first thread does for steps of the past: where it read what others have changed since, it reads their rows. */
import { kernel } from '../../build/ir/kernels.ts';
import type { SignalId } from '../../build/ir/types.ts';
import type { Signal } from '../../build/program.ts';
import { allUsesOf, definedBy } from '../ir/access.ts';
import { rewriteRegion, type Rewriter } from '../ir/rewrite.ts';
import type { Item, KernelItem, Region, Value } from '../ir/value.ts';
import { makeValue } from '../ir/value.ts';
import type { SharedItem } from './access.ts';
import { chosenLoad, loadsIn, pastFor, rowStart, type Past } from './past.ts';
import type { KnownSignals } from './thread-plan.ts';
import { threadSignal } from './thread-signal.ts';

/** An item of late work, and the past that it reads. */
export interface LateItem {
  readonly item: Item;
  readonly past: ReadonlyMap<SignalId, readonly Past[]>;
}

/** Single items and the values that they need, in order; undefined where one needs what a thread does for its cells only. */
export function lateItems(
  items: readonly SharedItem[],
  written: { readonly ahead: ReadonlySet<SignalId>; readonly late: ReadonlySet<SignalId> },
  known: KnownSignals,
): readonly LateItem[] | undefined {
  const needed = neededBy(items);
  if (needed === undefined) return undefined;
  const isWritten = (id: SignalId): boolean => written.ahead.has(id) || written.late.has(id);
  const writer = new Map<SignalId, number>();
  const found: LateItem[] = [];
  for (const [number, shared] of items.entries()) {
    if (needed.has(number)) {
      const changed = [...shared.reads.keys()].filter((id) => written.ahead.has(id));
      const past = changed.map((id) => [id, pastsOf(shared.item, id, writer.get(id) ?? -1, isWritten, known)] as const);
      found.push({ item: shared.item, past: new Map(past) });
    }
    if (shared.share === 'parted') for (const id of shared.writes.keys()) writer.set(id, number);
  }
  return found;
}

/** Numbers of the single items, and of those that compute values for them. */
function neededBy(items: readonly SharedItem[]): ReadonlySet<number> | undefined {
  const wanted = new Set<Value>();
  const needed = new Set<number>();
  for (const [number, { item, share }] of [...items.entries()].reverse()) {
    const gives = definedBy(item).some((value) => wanted.has(value));
    if (gives && share === 'parted') return undefined;
    if (share !== 'single' && !gives) continue;
    needed.add(number);
    for (const value of allUsesOf(item)) wanted.add(value);
  }
  return needed;
}

/** The rows of a signal that an item needs: for its loads, and all of it for a kernel. */
function pastsOf(
  item: Item,
  signal: SignalId,
  behind: number,
  isWritten: (id: SignalId) => boolean,
  known: KnownSignals,
): readonly Past[] {
  const loads = loadsIn(item).filter(({ operation }) => operation.kind === 'load' && operation.signal === signal);
  const whole = { table: undefined, type: 'f64' } as const;
  const wishes =
    item.kind === 'kernel'
      ? [whole]
      : loads.map((load) => ({ table: chosenLoad(load, isWritten)?.table, type: load.type }));
  const pasts = wishes.map((wish) => pastFor(signal, wish, behind, known));
  return [...new Map(pasts.map((past) => [past.id, past])).values()];
}

export interface LateWork {
  readonly region: Region;
  readonly signals: readonly Signal[];
}

/** The region of late work, which reads `rows` rows of the past; undefined where a kernel inside a loop reads some. */
export function lateWork(
  late: readonly LateItem[],
  rows: number,
  isWritten: (id: SignalId) => boolean,
  known: KnownSignals,
): LateWork | undefined {
  const starts = new Map<SignalId, Value>();
  const head: Item[] = [];
  const signals: Signal[] = [];
  const startOf = (past: Past): Value => {
    const made = starts.get(past.id);
    if (made !== undefined) return made;
    const { items, start } = rowStart(past, rows);
    head.push(...items);
    starts.set(past.id, start);
    return start;
  };
  const values = new Map<Value, Value>();
  const region: Item[] = [];
  for (const { item, past } of late) {
    if (item.kind === 'kernel') {
      const { items, copies } = lateKernel(item, past, rows, known);
      region.push(...items);
      signals.push(...copies);
    } else {
      if (past.size > 0 && hasKernel(item)) return undefined;
      region.push(...rewriteRegion([item], pastReader(past, startOf, isWritten), values));
    }
  }
  return { region: [...head, ...region], signals };
}

function hasKernel(item: Item): boolean {
  if (item.kind === 'kernel') return true;
  if (item.kind === 'loop') return item.body.some(hasKernel);
  return item.kind === 'if' && [...item.then, ...item.else].some(hasKernel);
}

/** Has loads read rows of the past. */
function pastReader(
  past: LateItem['past'],
  startOf: (past: Past) => Value,
  isWritten: (id: SignalId) => boolean,
): Rewriter {
  return {
    value(candidate, place) {
      const { operation, inputs, type, lanes } = candidate;
      if (operation.kind !== 'load') return candidate;
      const rows = past.get(operation.signal) ?? [];
      const chosen = chosenLoad(candidate, isWritten);
      const row = rows.find(({ table }) => table !== undefined && table === chosen?.table) ?? rows[0];
      if (row === undefined) return candidate;
      const index = (row.table === undefined ? inputs[0] : chosen?.position) as Value;
      const start = startOf(row);
      const inLanes = index.lanes === 1 ? start : place(makeValue({ kind: 'splat' }, 'i32', [start], index.lanes));
      const sum = place(makeValue({ kind: 'binary', operator: 'add' }, 'i32', [inLanes, index], index.lanes));
      return place(makeValue({ kind: 'load', signal: row.id }, type, [sum], lanes));
    },
  };
}

/** A kernel that reads rows of the past: itself where it knows rows, or what was copied from them. */
function lateKernel(
  { statement }: KernelItem,
  past: LateItem['past'],
  rows: number,
  known: KnownSignals,
): { readonly items: readonly Item[]; readonly copies: readonly Signal[] } {
  const items: Item[] = [];
  const copies: Signal[] = [];
  const named = { ...statement.signals };
  let numbers = statement.numbers;
  for (const [name, id] of Object.entries(statement.signals)) {
    const row = past.get(id)?.[0];
    if (row === undefined) continue;
    if (statement.kernel === 'gather-spikes' && numbers['cells'] === row.length) {
      named[name] = row.id;
      numbers = { ...numbers, rows };
      continue;
    }
    const copy = threadSignal(`${row.id}/now`, known.typeOf(id), row.length);
    const shape = { length: row.length, fromRows: rows, toRows: 1 };
    items.push({ kind: 'kernel', statement: kernel('copy', { from: row.id, to: copy.id }, shape) });
    copies.push(copy);
    named[name] = copy.id;
  }
  return { items: [...items, { kind: 'kernel', statement: { ...statement, signals: named, numbers } }], copies };
}

/**
 * What is the same in every step is computed once when `run` is called: numbers, and, where it pays, numbers of each
 * cell. The step loads them from signals of their own.
 */
import type { Signal, SignalId } from '../../build/program.ts';
import { allUsesOf, leavingOf, touchedBy } from '../ir/access.ts';
import { rewriteRegion } from '../ir/rewrite.ts';
import type { Item, Loop, Region, Value } from '../ir/value.ts';
import { constant, constantOf, define, isFloating, makeValue, parameter } from '../ir/value.ts';

export interface HoistedRun {
  /** Executed when `run` is called. */
  readonly prologue: Region;
  readonly step: Region;
  readonly signals: readonly Signal[];
}

/** Bytes that tables of numbers of each cell may take together. */
const mostTableBytes = 2 ** 25;

/** What surrounds a region that is not all of a step. */
export interface AroundRegion {
  /** Signals that other regions of the step write. */
  readonly written: ReadonlySet<SignalId>;
  /** Begins the ids of signals. */
  readonly prefix: string;
}

/** Moves what is the same in every step into a prologue. */
export function hoistFromRun(region: Region, around: AroundRegion = alone): HoistedRun {
  const hoisting = createHoisting(region, around);
  for (const item of region) {
    if (item.kind === 'value' && isFixed(item.value, hoisting, undefined)) hoisting.fixed.add(item.value);
  }
  exportNumbers(region, hoisting);
  for (const item of region) if (item.kind === 'loop') exportOfCells(item, hoisting);
  const replaced = region.map((item): Item =>
    item.kind === 'loop' ? { ...item, body: replace(item.body, hoisting) } : item,
  );
  const step = rewriteRegion(replace(replaced, hoisting), {}, new Map(hoisting.loads));
  return { prologue: hoisting.prologue, step, signals: hoisting.signals };
}

const alone: AroundRegion = { written: new Set(), prefix: 'fixed' };

interface Hoisting {
  readonly prefix: string;
  /** Signals that no item writes. */
  readonly unwritten: (signal: SignalId) => boolean;
  readonly fixed: Set<Value>;
  readonly prologue: Item[];
  readonly signals: Signal[];
  /** What the step loads in place of values. */
  readonly loads: Map<Value, Value>;
  tableBytes: number;
}

function createHoisting(region: Region, { written, prefix }: AroundRegion): Hoisting {
  const { writes } = touchedBy(region);
  return {
    prefix,
    unwritten: (signal) => !writes.has(signal) && !written.has(signal),
    fixed: new Set(),
    prologue: [],
    signals: [],
    loads: new Map(),
    tableBytes: 0,
  };
}

/** Whether a value is the same in every step, given what is known to be. */
function isFixed(value: Value, { fixed, unwritten }: Hoisting, ofCells: ReadonlySet<Value> | undefined): boolean {
  const { operation, inputs } = value;
  if (operation.kind === 'draw') return false;
  if (operation.kind === 'load' && !unwritten(operation.signal)) return false;
  return inputs.every((input) => constantOf(input) !== undefined || fixed.has(input) || ofCells?.has(input) === true);
}

/** Numbers that something else than numbers of their kind uses. */
function exportNumbers(region: Region, hoisting: Hoisting): void {
  const wanted = new Set<Value>();
  for (const item of region) {
    const own = item.kind === 'value' && hoisting.fixed.has(item.value);
    if (own) hoisting.prologue.push(item);
    else for (const value of allUsesOf(item)) if (hoisting.fixed.has(value)) wanted.add(value);
  }
  for (const value of wanted) {
    if (value.operation.kind !== 'load' && value.type !== 'bool') exportValue(value, undefined, hoisting);
  }
}

function exportValue(value: Value, loop: Loop | undefined, hoisting: Hoisting): Item {
  const { signals, loads, prefix } = hoisting;
  const id = `${prefix}/${signals.length}`;
  const length = loop === undefined ? 1 : (constantOf(loop.to) as number);
  const type = value.type as 'f64' | 'f32' | 'i32';
  signals.push({ id, element: '', name: id, type, shape: [length], initial: 0, unit: '1', role: 'transient' });
  const index = loop?.index ?? constant('i32', 0);
  loads.set(value, makeValue({ kind: 'load', signal: id }, value.type, [index]));
  const store: Item = { kind: 'store', signal: id, index, value };
  if (loop === undefined) hoisting.prologue.push(store);
  return store;
}

/** Numbers of each cell that take a function or a division to compute. */
function exportOfCells(loop: Loop, hoisting: Hoisting): void {
  const to = constantOf(loop.to);
  if (to === undefined || !turnsFromStart(loop, to)) return;
  const { ofCells, costly } = numbersOfCells(loop, hoisting);
  const chosen = [...wantedOf(loop, ofCells)].filter((value) => costly.has(value) && fits(to, hoisting));
  if (chosen.length === 0) return;
  const stores = chosen.map((value) => exportValue(value, loop, hoisting));
  const items = loop.body.filter((item) => item.kind === 'value' && ofCells.has(item.value));
  const index = parameter('i32');
  const body = rewriteRegion([...items, ...stores], {}, new Map([[loop.index, index]]));
  hoisting.prologue.push({ ...loop, index, carried: [], body });
}

function turnsFromStart({ from }: Loop, to: number): boolean {
  const first = constantOf(from);
  return first !== undefined && first >= 0 && first < to;
}

/** Values that follow from the index and what is the same in every step, and those of them that take long. */
function numbersOfCells(loop: Loop, hoisting: Hoisting): { ofCells: Set<Value>; costly: Set<Value> } {
  const ofCells = new Set<Value>([loop.index]);
  const costly = new Set<Value>();
  for (const item of loop.body) {
    if (item.kind !== 'value' || !isFixed(item.value, hoisting, ofCells)) continue;
    ofCells.add(item.value);
    if (isCostly(item.value) || item.value.inputs.some((input) => costly.has(input))) costly.add(item.value);
  }
  return { ofCells, costly };
}

function fits(cells: number, hoisting: Hoisting): boolean {
  if (hoisting.tableBytes + 8 * cells > mostTableBytes) return false;
  hoisting.tableBytes += 8 * cells;
  return true;
}

function isCostly({ operation, type }: Value): boolean {
  if (operation.kind === 'call') return operation.function !== 'abs';
  return operation.kind === 'binary' && operation.operator === 'divide' && type !== 'i32';
}

/** Values of the set that something outside it uses. */
function wantedOf(loop: Loop, ofCells: ReadonlySet<Value>): Set<Value> {
  const uses = loop.body.flatMap((item) => (item.kind === 'value' && ofCells.has(item.value) ? [] : allUsesOf(item)));
  return new Set(
    [...uses, ...leavingOf(loop)].filter((value) => ofCells.has(value) && !isFloating(value) && value.type !== 'bool'),
  );
}

/** Loads in place of what was moved. */
function replace(region: Region, { loads }: Hoisting): Region {
  return region.map((item) => {
    const load = item.kind === 'value' ? loads.get(item.value) : undefined;
    return load === undefined ? item : define(load);
  });
}

/** Regions as structured code: what is used once is computed where it is used, all else in locals. */
import { defined } from '../../base/assert.ts';
import { kernelImplementations } from '../kernels/kernels.ts';
import { bodiesOf, leavingOf, usesOf } from '../ir/access.ts';
import type { Branch, Item, KernelItem, Loop, Region, Value } from '../ir/value.ts';
import { constantOf } from '../ir/value.ts';
import { placeFrom, placeOf } from '../layout.ts';
import type { Emission } from './emission.ts';
import { keep, push, stepLocal, wasmTypeOf } from './emission.ts';
import { emitStore } from './memory-code.ts';
import { opcodes, typeBytes } from './opcodes.ts';
import { emitScalar } from './scalar-code.ts';
import { emitVector } from './vector-code.ts';

/** Writes the code of a region, which may use no values from outside. */
export function emitRegion(
  region: Region,
  { body, layout, library }: Pick<Emission, 'body' | 'layout' | 'library'>,
): void {
  const inlined = new Set<Value>();
  findInlined(region, inlined);
  const operation = (value: Value, emission: Emission): void => {
    const vector = value.lanes > 1 || (value.operation.kind === 'any' && (value.inputs[0] as Value).lanes > 1);
    if (vector) emitVector(value, emission);
    else emitScalar(value, emission);
  };
  emitItems(region, { body, layout, library, inlined, locals: new Map(), operation });
}

/** Values that are used once, in the region that computes them, with no store between a load and its use. */
function findInlined(region: Region, inlined: Set<Value>, leaving: readonly Value[] = []): void {
  const users = new Map<Value, number[]>();
  const note = (value: Value, position: number): void => {
    const known = users.get(value);
    if (known === undefined) users.set(value, [position]);
    else known.push(position);
  };
  for (const value of leaving) note(value, -1);
  region.forEach((item, position) => {
    for (const value of usesOf(item)) note(value, position);
    for (const body of bodiesOf(item)) noteInside(body, note);
    for (const value of leavingOf(item)) note(value, -1);
  });
  const inlining: Inlining = { users, places: new Map(), inlined, region, nextWrite: region.length };
  for (let position = region.length - 1; position >= 0; position -= 1) {
    const item = region[position] as Item;
    if (item.kind === 'value') inlineOne(item.value, inlining);
    else inlining.nextWrite = position;
    for (const body of bodiesOf(item)) findInlined(body, inlined, leavingOf(item));
  }
}

/** What is used inside another region needs a local. */
function noteInside(region: Region, note: (value: Value, position: number) => void): void {
  for (const item of region) {
    for (const value of [...usesOf(item), ...leavingOf(item)]) note(value, -1);
    for (const body of bodiesOf(item)) noteInside(body, note);
  }
}

interface Inlining {
  readonly users: ReadonlyMap<Value, readonly number[]>;
  /** Where an inlined value is computed in the end. */
  readonly places: Map<Value, number>;
  readonly inlined: Set<Value>;
  readonly region: Region;
  /** Position of what may write memory next. */
  nextWrite: number;
}

function inlineOne(value: Value, { users, places, inlined, region, nextWrite }: Inlining): void {
  const [user, ...more] = users.get(value) ?? [];
  if (user === undefined || user < 0 || more.length > 0) return;
  const item = region[user] as Item;
  const place = item.kind === 'value' && inlined.has(item.value) ? (places.get(item.value) as number) : user;
  if (value.operation.kind === 'load' && nextWrite < place) return;
  places.set(value, place);
  inlined.add(value);
}

/** All items, then what has to happen at the end; what the region computed is forgotten. */
function emitItems(region: Region, emission: Emission, end: () => void = () => undefined): void {
  const own: Value[] = [];
  for (const item of region) {
    if (item.kind === 'value' && emission.inlined.has(item.value)) continue;
    if (item.kind === 'value') own.push(item.value);
    emitItem(item, emission);
  }
  end();
  for (const value of own) forget(value, emission);
}

function forget(value: Value, { body, locals }: Emission): void {
  body.release(wasmTypeOf(value), defined(locals.get(value), 'local'));
  locals.delete(value);
}

function emitItem(item: Item, emission: Emission): void {
  switch (item.kind) {
    case 'value':
      emission.operation(item.value, emission);
      return keep(item.value, emission);
    case 'store':
      return emitStore(item, emission);
    case 'loop':
      return emitLoop(item, emission);
    case 'if':
      return emitBranch(item, emission);
    case 'kernel':
      return emitKernel(item, emission);
  }
}

/** One test before the first turn, one at the end of each: a turn has a single branch. */
function emitLoop(loop: Loop, emission: Emission): void {
  const { body, locals } = emission;
  const { index, from, to, carried, lanes } = loop;
  for (const { initial } of carried) push(initial, emission);
  for (const { parameter } of [...carried].reverse()) keep(parameter, emission);
  for (const { parameter, result } of carried) locals.set(result, locals.get(parameter) as number);
  push(from, emission);
  keep(index, emission);
  const end = constantOf(to) === undefined ? body.acquire('i32') : undefined;
  if (end !== undefined) {
    push(to, emission);
    body.indexed(opcodes.localSet, end);
  }
  const testEnd = (): void => {
    push(index, emission);
    if (end === undefined) push(to, emission);
    else body.indexed(opcodes.localGet, end);
    body.plain(opcodes.i32Less);
  };
  testEnd();
  body.plain(opcodes.if, typeBytes.empty, opcodes.loop, typeBytes.empty);
  emitTurn(loop, emission);
  push(index, emission);
  body.i32(lanes);
  body.plain(opcodes.i32Add);
  keep(index, emission);
  testEnd();
  body.indexed(opcodes.branchIf, 0);
  body.plain(opcodes.end, opcodes.end);
  if (end !== undefined) body.release('i32', end);
  forget(index, emission);
}

/** The body, then all carried values at once. */
function emitTurn({ body: region, carried }: Loop, emission: Emission): void {
  emitItems(region, emission, () => {
    for (const { next } of carried) push(next, emission);
    for (const { parameter } of [...carried].reverse()) keep(parameter, emission);
  });
}

function emitBranch(branch: Branch, emission: Emission): void {
  const { body, locals } = emission;
  for (const { result } of branch.merges) locals.set(result, body.acquire(wasmTypeOf(result)));
  push(branch.condition, emission);
  body.plain(opcodes.if, typeBytes.empty);
  emitSide(branch, 'then', emission);
  if (branch.else.length > 0 || branch.merges.length > 0) {
    body.plain(opcodes.else);
    emitSide(branch, 'else', emission);
  }
  body.plain(opcodes.end);
}

function emitSide({ merges, ...branch }: Branch, side: 'then' | 'else', emission: Emission): void {
  emitItems(branch[side], emission, () => {
    for (const merge of merges) push(merge[side], emission);
    for (const { result } of [...merges].reverse()) keep(result, emission);
  });
}

function emitKernel({ statement }: KernelItem, { body, layout }: Emission): void {
  const { signals, numbers, begin } = statement;
  const places = Object.entries(signals).map(
    ([name, id]) => [name, placeFrom(placeOf(layout, id), begin?.[name] ?? 0)] as const,
  );
  kernelImplementations[statement.kernel].emit(body, { places: Object.fromEntries(places), numbers, stepLocal });
}

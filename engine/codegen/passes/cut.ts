/** Cuts a long region into pieces for functions of their own; values that cross a cut are carried in signals. */
import type { Signal } from '../../build/program.ts';
import { allUsesOf, definedBy, sizeOf } from '../ir/access.ts';
import { rewriteRegion } from '../ir/rewrite.ts';
import type { Item, Region, Value } from '../ir/value.ts';
import { constant, define, isFloating, makeValue } from '../ir/value.ts';

/** Items after which a new function begins: compiling takes longer than in proportion to the size of a function. */
const mostItems = 1200;

export interface Pieces {
  readonly pieces: readonly Region[];
  /** They carry values from one piece to another: one element, or one for each lane. */
  readonly signals: readonly Signal[];
}

/** The pieces, to be executed in order. `prefix` begins the ids of the signals. */
export function cutRegion(region: Region, prefix: string): Pieces {
  const { segments, signals } = cutSegments([region], prefix);
  return { pieces: segments.flat(), signals };
}

/** The pieces of parts of a region that no function may have more than one of. */
export interface SegmentPieces {
  readonly segments: readonly (readonly Region[])[];
  readonly signals: readonly Signal[];
}

/** The pieces of each part, to be executed in order. */
export function cutSegments(parts: readonly Region[], prefix: string): SegmentPieces {
  const segments = parts.map(spread);
  const pieces = segments.flat();
  if (pieces.length === 1) return { segments, signals: [] };
  const home = new Map<Value, number>();
  const crossing = new Map<Value, Signal>();
  pieces.forEach((piece, position) => {
    for (const item of piece) {
      for (const value of allUsesOf(item)) {
        const origin = home.get(value);
        if (origin === undefined || origin === position || crossing.has(value)) continue;
        crossing.set(value, carrier(`${prefix}/${crossing.size}`, value));
      }
      for (const value of definedBy(item)) home.set(value, position);
    }
  });
  let next = 0;
  const carried = segments.map((part) => part.map((piece) => carry(piece, next++, { home, crossing })));
  return { segments: carried, signals: [...crossing.values()] };
}

function spread(region: Region): Item[][] {
  const pieces: Item[][] = [[]];
  let size = 0;
  for (const item of region) {
    const own = sizeOf([item]);
    if (size + own > mostItems && size > 0) {
      pieces.push([]);
      size = 0;
    }
    pieces.at(-1)?.push(item);
    size += own;
  }
  return pieces;
}

function carrier(id: string, { type, lanes }: Value): Signal {
  const [element, shape] = [type === 'bool' ? 'i32' : type, lanes === 1 ? [] : [lanes]] as const;
  return { id, element: '', name: id, type: element, shape, initial: 0, unit: '1', role: 'transient' };
}

interface Crossing {
  readonly home: ReadonlyMap<Value, number>;
  readonly crossing: ReadonlyMap<Value, Signal>;
}

/** Stores what later pieces need, and loads what comes from earlier ones. */
function carry(piece: Region, position: number, { home, crossing }: Crossing): Region {
  const known = new Map<Value, Value>();
  const loads: Item[] = [];
  const zero = constant('i32', 0);
  for (const value of new Set(piece.flatMap((item) => allUsesOf(item)))) {
    const signal = crossing.get(value);
    if (signal === undefined || home.get(value) === position || isFloatingConstant(value)) continue;
    const type = value.type === 'bool' ? 'i32' : value.type;
    const { lanes } = value;
    const loaded = makeValue({ kind: 'load', signal: signal.id }, type, [zero], lanes);
    loads.push(define(loaded));
    const zeros = constant('i32', 0, lanes);
    const condition = makeValue({ kind: 'binary', operator: 'notEqual' }, 'bool', [loaded, zeros], lanes);
    if (value.type === 'bool') loads.push(define(condition));
    known.set(value, value.type === 'bool' ? condition : loaded);
  }
  const storing = piece.flatMap((item) => [item, ...storesAfter(item, crossing)]);
  return [...loads, ...rewriteRegion(storing, {}, known)];
}

function isFloatingConstant(value: Value): boolean {
  return isFloating(value) && value.operation.kind !== 'parameter';
}

function storesAfter(item: Item, crossing: ReadonlyMap<Value, Signal>): Item[] {
  return definedBy(item).flatMap((value): Item[] => {
    const signal = crossing.get(value);
    if (signal === undefined) return [];
    const whole = makeValue({ kind: 'convert' }, 'i32', [value], value.lanes);
    const converted: Item[] = value.type === 'bool' ? [define(whole)] : [];
    const stored = value.type === 'bool' ? whole : value;
    return [...converted, { kind: 'store', signal: signal.id, index: constant('i32', 0), value: stored }];
  });
}

/** Events store: everything an `events` probe recorded, with counts per row and bin of 8, 64, 512 … steps. */
import { defined } from '../../base/assert.ts';
import { recordLength } from '../../protocol/record.ts';
import { createDensityLevel } from './density-level.ts';
import type { DensityLevel } from './density-level.ts';
import { createEventChunks } from './event-chunks.ts';
import type { EventChunks } from './event-chunks.ts';

/** Called with the middle of the steps counted, the row and how many events. */
export type EventVisitor = (step: number, row: number, count: number) => void;

export interface EventsStore {
  /** Rows the pyramid tells apart: one per cell up to 512. */
  readonly rows: number;
  append(records: Float64Array, count: number): void;
  /** Events ever recorded. */
  length(): number;
  /**
   * Every event with `first ≤ step < end` exactly once, counted together in bins of at most `binSteps` steps. Where the
   * events themselves are forgotten, whole bins at the edges of the window.
   */
  spread(first: number, end: number, binSteps: number, take: EventVisitor): void;
  /** Every event of the window itself, or undefined where some are forgotten. */
  exact(first: number, end: number): { readonly count: number; visit(take: (step: number, cell: number) => void): void } | undefined;
  /** First step of which the events themselves are all kept. */
  firstExactStep(): number;
  /** First and last step with an event kept in some form; NaN without events. */
  firstStep(): number;
  lastStep(): number;
  bytes(): number;
  levelBytes(level: number): number;
  levels(): number;
  dropOldest(level: number): number;
}

const fan = 8;
const maximumRows = 512;
const levelCount = 12;
const eventLength = recordLength({ channels: 1 });

export function createEventsStore(cells: number): EventsStore {
  const rows = Math.max(1, Math.min(cells, maximumRows));
  const raw = createEventChunks();
  const levels = createLevels(rows);
  /** Per level: steps before this are forgotten; always the start of a bin of the next level. */
  const keptFrom = new Array<number>(levelCount + 1).fill(0);
  const span = { first: NaN, last: NaN };

  /** Level 1 … levelCount; level 0 are the events. */
  function densityAt(level: number): DensityLevel {
    return defined(levels[level - 1], 'level of the density pyramid');
  }

  function visitRaw(first: number, end: number, take: EventVisitor): void {
    raw.visit(raw.indexAt(first), raw.indexAt(end), (step, cell) => take(step, rowOf(cell, cells, rows), 1));
  }

  function visitBins(level: number, from: number, to: number, take: EventVisitor): void {
    const density = densityAt(level);
    const middle = (density.width - 1) / 2;
    density.visit(from, to, (bin, row, count) => take(bin * density.width + middle, row, count));
  }

  /** What `level` has forgotten of the window, from the levels above, in whole bins. */
  function spreadForgotten(level: number, first: number, end: number, take: EventVisitor): void {
    if (level > levelCount || first >= end) return;
    const kept = keptAt(level);
    spreadForgotten(level + 1, first, Math.min(end, kept), take);
    const { width } = densityAt(level);
    const from = Math.max(first, kept);
    if (from < end) visitBins(level, Math.floor(from / width), Math.ceil(end / width), take);
  }

  function keptAt(level: number): number {
    return keptFrom[level] as number;
  }

  function spreadLevel(level: number, first: number, end: number, take: EventVisitor): void {
    const kept = keptAt(level);
    if (first < kept) spreadForgotten(level + 1, first, Math.min(end, kept), take);
    const from = Math.max(first, kept);
    if (from >= end) return;
    if (level === 0) {
      visitRaw(from, end, take);
      return;
    }
    const density = densityAt(level);
    const bin = Math.ceil(from / density.width);
    const binEnd = Math.min(Math.floor(end / density.width), density.openBin());
    if (bin >= binEnd) {
      spreadLevel(level - 1, from, end, take);
      return;
    }
    spreadLevel(level - 1, from, bin * density.width, take);
    visitBins(level, bin, binEnd, take);
    spreadLevel(level - 1, binEnd * density.width, end, take);
  }

  /** The first step that may be kept when everything up to and with `lastStep` is forgotten at `level`; undefined while the bin above is open. */
  function boundaryAfter(level: number, lastStep: number): number | undefined {
    if (level === levelCount) return lastStep + 1;
    const above = densityAt(level + 1);
    const bin = Math.floor(lastStep / above.width);
    return bin < above.openBin() ? (bin + 1) * above.width : undefined;
  }

  function dropOldest(level: number): number {
    const piece = level === 0 ? raw : levels[level - 1];
    const end = piece?.oldestEnd();
    if (piece === undefined || end === undefined) return 0;
    const lastStep = level === 0 ? end : (end + 1) * densityAt(level).width - 1;
    const boundary = boundaryAfter(level, lastStep);
    if (boundary === undefined || (level > 0 && keptAt(level - 1) < boundary)) return 0;
    keptFrom[level] = boundary;
    return piece.dropOldest();
  }

  return {
    rows,
    append(records, count) {
      if (count === 0) return;
      raw.append(records, count);
      const lowest = densityAt(1);
      for (let row = 0; row < count; row += 1) {
        lowest.add(records[row * eventLength] as number, rowOf(records[row * eventLength + 1] as number, cells, rows), 1);
      }
      if (Number.isNaN(span.first)) span.first = records[0] as number;
      span.last = records[(count - 1) * eventLength] as number;
    },
    length: () => raw.length(),
    spread(first, end, binSteps, take) {
      let level = 0;
      while (level < levelCount && densityAt(level + 1).width <= binSteps) level += 1;
      spreadLevel(level, first, end, take);
    },
    exact: (first, end) => exactWindow(raw, keptAt(0), first, end),
    firstExactStep: () => keptAt(0),
    firstStep: () => Math.max(span.first, Math.min(...keptFrom)),
    lastStep: () => span.last,
    bytes: () => levels.reduce((sum, level) => sum + level.bytes(), raw.bytes()),
    levelBytes: (level) => (level === 0 ? raw.bytes() : (levels[level - 1]?.bytes() ?? 0)),
    levels: () => levelCount + 1,
    dropOldest,
  };
}

function exactWindow(raw: EventChunks, keptFrom: number, first: number, end: number): ReturnType<EventsStore['exact']> {
  if (first < keptFrom) return undefined;
  const from = raw.indexAt(first);
  const to = raw.indexAt(end);
  return { count: to - from, visit: (take) => raw.visit(from, to, take) };
}

/** Level k feeds level k + 1 with each complete bin. */
function createLevels(rows: number): readonly DensityLevel[] {
  const levels: DensityLevel[] = [];
  for (let number = 1; number <= levelCount; number += 1) {
    const width = fan ** number;
    levels.push(createDensityLevel(width, rows, (bin, row, count) => levels[number]?.add(bin * width, row, count)));
  }
  return levels;
}

/** Row of a cell when `rows` rows share `cells` cells. */
export function rowOf(cell: number, cells: number, rows: number): number {
  return rows === cells ? cell : Math.floor((cell * rows) / cells);
}

/** Events store: everything an `events` probe recorded, with counts per row and bin of 8, 64, 512 … steps. */
import { defined } from '../../base/assert.ts';
import { recordLength } from '../../protocol/record.ts';
import { createDensityLevel } from './density-level.ts';
import type { DensityLevel } from './density-level.ts';
import { createEventChunks } from './event-chunks.ts';

/** Called with the middle of the steps counted, the row and how many events. */
export type EventVisitor = (step: number, row: number, count: number) => void;

/** How one level of the pyramid hands over what it has: the events themselves, or whole bins. */
interface Visit {
  raw(first: number, end: number): void;
  bins(level: number, from: number, to: number): void;
}

export interface EventsStore {
  /** Rows the pyramid tells apart: one per cell up to 512. */
  readonly rows: number;
  append(records: Float64Array, count: number): void;
  /** Forgets the events of this and later steps. Where the last ones before it were forgotten, the last bin kept of them may be missing. */
  truncate(step: number): void;
  /** Events ever recorded. */
  length(): number;
  /**
   * Every event with `first ≤ step < end` exactly once, counted together in bins of at most `binSteps` steps. Where the
   * events themselves are forgotten, whole bins at the edges of the window.
   */
  spread(first: number, end: number, binSteps: number, take: EventVisitor): void;
  /** The same with all rows taken together: quick over long windows. */
  tally(first: number, end: number, binSteps: number, take: (step: number, count: number) => void): void;
  /** Every event of the window itself, or undefined where some are forgotten. */
  exact(
    first: number,
    end: number,
  ): { readonly count: number; visit(take: (step: number, cell: number) => void): void } | undefined;
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

/** An empty store for the events of so many cells. */
export function createEventsStore(cells: number): EventsStore {
  return new GrowingEvents(cells);
}

class GrowingEvents implements EventsStore {
  readonly rows: number;
  /** Row of each cell. */
  private readonly rowOfCell: Uint16Array;
  private readonly raw = createEventChunks();
  private readonly densities: readonly DensityLevel[];
  /** Per level: steps before this are forgotten; always the start of a bin of the next level. */
  private readonly keptFrom = new Array<number>(levelCount + 1).fill(0);
  private first = NaN;
  private last = NaN;

  constructor(cells: number) {
    this.rows = Math.max(1, Math.min(cells, maximumRows));
    this.rowOfCell = Uint16Array.from({ length: cells }, (_, cell) => rowOf(cell, cells, this.rows));
    this.densities = createLevels(this.rows);
  }

  append(records: Float64Array, count: number): void {
    if (count === 0) return;
    this.raw.append(records, count);
    const lowest = this.densityAt(1);
    for (let row = 0; row < count; row += 1) {
      const cell = records[row * eventLength + 1] as number;
      lowest.add(records[row * eventLength] as number, this.rowOfCell[cell] as number, 1);
    }
    if (Number.isNaN(this.first)) this.first = records[0] as number;
    this.last = records[(count - 1) * eventLength] as number;
  }

  truncate(step: number): void {
    if (!(this.last >= step)) return;
    this.raw.truncate(step);
    for (let level = 1; level <= levelCount; level += 1)
      this.truncateLevel(level, Math.min(step, this.lastBelow(level)));
    for (let level = 0; level <= levelCount; level += 1) {
      const { width } = this.densityAt(Math.min(level + 1, levelCount));
      this.keptFrom[level] = Math.min(this.keptAt(level), Math.floor(step / width) * width);
    }
    if (this.first >= step) this.first = NaN;
    this.last = Number.isNaN(this.first) ? NaN : (this.raw.lastKept() ?? step - 1);
  }

  length(): number {
    return this.raw.length();
  }

  spread(first: number, end: number, binSteps: number, take: EventVisitor): void {
    const { raw, rowOfCell } = this;
    this.spreadLevel(this.levelFor(binSteps), first, end, {
      raw: (from, to) => {
        raw.visit(raw.indexAt(from), raw.indexAt(to), (step, cell) => take(step, rowOfCell[cell] as number, 1));
      },
      bins: (level, from, to) => {
        const density = this.densityAt(level);
        const middle = (density.width - 1) / 2;
        density.visit(from, to, (bin, row, count) => take(bin * density.width + middle, row, count));
      },
    });
  }

  tally(first: number, end: number, binSteps: number, take: (step: number, count: number) => void): void {
    const { raw } = this;
    this.spreadLevel(this.levelFor(binSteps), first, end, {
      raw: (from, to) => raw.visit(raw.indexAt(from), raw.indexAt(to), (step) => take(step, 1)),
      bins: (level, from, to) => {
        const density = this.densityAt(level);
        const middle = (density.width - 1) / 2;
        density.visitTotals(from, to, (bin, count) => take(bin * density.width + middle, count));
      },
    });
  }

  exact(first: number, end: number): ReturnType<EventsStore['exact']> {
    if (first < this.keptAt(0)) return undefined;
    const from = this.raw.indexAt(first);
    const to = this.raw.indexAt(end);
    return { count: to - from, visit: (take) => this.raw.visit(from, to, take) };
  }

  firstExactStep(): number {
    return this.keptAt(0);
  }

  firstStep(): number {
    return Math.max(this.first, Math.min(...this.keptFrom));
  }

  lastStep(): number {
    return this.last;
  }

  bytes(): number {
    return this.densities.reduce((sum, level) => sum + level.bytes(), this.raw.bytes());
  }

  levelBytes(level: number): number {
    return level === 0 ? this.raw.bytes() : (this.densities[level - 1]?.bytes() ?? 0);
  }

  levels(): number {
    return levelCount + 1;
  }

  dropOldest(level: number): number {
    const piece = level === 0 ? this.raw : this.densities[level - 1];
    const end = piece?.oldestEnd();
    if (piece === undefined || end === undefined) return 0;
    const lastStep = level === 0 ? end : (end + 1) * this.densityAt(level).width - 1;
    const boundary = this.boundaryAfter(level, lastStep);
    if (boundary === undefined || (level > 0 && this.keptAt(level - 1) < boundary)) return 0;
    this.keptFrom[level] = boundary;
    return piece.dropOldest();
  }

  /**
   * The last step that the level below has handed on to this one: in its bin this level was being filled. Without one,
   * where the level below begins.
   */
  private lastBelow(level: number): number {
    if (level === 1) return this.raw.lastKept() ?? this.keptAt(0);
    const below = this.densityAt(level - 1);
    const bin = below.lastBin();
    return bin === undefined ? this.keptAt(level - 1) : bin * below.width;
  }

  /** The bin that `step` falls into is filled anew from the level below. */
  private truncateLevel(level: number, step: number): void {
    const density = this.densityAt(level);
    const bin = Math.floor(step / density.width);
    if (!density.truncate(bin)) return;
    if (level === 1) {
      const add = (at: number, cell: number): void => density.add(at, this.rowOfCell[cell] as number, 1);
      this.raw.visit(this.raw.indexAt(bin * density.width), this.raw.length(), add);
      return;
    }
    const below = this.densityAt(level - 1);
    const add = (at: number, row: number, count: number): void => density.add(at * below.width, row, count);
    below.visit(bin * fan, below.openBin(), add);
  }

  /** Level 1 … levelCount; level 0 are the events. */
  private densityAt(level: number): DensityLevel {
    return defined(this.densities[level - 1], 'level of the density pyramid');
  }

  private keptAt(level: number): number {
    return this.keptFrom[level] as number;
  }

  /** The coarsest level whose bins are no wider than so many steps. */
  private levelFor(binSteps: number): number {
    let level = 0;
    while (level < levelCount && this.densityAt(level + 1).width <= binSteps) level += 1;
    return level;
  }

  private spreadLevel(level: number, first: number, end: number, visit: Visit): void {
    const kept = this.keptAt(level);
    if (first < kept) this.spreadForgotten(level + 1, first, Math.min(end, kept), visit);
    const from = Math.max(first, kept);
    if (from >= end) return;
    if (level === 0) {
      visit.raw(from, end);
      return;
    }
    const density = this.densityAt(level);
    const bin = Math.ceil(from / density.width);
    const binEnd = Math.min(Math.floor(end / density.width), density.openBin());
    if (bin >= binEnd) {
      this.spreadLevel(level - 1, from, end, visit);
      return;
    }
    this.spreadLevel(level - 1, from, bin * density.width, visit);
    visit.bins(level, bin, binEnd);
    this.spreadLevel(level - 1, binEnd * density.width, end, visit);
  }

  /** What the level below has forgotten of the window, from this level or those above, in whole bins. */
  private spreadForgotten(level: number, first: number, end: number, visit: Visit): void {
    if (level > levelCount || first >= end) return;
    const kept = this.keptAt(level);
    this.spreadForgotten(level + 1, first, Math.min(end, kept), visit);
    const { width } = this.densityAt(level);
    const from = Math.max(first, kept);
    if (from < end) visit.bins(level, Math.floor(from / width), Math.ceil(end / width));
  }

  /** The first step that may be kept when all up to `lastStep` is forgotten at `level`; undefined while the bin above is open. */
  private boundaryAfter(level: number, lastStep: number): number | undefined {
    if (level === levelCount) return lastStep + 1;
    const above = this.densityAt(level + 1);
    const bin = Math.floor(lastStep / above.width);
    return bin < above.openBin() ? (bin + 1) * above.width : undefined;
  }
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

/** Density level: how many events fell into each row of each bin of steps; bins without events take no room. */
import { createRowCounts, type RowCounts } from './row-counts.ts';

/** Called with the number of the bin, the row and how many events. */
export type DensityVisitor = (bin: number, row: number, count: number) => void;

export interface DensityLevel {
  /** Steps per bin. */
  readonly width: number;
  add(step: number, row: number, count: number): void;
  /** Forgets the events of bin `bin` and later ones; where it had got there, `bin` is being filled again, empty. */
  truncate(bin: number): boolean;
  /** All bins below this one are complete; it is the one being filled. */
  openBin(): number;
  /** The last complete bin with events that is kept. */
  lastBin(): number | undefined;
  /** Complete bins `from ≤ bin < to`. */
  visit(from: number, to: number, take: DensityVisitor): void;
  /** The same with the rows of a bin taken together. */
  visitTotals(from: number, to: number, take: (bin: number, count: number) => void): void;
  bytes(): number;
  /** Last bin of the oldest chunk, when there is one besides the chunk being filled. */
  oldestEnd(): number | undefined;
  dropOldest(): number;
}

/** Bins in a row, closed when there are `chunkBins` of them or about `chunkEntries` entries; entries are `row × 2²³ + count`. */
interface Chunk {
  readonly bins: number[];
  /** Events of each bin over all rows. */
  readonly totals: number[];
  /** Where the entries of each bin start. */
  readonly starts: number[];
  readonly entries: Uint32Array<ArrayBuffer>;
}

const chunkBins = 512;
const chunkEntries = 8192;
const countBits = 23;
const countLimit = 2 ** countBits - 1;

/** `onBin` gets each bin when it is complete: the next level is fed with it. */
export function createDensityLevel(width: number, rows: number, onBin: DensityVisitor): DensityLevel {
  return new GrowingLevel(width, rows, onBin);
}

class GrowingLevel implements DensityLevel {
  readonly width: number;
  private readonly onBin: DensityVisitor;
  private readonly counts: RowCounts;
  private chunks: Chunk[] = [];
  private bin = 0;
  private bins: number[] = [];
  private totals: number[] = [];
  private starts: number[] = [];
  private entries = new Uint32Array(1024);
  private entryCount = 0;

  constructor(width: number, rows: number, onBin: DensityVisitor) {
    this.width = width;
    this.onBin = onBin;
    this.counts = createRowCounts(rows);
  }

  add(step: number, row: number, count: number): void {
    const bin = Math.floor(step / this.width);
    if (bin !== this.bin) {
      this.closeBin();
      this.bin = bin;
    }
    this.counts.add(row, count);
  }

  truncate(bin: number): boolean {
    if (this.bin < bin) return false;
    this.counts.drain(() => undefined);
    while ((this.bins[0] ?? bin) >= bin) {
      const last = this.chunks.at(-1);
      if (last === undefined || (last.bins.at(-1) as number) < bin) break;
      this.chunks.pop();
      this.reopen(last);
    }
    const kept = lowerBound(this.bins, bin);
    this.entryCount = this.starts[kept] ?? this.entryCount;
    for (const list of [this.bins, this.totals, this.starts]) list.length = kept;
    this.bin = bin;
    return true;
  }

  openBin(): number {
    return this.bin;
  }

  lastBin(): number | undefined {
    return this.bins.at(-1) ?? this.chunks.at(-1)?.bins.at(-1);
  }

  visit(from: number, to: number, take: DensityVisitor): void {
    for (const chunk of this.chunksWithin(from, to)) visitChunk(chunk, chunk.entries.length, from, to, take);
    visitChunk(this.openChunk(), this.entryCount, from, to, take);
  }

  visitTotals(from: number, to: number, take: (bin: number, count: number) => void): void {
    for (const chunk of this.chunksWithin(from, to)) visitChunkTotals(chunk, from, to, take);
    visitChunkTotals(this.openChunk(), from, to, take);
  }

  bytes(): number {
    return this.chunks.reduce((sum, chunk) => sum + bytesOf(chunk), 0) + this.entries.byteLength;
  }

  oldestEnd(): number | undefined {
    return this.chunks[0]?.bins.at(-1);
  }

  dropOldest(): number {
    const oldest = this.chunks.shift();
    return oldest === undefined ? 0 : bytesOf(oldest);
  }

  /** Closed chunks that share bins with the stretch. */
  private chunksWithin(from: number, to: number): readonly Chunk[] {
    return this.chunks.filter(({ bins }) => (bins.at(-1) as number) >= from && (bins[0] as number) < to);
  }

  private openChunk(): Chunk {
    return { bins: this.bins, totals: this.totals, starts: this.starts, entries: this.entries };
  }

  private closeBin(): void {
    if (this.counts.empty()) return;
    this.bins.push(this.bin);
    this.starts.push(this.entryCount);
    let total = 0;
    this.counts.drain((row, count) => {
      total += count;
      for (let left = count; left > 0; left -= countLimit) this.addEntry(row, Math.min(left, countLimit));
      this.onBin(this.bin, row, count);
    });
    this.totals.push(total);
    if (this.bins.length === chunkBins || this.entryCount >= chunkEntries) this.closeChunk();
  }

  private addEntry(row: number, count: number): void {
    if (this.entryCount === this.entries.length) {
      const longer = new Uint32Array(this.entries.length * 2);
      longer.set(this.entries);
      this.entries = longer;
    }
    this.entries[this.entryCount] = row * 2 ** countBits + count;
    this.entryCount += 1;
  }

  private reopen({ bins, totals, starts, entries }: Chunk): void {
    this.bins = bins;
    this.totals = totals;
    this.starts = starts;
    this.entries = entries;
    this.entryCount = entries.length;
  }

  private closeChunk(): void {
    this.chunks.push({ ...this.openChunk(), entries: this.entries.slice(0, this.entryCount) });
    this.bins = [];
    this.totals = [];
    this.starts = [];
    this.entryCount = 0;
  }
}

/** The first `used` entries of a chunk, of the bins `from ≤ bin < to`. */
function visitChunk(
  { bins, starts, entries }: Chunk,
  used: number,
  from: number,
  to: number,
  take: DensityVisitor,
): void {
  for (let index = lowerBound(bins, from); index < bins.length && (bins[index] as number) < to; index += 1) {
    const bin = bins[index] as number;
    const end = starts[index + 1] ?? used;
    for (let at = starts[index] as number; at < end; at += 1) {
      const entry = entries[at] as number;
      take(bin, entry >>> countBits, entry & countLimit);
    }
  }
}

function visitChunkTotals(
  { bins, totals }: Chunk,
  from: number,
  to: number,
  take: (bin: number, count: number) => void,
): void {
  for (let index = lowerBound(bins, from); index < bins.length && (bins[index] as number) < to; index += 1) {
    take(bins[index] as number, totals[index] as number);
  }
}

function bytesOf(chunk: Chunk): number {
  return chunk.entries.byteLength + chunk.bins.length * 24;
}

/** Index of the first ascending number that is not less than `value`. */
function lowerBound(values: readonly number[], value: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

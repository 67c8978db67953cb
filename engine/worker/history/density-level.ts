/** Density level: how many events fell into each row of each bin of steps; bins without events take no room. */
import { createRowCounts } from './row-counts.ts';

/** Called with the number of the bin, the row and how many events. */
export type DensityVisitor = (bin: number, row: number, count: number) => void;

export interface DensityLevel {
  /** Steps per bin. */
  readonly width: number;
  add(step: number, row: number, count: number): void;
  /** All bins below this one are complete; it is the one being filled. */
  openBin(): number;
  /** Complete bins `from ≤ bin < to`. */
  visit(from: number, to: number, take: DensityVisitor): void;
  bytes(): number;
  /** Last bin of the oldest chunk, when there is one besides the chunk being filled. */
  oldestEnd(): number | undefined;
  dropOldest(): number;
}

/** Bins in a row, closed when there are `chunkBins` of them or about `chunkEntries` entries; entries are `row × 2²³ + count`. */
interface Chunk {
  readonly bins: number[];
  /** Where the entries of each bin start. */
  readonly starts: number[];
  readonly entries: Uint32Array;
}

const chunkBins = 512;
const chunkEntries = 8192;
const countBits = 23;
const countLimit = 2 ** countBits - 1;

/** `onBin` gets each bin when it is complete: the next level is fed with it. */
export function createDensityLevel(width: number, rows: number, onBin: (bin: number, row: number, count: number) => void): DensityLevel {
  let chunks: Chunk[] = [];
  const open = createRowCounts(rows);
  let openBin = 0;
  let binNumbers: number[] = [];
  let starts: number[] = [];
  let entries = new Uint32Array(1024);
  let entryCount = 0;

  function addEntry(row: number, count: number): void {
    if (entryCount === entries.length) {
      const longer = new Uint32Array(entries.length * 2);
      longer.set(entries);
      entries = longer;
    }
    entries[entryCount] = row * 2 ** countBits + count;
    entryCount += 1;
  }

  function closeBin(): void {
    if (open.empty()) return;
    binNumbers.push(openBin);
    starts.push(entryCount);
    open.drain((row, count) => {
      for (let left = count; left > 0; left -= countLimit) addEntry(row, Math.min(left, countLimit));
      onBin(openBin, row, count);
    });
    if (binNumbers.length === chunkBins || entryCount >= chunkEntries) closeChunk();
  }

  function closeChunk(): void {
    chunks.push({ bins: binNumbers, starts, entries: entries.slice(0, entryCount) });
    binNumbers = [];
    starts = [];
    entryCount = 0;
  }

  function visitChunk(chunk: Chunk, used: number, from: number, to: number, take: DensityVisitor): void {
    const { bins } = chunk;
    for (let index = lowerBound(bins, from); index < bins.length && (bins[index] as number) < to; index += 1) {
      const bin = bins[index] as number;
      const end = chunk.starts[index + 1] ?? used;
      for (let at = chunk.starts[index] as number; at < end; at += 1) {
        const entry = chunk.entries[at] as number;
        take(bin, entry >>> countBits, entry & countLimit);
      }
    }
  }

  return {
    width,
    add(step, row, count) {
      const bin = Math.floor(step / width);
      if (bin !== openBin) {
        closeBin();
        openBin = bin;
      }
      open.add(row, count);
    },
    openBin: () => openBin,
    visit(from, to, take) {
      for (const chunk of chunks) {
        if ((chunk.bins.at(-1) as number) < from || (chunk.bins[0] as number) >= to) continue;
        visitChunk(chunk, chunk.entries.length, from, to, take);
      }
      visitChunk({ bins: binNumbers, starts, entries }, entryCount, from, to, take);
    },
    bytes: () => chunks.reduce((sum, chunk) => sum + bytesOf(chunk), 0) + entries.byteLength,
    oldestEnd: () => chunks[0]?.bins.at(-1),
    dropOldest() {
      const [oldest] = chunks;
      if (oldest === undefined) return 0;
      chunks = chunks.slice(1);
      return bytesOf(oldest);
    },
  };
}

function bytesOf(chunk: Chunk): number {
  return chunk.entries.byteLength + chunk.bins.length * 16;
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

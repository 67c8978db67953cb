/** Samples store: everything a `samples` probe recorded, with the least and greatest value of blocks of 8, 64, 512 … records. */
import { defined } from '../../base/assert.ts';
import { recordLength } from '../../protocol/record.ts';
import { createStepIndex } from './step-index.ts';
import type { StepIndex } from './step-index.ts';

/** Least and greatest value; `minimum > maximum` when there is no number among them. */
export interface Extremes {
  minimum: number;
  maximum: number;
}

export interface SamplesStore {
  readonly channels: number;
  readonly steps: StepIndex;
  append(records: Float64Array, count: number): void;
  /** Forgets all records of this and later steps. Where values before it were forgotten too, a gap may stay. */
  truncate(step: number): void;
  /** Widens `extremes` by records `from ≤ i < to` of a channel. Where only blocks are left, by the whole blocks. */
  reduce(channel: number, from: number, to: number, extremes: Extremes): void;
  /** Index of the first record of which the value itself is kept. */
  firstRaw(): number;
  /** Index of the first record that is kept at least inside a block. */
  firstKept(): number;
  /** Value of a record at or after `firstRaw`. */
  valueAt(channel: number, index: number): number;
  bytes(): number;
  /** Bytes at one level: 0 = values, k = blocks of 8ᵏ. */
  levelBytes(level: number): number;
  levels(): number;
  /** Forgets the oldest piece of a level; returns the bytes freed, 0 when only the piece being filled is left. */
  dropOldest(level: number): number;
}

const fan = 8;
const chunkNumbers = 32_768;

/** Per chunk and level: least values of all channels, then greatest (the same array for level 0), channel after channel. */
interface Level {
  /** Chunks by number; the dropped ones are undefined. */
  readonly chunks: (Float64Array | undefined)[];
  firstChunk: number;
  count: number;
  readonly chunkBytes: number;
}

/** An empty store for records of `channels` channels. */
export function createSamplesStore(channels: number): SamplesStore {
  return new GrowingSamples(channels);
}

class GrowingSamples implements SamplesStore {
  readonly channels: number;
  readonly steps = createStepIndex();
  /** Entries of a chunk, per channel. */
  private readonly chunkSize: number;
  /** Numbers of a chunk over all channels. */
  private readonly plane: number;
  private readonly pyramid: Level[];

  constructor(channels: number) {
    this.channels = channels;
    this.chunkSize = chunkSizeFor(channels);
    this.plane = this.chunkSize * channels;
    this.pyramid = [newLevel(this.plane)];
  }

  append(records: Float64Array, count: number): void {
    const raw = this.levelAt(0);
    const length = recordLength(this);
    for (let row = 0; row < count; row += 1) {
      const chunk = this.chunkFor(raw);
      this.steps.append(records[row * length] as number);
      let at = raw.count % this.chunkSize;
      for (let channel = 1; channel < length; channel += 1, at += this.chunkSize) {
        chunk[at] = records[row * length + channel] as number;
      }
      raw.count += 1;
      this.closeBlocks(0);
    }
  }

  truncate(step: number): void {
    let count = this.steps.indexAt(step);
    this.steps.truncate(count);
    for (const level of this.pyramid) {
      this.cutLevel(level, count);
      count = Math.floor(count / fan);
    }
  }

  reduce(channel: number, from: number, to: number, extremes: Extremes): void {
    let low = from;
    let high = to;
    let level = 0;
    for (;;) {
      const inner = Math.ceil(low / fan);
      const innerEnd = Math.floor(high / fan);
      if (inner >= innerEnd) break;
      this.scanKept(level, channel, low, inner * fan, extremes);
      this.scanKept(level, channel, innerEnd * fan, high, extremes);
      low = inner;
      high = innerEnd;
      level += 1;
    }
    this.scanKept(level, channel, low, high, extremes);
  }

  firstRaw(): number {
    return this.firstAt(0);
  }

  firstKept(): number {
    return this.pyramid.reduce((least, _, level) => Math.min(least, this.firstAt(level) * fan ** level), Infinity);
  }

  valueAt(channel: number, index: number): number {
    const chunk = defined(this.levelAt(0).chunks[Math.floor(index / this.chunkSize)], 'kept chunk of samples');
    return chunk[channel * this.chunkSize + (index % this.chunkSize)] as number;
  }

  bytes(): number {
    return this.pyramid.reduce((sum, _, level) => sum + this.levelBytes(level), 0);
  }

  levelBytes(level: number): number {
    const found = this.pyramid[level];
    return found === undefined ? 0 : keptChunks(found) * found.chunkBytes;
  }

  levels(): number {
    return this.pyramid.length;
  }

  dropOldest(number: number): number {
    const level = this.pyramid[number];
    if (level === undefined || keptChunks(level) < 2) return 0;
    level.chunks[level.firstChunk] = undefined;
    level.firstChunk += 1;
    return level.chunkBytes;
  }

  /** What the chunk being filled has lost of its beginning are no numbers, which no extremes know. */
  private cutLevel(level: Level, count: number): void {
    const open = Math.floor(count / this.chunkSize);
    level.chunks.length = Math.min(level.chunks.length, count % this.chunkSize === 0 ? open : open + 1);
    level.count = count;
    if (open >= level.firstChunk) return;
    level.firstChunk = open;
    level.chunks[open] = new Float64Array(level.chunkBytes / 8).fill(Number.NaN);
  }

  private levelAt(level: number): Level {
    return defined(this.pyramid[level], 'level of the samples pyramid');
  }

  private firstAt(level: number): number {
    return this.levelAt(level).firstChunk * this.chunkSize;
  }

  /** The chunk that the next entry goes to, made when it is the first of its chunk. */
  private chunkFor(level: Level): Float64Array {
    const number = Math.floor(level.count / this.chunkSize);
    const chunk = level.chunks[number] ?? new Float64Array(level.chunkBytes / 8);
    level.chunks[number] = chunk;
    return chunk;
  }

  /** Closes blocks of 8 upwards from level `from` as long as the last one there is full. */
  private closeBlocks(from: number): void {
    const lower = this.levelAt(from);
    if (lower.count % fan !== 0) return;
    if (from + 1 === this.pyramid.length) this.pyramid.push(newLevel(2 * this.plane));
    const upper = this.levelAt(from + 1);
    const target = this.chunkFor(upper);
    for (let channel = 0; channel < this.channels; channel += 1) {
      const extremes = { minimum: Infinity, maximum: -Infinity };
      this.scan(from, channel, lower.count - fan, lower.count, extremes);
      const at = channel * this.chunkSize + (upper.count % this.chunkSize);
      target[at] = extremes.minimum;
      target[this.plane + at] = extremes.maximum;
    }
    upper.count += 1;
    this.closeBlocks(from + 1);
  }

  /** Like `scan`, with what the level has forgotten taken from the blocks above that hold it. */
  private scanKept(level: number, channel: number, from: number, to: number, extremes: Extremes): void {
    const first = this.firstAt(level);
    if (from < first && level + 1 < this.pyramid.length) {
      this.scanKept(level + 1, channel, Math.floor(from / fan), Math.ceil(Math.min(to, first) / fan), extremes);
    }
    this.scan(level, channel, Math.max(from, first), to, extremes);
  }

  /** Widens by kept entries of one level. */
  private scan(level: number, channel: number, from: number, to: number, extremes: Extremes): void {
    const { chunkSize } = this;
    const { chunks } = this.levelAt(level);
    const maximumPlane = level === 0 ? 0 : this.plane;
    let { minimum, maximum } = extremes;
    for (let index = from; index < to;) {
      const number = Math.floor(index / chunkSize);
      const chunk = defined(chunks[number], 'kept chunk of samples');
      const end = Math.min(to, (number + 1) * chunkSize);
      for (let at = channel * chunkSize + (index % chunkSize); index < end; index += 1, at += 1) {
        const least = chunk[at] as number;
        const greatest = chunk[maximumPlane + at] as number;
        if (least < minimum) minimum = least;
        if (greatest > maximum) maximum = greatest;
      }
    }
    extremes.minimum = minimum;
    extremes.maximum = maximum;
  }
}

function keptChunks(level: Level): number {
  return level.chunks.length - level.firstChunk;
}

/** Entries per chunk: a power of two from 64 to 4096 that keeps a chunk near 256 KiB. */
function chunkSizeFor(channels: number): number {
  let size = 4096;
  while (size > 64 && size * channels > chunkNumbers) size /= 2;
  return size;
}

function newLevel(numbers: number): Level {
  return { chunks: [], firstChunk: 0, count: 0, chunkBytes: numbers * 8 };
}

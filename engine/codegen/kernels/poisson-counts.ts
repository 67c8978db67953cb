/**
 * Kernel `poisson-counts`: 16 cells at a time from eight words of Philox 2×32 with 7 rounds, the fewest that pass the
 * statistical tests of its authors. The alias method in byte lanes: of a cell's 16 bits some choose a column, the others
 * are compared with the upper bits of its threshold. Where they are equal, and where the count is beyond the columns, 32
 * more bits decide.
 */
import { defined } from '../../base/assert.ts';
import { opcodes, typeBytes } from '../wasm/opcodes.ts';
import { vectorOpcodes } from '../wasm/vector-opcodes.ts';
import type { Assembler } from './assembler.ts';
import { assemble } from './assembler.ts';
import type { KernelImplementation, KernelNumbers, KernelUse } from './implementation.ts';
import { emitScalarPhilox, emitVectorPhilox, philox } from './philox.ts';

/** Cells of a block: four calls of Philox with two words each; byte c of either word belongs to cell 4·call + c. */
const block = 16;

/** Set in the counter of the words that decide. */
const decisive = 0x80000000;

/** Numbers of columns; more are for larger means. */
const columnsToSwizzle = 16;

/** Places in the table of columns: bytes in vectors first, then whole numbers. */
interface TablePlaces {
  readonly columns: number;
  /** Bits of the second byte that are no part of the column. */
  readonly restBits: number;
  /** In numbers of four bytes. */
  readonly uppers: number;
  readonly lowers: number;
  readonly aliases: number;
  readonly tail: number;
  readonly tailLevels: number;
}

function placesOf({ columns = 16, tailLevels = 0 }: KernelNumbers): TablePlaces {
  const uppers = (3 * columns) / 4;
  return {
    columns,
    restBits: 8 - Math.log2(columns),
    uppers,
    lowers: uppers + columns,
    aliases: uppers + 2 * columns,
    tail: uppers + 3 * columns,
    tailLevels,
  };
}

/** The count of one cell. */
function countOf(cell: number, step: number, key: number, table: ArrayLike<number>, places: TablePlaces): number {
  const [first, second] = philox(cell >>> 2, step, key);
  const shift = 8 * (cell & 3);
  const [high, low] = [(first >>> shift) & 0xff, (second >>> shift) & 0xff];
  const column = low & (places.columns - 1);
  const upper = ((high ^ 0x80) << places.restBits) | ((low ^ 0x80) >>> (8 - places.restBits));
  const [decider, further] = philox((cell | decisive) >>> 0, step, key);
  const threshold = table[places.uppers + column] as number;
  const beyond = decider >= (table[places.lowers + column] as number) >>> 0;
  const aliased = upper > threshold || (upper === threshold && beyond);
  const count = aliased ? (table[places.aliases + column] as number) : column;
  if (count < places.columns - 1) return count;
  let more = 0;
  for (let level = 0; level < places.tailLevels; level += 1) {
    if (further >= (table[places.tail + level] as number) >>> 0) more += 1;
  }
  return count + more;
}

export const poissonCounts: KernelImplementation = {
  run(views, numbers, step) {
    const table = defined(views['table'], 'table');
    const counts = defined(views['counts'], 'counts');
    const { cells = 0, key = 0, from = 0, to = cells } = numbers;
    const places = placesOf(numbers);
    for (let cell = from; cell < to; cell += 1) counts[cell] = countOf(cell, step, key, table, places);
  },
  emit(body, use) {
    const { cells = 0, from = 0, to = cells } = use.numbers;
    if (from >= to) return;
    const asm = assemble(body);
    const emitter = createEmitter(asm, use);
    // What is drawn beyond the last cell stays within its cache line.
    const range = { index: emitter.cell, from: () => asm.i32(from), to: () => asm.i32(to), by: block };
    asm.count(range, () => emitBlock(emitter));
    asm.end();
  },
};

interface Emitter {
  readonly asm: Assembler;
  readonly use: KernelUse;
  readonly places: TablePlaces;
  readonly table: number;
  readonly counts: number;
  /** First cell of the block. */
  readonly cell: number;
  /** Cell that is drawn once more. */
  readonly single: number;
  readonly left: number;
  readonly right: number;
  readonly vectors: Readonly<Record<'column' | 'high' | 'low' | 'change' | 'equal' | 'count', number>>;
  readonly scalars: Readonly<Record<'left' | 'right' | 'upper' | 'column' | 'level' | 'count' | 'mask', number>>;
}

function createEmitter(asm: Assembler, use: KernelUse): Emitter {
  const integer = (): number => asm.local('i32');
  const vector = (): number => asm.local('v128');
  return {
    ...{ asm, use, places: placesOf(use.numbers) },
    table: defined(use.places['table'], 'table').offset,
    counts: defined(use.places['counts'], 'counts').offset,
    ...{ cell: integer(), single: integer(), left: vector(), right: vector() },
    vectors: {
      ...{ column: vector(), high: vector(), low: vector(), change: vector() },
      ...{ equal: vector(), count: vector() },
    },
    scalars: {
      ...{ left: integer(), right: integer(), upper: integer(), column: integer() },
      ...{ level: integer(), count: integer(), mask: integer() },
    },
  };
}

/** Sixteen cells in lanes; those that are unclear once more by themselves. */
function emitBlock(emitter: Emitter): void {
  const { asm, use, cell, left, right, places, vectors, scalars } = emitter;
  asm.get(cell);
  asm.i32(2);
  asm.op(opcodes.i32ShiftRightUnsigned);
  emitVectorPhilox(asm, { left, right, key: use.numbers['key'] ?? 0, stepLocal: use.stepLocal });
  emitAlias(emitter);
  storeCounts(emitter);
  asm.get(vectors.equal, vectors.count);
  asm.body.v128(sixteen(places.columns - 1));
  asm.simd(vectorOpcodes.i8x16Equal);
  asm.simd(vectorOpcodes.v128Or);
  asm.simd(vectorOpcodes.i8x16BitMask);
  asm.tee(scalars.mask);
  asm.when(() => {
    asm.body.plain(opcodes.loop, typeBytes.empty);
    emitUnclear(emitter);
    asm.body.indexed(opcodes.branchIf, 0);
    asm.body.plain(opcodes.end);
  });
}

/** The same byte in all lanes. */
function sixteen(byte: number): number[] {
  return new Array<number>(block).fill(byte);
}

/** `count` of the 16 cells, and `equal` where their bits do not decide. */
function emitAlias(emitter: Emitter): void {
  const { asm, left, right, places, vectors } = emitter;
  const { column, high, low, change, equal, count } = vectors;
  asm.get(right);
  asm.body.v128(sixteen(places.columns - 1));
  asm.simd(vectorOpcodes.v128And);
  asm.set(column);
  [high, low, change].forEach((looked, table) => {
    emitLookUp(emitter, table);
    asm.set(looked);
  });
  asm.get(left, high);
  asm.simd(vectorOpcodes.i8x16Equal);
  asm.set(equal);
  // The alias where the first byte is greater, or equal and the second one is.
  asm.get(column, left, high);
  asm.simd(vectorOpcodes.i8x16Greater);
  asm.get(right, low);
  asm.simd(vectorOpcodes.i8x16Greater);
  asm.get(equal);
  asm.simd(vectorOpcodes.v128And);
  asm.simd(vectorOpcodes.v128Or);
  asm.get(change);
  asm.simd(vectorOpcodes.v128And);
  asm.simd(vectorOpcodes.v128ExclusiveOr);
  asm.set(count);
  asm.get(equal, right, low);
  asm.simd(vectorOpcodes.i8x16Equal);
  asm.simd(vectorOpcodes.v128And);
  asm.set(equal);
}

/** Pushes the bytes of a table for the columns: indices beyond 16 columns give 0. */
function emitLookUp({ asm, places, table, vectors }: Emitter, number: number): void {
  for (let first = 0; first < places.columns; first += columnsToSwizzle) {
    asm.i32(0);
    asm.body.simdAccess(vectorOpcodes.v128Load, 4, table + number * places.columns + first);
    asm.get(vectors.column);
    if (first > 0) {
      asm.body.v128(sixteen(first));
      asm.simd(vectorOpcodes.i8x16Subtract);
    }
    asm.simd(vectorOpcodes.i8x16Swizzle);
    if (first > 0) asm.simd(vectorOpcodes.v128Or);
  }
}

/** Stores the counts as u16. */
function storeCounts({ asm, cell, counts, vectors }: Emitter): void {
  const extensions = [vectorOpcodes.i16x8ExtendLowI8x16Unsigned, vectorOpcodes.i16x8ExtendHighI8x16Unsigned];
  extensions.forEach((extension, half) => {
    asm.scaled(cell, 1);
    asm.get(vectors.count);
    asm.simd(extension);
    asm.body.simdAccess(vectorOpcodes.v128Store, 1, counts + half * block);
  });
}

/** Draws the cell of the lowest bit of the mask by itself; pushes the mask without it. */
function emitUnclear(emitter: Emitter): void {
  const { asm, use, single, cell, counts, places, scalars } = emitter;
  const key = use.numbers['key'] ?? 0;
  asm.get(cell, scalars.mask);
  asm.op(opcodes.i32CountTrailingZeros, opcodes.i32Or);
  asm.set(single);
  emitSplit(emitter);
  asm.get(single);
  asm.i32(decisive | 0);
  asm.op(opcodes.i32Or);
  emitScalarPhilox(asm, { left: scalars.left, right: scalars.right, key, stepLocal: use.stepLocal });
  emitDecision(emitter);
  asm.get(scalars.count);
  asm.i32(places.columns - 1);
  asm.op(opcodes.i32GreaterEqualUnsigned);
  asm.when(() => emitTail(emitter));
  asm.scaled(single, 1);
  asm.get(scalars.count);
  asm.body.access(opcodes.i32Store16, 1, counts);
  asm.get(scalars.mask, scalars.mask);
  asm.i32(1);
  asm.op(opcodes.i32Subtract, opcodes.i32And);
  asm.tee(scalars.mask);
}

/** `column` and `upper` of cell `single`. */
function emitSplit({ asm, use, single, places, scalars }: Emitter): void {
  const { left, right, column, upper } = scalars;
  asm.get(single);
  asm.i32(2);
  asm.op(opcodes.i32ShiftRightUnsigned);
  emitScalarPhilox(asm, { left, right, key: use.numbers['key'] ?? 0, stepLocal: use.stepLocal });
  const byteOf = (word: number): void => {
    asm.get(word, single);
    asm.i32(3);
    asm.op(opcodes.i32And);
    asm.i32(3);
    asm.op(opcodes.i32ShiftLeft, opcodes.i32ShiftRightUnsigned);
    asm.i32(0xff);
    asm.op(opcodes.i32And);
    asm.i32(0x80);
    asm.op(opcodes.i32ExclusiveOr);
  };
  byteOf(right);
  asm.tee(column);
  asm.i32(8 - places.restBits);
  asm.op(opcodes.i32ShiftRightUnsigned);
  byteOf(left);
  asm.i32(places.restBits);
  asm.op(opcodes.i32ShiftLeft, opcodes.i32Or);
  asm.set(upper);
  asm.get(column);
  asm.i32(places.columns - 1);
  asm.op(opcodes.i32And);
  asm.set(column);
}

/** `count` is the column or its alias. */
function emitDecision({ asm, table, places, scalars }: Emitter): void {
  const { left, column, upper } = scalars;
  const entry = (first: number): void => {
    asm.scaled(column, 2);
    asm.body.access(opcodes.i32Load, 2, table + first * 4);
  };
  entry(places.aliases);
  asm.get(column, upper);
  entry(places.uppers);
  asm.op(opcodes.i32Greater);
  asm.get(upper);
  entry(places.uppers);
  asm.op(opcodes.i32Equal);
  asm.get(left);
  entry(places.lowers);
  asm.op(opcodes.i32GreaterEqualUnsigned, opcodes.i32And, opcodes.i32Or, opcodes.select);
  asm.set(scalars.count);
}

/** Adds the levels of the tail that the second word reaches. */
function emitTail({ asm, table, places, scalars }: Emitter): void {
  const { level, right, count } = scalars;
  asm.count({ index: level, from: () => asm.i32(0), to: () => asm.i32(places.tailLevels) }, () => {
    asm.get(count, right);
    asm.scaled(level, 2);
    asm.body.access(opcodes.i32Load, 2, table + places.tail * 4);
    asm.op(opcodes.i32GreaterEqualUnsigned, opcodes.i32Add);
    asm.set(count);
  });
}

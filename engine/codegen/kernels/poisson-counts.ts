/**
 * Kernel `poisson-counts`: 16 cells at a time from eight words of Philox 2×32 with 7 rounds, the fewest that pass the
 * statistical tests of its authors. A cell gets 16 bits; where they equal the upper bits of a threshold, 32 more decide.
 */
import { defined } from '../../base/assert.ts';
import type { SignalView } from '../layout.ts';
import { opcodes } from '../wasm/opcodes.ts';
import { vectorOpcodes } from '../wasm/vector-opcodes.ts';
import type { Assembler } from './assembler.ts';
import { assemble } from './assembler.ts';
import type { KernelImplementation, KernelUse } from './implementation.ts';

const rounds = 7;
const multiplier = 0xd256d193;
const weyl = 0x9e3779b9;

/** Cells of a block: four calls of Philox, two words each, two cells to a word. */
const block = 16;

/** Set in the counter of the words that decide. */
const decisive = 0x80000000;

/** Philox 2×32 with 7 rounds. */
function philox(low: number, high: number, key: number): readonly [number, number] {
  let [left, right, roundKey] = [low >>> 0, high >>> 0, key >>> 0];
  for (let round = 0; round < rounds; round += 1) {
    const product = BigInt(multiplier) * BigInt(left);
    left = (Number(product >> 32n) ^ roundKey ^ right) >>> 0;
    right = Number(product & 0xffffffffn);
    roundKey = (roundKey + weyl) >>> 0;
  }
  return [left, right];
}

/** The 16 bits of a cell: cells 2l and 2l + 1 of a block are the halves of the first word of call l; eight further, of the second. */
function bitsOf(cell: number, step: number, key: number): number {
  const call = (cell >>> 4) * 4 + ((cell >>> 1) & 3);
  const word = philox(call, step, key)[(cell >>> 3) & 1] as number;
  return (cell & 1) === 0 ? word & 0xffff : word >>> 16;
}

/** What a plain draw compares with: the upper and the lower parts of the thresholds. */
interface PlainThresholds {
  readonly uppers: SignalView;
  readonly lowers: SignalView;
}

/** The count of one cell. */
function countOf(cell: number, step: number, key: number, { uppers, lowers }: PlainThresholds): number {
  const upper = bitsOf(cell, step, key);
  const [decider] = philox((cell | decisive) >>> 0, step, key);
  let count = 0;
  uppers.forEach((threshold, level) => {
    const reached = upper === threshold && decider >= (lowers[level] as number) >>> 0;
    if (upper > threshold || reached) count += 1;
  });
  return count;
}

export const poissonCounts: KernelImplementation = {
  run(views, { cells = 0, key = 0, levels = 0, compared = 0 }, step) {
    const table = defined(views['thresholds'], 'thresholds');
    const counts = defined(views['counts'], 'counts');
    const first = compared * 4;
    const uppers = table.subarray(first, first + levels);
    const lowers = table.subarray(first + levels, first + 2 * levels);
    for (let cell = 0; cell < cells; cell += 1) counts[cell] = countOf(cell, step, key, { uppers, lowers });
  },
  emit(body, use) {
    const { cells = 0 } = use.numbers;
    const asm = assemble(body);
    const emitter = createEmitter(asm, use);
    const blocks = cells - (cells % block);
    if (blocks > 0) {
      asm.count({ index: emitter.cell, from: () => asm.i32(0), to: () => asm.i32(blocks), by: block }, () =>
        emitBlock(emitter),
      );
    }
    asm.count({ index: emitter.single, from: () => asm.i32(blocks), to: () => asm.i32(cells) }, () =>
      emitCell(emitter),
    );
    asm.end();
  },
};

interface Emitter {
  readonly asm: Assembler;
  readonly use: KernelUse;
  readonly levels: number;
  readonly compared: number;
  readonly thresholds: number;
  /** First cell of the block. */
  readonly cell: number;
  /** Cell that is drawn alone. */
  readonly single: number;
  readonly left: number;
  readonly right: number;
  readonly products: readonly [number, number];
  readonly counts: number;
  readonly unclear: readonly [number, number];
  readonly scalars: Readonly<Record<'left' | 'right' | 'next' | 'upper' | 'level' | 'count' | 'mask', number>>;
}

function createEmitter(asm: Assembler, use: KernelUse): Emitter {
  const { levels = 0, compared = 0 } = use.numbers;
  const integers = Array.from({ length: 9 }, () => asm.local('i32')) as [number, ...number[]];
  const vectors = Array.from({ length: 7 }, () => asm.local('v128')) as [number, ...number[]];
  const [cell, single, left, right, next, upper, level, count, mask] = integers as unknown as Nine;
  return {
    asm,
    use,
    levels,
    compared,
    thresholds: defined(use.places['thresholds'], 'thresholds').offset,
    cell,
    single,
    left: vectors[0],
    right: vectors[1] as number,
    products: [vectors[2] as number, vectors[3] as number],
    counts: vectors[4] as number,
    unclear: [vectors[5] as number, vectors[6] as number],
    scalars: { left, right, next, upper, level, count, mask },
  };
}

type Nine = readonly [number, number, number, number, number, number, number, number, number];

/** Sixteen cells in lanes; those that are unclear once more by themselves. */
function emitBlock(emitter: Emitter): void {
  const { asm, left, right, cell, single, unclear, scalars } = emitter;
  emitVectorPhilox(emitter);
  emitEight(emitter, left, 0, unclear[0]);
  emitEight(emitter, right, 8, unclear[1]);
  asm.get(unclear[0], unclear[1]);
  asm.simd(vectorOpcodes.v128Or);
  asm.simd(vectorOpcodes.v128AnyTrue);
  asm.when(() => {
    asm.get(unclear[0]);
    asm.simd(vectorOpcodes.i16x8BitMask);
    asm.get(unclear[1]);
    asm.simd(vectorOpcodes.i16x8BitMask);
    asm.i32(8);
    asm.op(opcodes.i32ShiftLeft, opcodes.i32Or);
    asm.set(scalars.mask);
    const end = (): void => {
      asm.get(cell);
      asm.i32(block);
      asm.op(opcodes.i32Add);
    };
    asm.count({ index: single, from: () => asm.get(cell), to: end }, () => {
      asm.get(scalars.mask);
      asm.i32(1);
      asm.op(opcodes.i32And);
      asm.when(() => emitCell(emitter));
      asm.get(scalars.mask);
      asm.i32(1);
      asm.op(opcodes.i32ShiftRightUnsigned);
      asm.set(scalars.mask);
    });
  });
}

/** Four calls of Philox in lanes: the words of calls cell/4 … cell/4 + 3 in `left` and `right`. */
function emitVectorPhilox({ asm, use, cell, left, right, products }: Emitter): void {
  const key = use.numbers['key'] ?? 0;
  const { body } = asm;
  asm.get(cell);
  asm.i32(2);
  asm.op(opcodes.i32ShiftRightUnsigned);
  asm.simd(vectorOpcodes.i32x4Splat);
  body.v128([0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0]);
  asm.simd(vectorOpcodes.i32x4Add);
  asm.set(left);
  asm.get(use.stepLocal);
  asm.simd(vectorOpcodes.i32x4Splat);
  asm.set(right);
  for (let round = 0; round < rounds; round += 1) {
    const instructions = [
      vectorOpcodes.i64x2ExtendMultiplyLowI32x4Unsigned,
      vectorOpcodes.i64x2ExtendMultiplyHighI32x4Unsigned,
    ];
    products.forEach((product, half) => {
      asm.get(left);
      body.i32x4(multiplier | 0);
      asm.simd(instructions[half] as number);
      asm.set(product);
    });
    asm.get(...products);
    asm.simd(vectorOpcodes.i8x16Shuffle, ...words(1));
    body.i32x4((key + Math.imul(round, weyl)) | 0);
    asm.get(right);
    asm.simd(vectorOpcodes.v128ExclusiveOr);
    asm.simd(vectorOpcodes.v128ExclusiveOr);
    asm.set(left);
    asm.get(...products);
    asm.simd(vectorOpcodes.i8x16Shuffle, ...words(0));
    asm.set(right);
  }
}

/** Lanes of a shuffle that takes the even (0) or odd (1) words of two vectors. */
function words(odd: 0 | 1): number[] {
  return [0, 2, 4, 6].flatMap((word) => [0, 1, 2, 3].map((byte) => (word + odd) * 4 + byte));
}

/** The counts of the eight cells of a word vector, and which of them are unclear. */
function emitEight(emitter: Emitter, word: number, first: number, unclear: number): void {
  const { asm, compared, thresholds, counts } = emitter;
  asm.body.i32x4(0);
  asm.set(counts);
  // The topmost 2⁻¹⁶ holds the rest of the levels.
  asm.get(word);
  asm.body.i32x4(-1);
  asm.simd(vectorOpcodes.i16x8Equal);
  asm.set(unclear);
  asm.get(word);
  asm.body.i32x4(0x80008000 | 0);
  asm.simd(vectorOpcodes.v128ExclusiveOr);
  asm.set(word);
  for (let level = 0; level < compared; level += 1) {
    const threshold = (): void => {
      asm.i32(0);
      asm.body.simdAccess(vectorOpcodes.v128Load, 4, thresholds + level * 16);
    };
    asm.get(counts, word);
    threshold();
    asm.simd(vectorOpcodes.i16x8Greater);
    asm.simd(vectorOpcodes.i16x8Subtract);
    asm.set(counts);
    asm.get(unclear, word);
    threshold();
    asm.simd(vectorOpcodes.i16x8Equal);
    asm.simd(vectorOpcodes.v128Or);
    asm.set(unclear);
  }
  storeEight(emitter, first);
}

/** Converts eight counts and stores them. */
function storeEight({ asm, use, cell, counts, products }: Emitter, first: number): void {
  const { offset, type } = defined(use.places['counts'], 'counts');
  const [, half] = products;
  const extensions = [vectorOpcodes.i32x4ExtendLowI16x8, vectorOpcodes.i32x4ExtendHighI16x8];
  const bytes = type === 'f64' ? 8 : 4;
  const store = (part: number, push: () => void): void => {
    asm.scaled(cell, type === 'f64' ? 3 : 2);
    push();
    asm.body.simdAccess(vectorOpcodes.v128Store, 3, offset + (first + part) * bytes);
  };
  extensions.forEach((extension, position) => {
    asm.get(counts);
    asm.simd(extension);
    asm.set(half);
    if (type === 'f32') {
      store(position * 4, () => {
        asm.get(half);
        asm.simd(vectorOpcodes.f32x4ConvertI32x4);
      });
      return;
    }
    store(position * 4, () => {
      asm.get(half);
      asm.simd(vectorOpcodes.f64x2ConvertLowI32x4);
    });
    store(position * 4 + 2, () => {
      asm.get(half, half);
      asm.simd(vectorOpcodes.i8x16Shuffle, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15);
      asm.simd(vectorOpcodes.f64x2ConvertLowI32x4);
    });
  });
}

/** Draws cell `single` by itself, level by level. */
function emitCell(emitter: Emitter): void {
  const { asm, use, single, levels, compared, thresholds, scalars } = emitter;
  const { upper, level, count, left, right } = scalars;
  const { body } = asm;
  emitBits(emitter);
  const uppers = thresholds + compared * 16;
  asm.get(single);
  asm.i32(decisive | 0);
  asm.op(opcodes.i32Or);
  emitScalarPhilox(emitter);
  asm.i32(0);
  asm.set(count);
  asm.count({ index: level, from: () => asm.i32(0), to: () => asm.i32(levels) }, () => {
    asm.scaled(level, 2);
    body.access(opcodes.i32Load, 2, uppers);
    asm.set(right);
    asm.get(count);
    asm.get(upper, right);
    asm.op(opcodes.i32Greater);
    asm.get(upper, right);
    asm.op(opcodes.i32Equal);
    asm.get(left);
    asm.scaled(level, 2);
    body.access(opcodes.i32Load, 2, uppers + levels * 4);
    asm.op(opcodes.i32GreaterEqualUnsigned, opcodes.i32And, opcodes.i32Or, opcodes.i32Add);
    asm.set(count);
  });
  const { offset, type } = defined(use.places['counts'], 'counts');
  asm.scaled(single, type === 'f64' ? 3 : 2);
  asm.get(count);
  if (type === 'f64') {
    asm.op(opcodes.f64ConvertI32);
    body.access(opcodes.f64Store, 3, offset);
  } else {
    asm.op(opcodes.f32ConvertI32);
    body.access(opcodes.f32Store, 2, offset);
  }
}

/** `upper` = the 16 bits of cell `single`. */
function emitBits(emitter: Emitter): void {
  const { asm, single, scalars } = emitter;
  const { left, right, upper } = scalars;
  const bits = (shift: number, mask: number): void => {
    asm.get(single);
    asm.i32(shift);
    asm.op(opcodes.i32ShiftRightUnsigned);
    asm.i32(mask);
    asm.op(opcodes.i32And);
  };
  bits(2, -4);
  bits(1, 3);
  asm.op(opcodes.i32Or);
  emitScalarPhilox(emitter);
  asm.get(right, left);
  bits(3, 1);
  asm.op(opcodes.select);
  bits(0, 1);
  asm.i32(4);
  asm.op(opcodes.i32ShiftLeft, opcodes.i32ShiftRightUnsigned);
  asm.i32(0xffff);
  asm.op(opcodes.i32And);
  asm.set(upper);
}

/** Pops the counter; the words come to be in the locals `left` and `right`. */
function emitScalarPhilox({ asm, use, scalars }: Emitter): void {
  const { left, right, next } = scalars;
  const key = use.numbers['key'] ?? 0;
  asm.set(left);
  asm.get(use.stepLocal);
  asm.set(right);
  for (let round = 0; round < rounds; round += 1) {
    asm.get(left);
    asm.op(opcodes.i64ExtendI32Unsigned);
    asm.i32(multiplier | 0);
    asm.op(opcodes.i64ExtendI32Unsigned, opcodes.i64Multiply);
    asm.body.i64(32n);
    asm.op(opcodes.i64ShiftRightUnsigned, opcodes.i32WrapI64);
    asm.i32((key + Math.imul(round, weyl)) | 0);
    asm.op(opcodes.i32ExclusiveOr);
    asm.get(right);
    asm.op(opcodes.i32ExclusiveOr);
    asm.set(next);
    asm.get(left);
    asm.i32(multiplier | 0);
    asm.op(opcodes.i32Multiply);
    asm.set(right);
    asm.get(next);
    asm.set(left);
  }
}

/** Kernel `dense-product` in WebAssembly: panels of a matrix packed for it, else rows in groups; every weight is read once. */
import { assert, defined } from '../../base/assert.ts';
import { placeFrom, shiftOf } from '../layout.ts';
import { memoryFill, opcodes } from '../wasm/opcodes.ts';
import { vectorOpcodes } from '../wasm/vector-opcodes.ts';
import { assemble } from './assembler.ts';
import type { DenseEmitter } from './dense-arithmetic.ts';
import { arithmeticOf, loadVectorElement, pushRound } from './dense-arithmetic.ts';
import { emitPanels, panelsOf } from './dense-panels.ts';
import { denseProductPlain } from './dense-plain.ts';
import { emitTransposed, emitTransposedList } from './dense-transposed.ts';
import type { KernelImplementation, KernelUse } from './implementation.ts';
import { emitWeightLoad, emitWeights, weightsAtOnce } from './dense-weights.ts';

/** Rows added in one sweep over the results, as many as are left; then fewer. */
const groupSizes = [8, 4, 1] as const;
const groupRows = groupSizes[0];

/** Vectors of results handled in one turn: with more the registers do not hold what is loaded at once. */
const blockVectors = 2;

/** Columns whose results stay in the first cache for all rows. */
const columnsInCache = 2048;

export const denseProduct: KernelImplementation = {
  run: denseProductPlain,
  emit(body, use) {
    const { outputs = 0, inputs = 0, from = 0, to = outputs, members = 1 } = use.numbers;
    const panels = panelsOf(use.numbers);
    if (panels !== undefined) {
      const emitter = createEmitter(use, body);
      emitPanels(emitter, panels, from, to);
      return emitter.asm.end();
    }
    for (let member = 0; member < members; member += 1) {
      emitProduct(createEmitter(ofMember(use, member * inputs, member * outputs), body), from, to);
    }
  },
};

/** The use with vector and result beginning further on. */
function ofMember(use: KernelUse, input: number, output: number): KernelUse {
  if (input === 0 && output === 0) return use;
  const { vector, result } = use.places;
  const places = {
    ...use.places,
    vector: placeFrom(defined(vector, 'vector'), input),
    result: placeFrom(defined(result, 'result'), output),
  };
  return { ...use, places };
}

function emitProduct(emitter: DenseEmitter, from: number, to: number): void {
  const { transposed, accumulate } = emitter.use.numbers;
  if (accumulate === 0) clearResult(emitter, from, to);
  if (transposed === 0) emitRows(emitter, from, to);
  else if (emitter.use.places['vector'] === undefined) emitTransposedList(emitter, from, to);
  else emitTransposed(emitter, from, to);
  emitter.asm.end();
}

/** All columns, in parts whose results stay in the cache. */
function emitRows(emitter: DenseEmitter, from: number, to: number): void {
  for (let first = from; first < to; first += columnsInCache) {
    emitColumns(emitter, first, Math.min(to, first + columnsInCache));
  }
}

function createEmitter(use: KernelUse, body: Parameters<KernelImplementation['emit']>[0]): DenseEmitter {
  const matrix = defined(use.places['matrix'], 'matrix');
  const result = defined(use.places['result'], 'result');
  assert(result.type === 'f64' || matrix.type !== 'f64', 'dense-product of double weights into single results');
  const asm = assemble(body);
  return { asm, use, matrix, result, vector: use.places['vector'], ...arithmeticOf(result.type) };
}

function clearResult({ asm, result }: DenseEmitter, from: number, to: number): void {
  asm.i32((result.offset + (from << shiftOf(result.type))) | 0);
  asm.i32(0);
  asm.i32((to - from) << shiftOf(result.type));
  asm.op(opcodes.extended, memoryFill, 0);
}

/** Adds all rows to the results `from` … `to`. */
function emitColumns(emitter: DenseEmitter, from: number, to: number): void {
  const { asm } = emitter;
  const [position, end] = [asm.local('i32'), asm.local('i32')];
  const pointers = Array.from({ length: groupRows }, () => asm.local('i32'));
  const factors = Array.from({ length: groupRows }, () => asm.local('v128'));
  const sweep = (rows: number): void => {
    for (let row = 0; row < rows; row += 1) {
      loadRow(emitter, position, row, pointers[row] as number, from);
      loadFactor(emitter, position, row, factors[row] as number);
    }
    emitSweep(emitter, { pointers, factors, rows }, from, to);
    asm.increase(position, rows);
  };
  asm.i32(0);
  asm.set(position);
  for (const rows of groupSizes) {
    pushRows(emitter);
    asm.i32(rows - 1);
    asm.op(opcodes.i32Subtract);
    asm.set(end);
    asm.whileLess(position, end, () => sweep(rows));
  }
}

/** Pushes the number of rows to be added. */
function pushRows({ asm, use, vector }: DenseEmitter): void {
  if (vector !== undefined) return asm.i32(use.numbers['inputs'] ?? 0);
  asm.i32(0);
  asm.body.access(opcodes.i32Load, 2, defined(use.places['count'], 'count').offset);
}

/** The byte address, within the matrix, of column `from` of the row at `position` + `ahead`. */
function loadRow({ asm, use, matrix }: DenseEmitter, position: number, ahead: number, pointer: number, from: number) {
  const { list } = use.places;
  const shift = shiftOf(matrix.type);
  if (list === undefined) {
    asm.get(position);
    asm.i32(ahead);
    asm.op(opcodes.i32Add);
  } else {
    asm.scaled(position, 2);
    asm.body.access(opcodes.i32Load, 2, list.offset + ahead * 4);
  }
  asm.i32((use.numbers['outputs'] ?? 0) << shift);
  asm.op(opcodes.i32Multiply);
  asm.i32(from << shift);
  asm.op(opcodes.i32Add);
  asm.set(pointer);
}

/** The factor of a row in all lanes: the element of the vector; the scale alone for listed rows of int8. */
function loadFactor(emitter: DenseEmitter, position: number, ahead: number, factor: number): void {
  const { asm, vector, splat } = emitter;
  if (vector === undefined) {
    if (emitter.matrix.type !== 'i8') return;
    pushRound(emitter, emitter.use.numbers['scale'] ?? 1);
  } else loadVectorElement(emitter, position, ahead);
  asm.simd(splat);
  asm.set(factor);
}

interface Sweep {
  readonly pointers: readonly number[];
  readonly factors: readonly number[];
  readonly rows: number;
}

/** Adds the rows of a group to the results, some vectors a turn. */
function emitSweep(emitter: DenseEmitter, group: Sweep, from: number, to: number): void {
  const { asm, matrix, result, lanes } = emitter;
  const column = asm.local('i32');
  const blockColumns = Math.max(blockVectors * lanes, weightsAtOnce(matrix.type, lanes));
  const blocks = to - ((to - from) % blockColumns);
  const advance = (columns: number): void => {
    for (const pointer of group.pointers.slice(0, group.rows)) asm.increase(pointer, columns << shiftOf(matrix.type));
    asm.increase(column, columns << shiftOf(result.type));
  };
  const until = (start: number, limit: number, columns: number, turn: () => void): void => {
    if (start >= limit) return;
    const end = asm.local('i32');
    asm.i32(start << shiftOf(result.type));
    asm.set(column);
    asm.i32(limit << shiftOf(result.type));
    asm.set(end);
    asm.whileLess(column, end, () => {
      turn();
      advance(columns);
    });
  };
  const sums = Array.from({ length: blockColumns / lanes }, () => asm.local('v128'));
  until(from, blocks, blockColumns, () => emitBlock(emitter, group, column, sums));
  until(blocks, to, 1, () => emitOne(emitter, group, column));
}

function usesFactors({ vector, matrix }: DenseEmitter): boolean {
  return vector !== undefined || matrix.type === 'i8';
}

function emitBlock(emitter: DenseEmitter, group: Sweep, column: number, sums: readonly number[]): void {
  const { asm, result, add, multiply } = emitter;
  const bytes = 16;
  sums.forEach((sum, part) => {
    asm.get(column);
    asm.body.simdAccess(vectorOpcodes.v128Load, 3, result.offset + part * bytes);
    asm.set(sum);
  });
  for (let row = 0; row < group.rows; row += 1) {
    const weights = emitWeights(emitter, group.pointers[row] as number, sums.length);
    sums.forEach((sum, part) => {
      asm.get(sum);
      weights(part);
      if (usesFactors(emitter)) {
        asm.get(group.factors[row] as number);
        asm.simd(multiply);
      }
      asm.simd(add);
      asm.set(sum);
    });
  }
  sums.forEach((sum, part) => {
    asm.get(column, sum);
    asm.body.simdAccess(vectorOpcodes.v128Store, 3, result.offset + part * bytes);
  });
}

/** One column by itself. */
function emitOne(emitter: DenseEmitter, group: Sweep, column: number): void {
  const { asm, result, scalar } = emitter;
  const shift = shiftOf(result.type);
  asm.get(column, column);
  asm.body.access(scalar.load, shift, result.offset);
  for (let row = 0; row < group.rows; row += 1) {
    emitWeightLoad(emitter, group.pointers[row] as number, 0);
    if (usesFactors(emitter)) {
      asm.get(group.factors[row] as number);
      asm.simd(scalar.extract, 0);
      asm.op(scalar.multiply);
    }
    asm.op(scalar.add);
  }
  asm.body.access(scalar.store, shift, result.offset);
}

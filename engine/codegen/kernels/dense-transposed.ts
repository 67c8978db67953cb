/** Dense product of a matrix stored [outputs, inputs]: eight outputs side by side, so that each sums in its own order. */
import { defined } from '../../base/assert.ts';
import { shiftOf } from '../layout.ts';
import { opcodes } from '../wasm/opcodes.ts';
import { vectorOpcodes } from '../wasm/vector-opcodes.ts';
import type { DenseEmitter } from './dense-arithmetic.ts';
import { loadVectorElement, pushRound } from './dense-arithmetic.ts';
import { emitWeightLoad } from './dense-weights.ts';

/** Outputs summed together, and with other types than double. */
const [groupPairs, groupSingles] = [4, 4];

/** Lanes of shuffles that pair the first, or the second, numbers of two vectors. */
const firstOfBoth = [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23];
const secondOfBoth = firstOfBoth.map((lane) => lane + 8);

/** result[j] += Σ x[i]·W[j, i] for the outputs `from` … `to`. */
export function emitTransposed(emitter: DenseEmitter, from: number, to: number): void {
  const { matrix, result, vector } = emitter;
  const doubles = matrix.type === 'f64' && result.type === 'f64' && vector?.type === 'f64';
  const paired = doubles ? to - ((to - from) % (2 * groupPairs)) : from;
  const grouped = to - ((to - paired) % groupSingles);
  emitOutputs(emitter, from, paired, 2 * groupPairs, (output) => emitPairs(emitter, output));
  emitOutputs(emitter, paired, grouped, groupSingles, (output) => emitSingles(emitter, output, groupSingles));
  emitOutputs(emitter, grouped, to, 1, (output) => emitSingles(emitter, output, 1));
}

function emitOutputs(
  { asm }: DenseEmitter,
  from: number,
  to: number,
  by: number,
  emit: (output: number) => void,
): void {
  if (from >= to) return;
  const output = asm.local('i32');
  asm.count({ index: output, from: () => asm.i32(from), to: () => asm.i32(to), by }, () => emit(output));
}

/** Sets `pointer` to the byte address of row `output` within the matrix. */
function rowPointer({ asm, use, matrix }: DenseEmitter, output: number, pointer: number): void {
  asm.get(output);
  asm.i32((use.numbers['inputs'] ?? 0) << shiftOf(matrix.type));
  asm.op(opcodes.i32Multiply);
  asm.set(pointer);
}

/** Eight outputs in four vectors of doubles; two inputs a turn. */
function emitPairs(emitter: DenseEmitter, output: number): void {
  const { asm, use, matrix } = emitter;
  const { inputs = 0 } = use.numbers;
  const vector = defined(emitter.vector, 'vector');
  const rowBytes = inputs * 8;
  const [pointer, input] = [asm.local('i32'), asm.local('i32')];
  const [first, second, left, right] = Array.from({ length: 4 }, () => asm.local('v128')) as unknown as Four;
  const sums = Array.from({ length: groupPairs }, () => asm.local('v128'));
  const access = (instruction: number, base: number, offset: number): void => {
    asm.get(base);
    asm.body.simdAccess(instruction, 3, offset);
  };
  const addTerm = (sum: number, push: () => void, factor: number): void => {
    asm.get(sum);
    push();
    asm.get(factor);
    asm.simd(vectorOpcodes.f64x2Multiply);
    asm.simd(vectorOpcodes.f64x2Add);
    asm.set(sum);
  };
  eachSum(emitter, output, sums, vectorOpcodes.v128Load, undefined);
  rowPointer(emitter, output, pointer);
  asm.count({ index: input, from: () => asm.i32(0), to: () => asm.i32((inputs - (inputs % 2)) * 8), by: 16 }, () => {
    for (const [local, ahead] of [
      [first, 0],
      [second, 8],
    ] as const) {
      access(vectorOpcodes.v128Load64Splat, input, vector.offset + ahead);
      asm.set(local);
    }
    sums.forEach((sum, pair) => {
      access(vectorOpcodes.v128Load, pointer, matrix.offset + 2 * pair * rowBytes);
      asm.set(left);
      access(vectorOpcodes.v128Load, pointer, matrix.offset + (2 * pair + 1) * rowBytes);
      asm.set(right);
      const paired = (lanes: readonly number[]) => (): void => {
        asm.get(left, right);
        asm.simd(vectorOpcodes.i8x16Shuffle, ...lanes);
      };
      addTerm(sum, paired(firstOfBoth), first);
      addTerm(sum, paired(secondOfBoth), second);
    });
    asm.increase(pointer, 16);
  });
  if (inputs % 2 === 1) {
    access(vectorOpcodes.v128Load64Splat, input, vector.offset);
    asm.set(first);
    sums.forEach((sum, pair) => {
      const push = (): void => {
        access(vectorOpcodes.v128Load64Zero, pointer, matrix.offset + 2 * pair * rowBytes);
        asm.set(left);
        asm.get(pointer, left);
        asm.body.simdAccess(vectorOpcodes.v128Load64Lane, 3, matrix.offset + (2 * pair + 1) * rowBytes, 1);
      };
      addTerm(sum, push, first);
    });
  }
  eachSum(emitter, output, sums, undefined, vectorOpcodes.v128Store);
}

type Four = readonly [number, number, number, number];

/** Loads or stores the results of a group of pairs. */
function eachSum(
  { asm, result }: DenseEmitter,
  output: number,
  sums: readonly number[],
  load: number | undefined,
  store: number | undefined,
): void {
  sums.forEach((sum, pair) => {
    asm.scaled(output, 3);
    if (store !== undefined) asm.get(sum);
    asm.body.simdAccess((load ?? store) as number, 3, result.offset + pair * 16);
    if (load !== undefined) asm.set(sum);
  });
}

/** Some outputs as scalars of any type. */
function emitSingles(emitter: DenseEmitter, output: number, outputs: number): void {
  const { asm, use, matrix, result, scalar } = emitter;
  const { inputs = 0 } = use.numbers;
  const type = result.type === 'f64' ? 'f64' : 'f32';
  const [pointer, input, factor] = [asm.local('i32'), asm.local('i32'), asm.local(type)];
  const sums = Array.from({ length: outputs }, () => asm.local(type));
  const shift = shiftOf(result.type);
  sums.forEach((sum, position) => {
    asm.scaled(output, shift);
    asm.body.access(scalar.load, shift, result.offset + (position << shift));
    asm.set(sum);
  });
  rowPointer(emitter, output, pointer);
  asm.count({ index: input, from: () => asm.i32(0), to: () => asm.i32(inputs) }, () => {
    loadVectorElement(emitter, input, 0);
    asm.set(factor);
    sums.forEach((sum, position) => {
      asm.get(sum);
      emitWeightLoad(emitter, pointer, position * inputs);
      asm.get(factor);
      asm.op(scalar.multiply, scalar.add);
      asm.set(sum);
    });
    asm.increase(pointer, 1 << shiftOf(matrix.type));
  });
  sums.forEach((sum, position) => {
    asm.scaled(output, shift);
    asm.get(sum);
    asm.body.access(scalar.store, shift, result.offset + (position << shift));
  });
}

/** result[j] += Σ W[j, list[k]]: columns of the stored matrix, gathered. */
export function emitTransposedList(emitter: DenseEmitter, from: number, to: number): void {
  const { asm, use, matrix, result, scalar } = emitter;
  const { inputs = 0, scale = 1 } = use.numbers;
  const [list, count] = [defined(use.places['list'], 'list'), defined(use.places['count'], 'count')];
  const [output, position, pointer] = [asm.local('i32'), asm.local('i32'), asm.local('i32')];
  const sum = asm.local(result.type === 'f64' ? 'f64' : 'f32');
  const shift = shiftOf(result.type);
  const range = { index: output, from: () => asm.i32(from), to: () => asm.i32(to) };
  asm.count(range, () => {
    asm.scaled(output, shift);
    asm.body.access(scalar.load, shift, result.offset);
    asm.set(sum);
    const end = (): void => {
      asm.i32(0);
      asm.body.access(opcodes.i32Load, 2, count.offset);
    };
    asm.count({ index: position, from: () => asm.i32(0), to: end }, () => {
      asm.get(output);
      asm.i32(inputs);
      asm.op(opcodes.i32Multiply);
      asm.scaled(position, 2);
      asm.body.access(opcodes.i32Load, 2, list.offset);
      asm.op(opcodes.i32Add);
      asm.i32(shiftOf(matrix.type));
      asm.op(opcodes.i32ShiftLeft);
      asm.set(pointer);
      asm.get(sum);
      emitWeightLoad(emitter, pointer, 0);
      if (matrix.type === 'i8') {
        pushRound(emitter, scale);
        asm.op(scalar.multiply);
      }
      asm.op(scalar.add);
      asm.set(sum);
    });
    asm.scaled(output, shift);
    asm.get(sum);
    asm.body.access(scalar.store, shift, result.offset);
  });
}

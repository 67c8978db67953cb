/** Random numbers of vector code have the bits of `base/random.ts`, `math/normal.ts` and `math/poisson.ts`. */
import { expect, it } from 'vitest';
import { uniformAt, uniformSingleAt } from '../../../base/random.ts';
import { normalAt } from '../../../math/normal.ts';
import { poissonAt } from '../../../math/poisson.ts';
import { createFunctionBody, type FunctionBody } from '../function-body.ts';
import { opcodes } from '../opcodes.ts';
import { vectorOpcodes } from '../vector-opcodes.ts';
import { emitNormals, emitPoisson, emitUniforms, normalKey, poissonKey, randomTables, type LaneType } from './index.ts';
import { buildModule, instantiate, loopModule, placeTables, runLoop } from './vector-module.test-support.ts';

const count = 20_000;
const key = 0x9abcdef0;
const step = 77;

/** Pushes `first` + the numbers of the lanes, times `stride`, at a byte position. */
function pushIndices(body: FunctionBody, lanes: LaneType, position: number, first: number, stride: number): void {
  body.indexed(opcodes.localGet, position);
  body.i32(lanes === 'f64x2' ? 3 : 2);
  body.plain(opcodes.i32ShiftRightUnsigned);
  body.simd(vectorOpcodes.i32x4Splat);
  body.v128([0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0]);
  body.simd(vectorOpcodes.i32x4Add);
  body.i32x4(stride);
  body.simd(vectorOpcodes.i32x4Multiply);
  body.i32x4(first);
  body.simd(vectorOpcodes.i32x4Add);
}

function draw(kind: 'uniform' | 'normal', lanes: LaneType, first: number, stride: number): ArrayLike<number> {
  const tables = placeTables(randomTables('normal'));
  const callee = createFunctionBody(3);
  emitNormals(lanes, callee, tables.addressOf);
  const input = lanes === 'f64x2' ? new Float64Array(count) : new Float32Array(count);
  const { output } = runLoop<Float64Array | Float32Array>([input], tables, (bytes) =>
    loopModule(
      1,
      bytes,
      (body, position) => {
        const stepLocal = body.acquire('i32');
        body.i32(step);
        body.indexed(opcodes.localSet, stepLocal);
        body.simd(vectorOpcodes.v128AnyTrue);
        const dropped = body.acquire('i32');
        body.indexed(opcodes.localSet, dropped);
        if (kind === 'uniform') {
          pushIndices(body, lanes, position, first, stride);
          return emitUniforms(lanes, body, { key: { value: key }, step: stepLocal });
        }
        body.i32(normalKey(key) | 0);
        body.i32(step);
        pushIndices(body, lanes, position, first, stride);
        body.indexed(opcodes.call, 0);
      },
      [{ parameters: ['i32', 'i32', 'v128'], results: ['v128'], body: callee }],
    ),
  );
  return output;
}

const own = {
  uniform: { f64x2: uniformAt, f32x4: uniformSingleAt },
  normal: {
    f64x2: normalAt,
    f32x4: (of: number, at: number, index: number) => Math.fround(normalAt(of, at, index)),
  },
} as const;

for (const kind of ['uniform', 'normal'] as const) {
  for (const lanes of ['f64x2', 'f32x4'] as const) {
    for (const [first, stride] of [
      [0, 1],
      [3, 1],
      [-5, 7],
    ] as const) {
      it(`${kind} in ${lanes}, indices from ${first} by ${stride}`, () => {
        const output = Array.from(draw(kind, lanes, first, stride));
        const expected = output.map((_, index) => own[kind][lanes](key, step, (first + stride * index) >>> 0));
        expect(output.findIndex((value, index) => !Object.is(value, expected[index]))).toBe(-1);
      });
    }
  }
}

it('Poisson counts of every mean', () => {
  const tables = placeTables(randomTables('poisson'));
  const body = createFunctionBody(4);
  emitPoisson(body, tables.addressOf);
  const memory = new WebAssembly.Memory({ initial: 2 });
  tables.fill(memory);
  const run = instantiate(buildModule([{ parameters: ['i32', 'i32', 'i32', 'f64'], results: ['f64'], body }]), memory);
  const means = [0, -1, NaN, Infinity, 1e-300, 1e-3, 0.1, 1, 3.7, 9.99, 10, 11, 30.5, 100, 1e4, 1e9, 1e15, 1e300];
  for (const mean of means) {
    for (let index = 0; index < 2000; index += 1) {
      const [vector, expected] = [run(poissonKey(key), step, index, mean), poissonAt(key, step, index, mean)];
      if (!Object.is(vector, expected)) expect(vector, `mean ${mean}, index ${index}`).toBe(expected);
    }
  }
});

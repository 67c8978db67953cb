/** Vector code gives the bits of the functions of numbers, for random arguments of every size and at the edges. */
import { describe, expect, it } from 'vitest';
import { functionArity } from '../../../build/ir/check.ts';
import type { FunctionName } from '../../../build/ir/types.ts';
import { createUniformSource } from '../../../base/random.ts';
import { functionTable } from '../../../math/function-table.ts';
import { singleFunctionTable } from '../../../math/single/single-function-table.ts';
import { createFunctionBody } from '../function-body.ts';
import { opcodes } from '../opcodes.ts';
import { emitVectorFunction, inlineVector, mathTables, type LaneType } from './index.ts';
import { loopModule, placeTables, runLoop } from './vector-module.test-support.ts';

const count = 100_000;
const names = Object.keys(functionArity) as FunctionName[];

const edges = [
  0,
  -0,
  1,
  -1,
  0.5,
  -0.5,
  2,
  3,
  -2,
  -3,
  5e-324,
  -5e-324,
  1e-310,
  2.2250738585072014e-308,
  1e-300,
  1e-20,
  -1e-20,
  0.015625,
  0.0156,
  22,
  21.99,
  709.78,
  709.79,
  710.4,
  711,
  -708.5,
  -745,
  -745.2,
  720,
  1647000,
  1647001,
  -1647099,
  1e17,
  2 ** 52,
  2 ** 53,
  1e300,
  -1e300,
  1.7976931348623157e308,
  1e-45,
  1e-40,
  88.7,
  89,
  -87.4,
  -103.9,
  -104,
  9,
  10,
  3.4e38,
  Math.PI,
  1e22,
  0.49999999999999994,
  Infinity,
  -Infinity,
  NaN,
];

/** Half of any size (exponents even), half from ranges where functions are used; the edges first, in all pairs for two arguments. */
function drawArguments(lanes: LaneType, seed: number, place: 0 | 1): Float64Array | Float32Array {
  const source = createUniformSource(seed + 1000 * place);
  const exponents = lanes === 'f64x2' ? 1074 : 149;
  const pairs = edges.length ** 2;
  const draw = (index: number): number => {
    if (index < pairs) return edges[place === 0 ? index % edges.length : Math.floor(index / edges.length)] as number;
    const sign = source.next() < 0.5 ? -1 : 1;
    if (index % 2 === 0) return sign * (1 + source.next()) * 2 ** Math.floor((2 * source.next() - 1) * exponents);
    return sign * source.next() * ([1, 4, 30, 100, 1000, 3e6][Math.floor(6 * source.next())] as number);
  };
  const drawn = Array.from({ length: count }, (_, index) => draw(index));
  return lanes === 'f64x2' ? new Float64Array(drawn) : new Float32Array(drawn);
}

function runVector(
  name: FunctionName,
  lanes: LaneType,
  inputs: readonly (Float64Array | Float32Array)[],
  inline: boolean,
) {
  const tables = placeTables(mathTables(name, lanes));
  const { output } = runLoop(inputs, tables, (bytes) => {
    const callee = createFunctionBody(inputs.length);
    emitVectorFunction(name, lanes, callee, tables.addressOf);
    const call = { parameters: inputs.map(() => 'v128' as const), results: ['v128' as const], body: callee };
    return loopModule(
      inputs.length,
      bytes,
      (body) => {
        if (!inline) body.indexed(opcodes.call, 0);
        else expect(inlineVector(name, lanes, body, tables.addressOf)).toBe(true);
      },
      [call],
    );
  });
  return output;
}

/** Arguments for which vector and number differ. */
function differences(name: FunctionName, lanes: LaneType, inline: boolean): string[] {
  const arity = functionArity[name];
  const inputs = ([0, 1] as const).slice(0, arity).map((place) => drawArguments(lanes, 20260101, place));
  const output = runVector(name, lanes, inputs, inline);
  const own = (lanes === 'f64x2' ? functionTable : singleFunctionTable)[name] as (x: number, y: number) => number;
  const found: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const [first, second] = [inputs[0]?.[index] as number, (inputs[1]?.[index] ?? 0) as number];
    const expected = own(first, second);
    if (!Object.is(output[index], expected))
      found.push(`${name}(${first}, ${second}) = ${expected}, vector ${output[index]}`);
  }
  return found;
}

for (const lanes of ['f64x2', 'f32x4'] as const) {
  describe(`${lanes} code against numbers, ${count} arguments each`, () => {
    for (const name of names) {
      it(`${name} has the same bits`, () => expect(differences(name, lanes, false).slice(0, 5)).toEqual([]));
    }
    for (const name of [
      'exp',
      'log',
      'tanh',
      'sqrt',
      'floor',
      'ceil',
      'trunc',
      'roundHalfEven',
      'abs',
      'sign',
    ] as const) {
      it(`${name} has the same bits in the middle of a loop`, () =>
        expect(differences(name, lanes, true).slice(0, 5)).toEqual([]));
    }
  });
}

it('a wrong bit is found', () => {
  const inputs = [Float64Array.from({ length: 4 }, () => 0.3)];
  expect(runVector('sinh', 'f64x2', inputs, false)[0]).not.toBe(functionTable.tanh(0.3));
});

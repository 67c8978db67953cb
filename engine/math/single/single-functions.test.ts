import { describe, expect, it } from 'vitest';
import { createUniformSource } from '../../base/random.ts';
import { functionTable } from '../function-table.ts';
import { singleFunctionTable } from './single-function-table.ts';

/** Distance from the double value, which is far more precise, in units in the last place of an f32. */
function unitsInLastPlace(own: number, exact: number): number {
  const exponent = Math.max(-126, Math.floor(Math.log2(Math.abs(own))));
  return Math.abs(own - exact) / 2 ** (exponent - 23);
}

const ranges = { exp: [-104, 88.7], log: [1e-44, 100], tanh: [-12, 12], sin: [-100, 100], cos: [-100, 100] } as const;

describe('functions in single precision, 50,000 arguments each', () => {
  for (const [name, [from, to]] of Object.entries(ranges)) {
    it(`${name} is within 1 unit in the last place`, () => {
      const source = createUniformSource(31);
      const sized = (): number => 2 ** (name === 'log' ? 250 * source.next() - 140 : -30 * source.next());
      let worst = 0;
      for (let index = 0; index < 50_000; index += 1) {
        const even = from + (to - from) * source.next();
        const x = Math.fround(index % 2 === 0 ? even : name === 'log' ? sized() : Math.sign(even) * sized());
        const known = name as keyof typeof ranges;
        const exact = functionTable[known](x);
        const own = singleFunctionTable[known](x, 0);
        if (Math.abs(exact) < 3.4e38 && exact !== 0) worst = Math.max(worst, unitsInLastPlace(own, exact));
      }
      expect(worst).toBeLessThan(1);
    });
  }

  it('pow is within 1 unit in the last place', () => {
    const source = createUniformSource(8);
    for (let index = 0; index < 20_000; index += 1) {
      const [x, y] = [Math.fround(10 * source.next()), Math.fround(20 * source.next() - 10)];
      const [own, exact] = [singleFunctionTable.pow(x, y), functionTable.pow(x, y)];
      if (exact < 3.4e38 && exact > 1e-45) expect(unitsInLastPlace(own, exact)).toBeLessThan(1);
    }
  });

  it('log is exact and even next to 1, and has its edges', () => {
    const { log, exp, tanh } = singleFunctionTable;
    expect([log(1, 0), log(0, 0), log(-0, 0), log(Infinity, 0)]).toEqual([0, -Infinity, -Infinity, Infinity]);
    expect([log(-1, 0), log(NaN, 0), log(-Infinity, 0), exp(NaN, 0), tanh(NaN, 0)]).toEqual([NaN, NaN, NaN, NaN, NaN]);
    expect([exp(Infinity, 0), exp(-Infinity, 0), exp(0, 0), exp(89, 0)]).toEqual([Infinity, 0, 1, Infinity]);
    expect([tanh(0, 0), tanh(-0, 0), tanh(Infinity, 0), tanh(-Infinity, 0)]).toEqual([0, -0, 1, -1]);
  });
});

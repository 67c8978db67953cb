import { describe, expect, it } from 'vitest';
import { createUniformSource } from '../base/random.ts';
import * as elementary from './elementary.ts';
import { functionTable } from './function-table.ts';
import * as precise from './high-precision.test-support.ts';
import { arctangents } from './tables/arctangents.ts';
import { reciprocalLogarithms } from './tables/logarithms.ts';
import { powersOfTwo } from './tables/powers-of-two.ts';
import type { Table } from './tables/table.ts';
import { hyperbolicTangents } from './tables/tangents.ts';
import { twoOverPiDigits } from './tables/two-over-pi.ts';

const { fixed, one, multiply, divide } = precise;
const half = (x: bigint): bigint => x / 2n;
const exponentialOf = (x: bigint): bigint => precise.exponential(x);

interface Trial {
  readonly run: (x: number) => number;
  readonly exact: (x: bigint) => bigint;
  /** Ranges [from, to] of arguments; drawn evenly. */
  readonly ranges: readonly (readonly [number, number])[];
  /** Powers of ten between which small arguments are drawn. */
  readonly small?: boolean;
}

const trials: Record<string, Trial> = {
  exp: {
    run: elementary.exp,
    exact: exponentialOf,
    ranges: [
      [-700, 700],
      [-1, 1],
      [-40, 40],
    ],
    small: true,
  },
  expm1: {
    run: elementary.expm1,
    exact: (x) => exponentialOf(x) - one,
    ranges: [
      [-39, 100],
      [-1, 1],
      [-0.05, 0.05],
    ],
    small: true,
  },
  exprel: {
    run: elementary.exprel,
    exact: (x) => divide(exponentialOf(x) - one, x),
    ranges: [
      [-60, 700],
      [-1, 1],
    ],
    small: true,
  },
  sinh: {
    run: elementary.sinh,
    exact: (x) => half(exponentialOf(x) - exponentialOf(-x)),
    ranges: [
      [-30, 30],
      [-1, 1],
      [500, 700],
    ],
    small: true,
  },
  cosh: {
    run: elementary.cosh,
    exact: (x) => half(exponentialOf(x) + exponentialOf(-x)),
    ranges: [
      [-30, 30],
      [-1, 1],
      [500, 700],
    ],
    small: true,
  },
  tanh: {
    run: elementary.tanh,
    exact: (x) => divide(exponentialOf(2n * x) - one, exponentialOf(2n * x) + one),
    ranges: [
      [-30, 30],
      [-1, 1],
      [-3, 3],
    ],
    small: true,
  },
  log: {
    run: elementary.log,
    exact: precise.logarithm,
    ranges: [
      [1e-300, 1e-5],
      [0, 3],
      [0.98, 1.02],
      [1, 1e300],
    ],
  },
  log10: {
    run: elementary.log10,
    exact: (x) => divide(precise.logarithm(x), precise.logarithm(10n * one)),
    ranges: [
      [0, 3],
      [0.98, 1.02],
      [1, 1e300],
    ],
  },
  log1p: {
    run: elementary.log1p,
    exact: (x) => precise.logarithm(one + x),
    ranges: [
      [-0.999, 3],
      [-0.01, 0.01],
      [1, 1e20],
    ],
    small: true,
  },
  sin: {
    run: elementary.sin,
    exact: precise.sine,
    ranges: [
      [-0.8, 0.8],
      [-10, 10],
      [-1e6, 1e6],
      [1e7, 1e22],
    ],
    small: true,
  },
  cos: {
    run: elementary.cos,
    exact: precise.cosine,
    ranges: [
      [-0.8, 0.8],
      [-10, 10],
      [-1e6, 1e6],
      [1e7, 1e22],
    ],
    small: true,
  },
  tan: {
    run: elementary.tan,
    exact: (x) => divide(precise.sine(x), precise.cosine(x)),
    ranges: [
      [-0.8, 0.8],
      [-10, 10],
      [-1e6, 1e6],
      [1e7, 1e22],
    ],
    small: true,
  },
  arctan: {
    run: elementary.arctan,
    exact: precise.arctangent,
    ranges: [
      [-1, 1],
      [-20, 20],
      [1e5, 1e17],
    ],
    small: true,
  },
  arcsin: {
    run: elementary.arcsin,
    exact: (x) => precise.arctangent(divide(x, precise.squareRoot(one - multiply(x, x)))),
    ranges: [
      [-0.999999, 0.999999],
      [0.9999, 0.99999999],
    ],
    small: true,
  },
  arccos: {
    run: elementary.arccos,
    exact: (x) => half(precise.pi) - precise.arctangent(divide(x, precise.squareRoot(one - multiply(x, x)))),
    ranges: [
      [-0.999999, 0.999999],
      [0.9999, 0.99999999],
      [-0.99999999, -0.9999],
    ],
    small: true,
  },
};

function drawArguments(trial: Trial): number[] {
  const source = createUniformSource(20250717);
  const drawn = trial.ranges.flatMap(([from, to]) =>
    Array.from({ length: 60 }, () => from + (to - from) * source.next()),
  );
  const small = Array.from({ length: 40 }, () => (source.next() - 0.5) * 10 ** (-18 * source.next()));
  return trial.small === true ? [...drawn, ...small] : drawn;
}

describe('elementary functions against 1,400-bit arithmetic', () => {
  for (const [name, trial] of Object.entries(trials)) {
    it(`${name} is within 0.7 units in the last place`, () => {
      const errors = drawArguments(trial).map((x) => precise.unitsInLastPlace(trial.run(x), trial.exact(fixed(x))));
      expect(Math.max(...errors)).toBeLessThan(0.7);
    });
  }

  it('pow is within 0.7 units in the last place', () => {
    const source = createUniformSource(5);
    const errors = Array.from({ length: 200 }, () => {
      const x = 10 ** (20 * source.next() - 10);
      const y = 40 * source.next() - 20;
      return precise.unitsInLastPlace(
        elementary.pow(x, y),
        exponentialOf(multiply(fixed(y), precise.logarithm(fixed(x)))),
      );
    });
    expect(Math.max(...errors)).toBeLessThan(0.7);
  });

  it('sine and tangent keep their accuracy next to multiples of π', () => {
    const hard = [
      Math.PI,
      1e22,
      6381956970095103 * 2 ** 797,
      355,
      710,
      5.22e5 * Math.PI,
      1647099,
      1.5707963267948966,
      33 * Math.PI,
    ];
    for (const x of hard) {
      expect(precise.unitsInLastPlace(elementary.sin(x), precise.sine(fixed(x)))).toBeLessThan(0.7);
      expect(precise.unitsInLastPlace(elementary.cos(x), precise.cosine(fixed(x)))).toBeLessThan(0.7);
    }
  });

  it('the tables hold what their names say', () => {
    for (let j = 0; j < 256; j += 1) {
      const [rounded, rest] = row(powersOfTwo, j);
      const exact = precise.exponential((BigInt(j) * precise.logarithm(2n * one)) / 256n);
      expectSmall(fixed(rounded) + multiply(fixed(rounded), fixed(rest)) - exact, 94n);
    }
    for (let j = 0; j < 128; j += 1) {
      const [reciprocal, high, low] = row(reciprocalLogarithms, j);
      expect(Number.isInteger(reciprocal * 512) && Number.isInteger(high * 2 ** 42)).toBe(true);
      expectSmall(fixed(high) + fixed(low) + precise.logarithm(fixed(reciprocal)), 94n);
    }
    for (let j = 0; j <= 32; j += 1) {
      const [high, low] = row(arctangents, j);
      expectSmall(fixed(high) + fixed(low) - precise.arctangent((BigInt(j) * one) / 32n), 94n);
    }
    for (let j = 0; j < 334; j += 1) {
      const [point, tangent] = row(hyperbolicTangents, j);
      const square = exponentialOf(2n * fixed(point));
      const error = precise.unitsInLastPlace(tangent, divide(square - one, square + one));
      expect(error).toBeLessThan(point < 18.5 ? 0.02 : 0.5);
    }
    const digits = Array.from(twoOverPiDigits.content.slice(3, 45));
    const found = digits.reduce((sum, digit, place) => sum + ((BigInt(digit) * one) >> BigInt(24 * (place + 1))), 0n);
    expectSmall(found - divide(2n * one, precise.pi), 990n);
  });
});

function row(table: Table, index: number): [number, number, number] {
  const { columns, content } = table;
  return [...content.slice(index * columns, (index + 1) * columns)] as [number, number, number];
}

/** The fixed-point difference is below 2^−bits. */
function expectSmall(distance: bigint, bits: bigint): void {
  expect(Number((distance * (1n << bits)) / one)).toBe(0);
}

describe('elementary functions at the edges', () => {
  const arguments_ = [
    0,
    -0,
    1,
    -1,
    0.5,
    -0.5,
    5e-324,
    -5e-324,
    1e-310,
    1e-300,
    1e-20,
    -1e-20,
    709.78,
    709.79,
    710.4,
    711,
    -745,
    -745.2,
    -708.5,
    1e300,
    -1e300,
    1.7e308,
    Infinity,
    -Infinity,
    NaN,
  ];
  const pairs = {
    exp: Math.exp,
    expm1: Math.expm1,
    log: Math.log,
    log1p: Math.log1p,
    log10: Math.log10,
    sin: Math.sin,
    cos: Math.cos,
    tan: Math.tan,
    sinh: Math.sinh,
    cosh: Math.cosh,
    tanh: Math.tanh,
    arcsin: Math.asin,
    arccos: Math.acos,
    arctan: Math.atan,
  } as const;
  for (const [name, host] of Object.entries(pairs)) {
    it(`${name} agrees with the host to 2 units in the last place`, () => {
      const own = functionTable[name as keyof typeof pairs];
      for (const x of arguments_) expectClose(own(x), host(x), `${name}(${Object.is(x, -0) ? '-0' : x})`);
    });
  }

  it('pow agrees with the host, and with C where the host differs', () => {
    const bases = [
      0,
      -0,
      1,
      -1,
      2,
      -2,
      0.5,
      10,
      -10,
      1e-310,
      1e300,
      -1e300,
      1.0000000000000002,
      Infinity,
      -Infinity,
      NaN,
    ];
    const exponents = [
      0,
      -0,
      1,
      -1,
      2,
      3,
      -3,
      0.5,
      -0.5,
      1e17,
      1025,
      -1080,
      1e300,
      -1e300,
      5e-324,
      Infinity,
      -Infinity,
      NaN,
    ];
    for (const x of bases) {
      for (const y of exponents) {
        const host = x === 1 || (x === -1 && Math.abs(y) === Infinity) ? 1 : Math.pow(x, y);
        expectClose(elementary.pow(x, y), host, `pow(${x}, ${y})`);
      }
    }
  });

  it('pow and log10 are exact where the result is a whole number', () => {
    for (let n = 0; n <= 22; n += 1) expect(elementary.pow(10, n)).toBe(Number(`1e${n}`));
    for (let n = -300; n <= 300; n += 1) expect(elementary.log10(Number(`1e${n}`))).toBeCloseTo(n, 12);
    for (let n = 0; n <= 22; n += 1) expect(elementary.log10(Number(`1e${n}`))).toBe(n);
    expect(elementary.pow(3, 20)).toBe(3486784401);
  });

  it('exprel continues where e^x overflows', () => {
    expect(elementary.exprel(0)).toBe(1);
    expect(elementary.exprel(-Infinity)).toBe(0);
    expect(elementary.exprel(Infinity)).toBe(Infinity);
    expect(elementary.exprel(NaN)).toBeNaN();
    expect(elementary.exprel(712)).toBeCloseTo(Math.exp(700) * (Math.exp(12) / 712), -290);
  });
});

function expectClose(own: number, host: number, what: string): void {
  const same = Object.is(own, host) || Math.abs(own - host) <= 2 * Math.max(5e-324, Math.abs(host) * 2 ** -52);
  expect(same && (own !== 0 || Object.is(own, host) || Math.abs(host) > 0), `${what} = ${own}, host ${host}`).toBe(
    true,
  );
}

describe('rounding and remainders as in Python', () => {
  it('rounds half to even and keeps the sign of zero', () => {
    const rounded = [0.5, 1.5, 2.5, -0.5, -1.5, 0.49999999999999994, 4503599627370497.5, 1e300, -0].map(
      elementary.roundHalfEven,
    );
    expect(rounded).toEqual([0, 2, 2, -0, -2, 0, 4503599627370498, 1e300, -0]);
  });

  it('mod has the sign of the divisor', () => {
    expect(elementary.mod(7, 3)).toBe(1);
    expect(elementary.mod(-7, 3)).toBe(2);
    expect(elementary.mod(7, -3)).toBe(-2);
    expect(elementary.mod(-6, 3)).toBe(0);
    expect(elementary.mod(6, -3)).toBe(-0);
    expect(elementary.mod(1, 0)).toBeNaN();
    expect(elementary.mod(1, Infinity)).toBe(1);
    expect(elementary.mod(-1, Infinity)).toBe(Infinity);
  });

  it('floorDivide differs from floor(a/b) where the quotient rounds up', () => {
    expect(elementary.floorDivide(7, -3)).toBe(-3);
    expect(elementary.floorDivide(-7, 3)).toBe(-3);
    expect(elementary.floorDivide(1, 0.1)).toBe(9);
    expect(Math.floor(1 / 0.1)).toBe(10);
    expect(elementary.floorDivide(1, 0)).toBe(Infinity);
    expect(elementary.floorDivide(0, 0)).toBeNaN();
    expect(elementary.floorDivide(-0.3, Infinity)).toBe(-1);
    expect(elementary.floorDivide(0.3, Infinity)).toBe(0);
  });

  it('sign of NaN is NaN', () => {
    expect([3, -2, 0, -0].map(elementary.sign)).toEqual([1, -1, 0, 0]);
    expect(elementary.sign(NaN)).toBeNaN();
  });
});

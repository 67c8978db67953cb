/** Exact integration: matrices of every form, closed forms, and what it cannot take. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectOk } from '../base/result.ts';
import { checkModel } from '../equations/check-model.ts';
import { parseModel } from '../equations/parse-model.ts';
import { differentialSystem, type DifferentialSystem, type SystemOptions } from '../equations/system.ts';
import { dimensionOf } from '../units/dimension.ts';
import { linearStep, type SmallMatrix } from './matrix-exponential.ts';
import { selectMethod } from './select.ts';

function systemOf(text: string, options: SystemOptions = {}): DifferentialSystem {
  const rate = { dimension: dimensionOf({ s: -1 }) };
  const names = new Map([['rate', rate]]);
  const drive = { arguments: [dimensionOf({ s: 1 })], dimension: dimensionOf({ s: -1 }) };
  const model = expectOk(checkModel(expectOk(parseModel(text)), { names, functions: new Map([['drive', drive]]) }));
  return differentialSystem(model, options);
}

/** X after a time h from X, X' = M·X + b. */
function solved(matrix: SmallMatrix, start: readonly number[], b: readonly number[], h: number): number[] {
  const { propagator, integral } = linearStep(matrix, h);
  return matrix.map((_, row) =>
    matrix.reduce(
      (sum, __, column) =>
        sum +
        (propagator[row]?.[column] ?? 0) * (start[column] ?? 0) +
        (integral[row]?.[column] ?? 0) * (b[column] ?? 0),
      0,
    ),
  );
}

describe('the exponential of a matrix', () => {
  it('of zeros is the identity, and its integral the time', () => {
    expect(
      linearStep(
        [
          [0, 0],
          [0, 0],
        ],
        0.5,
      ),
    ).toEqual({
      propagator: [
        [1, 0],
        [0, 1],
      ],
      integral: [
        [0.5, 0],
        [0, 0.5],
      ],
    });
  });

  it('turns where the eigenvalues are complex, and grows evenly where they are zero', () => {
    const [x = 0, y = 0] = solved(
      [
        [0, 1],
        [-1, 0],
      ],
      [1, 0],
      [0, 0],
      2,
    );
    expect(x).toBeCloseTo(Math.cos(2), 14);
    expect(y).toBeCloseTo(-Math.sin(2), 14);
    expect(
      solved(
        [
          [0, 1],
          [0, 0],
        ],
        [0, 0],
        [0, 3],
        2,
      )[0],
    ).toBeCloseTo(6, 13);
  });

  it('of a stiff chain loses nothing that counts', () => {
    const [slow = 0] = solved(
      [
        [-1, 1],
        [0, -1e5],
      ],
      [1, 1e5],
      [0, 0],
      1,
    );
    expect(slow).toBeCloseTo(Math.exp(-1) * (1 + 1e5 / (1e5 - 1)), 9);
  });

  it('over two halves is that over the whole', () => {
    const entry = fc.double({ min: -4, max: 4, noNaN: true });
    const row = fc.tuple(entry, entry, entry);
    fc.assert(
      fc.property(fc.tuple(row, row, row), row, row, (matrix, start, b) => {
        const whole = solved(matrix, start, b, 0.5);
        const halves = solved(matrix, solved(matrix, start, b, 0.25), b, 0.25);
        const size = Math.max(1, ...whole.map(Math.abs));
        whole.forEach((value, index) => expect(Math.abs(value - (halves[index] ?? 0)) / size).toBeLessThan(1e-12));
      }),
      { numRuns: 200 },
    );
  });
});

describe('the choice of a method', () => {
  const chosen = (text: string, options?: SystemOptions) => expectOk(selectMethod('auto', systemOf(text, options))).id;

  it('auto is the first of exact, euler and heun that can', () => {
    expect(chosen('dx/dt = -x*rate : 1')).toBe('exact');
    expect(chosen('dx/dt = -x*x*rate : 1')).toBe('euler');
    expect(chosen('dx/dt = -x*rate + xi*second**-0.5 : 1')).toBe('euler');
    expect(chosen('dx/dt = -x*rate + x*xi*second**-0.5 : 1')).toBe('heun');
  });

  it('auto passes exact by where it stands on a singular matrix, or a swing has no plain sine', () => {
    const fixed = { fixed: new Set(['rate']) };
    const of = (...lines: string[]) => chosen(lines.join('\n'), fixed);
    expect(of('dx/dt = rate : 1')).toBe('euler');
    expect(of('dx/dt = -x*rate : 1', 'dy/dt = rate : 1')).toBe('euler');
    expect(of('dx/dt = (y - x)*rate : 1', 'dy/dt = 3*(x - y)*rate : 1')).toBe('euler');
    expect(of('dx/dt = (y - x)*rate : 1', 'dy/dt = -(x + y)*rate : 1')).toBe('exact');
    expect(of('dx/dt = (y - x)*rate : 1', 'dy/dt = -x*rate : 1')).toBe('euler');
    expect(of('dx/dt = (y - x)/(3*ms) : 1', 'dy/dt = -(x + y)/(3*ms) : 1')).toBe('euler');
    expect(of('dx/dt = y*rate : 1', 'dy/dt = -x*rate : 1')).toBe('exact');
    expect(of('dx/dt = 5*y*rate - x*rate : 1', 'dy/dt = -3*x*rate - y*rate : 1')).toBe('exact');
    expect(of('dx/dt = y*rate : 1', 'dy/dt = -x/(10*ms) : 1')).toBe('euler');
    expect(of('dx/dt = y/(3*ms) : 1', 'dy/dt = -x/(7*ms) : 1')).toBe('euler');
    expect(of('dx/dt = y/second : 1', 'dy/dt = -x*rate**2*second : 1')).toBe('euler');
    expect(of('dx/dt = y : 1', 'dy/dt = -x*rate**2 : hertz')).toBe('exact');
    expect(of('dx/dt = y*rate : 1', 'dy/dt = -x*rate*rate*ms : 1')).toBe('euler');
    expect(of('dx/dt = (y - x)*rate : 1', 'dy/dt = (x - 2*y)*rate : 1')).toBe('exact');
    expect(of('dx/dt = (y - x)*rate : 1', 'dy/dt = -y*rate : 1')).toBe('exact');
    expect(expectOk(selectMethod('exact', systemOf('dx/dt = rate : 1', fixed))).id).toBe('exact');
  });

  it('time inside a step keeps exact out, unless it only reads a table that stands still', () => {
    expect(chosen('dx/dt = -x*rate + t*rate**2 : 1')).toBe('euler');
    expect(chosen('dx/dt = -x*rate + drive(t) : 1')).toBe('euler');
    expect(chosen('dx/dt = -x*rate + drive(t) : 1', { heldFunctions: new Set(['drive']) })).toBe('exact');
  });

  it('exact takes loops whether or not their coefficients change, up to a number of variables', () => {
    const loop = 'dx/dt = y*rate : 1\ndy/dt = -x*rate : 1';
    expect(expectOk(selectMethod('exact', systemOf(loop, { fixed: new Set(['rate']) }))).id).toBe('exact');
    expect(expectOk(selectMethod('exact', systemOf(loop))).id).toBe('exact');
    const ring = (size: number) =>
      Array.from({ length: size }, (_, n) => `dx${n}/dt = (x${(n + 1) % size} - x${n})*rate : 1`).join('\n');
    expect(expectOk(selectMethod('exact', systemOf(ring(24)))).id).toBe('exact');
    expect(expectOk(selectMethod('exact', systemOf(ring(25), { fixed: new Set(['rate']) }))).id).toBe('exact');
    const refused = selectMethod('exact', systemOf(ring(25))).problems[0];
    expect(refused?.message).toContain('25 variables follow from each other');
    expect(refused?.hint).toBe('Use rk4.');
  });

  it('names the nearest method to one that does not exist', () => {
    expect(selectMethod('rk3', systemOf('dx/dt = -x*rate : 1')).problems[0]?.hint).toMatch(/^Did you mean rk[24]\?$/u);
    expect(expectOk(selectMethod('exponential_euler', systemOf('dx/dt = -x*rate : 1'))).id).toBe('exponential-euler');
  });
});

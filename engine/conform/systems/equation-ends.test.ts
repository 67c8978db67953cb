/** What synapses know of the cells at their ends, and what can be recorded of them (rules E48–E50 of SPEC.md). */
import { describe, expect, it } from 'vitest';
import { cells, column, rows, synapses } from './network-case.test-support.ts';

const timed_arrays = {
  K: { dt: 2e-3, values: [1, 10, 100], unit: '1' },
  L: {
    dt: 2e-3,
    values: [
      [1, 2],
      [3, 4],
    ],
    unit: '1',
  },
};

describe('E49 subexpressions of cells, read from synapses', () => {
  const read = (equations: string, code: string, more: object = {}) =>
    rows(
      {
        populations: { P: cells(equations, 2, {}, { x: [5, 7] }) },
        timed_arrays,
        synapses: [synapses({ i: [0, 0], j: [0, 1], model: 'w : 1', on_pre: code, ...more })],
      },
      'S',
      'w',
    ).map(([first, second]) => [first, second]);

  it('may call tables over time of their own, also by cell', () => {
    const found = read('x : 1\ny = x + K(t) + L(t, i) : 1', 'w = y_post');
    expect(found.slice(0, 3)).toEqual([
      [0, 0],
      [5 + 1 + 1, 7 + 1 + 2],
      [5 + 1 + 1, 7 + 1 + 2],
    ]);
    expect(found[3]).toEqual([5 + 10 + 3, 7 + 10 + 4]);
  });

  it('may be held over the step', () => {
    expect(read('x : 1\ny = x + 1 : 1 (constant over dt)', 'w = y_post; x_post = 0')[3]).toEqual([1, 1]);
    expect(read('x : 1\ny = x + 1 : 1 (constant over dt)\nz = 2*y : 1', 'w = z')[1]).toEqual([12, 16]);
  });

  it('count all cells, also where the connection leads to a slice', () => {
    const given = {
      populations: { P: cells('y = 10*i + N : 1', 3) },
      synapses: [
        synapses({
          to: { population: 'P', start: 1, stop: 3 },
          i: [0, 0],
          j: [0, 1],
          model: 'w : 1',
          on_pre: 'w = y_post + 100*N_post',
        }),
      ],
    };
    expect(rows(given, 'S', 'w')[1]).toEqual([213, 223]);
  });
});

describe('E50 a synapse from a cell to itself', () => {
  const spiking = cells('x : 1', 2, { threshold: 'i == 0 and timestep(t, dt) == 1', reset: '' });
  const own = (code: string) =>
    column(
      {
        populations: { P: spiking },
        synapses: [synapses({ from: 'P', i: [0], j: [0], on_pre: code })],
      },
      'P',
      'x',
    )[2];

  it('writes one variable under two names', () => {
    expect(own('x_post += 1; x_pre += 10')).toBe(11);
    expect(own('x_pre += 10; x_post *= 3')).toBe(30);
  });

  it('reads under one name what it wrote under the other', () => {
    expect(own('x_post = 4; x_pre = 2*x_post; x_post += x_pre')).toBe(16);
  });
});

describe('E51 recording of synapses', () => {
  const model = 'w : 1\ng : 1 (shared)\nk : integer\ns = w*g + x_post : 1\nh = w + 1 : 1 (constant over dt)';
  const given = (when: string) => ({
    populations: { P: cells('x : 1', 2, {}, { x: [5, 7] }) },
    record_when: when,
    synapses: [
      synapses({ i: [0, 0], j: [0, 1], model, on_pre: 'w += 1', parameters: { w: [1, 2], g: 10, k: [3, 4] } }),
    ],
  });

  it('gives subexpressions as they are at that moment', () => {
    expect(rows(given('start'), 'S', 's').slice(0, 3)).toEqual([
      [15, 27],
      [15, 27],
      [25, 37],
    ]);
    expect(rows(given('end'), 'S', 's').slice(0, 2)).toEqual([
      [15, 27],
      [25, 37],
    ]);
  });

  it('gives held values, shared and integer parameters that nothing writes', () => {
    expect(rows(given('end'), 'S', 'h').slice(1, 3)).toEqual([
      [2, 3],
      [3, 4],
    ]);
    expect(rows(given('start'), 'S', 'g')[1]).toEqual([10]);
    expect(rows(given('start'), 'S', 'k')[1]).toEqual([3, 4]);
  });
});

/** Synapses in equations: tables, refractoriness, slices, coupled equations, shared variables (rules E42–E48 of SPEC.md). */
import { describe, expect, it } from 'vitest';
import { cells, column, outcome, rows, synapses } from './network-case.test-support.ts';

const plain = { P: cells('x : 1', 2) };

describe('E42 tables over time in synapses', () => {
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

  it('are read by statements, also by column', () => {
    const given = { populations: plain, timed_arrays };
    const both = { i: [0, 0], j: [0, 1], on_pre: 'x_post += K(t) + L(t, j)' };
    expect(rows({ ...given, synapses: [synapses(both)] }, 'P', 'x')).toEqual([
      [0, 0],
      [2, 3],
      [2, 3],
      [15, 17],
      [15, 17],
    ]);
  });

  it('are read by equations, sums and values held over the step', () => {
    const model =
      'ds/dt = K(t)/(1*ms) : 1 (clock-driven)\nh = 2*K(t) : 1 (constant over dt)\nx_post = K(t) : 1 (summed)';
    const given = { populations: plain, timed_arrays, synapses: [synapses({ model, method: 'euler' })] };
    expect(column(given, 'S', 's')).toEqual([1, 2, 12, 22, 122]);
    expect(column(given, 'S', 'h')).toEqual([2, 2, 20, 20, 200]);
    expect(column(given, 'P', 'x')).toEqual([1, 1, 10, 10, 100]);
  });

  it('leave exact integration possible where they stand still over a step', () => {
    const model = 'ds/dt = (K(t) - s)/(1*ms) : 1 (clock-driven)';
    const given = { populations: plain, timed_arrays, synapses: [synapses({ model })] };
    expect(column(given, 'S', 's')[0]).toBeCloseTo(1 - Math.exp(-1), 14);
  });
});

describe('E43 random counts in synapses', () => {
  it('have the mean that is asked for', () => {
    const list = Array.from({ length: 400 }, () => 0);
    const given = {
      populations: plain,
      synapses: [synapses({ model: 'n : 1', on_pre: 'n = poisson(4 + 0*n)', i: list, j: list })],
    };
    const counts = rows(given, 'S', 'n')[4] ?? [];
    expect(counts.every((count) => Number.isInteger(count) && count >= 0)).toBe(true);
    expect(Math.abs(counts.reduce((sum, count) => sum + count, 0) / 400 - 4)).toBeLessThan(0.7);
  });
});

describe('E44 the refractory rule of cells', () => {
  const model = { threshold: 'v > 0.5', reset: 'v = 0', refractory: '2*ms' };
  const populations = { P: cells('dv/dt = 0/second : 1\nx : 1', 1, model, { v: [1] }) };

  it('is read by synapses', () => {
    const code = 'q = int(not_refractory_post); l = (t - lastspike_post)/ms';
    const given = { populations, synapses: [synapses({ model: 'q : 1\nl : 1', on_pre: code })] };
    expect(column(given, 'S', 'q')).toEqual([0, 0, 0, 1, 1]);
    expect(column(given, 'S', 'l')).toEqual([0, 1, 1, 3, 3]);
  });

  it('cannot be written from there', () => {
    const given = { populations, record: {}, synapses: [synapses({ on_pre: 'lastspike_post = t' })] };
    expect(outcome(given, 'interpreter').problems.map(({ code }) => code)).toEqual(['equations/write']);
  });

  it('has no place in the equations of synapses (E10)', () => {
    const equation = 'dq/dt = 1/second : 1 (unless refractory)';
    const given = { populations, record: {}, synapses: [synapses({ model: equation })] };
    expect(outcome(given, 'interpreter').problems.map(({ code }) => code)).toEqual(['equations/flag']);
  });
});

describe('E45 sums', () => {
  /** x counts up; the sum takes x before or after the count, as it runs before or after the update of P. */
  const sum = (to: unknown): (number | undefined)[] =>
    column(
      {
        populations: { P: cells('dx/dt = 1/(1*ms) : 1\ny : 1', 1) },
        synapses: [synapses({ from: 'P', to, model: 'y_post = x_pre : 1 (summed)' })],
      },
      'P',
      'y',
    );

  it('run before the state updates, but those into a slice among them', () => {
    expect(sum('P')).toEqual([0, 1, 2, 3, 4]);
    expect(sum({ population: 'P', start: 0, stop: 1 })).toEqual([1, 2, 3, 4, 5]);
  });
});

describe('E46 equations that depend on each other', () => {
  const model = (flag: string): string => `dg/dt = (h - g)/(3*ms) : 1 (${flag})\ndh/dt = -h/(5*ms) : 1 (${flag})`;
  const g = (time: number): number => 2.5 * (Math.exp(-time / 5) - Math.exp(-time / 3));

  it('are solved exactly between events with known coefficients, too', () => {
    const given = {
      populations: plain,
      synapses: [synapses({ model: model('event-driven'), on_pre: 'g += 0', initial: { h: [1] } })],
    };
    expect(column(given, 'S', 'g')[3]).toBeCloseTo(g(3), 13);
  });

  it('are solved exactly from step to step', () => {
    const driven = synapses({ model: model('clock-driven'), method: 'exact', initial: { h: [1] } });
    expect(column({ populations: plain, synapses: [driven] }, 'S', 'g')[4]).toBeCloseTo(g(5), 13);
  });

  it('may go in a circle where constants are all that their coefficients hold', () => {
    const circle = 'da/dt = -b*rate : 1 (clock-driven)\ndb/dt = a*rate : 1 (clock-driven)';
    const constants = { rate: { value: 100, unit: 'hertz' } };
    const driven = synapses({ model: circle, method: 'exact', initial: { a: [1] }, constants });
    expect(column({ populations: plain, synapses: [driven] }, 'S', 'b')[4]).toBeCloseTo(Math.sin(0.5), 13);
  });
});

describe('E46 event-driven equations in circles and long chains', () => {
  const constants = { rate: { value: 100, unit: 'hertz' }, tau: { value: 4e-3, unit: 'second' } };
  const circle = (flag: string): string => `da/dt = (1 - b)*rate : 1 (${flag})\ndb/dt = a*rate : 1 (${flag})`;
  const chain = (flag: string): string =>
    `dp/dt = (q - p)/tau : 1 (${flag})\ndq/dt = (r - q)/tau : 1 (${flag})\ndr/dt = -r/tau : 1 (${flag})`;

  it.each([
    [circle, 'b', { a: [0.25] }],
    [chain, 'p', { q: [0.5], r: [1] }],
  ] as const)('are carried over any number of steps as they would go step by step: %s', (model, name, initial) => {
    const rowsOf = (flag: string): readonly (number | undefined)[] => {
      const driven = synapses({ on_pre: `${name} += 0`, model: model(flag), method: 'exact', initial, constants });
      return column({ populations: plain, synapses: [driven] }, 'S', name);
    };
    const [found, stepped] = [rowsOf('event-driven'), rowsOf('clock-driven')];
    // Events are in the steps at 1 and 3 ms; those that go step by step are there at the end of the step before.
    for (const step of [1, 3]) expect(found[step]).toBeCloseTo(stepped[step - 1] ?? Number.NaN, 14);
    expect(found[3]).not.toBeCloseTo(found[1] ?? Number.NaN, 3);
  });

  it.each([circle, chain])('with coefficients of single synapses, too: %s', (shape) => {
    const rowsOf = (flag: string) => {
      const model = `${shape(flag).replaceAll('rate', 'speed').replaceAll('tau', 'time')}\nspeed : Hz\ntime : second`;
      const name = model.includes('da/dt') ? 'b' : 'p';
      const initial = { ...(name === 'b' ? { a: [0.25] } : { q: [0.5], r: [1] }), speed: [120], time: [3e-3] };
      const driven = synapses({ on_pre: `${name} += 0`, model, method: 'exact', initial });
      return column({ populations: plain, synapses: [driven] }, 'S', name);
    };
    const [found, stepped] = [rowsOf('event-driven'), rowsOf('clock-driven')];
    for (const step of [1, 3]) expect(found[step]).toBeCloseTo(stepped[step - 1] ?? Number.NaN, 13);
    expect(found[3]).not.toBeCloseTo(found[1] ?? Number.NaN, 3);
  });
});

describe('E47 regular statements', () => {
  it('write shared variables once, whatever the number of synapses', () => {
    const run_regularly = [{ code: 'half = 0.5\ngain *= half\nn += gain' }];
    const shared = synapses({
      model: 'gain : 1 (shared)\nn : 1',
      i: [0, 0, 0],
      j: [0, 1, 1],
      parameters: { gain: 8 },
      run_regularly,
    });
    expect(column({ populations: plain, synapses: [shared] }, 'S', 'gain')).toEqual([4, 2, 1, 0.5, 0.25]);
    expect(rows({ populations: plain, synapses: [shared] }, 'S', 'n')[1]).toEqual([6, 6, 6]);
  });
});

describe('E48 generators', () => {
  it('may be the target: their spikes run the statements of the other side', () => {
    const generators = { g: { cells: 3, times: [1e-3, 2e-3], indices: [2, 1] } };
    const given = {
      populations: { P: cells('x : 1', 2, { threshold: 'x > 100', reset: 'x = 0' }) },
      generators,
      synapses: [synapses({ from: 'P', to: 'g', on_post: 'x_pre += 1', i: [0, 1], j: [2, 1] })],
    };
    expect(rows(given, 'P', 'x').slice(0, 3)).toEqual([
      [0, 0],
      [1, 0],
      [1, 1],
    ]);
  });
});

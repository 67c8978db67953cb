/** What equation strings mean where no reference case looks: noise, counts, shared values, tables, held writes (rules E29–E40). */
import { describe, expect, it } from 'vitest';
import { nodeMemory } from '../../../electron/platform/node-memory.ts';
import { expectOk } from '../../base/result.ts';
import { prepareRun } from '../prepare-run.ts';
import { encodeArray } from '../../model/arrays.ts';
import type { SpikeloomDocument } from '../../model/document.ts';
import { createEmptyDocument } from '../../model/new-document.ts';
import type { ParameterValue } from '../../model/value.ts';
import { createSimulation } from '../../runtime/simulation.ts';

type Parameters = Readonly<Record<string, ParameterValue>>;
const blank = { threshold_condition: '', reset_statements: '', refractory_period: '', event_handlers: '' };
const targets = ['interpreter', 'wasm'] as const;

function documentOf(parameters: Parameters, probes: readonly string[] = []): SpikeloomDocument {
  const empty = createEmptyDocument('test');
  const table = encodeArray([1, 2, 3, 4, 5, 6], [3, 2]);
  return {
    ...empty,
    run: { ...empty.run, timeStep: { value: 1, unit: 'ms' }, duration: { value: 1, unit: 's' } },
    arrays: { [table.id]: table },
    elements: {
      cells: { id: 'cells', kind: 'neurons/equations', name: 'Cells', parameters: { ...blank, ...parameters } },
    },
    probes: Object.fromEntries(probes.map((target) => [target, { id: target, element: 'cells', target, cells: null }])),
  };
}

interface Outcome {
  read(signal: string): number[];
  rows(probe: string): number[];
}

/** Runs both targets, which have to agree to the bit in every signal. */
function run(parameters: Parameters, steps: number, probes: readonly string[] = []): Outcome {
  const document = documentOf(parameters, probes);
  const outcomes = targets.map((target) => {
    const { program } = expectOk(prepareRun(document));
    const simulation = expectOk(createSimulation({ program, target, memory: nodeMemory }));
    const rows = new Map<string, number[]>();
    for (const { id } of program.probes) {
      const kept: number[] = [];
      rows.set(id, kept);
      simulation.setSink(id, {
        samples: (_first, _count, values) => void kept.push(...values),
        events: (_steps, cells, count) => void kept.push(...cells.subarray(0, count)),
      });
    }
    simulation.advance(steps);
    const signals = new Map(program.signals.map(({ id }) => [id, Array.from(simulation.readSignal(id))]));
    simulation.dispose();
    return { signals, rows };
  });
  const [first, second] = outcomes as [(typeof outcomes)[0], (typeof outcomes)[0]];
  expect(second).toEqual(first);
  return {
    read: (signal) => first.signals.get(`cells/${signal}`) ?? [],
    rows: (probe) => first.rows.get(probe) ?? [],
  };
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('noise and random numbers', () => {
  it('xi of one name is the same in all equations of a cell, other names are independent', () => {
    const model = 'dx/dt = xi_a*second**-0.5 : 1\ndy/dt = xi_a*second**-0.5 : 1\ndz/dt = xi_b*second**-0.5 : 1';
    const { read } = run({ size: 500, model, method: 'euler' }, 20);
    expect(read('x')).toEqual(read('y'));
    const correlation = mean(read('x').map((x, n) => x * (read('z')[n] ?? 0))) / 0.02;
    expect(Math.abs(correlation)).toBeLessThan(0.25);
    expect(mean(read('x').map((x) => x * x))).toBeGreaterThan(0.015);
    expect(mean(read('x').map((x) => x * x))).toBeLessThan(0.025);
  });

  it('every call of rand and randn is a draw of its own', () => {
    const { read } = run(
      { size: 400, model: 'a : 1\nb : 1\nc : 1', every_step: 'a = rand(); b = rand(); c = randn()' },
      3,
    );
    expect(read('a')).not.toEqual(read('b'));
    expect(mean(read('a'))).toBeCloseTo(0.5, 1);
    expect(Math.abs(mean(read('c')))).toBeLessThan(0.25);
  });
});

describe('poisson', () => {
  it('counts have mean and variance of their own mean, small or large', () => {
    // Of a constant mean up to 32 by comparison with thresholds; the others, and means that differ, cell by cell.
    const means = [0, 0.3, 4, 30, 200, 3000].flatMap((wanted) => [
      [wanted, `${wanted}`],
      [wanted, `${wanted} + 0*i`],
    ]) as [number, string][];
    for (const [wanted, meanText] of means) {
      const { read } = run({ size: 2000, model: 'k : integer', every_step: `k = poisson(${meanText})` }, 2);
      const counts = read('k');
      const deviation = 6 * Math.sqrt(wanted / 2000);
      expect(Math.abs(mean(counts) - wanted)).toBeLessThanOrEqual(deviation);
      const variance = mean(counts.map((count) => (count - wanted) ** 2));
      expect(Math.abs(variance - wanted)).toBeLessThanOrEqual(0.25 * wanted);
      expect(counts.every((count) => count >= 0)).toBe(true);
    }
  });
});

describe('statements', () => {
  it('cast: integers towards zero, a condition counts 0 or 1', () => {
    const every_step = 'k = -2.7; k = k + 0.9; flag = 2 > 1; n = int(flag) + int(1 > 2) + int(1e12)';
    const { read } = run({ size: 1, model: 'k : integer\nflag : boolean\nn : 1', every_step }, 1);
    expect([read('k'), read('flag'), read('n')]).toEqual([[-1], [1], [2 ** 31]]);
  });

  it('wrap whole numbers at 32 bits, and divide them by zero to zero', () => {
    const every_step = 'a = k*65536*(k + 1); b = k // z; c = k % z; d = -k // 7; f = k*65536.0*(k + 1); k += 1';
    const model = 'k : integer\na : integer\nb : integer\nc : integer\nd : integer\nf : 1\nz : integer';
    const { read } = run({ size: 1, model, every_step, k: 300, z: 0 }, 1);
    expect(read('a')).toEqual([Math.imul(300 * 65536, 301)]);
    expect([read('b'), read('c'), read('d'), read('f')]).toEqual([[0], [0], [-43], [300 * 65536 * 301]]);
    expect(read('k')).toEqual([301]);
  });

  it('take conditions of which all cells have the same', () => {
    const model = 'on : boolean\nx : 1\nk : integer';
    const { read } = run({ size: 2, model, every_step: 'x = int(on and i > 0) + k//2', on: 1, k: 5 }, 1);
    expect(read('x')).toEqual([2, 3]);
  });

  it('choose with where, min and max', () => {
    const every_step = 'a = where(i > 1, 10, min(i, 0.5)); b = max(a, 3)';
    const { read } = run({ size: 3, model: 'a : 1\nb : 1', every_step }, 1);
    expect([read('a'), read('b')]).toEqual([
      [0, 0.5, 10],
      [3, 3, 10],
    ]);
  });

  it('write what all cells share once, before those of the cells', () => {
    const { read } = run({ size: 4, model: 's : 1 (shared)\nx : 1', every_step: 's += 1; x = s*i' }, 3);
    expect(read('s')).toEqual([3]);
    expect(read('x')).toEqual([0, 3, 6, 9]);
  });

  it('write what all cells share by way of temporaries', () => {
    const model = 'dx/dt = (g - x)/(5*ms) : 1\ng : 1 (shared)';
    const every_step = 'half = g/2\ng = half + 1\nx = g + i\nevery 0.4*ms:\nless = g - 0.5\ng = less';
    expect(run({ size: 2, model, every_step, method: 'euler' }, 2, ['g', 'x']).rows('x')).toEqual([1, 2, 0.75, 1.75]);
  });

  it('run in their slots, in order, at their intervals', () => {
    const every_step = [
      'lg = 10*lg + 1',
      'every step in end: lg = 10*lg + 5',
      'every step in before_groups order 2: lg = 10*lg + 3',
      'every step in before_groups order 1: lg = 10*lg + 2',
      'every 2*ms in after_resets: lg = 10*lg + 4',
    ].join('\n');
    expect(run({ size: 1, model: 'lg : 1', every_step }, 1).read('lg')).toEqual([12345]);
    expect(run({ size: 1, model: 'lg : 1', every_step }, 2).read('lg')).toEqual([123451235]);
  });

  it('run between the steps where their intervals fall there, in the order of their times, as in Brian 2.10.1', () => {
    const every_step = `every 0.3*ms:
x = 2*x + 1; y += 1; before = t
every 0.45*ms in end:
x = 0.5*x - 1; y += 100
every 2.5*ms in end:
x = 0.5*x - 1; y += 10000`;
    const model = 'x : 1\ny : 1\nbefore : second';
    const { rows } = run({ size: 1, model, every_step }, 8, ['x', 'y', 'before']);
    expect(rows('x')).toEqual([1, -3, -6.5, -15, -32, -34, -71, -143]);
    expect(rows('y')).toEqual([1, 10304, 10507, 20711, 20914, 21217, 31421, 31624]);
    expect(rows('before')).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((step) => step * 1e-3));
  });

  it('know the step, the cell and the size', () => {
    const { read } = run({ size: 2, model: 'x : 1', every_step: 'x = 100*t_in_timesteps + 10*i + N' }, 4);
    expect(read('x')).toEqual([302, 312]);
  });
});

describe('spikes', () => {
  const clock = { size: 1, model: 'dx/dt = 1000*Hz : 1', threshold_condition: 'x > 1.5', reset_statements: 'x = 0' };

  it('are stamped with the step in which the threshold holds on the new state', () => {
    const { rows } = run({ ...clock, method: 'euler' }, 6, ['x']);
    expect(rows('x')).toEqual([0, 1, 0, 1, 0, 1]);
  });

  it('hold a variable while refractory, and drop writes to it from regular updates but not from the reset', () => {
    const held = {
      ...clock,
      model: 'dx/dt = 1000*Hz : 1 (unless refractory)\ny : 1',
      refractory_period: '3*ms',
      every_step: 'every step in end: x += 0.25; y += 1',
      method: 'euler',
    };
    const { rows, read } = run(held, 6, ['x', 'not_refractory']);
    // x: 0 → 1.25 → 2.25 fires and is reset; held for three steps with every write dropped, then free again.
    expect(rows('x')).toEqual([0, 1.25, 0, 0, 0, 1.25]);
    expect(rows('not_refractory')).toEqual([1, 1, 0, 0, 0, 1]);
    expect(read('y')).toEqual([6]);
  });

  it('tell the time of the last one', () => {
    const { read } = run(
      {
        ...clock,
        method: 'euler',
        refractory_period: '1*ms',
        every_step: 'every step in end: a = t - lastspike',
        model: `${clock.model}\na : second`,
      },
      5,
    );
    expect(read('a')[0]).toBeCloseTo(1e-3, 12);
  });

  it('and custom events have ports, and run their statements after the resets', () => {
    const events = { custom_events: 'up: x > 0.5 -> n += 1; x += 0.25', model: 'dx/dt = 1000*Hz : 1\nn : integer' };
    const { rows, read } = run({ ...clock, ...events, method: 'euler' }, 4, ['up', 'spikes']);
    expect(rows('up')).toHaveLength(4);
    expect(rows('spikes')).toHaveLength(2);
    expect(read('n')).toEqual([4]);
    expect(read('x')).toEqual([0.25]);
  });
});

describe('values over time', () => {
  it('tables hold their last row, one column per cell', () => {
    const table = { array: Object.keys(documentOf({}).arrays)[0] ?? '', unit: '1' };
    const parameters = { size: 2, model: 'x = T(t, i) : 1', tables: 'T(2*ms) : 1', T: table };
    expect(run(parameters, 8, ['x']).rows('x')).toEqual([1, 2, 1, 2, 3, 4, 3, 4, 5, 6, 5, 6, 5, 6, 5, 6]);
  });

  it('values constant over dt are those of the start of the step', () => {
    const model = 'dx/dt = held : 1\nheld = t*(1000*Hz)**2 : Hz (constant over dt)';
    const { rows } = run({ size: 1, model, method: 'auto' }, 4, ['x', 'held']);
    expect(rows('x')).toEqual([0, 0, 1, 3]);
    expect(rows('held')).toEqual([0, 1000, 2000, 3000]);
  });

  it('recorded values are those after the regular updates of slot start', () => {
    expect(run({ size: 1, model: 'x : 1\ny = 2*x : 1', every_step: 'x += 1' }, 3, ['x', 'y']).rows('y')).toEqual([
      2, 4, 6,
    ]);
  });
});

describe('exact integration in a population', () => {
  const refractory = { threshold_condition: 't_in_timesteps == 0', refractory_period: 'x > -1e9' };
  const chain = 'dv/dt = (g - v)/tau : 1 (unless refractory)\ndg/dt = -g/tau_g : 1\ntau_g = 5*ms : second';

  it('gives the closed form with parameters that differ from cell to cell, equal time constants among them', () => {
    const tau = { values: [10, 5], unit: 'ms' };
    const g = { value: 1, unit: '1' };
    const { read } = run({ size: 2, model: `${chain}\ntau : second`, tau, g, method: 'exact' }, 20);
    const [slow = 0, equal = 0] = read('v');
    expect(slow).toBeCloseTo(Math.exp(-2) - Math.exp(-4), 13);
    expect(equal).toBeCloseTo(4 * Math.exp(-4), 13);
  });

  it('gives the same with coefficients that change during the run', () => {
    const tau = { values: [10, 5], unit: 'ms' };
    const g = { value: 1, unit: '1' };
    const common = { size: 2, tau, g, method: 'exact' };
    const fixed = run({ ...common, model: `${chain}\ntau : second` }, 20).read('v');
    const moved = run({ ...common, model: `${chain}\ntau : second`, every_step: 'tau = tau' }, 20).read('v');
    moved.forEach((value, n) => expect(value).toBeCloseTo(fixed[n] ?? Number.NaN, 13));
  });

  it('solves circles of any form with coefficients that change during the run, stiff ones too', () => {
    const model = [
      'dx/dt = (-200*x + 150*y + 20)*p*Hz : 1',
      'dy/dt = (-100*x - 200*y + 50*z)*p*Hz : 1 (unless refractory)',
      'dz/dt = (300*y - 1e5*z + 1000)*p*Hz : 1\np : 1',
    ].join('\n');
    const at = (values: number[]) => ({ values, unit: '1' });
    const start = { x: at([1, 1]), y: at([-0.5, -0.5]), z: at([0.25, 0.25]), p: at([1, 0]) };
    const { read } = run({ size: 2, model, ...start, method: 'exact', every_step: 'p = p' }, 3);
    const one = { x: 1, y: -0.5, z: 0.25, p: 1 };
    // By the exponential in 40 digits.
    [0.43593893930701885, -0.42207367194543298, 0.0087325427141168923].forEach((value, n) =>
      expect((read('xyz'.charAt(n))[0] ?? 0) / value).toBeCloseTo(1, 12),
    );
    expect([read('x')[1], read('y')[1], read('z')[1]]).toEqual([1, -0.5, 0.25]);
    const endless = run({ size: 1, model, ...one, method: 'exact', every_step: 'p = 1e200*1e200' }, 2);
    expect(endless.read('x')[0]).toBeNaN();
    // Refractory from the second step on: y stays to the bit, z goes to (300·y + 1000)/1e5.
    const [first, held] = [1, 3].map((steps) =>
      run({ size: 1, model, ...one, ...refractory, method: 'exact', every_step: 'p = 1' }, steps),
    );
    expect(held?.read('y')).toEqual(first?.read('y'));
    expect(held?.read('z')[0]).toBeCloseTo(3e-3 * (held?.read('y')[0] ?? 0) + 0.01, 14);
  });

  it('oscillates where the eigenvalues are complex', () => {
    const model = 'dx/dt = y*omega : 1\ndy/dt = -x*omega : 1\nomega = 2*pi*10*Hz : Hz';
    const { read } = run({ size: 1, model, x: { value: 1, unit: '1' }, method: 'auto' }, 100);
    expect(read('x')[0]).toBeCloseTo(1, 12);
    expect(read('y')[0]).toBeCloseTo(0, 12);
  });
});

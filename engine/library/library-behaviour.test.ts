import { describe, expect, it } from 'vitest';
import { defined } from '../base/assert.ts';
import type { SynapseLists } from '../build/library-kind.ts';
import type { ParameterValue } from '../model/value.ts';
import { fixedInDegree } from './connectors/fixed-in-degree.ts';
import {
  connectorDocument,
  elementDocument,
  eventsOf,
  prepared,
  runOn,
  threeRows,
} from './library-models.test-support.ts';
import { connectorKinds, elementKinds } from './library.ts';
import { prepareRun } from './prepare-run.ts';

const ms = (value: number): ParameterValue => ({ value, unit: 'ms' });
const plain = (value: number): ParameterValue => ({ value, unit: '1' });

/** Records of a kind that runs alone, in steps of 1 ms. */
function alone(id: string, parameters: Record<string, ParameterValue>, steps: number, seed = 1) {
  const kind = defined(elementKinds.find(id), id);
  return runOn('wasm', prepared(elementDocument(kind, { everyPort: false, parameters, seed })).program, steps);
}

describe('cells of a model', () => {
  const cellsOf = (id: string, parameters: Record<string, ParameterValue>): number =>
    prepared(elementDocument(defined(elementKinds.find(id), id), { everyPort: false, parameters })).cells;

  it('are those of populations and reservoirs', () => {
    expect(cellsOf('neurons/lif', { size: 7 })).toBe(7);
    expect(cellsOf('layers/rec-rate-euler', { size: 9 })).toBe(9);
  });

  it('are not the channels of what only passes values on', () => {
    expect(cellsOf('layers/pass-through', { size: 7 })).toBe(0);
    expect(cellsOf('stimuli/poisson', { size: 7 })).toBe(0);
    expect(cellsOf('stimuli/sine', { size: 7 })).toBe(0);
  });
});

describe('stimuli/poisson', () => {
  const parameters = { size: 100, rate: { value: 20, unit: 'Hz' } };

  it('fires at its rate, within five standard deviations', () => {
    const spikes = eventsOf(alone('stimuli/poisson', parameters, 5000), 'probe_spikes');
    const wanted = 100 * 5000 * 0.02;
    expect(Math.abs(spikes.length - wanted)).toBeLessThan(5 * Math.sqrt(wanted * 0.98));
  });

  it('fires independently: counts per cell and per step spread like binomial ones', () => {
    const spikes = eventsOf(alone('stimuli/poisson', parameters, 5000), 'probe_spikes');
    const perCell = counts(
      spikes.map(({ cell }) => cell),
      100,
    );
    const perStep = counts(
      spikes.map(({ step }) => step),
      5000,
    );
    expect(dispersion(perCell)).toBeGreaterThan(0.6);
    expect(dispersion(perCell)).toBeLessThan(1.4);
    expect(dispersion(perStep)).toBeGreaterThan(0.9);
    expect(dispersion(perStep)).toBeLessThan(1.1);
  });

  it('gives other spikes for another seed and the same for the same', () => {
    const first = alone('stimuli/poisson', parameters, 200, 1);
    expect(alone('stimuli/poisson', parameters, 200, 1)).toEqual(first);
    expect(alone('stimuli/poisson', parameters, 200, 2)).not.toEqual(first);
  });

  it('has cells of their own rates', () => {
    const rate = { values: [0, 1000, 10], unit: 'Hz' };
    const spikes = eventsOf(alone('stimuli/poisson', { size: 3, rate }, 1000), 'probe_spikes');
    const [silent, always] = counts(
      spikes.map(({ cell }) => cell),
      3,
    );
    expect([silent, always]).toEqual([0, 1000]);
  });
});

function counts(values: readonly number[], length: number): number[] {
  const found = new Array<number>(length).fill(0);
  for (const value of values) found[value] = (found[value] ?? 0) + 1;
  return found;
}

/** Variance over mean of counts: 1 − p for binomial ones. */
function dispersion(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length / mean;
}

describe('stimuli/regular-spikes', () => {
  const stepsOf = (parameters: Record<string, ParameterValue>, cell = 0) =>
    eventsOf(alone('stimuli/regular-spikes', parameters, 100), 'probe_spikes')
      .filter((event) => event.cell === cell)
      .map(({ step }) => step);

  it('spikes at first + k · interval', () => {
    expect(stepsOf({ interval: ms(20), first: ms(5) })).toEqual([5, 25, 45, 65, 85]);
  });

  it('spikes in the first step, and in every step when the interval is one step', () => {
    expect(stepsOf({ interval: ms(30), first: ms(0) })).toEqual([0, 30, 60, 90]);
    expect(stepsOf({ interval: ms(1) }).length).toBe(100);
  });

  it('shifts from cell to cell', () => {
    const parameters = { size: 3, interval: ms(40), first: ms(2), shift: ms(10) };
    expect(stepsOf(parameters, 1)).toEqual([12, 52, 92]);
    expect(stepsOf(parameters, 2)).toEqual([22, 62]);
  });

  it('keeps the count over intervals that are no whole number of steps', () => {
    const steps = stepsOf({ interval: ms(3.3) });
    expect(steps).toEqual(
      Array.from({ length: 31 }, (_, spike) => Math.max(0, Math.ceil(spike * 3.3 - 1e-2))).filter((step) => step < 100),
    );
  });
});

describe('continuous stimuli', () => {
  const values = (id: string, parameters: Record<string, ParameterValue>, steps: number) =>
    alone(id, id === 'stimuli/series' ? { series: threeRows, ...parameters } : parameters, steps)['probe probe_out'];

  it('constant: its value, channel by channel', () => {
    expect(values('stimuli/constant', { size: 2, amplitude: { values: [3, -1], unit: '1' } }, 2)).toEqual([
      3, -1, 3, -1,
    ]);
  });

  it('step: amplitude from start to before stop', () => {
    expect(values('stimuli/step', { amplitude: plain(2), baseline: plain(-1), start: ms(2), stop: ms(4) }, 6)).toEqual([
      -1, -1, 2, 2, -1, -1,
    ]);
  });

  it('ramp: straight from the first to the last value', () => {
    expect(values('stimuli/ramp', { from: plain(1), to: plain(3), start: ms(1), length: ms(4) }, 7)).toEqual([
      1, 1, 1.5, 2, 2.5, 3, 3,
    ]);
  });

  it('sine: amplitude, frequency, phase and offset', () => {
    const parameters = {
      size: 2,
      amplitude: plain(2),
      frequency: { value: 50, unit: 'Hz' },
      phase: plain(0.5),
      phase_step: plain(1),
      offset: plain(10),
    };
    const wanted = [0, 1, 2, 3].flatMap((step) =>
      [0, 1].map((cell) => 10 + 2 * Math.sin(2 * Math.PI * 50 * step * 1e-3 + 0.5 + cell)),
    );
    const found = values('stimuli/sine', parameters, 4) ?? [];
    found.forEach((value, index) => expect(value).toBeCloseTo(wanted[index] as number, 12));
    expect(found.length).toBe(8);
  });

  // The series has the rows [0.5, −1], [1.5, 2], [−0.25, 3].
  it.each([
    ['hold', [-0.25, 3, -0.25, 3]],
    ['zero', [0, 0, 0, 0]],
    ['repeat', [0.5, -1, 1.5, 2]],
  ])('series: after the last row, %s', (after, wanted) => {
    expect(values('stimuli/series', { after }, 5)).toEqual([0.5, -1, 1.5, 2, -0.25, 3, ...wanted]);
  });

  it('series: scaled, and between rows on a straight line or held', () => {
    const slow = { sample_period: ms(2), scale: plain(2), offset: plain(1) };
    expect(values('stimuli/series', slow, 4)).toEqual([2, -1, 3, 2, 4, 5, 2.25, 6]);
    expect(values('stimuli/series', { ...slow, interpolation: 'previous' }, 4)).toEqual([2, -1, 2, -1, 4, 5, 4, 5]);
  });

  it('series: repeats without a jump or a gap, and plays zero after the end where asked to', () => {
    const slow = { sample_period: ms(2) };
    expect(values('stimuli/series', { ...slow, after: 'repeat' }, 8)).toEqual([
      0.5, -1, 1, 0.5, 1.5, 2, 0.625, 2.5, -0.25, 3, 0.125, 1, 0.5, -1, 1, 0.5,
    ]);
    expect(values('stimuli/series', { ...slow, after: 'hold' }, 7)?.slice(8)).toEqual([-0.25, 3, -0.25, 3, -0.25, 3]);
    expect(values('stimuli/series', { ...slow, after: 'zero' }, 8)?.slice(8)).toEqual([-0.25, 3, -0.25, 3, 0, 0, 0, 0]);
  });

  it('series: falls on its rows over a long time, whatever the rounding of times', () => {
    const found = values('stimuli/series', { sample_period: ms(3), after: 'repeat' }, 9000) ?? [];
    for (let round = 0; round < 1000; round += 1)
      expect([found[18 * round], found[18 * round + 6], found[18 * round + 12]]).toEqual([0.5, 1.5, -0.25]);
  });

  it('series without data: a Problem at the element', () => {
    const kind = defined(elementKinds.find('stimuli/series'), 'series');
    const result = prepareRun(elementDocument(kind, { everyPort: false, parameters: { series: null } }));
    expect(result.problems[0]).toMatchObject({ code: 'model/missing-input', at: { element: 'subject' } });
  });
});

describe('neurons/lif', () => {
  it('fires with the period of theory under a constant current', () => {
    const parameters = { size: 1, I_e: { value: 0.5, unit: 'nA' }, refractory: ms(3) };
    const steps = eventsOf(alone('neurons/lif', parameters, 500), 'probe_spikes').map(({ step }) => step);
    // R·I = 20 mV above rest, threshold 10 mV above: τ·ln 2 = 13.86 ms, then the refractory period.
    const gaps = steps.slice(1).map((step, index) => step - (steps[index] as number));
    expect(gaps.length).toBeGreaterThan(20);
    for (const gap of gaps) expect(gap).toBe(Math.ceil(20 * Math.log(2)) + 3 - 1);
  });

  it('has the deviation it is given under noise alone', () => {
    const parameters = {
      size: 200,
      noise_std: { value: 2, unit: 'mV' },
      v_thresh: { value: 1, unit: 'V' },
      method: 'euler',
    };
    const values = alone('neurons/lif', parameters, 600)['probe probe_v'] ?? [];
    const settled = values.slice(200 * 200);
    const mean = settled.reduce((sum, value) => sum + value, 0) / settled.length;
    const deviation = Math.sqrt(settled.reduce((sum, value) => sum + (value - mean) ** 2, 0) / settled.length);
    expect(mean).toBeCloseTo(-0.06, 3);
    expect(deviation).toBeGreaterThan(2e-3 * 0.95);
    expect(deviation).toBeLessThan(2e-3 * 1.08);
  });
});

/** The synapses that a connector makes between populations of these sizes. */
function connect(
  id: string,
  parameters: Record<string, number | boolean>,
  sizes: readonly [number, number],
  recurrent = false,
  key = 1,
): SynapseLists {
  const kind = defined(connectorKinds.find(id), id);
  const given: Record<string, number | boolean> = { weight: 2, autapses: false, ...parameters };
  const result = kind.connect({
    connection: { id: 'c', name: 'A → B' },
    parameters: {
      number: (name) => Number(given[name]),
      flag: (name) => given[name] === true,
      constant: (name) => Number(given[name]),
      text: String,
      array: () => null,
      vector: () => ({ ok: false, problems: [] }),
      contents: () => ({ ok: false, problems: [] }),
    },
    sourceSize: sizes[0],
    targetSize: sizes[1],
    recurrent,
    stream: () => key,
  });
  if (!result.ok) throw new Error(result.problems[0]?.message);
  return result.value;
}

const pairsOf = ({ sources, targets }: SynapseLists): string[] =>
  Array.from(sources, (source, index) => `${source} ${targets[index]}`);

describe('connectors', () => {
  it('all to all: every pair once, autapses only when wanted', () => {
    expect(new Set(pairsOf(connect('connectors/all-to-all', {}, [3, 4]))).size).toBe(12);
    expect(pairsOf(connect('connectors/all-to-all', {}, [3, 3], true)).length).toBe(6);
    expect(pairsOf(connect('connectors/all-to-all', { autapses: true }, [3, 3], true)).length).toBe(9);
  });

  it('one to one: cell i to cell i; unequal sizes are a Problem', () => {
    expect(pairsOf(connect('connectors/one-to-one', {}, [3, 3]))).toEqual(['0 0', '1 1', '2 2']);
    const kind = defined(connectorKinds.find('connectors/one-to-one'), 'one to one');
    const result = prepareRun(connectorDocument(kind, [3, 4]));
    expect(result.problems[0]).toMatchObject({ code: 'model/port-size', at: { element: 'projection' } });
  });

  it('sparse random: the probability, within five standard deviations; no pair twice', () => {
    for (const key of [1, 2, 3]) {
      const pairs = pairsOf(connect('connectors/sparse-random', { probability: 0.1 }, [200, 200], false, key));
      expect(Math.abs(pairs.length - 4000)).toBeLessThan(5 * Math.sqrt(4000 * 0.9));
      expect(new Set(pairs).size).toBe(pairs.length);
    }
  });

  it('sparse random: nothing at 0, everything at 1, no autapse unless wanted', () => {
    expect(pairsOf(connect('connectors/sparse-random', { probability: 0 }, [20, 20]))).toEqual([]);
    expect(pairsOf(connect('connectors/sparse-random', { probability: 1 }, [20, 20])).length).toBe(400);
    const recurrent = connect('connectors/sparse-random', { probability: 1 }, [20, 20], true);
    expect(pairsOf(recurrent).length).toBe(380);
  });

  it('fixed in-degree: exactly so many different sources for every target', () => {
    for (const recurrent of [false, true]) {
      const lists = connect('connectors/fixed-in-degree', { in_degree: 7 }, [40, 40], recurrent);
      expect(counts(Array.from(lists.targets), 40)).toEqual(new Array(40).fill(7));
      expect(new Set(pairsOf(lists)).size).toBe(280);
      const autapses = Array.from(lists.sources).filter((source, index) => source === lists.targets[index]);
      if (recurrent) expect(autapses).toEqual([]);
      // Every source is drawn about equally often: none of 40 may stay out of 280 draws for long.
      expect(Math.max(...counts(Array.from(lists.sources), 40))).toBeLessThan(20);
    }
  });

  it('fixed in-degree: all sources at most, and more is a Problem', () => {
    expect(pairsOf(connect('connectors/fixed-in-degree', { in_degree: 5 }, [5, 2])).length).toBe(10);
    const result = prepareRun(connectorDocument(fixedInDegree, [5, 2], { in_degree: 6 }));
    expect(result.problems[0]).toMatchObject({
      code: 'model/parameter-range',
      at: { element: 'projection', path: 'parameters.in_degree' },
    });
  });

  it.each(['connectors/sparse-random', 'connectors/fixed-in-degree'])('%s: other synapses for another stream', (id) => {
    const parameters = { probability: 0.2, in_degree: 4 };
    expect(pairsOf(connect(id, parameters, [30, 30], false, 1))).not.toEqual(
      pairsOf(connect(id, parameters, [30, 30], false, 2)),
    );
    expect(pairsOf(connect(id, parameters, [30, 30], false, 1))).toEqual(
      pairsOf(connect(id, parameters, [30, 30], false, 1)),
    );
  });
});

describe('prepareRun', () => {
  it('tells a warning of the model once', () => {
    const kind = defined(elementKinds.find('neurons/lif'), 'lif');
    const document = elementDocument(kind, { everyPort: false });
    const elements = {
      ...document.elements,
      old: { id: 'old', kind: 'neurons/from-the-future', name: 'Old', parameters: {} },
    };
    const result = prepareRun({ ...document, elements });
    expect(result.ok).toBe(true);
    expect(result.problems.map(({ code }) => code)).toEqual(['document/unknown-kind']);
  });
});

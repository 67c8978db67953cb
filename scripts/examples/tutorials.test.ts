/** The tutorials of the manuals as examples: each comes out as its note says, by numbers that follow from its mathematics. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { expectOk } from '../../engine/base/result.ts';
import { inputBatches } from '../../engine/boards/dynapse/input-batches.ts';
import { readProject } from '../../engine/formats/project.ts';
import { prepareRun } from '../../engine/library/prepare-run.ts';
import { encodeArray } from '../../engine/model/arrays.ts';
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import { recall, smoothNoise } from './building-a-reservoir.ts';
import { chirp, chirpTarget } from './chirp-reservoir.ts';
import { events, recurrent, session } from './dynapse-session.ts';
import { presented, task } from './liquid-state-machine.ts';
import { arriving } from './norse-adex.ts';
import { currents, ownCells } from './own-layer.ts';
import { runExample, type ExampleRun } from './run-example.test-support.ts';
import { curveTarget, spiking } from './spiking-reservoir.ts';

function open(name: string): SpikeloomDocument {
  return expectOk(readProject(readFileSync(new URL(`../../assets/examples/${name}.spikeloom`, import.meta.url))))
    .document;
}

const run = (name: string): ExampleRun => runExample(open(name));

const gaps = (times: readonly number[]): number[] =>
  times.slice(1).map((time, place) => time - (times[place] as number));

const mean = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, each) => sum + each, 0) / values.length;

/** Integral by the trapezoid rule in so many parts. */
function integral(of: (x: number) => number, from: number, to: number, parts = 4000): number {
  const width = (to - from) / parts;
  let sum = (of(from) + of(to)) / 2;
  for (let part = 1; part < parts; part += 1) sum += of(from + part * width);
  return sum * width;
}

function meanSquare(left: ArrayLike<number>, right: ArrayLike<number>): number {
  return mean(Array.from(left, (value, place) => (value - (right[place] as number)) ** 2));
}

it('building a reservoir: it remembers what its input has forgotten', () => {
  const found = run('building-a-reservoir');
  const signal = smoothNoise();
  const now = signal.subarray(recall.trained);
  const before = signal.subarray(recall.trained - recall.delay, signal.length - recall.delay);
  const correlation =
    mean(now.map((value, place) => value * (before[place] as number))) /
    Math.sqrt(mean(now.map((value) => value * value)) * mean(before.map((value) => value * value)));
  // Two averages of time constant T in a row: ρ(τ) = (1 + τ/T) exp(−τ/T), up to the length of the sample.
  const ratio = recall.delay / recall.smoothing;
  expect(Math.abs(correlation - (1 + ratio) * Math.exp(-ratio))).toBeLessThan(0.1);
  // No linear readout of the present value does better on these samples.
  const least = Math.sqrt(1 - correlation ** 2);
  expect(found.score('Without').nrmse).toBeGreaterThan(0.97 * least);
  expect(found.score('Without').nrmse).toBeLessThan(1.1 * least);
  expect(found.score('With reservoir').nrmse).toBeLessThan(least / 2);
});

it('gradient descent, rates: the trained reservoir sings the chirp that the untrained one does not', () => {
  const found = run('chirp-reservoir');
  const target = chirpTarget();
  const power = meanSquare(target, new Float64Array(chirp.steps));
  expect(meanSquare(found.samples('Trained.out').values, target)).toBeLessThan(0.003 * power);
  expect(meanSquare(found.samples('Untrained.out').values, target)).toBeGreaterThan(0.9 * power);
});

describe('gradient descent, spikes', () => {
  const target = curveTarget();
  const power = meanSquare(target, new Float64Array(spiking.steps));

  it('the trained reservoir draws the curve that the untrained one does not', () => {
    const found = run('spiking-reservoir');
    expect(meanSquare(found.samples('Trained.out').values, target)).toBeLessThan(0.003 * power);
    expect(meanSquare(found.samples('Untrained.out').values, target)).toBeGreaterThan(0.9 * power);
  });

  it('but only for its pattern: with another seed it is as far off as no answer at all', () => {
    const document = open('spiking-reservoir');
    const other = runExample({ ...document, run: { ...document.run, seed: 2 } });
    expect(meanSquare(other.samples('Trained.out').values, target)).toBeGreaterThan(0.5 * power);
  });
});

describe('a session on the simulated board', () => {
  const found = run('dynapse-session');
  const trialSeconds = session.trialSteps / 1000;
  const board = found.spikeTimes('Board.spikes', session.neurons);
  const ideal = found.spikeTimes('No mismatch.spikes', session.neurons);
  const connected = [...session.inputNeurons, ...session.recurrentNeurons];
  const winners = session.recurrentNeurons.filter((_, place) => place % 2 === 1);
  const inTrial = (times: readonly number[], trial: number): number =>
    times.filter((time) => Math.floor(time / trialSeconds) === trial).length;

  it('reaches the neurons with contacts, equal ones equally without mismatch, each its own way with it', () => {
    for (const times of [board, ideal])
      times.forEach((own, neuron) => expect(connected.includes(neuron) || own.length === 0).toBe(true));
    const [first] = session.inputNeurons.map((neuron) => ideal[neuron]);
    for (const neuron of session.inputNeurons) expect(ideal[neuron]).toEqual(first);
    for (const neuron of winners) expect(ideal[neuron]).toEqual(ideal[winners[0] as number]);
    expect(new Set(session.inputNeurons.map((neuron) => board[neuron]?.length)).size).toBe(3);
  });

  it('makes input neurons fire as often as their mean current asks for', () => {
    const rows = events();
    for (let trial = 0; trial < session.trials; trial += 1) {
      const from = trial * session.trialSteps * session.channels;
      const count = (channel: number): number =>
        rows
          .subarray(from, from + session.activeSteps * session.channels)
          .reduce((sum, each, place) => sum + (place % session.channels === channel ? each : 0), 0);
      // Contacts of 10 pA that decay with 50 ms, over 1 nS: millivolts.
      const drive = ((2 * count(0) + count(1)) * 10 * 0.05) / (session.activeSteps / 1000);
      // 20 ms dv/dt = −v + 2 exp((v − 10)/2) + drive from 0 to 20 mV, and 1 ms of rest.
      const period = 0.001 + integral((v) => 0.02 / (drive - v + 2 * Math.exp((v - 10) / 2)), 0, 20);
      const wanted = session.activeSteps / 1000 / period;
      const spikes = inTrial(ideal[0] ?? [], trial);
      expect(Math.abs(spikes / wanted - 1), `trial ${trial}: ${spikes}, ${wanted}`).toBeLessThan(0.3);
    }
  });

  it('silences neurons whose neighbours take more than the input neurons give', () => {
    const contacts = recurrent();
    const silenced = session.recurrentNeurons.filter((neuron) => !winners.includes(neuron));
    for (const neuron of silenced) {
      const current = connected.reduce(
        (sum, from) => sum + (contacts[from * session.neurons + neuron] as number) * (ideal[from]?.length ?? 0),
        0,
      );
      expect(current).toBeLessThan(0);
      expect(ideal[neuron]?.length).toBeLessThan(0.05 * (ideal[winners[0] as number]?.length ?? 0));
    }
  });

  it('is cut into batches that the board takes, trial by trial, without losing an event', () => {
    const rows = events();
    const all = [...rows].flatMap((each, place) => (each === 0 ? [] : [place]));
    const steps = all.map((place) => Math.floor(place / session.channels));
    const channels = all.map((place) => place % session.channels);
    const count = session.trials * session.trialSteps;
    const trials = expectOk(inputBatches(steps, channels, count, { steps: session.trialSteps }));
    expect(trials.map(({ firstStep, stepCount }) => [firstStep, stepCount])).toEqual(
      session.hertz.map((_, trial) => [trial * session.trialSteps, session.trialSteps]),
    );
    const small = expectOk(inputBatches(steps, channels, count, { events: 20 }));
    expect(Math.max(...small.map((batch) => batch.steps.length))).toBeLessThanOrEqual(20);
    for (const batches of [trials, small]) {
      expect(batches.flatMap((batch) => [...batch.steps])).toEqual(steps);
      expect(batches.flatMap((batch) => [...batch.channels])).toEqual(channels);
    }
  });

  it('is refused where a neuron has more than 64 contacts', () => {
    const document = open('dynapse-session');
    const element = document.elements['board'];
    const contacts = new Int32Array(session.neurons ** 2);
    contacts[8] = 65;
    const array = encodeArray(contacts, [session.neurons, session.neurons], { dtype: 'int32' });
    const parameters = { ...element?.parameters, connections_rec: { array: array.id, unit: '1' } };
    const refused = prepareRun({
      ...document,
      arrays: { ...document.arrays, [array.id]: array },
      elements: { ...document.elements, board: { ...(element as NonNullable<typeof element>), parameters } },
    });
    expect(refused.ok).toBe(false);
    expect(refused.problems[0]?.message).toContain('65 contacts onto neuron 8');
  });
});

describe('a layer of one’s own', () => {
  const times = run('own-layer').spikeTimes('Quadratic cells.spikes', ownCells.count);

  it('fires as often as the quadratic neuron does', () => {
    currents.forEach((current, cell) => {
      const before = (times[cell] ?? []).filter((time) => time < 1);
      if (current <= 0) return expect(before).toEqual([]);
      const root = Math.sqrt(current);
      const period = ((2 * ownCells.tauSeconds) / root) * Math.atan(ownCells.peak / root);
      expect(Math.abs(mean(gaps(before)) / period - 1)).toBeLessThan(0.02);
    });
  });

  it('answers a kick where it reaches beyond the second fixed point', () => {
    currents.forEach((current, cell) => {
      if (current >= 0) return;
      const answers = ownCells.kick > 2 * Math.sqrt(-current) ? ownCells.kicks : 0;
      expect(times[cell]?.length, `current ${current}`).toBe(answers);
    });
  });
});

it('liquid state machine: it names the patterns of the test, which the input alone does not', () => {
  const document = open('liquid-state-machine');
  const probes = Object.entries(document.probes).map(([id, probe]) => [id, { ...probe, cells: null }] as const);
  const found = runExample({ ...document, probes: Object.fromEntries(probes) });
  const right = (readout: string): number => {
    const { values } = found.samples(`${readout}.prediction`);
    const tested = presented.slice(task.trained);
    const named = tested.map((_, place) => {
      const end = (task.trained + place + 1) * task.stepsEach;
      const votes = Array.from({ length: task.patterns }, (__, pattern) =>
        mean(Array.from({ length: 10 }, (___, back) => values[(end - 1 - back) * task.patterns + pattern] as number)),
      );
      return votes.indexOf(Math.max(...votes));
    });
    return named.filter((pattern, place) => pattern === tested[place]).length / tested.length;
  };
  // Of 50 guesses among ten, more than 15 are right once in 30,000 times.
  expect(right('With liquid')).toBeGreaterThan(0.6);
  expect(right('Without')).toBeLessThanOrEqual(0.3);
});

it('Mackey-Glass: forecasts as good as those of reservoirpy', () => {
  const found = run('mackey-glass');
  // reservoirpy 0.4.2 with four seeds: 0.015 to 0.029 from rates, 0.54 to 0.61 from spikes.
  expect(found.score('From rates').nrmse).toBeLessThan(0.05);
  expect(found.score('From spikes').nrmse).toBeGreaterThan(0.45);
  expect(found.score('From spikes').nrmse).toBeLessThan(0.7);
  expect(found.score('From rates').persistenceNrmse).toBeGreaterThan(1);
});

describe('norse’s AdEx', () => {
  const document = open('norse-adex');
  /** Six time constants of the adaptation. */
  const found = runExample({ ...document, run: { ...document.run, duration: { value: 3, unit: 's' } } });
  const [plain = []] = found.spikeTimes('Not adapting.spikes', 1);
  const [adapting = []] = found.spikeTimes('Adapting.spikes', 1);
  /** Of constant i, the current a cell sees in each step: x / (dt · tau_syn_inv). */
  const current = arriving / (0.001 * 200);
  const slope = (v: number, i: number): number => 100 * (-v + 0.5 * Math.exp((v - 1) / 0.5) + i);
  const period = (i: number): number => integral((v) => 1 / slope(v, i), 0, 1);

  it('fires evenly without adaptation, as fast as its equation says', () => {
    const settled = gaps(plain).slice(5);
    expect(Math.max(...settled) - Math.min(...settled)).toBeLessThan(0.0015);
    // A step of 1 ms is a tenth of the membrane’s time constant: Euler and the reset at the next step cost up to one.
    expect(Math.abs(mean(settled) - period(current))).toBeLessThan(0.001);
  });

  it('fires more and more slowly with it, towards the balance of the adaptation', () => {
    const found = gaps(adapting);
    expect(mean(found.slice(-4))).toBeGreaterThan(3 * mean(found.slice(1, 4)));
    // da/dt = 2 (4 v − a) and 0.02 more with each spike: in the mean over a period T, a = 4 ⟨v⟩ + 0.02 / (2 T).
    // Beyond i − 0.5 the cell would be silent: there dv/dt has a zero below the threshold.
    let [low, high] = [0, current - 0.5];
    for (let halving = 0; halving < 40; halving += 1) {
      const a = (low + high) / 2;
      const T = period(current - a);
      const meanV = integral((v) => v / slope(v, current - a), 0, 1) / T;
      if (4 * meanV + 0.02 / (2 * T) > a) low = a;
      else high = a;
    }
    expect(Math.abs(mean(found.slice(-4)) - period(current - low))).toBeLessThan(0.0015);
  });

  it('the recurrent cells fire, and not all alike', () => {
    const cells = found.spikeTimes('Recurrent.spikes', 20);
    const counts = cells.map((times) => times.length);
    expect(Math.max(...counts)).toBeGreaterThan(5);
    expect(new Set(counts).size).toBeGreaterThan(3);
  });
});

/** Resetting and randomising the state of a run, and setting its clock back, over kinds of the library. */
import { describe, expect, it } from 'vitest';
import { nodeMemory } from '../../electron/platform/node-memory.ts';
import { defined } from '../base/assert.ts';
import { expectOk } from '../base/result.ts';
import type { ParameterValue } from '../model/value.ts';
import { changeState, resetTime } from '../runtime/change-state.ts';
import { createSimulation, type Simulation } from '../runtime/simulation.ts';
import { createLiveRidge } from '../training/live-ridge.ts';
import { connectorDocument, elementDocument, prepared } from './library-models.test-support.ts';
import { connectorKinds, elementKinds } from './library.ts';

type Parameters = Record<string, ParameterValue>;

function simulationOf(
  kindId: string,
  parameters: Parameters = {},
  target: 'wasm' | 'interpreter' = 'interpreter',
): Simulation {
  const kind = defined(elementKinds.find(kindId), kindId);
  const { program } = prepared(elementDocument(kind, { everyPort: true, parameters }));
  return expectOk(createSimulation({ program, target, memory: nodeMemory, trainerFor: createLiveRidge }));
}

const fiveSteps = { value: 5, unit: 'ms' };

/** A projection with a delay of five steps. */
function projection(target: 'wasm' | 'interpreter' = 'interpreter'): Simulation {
  const kind = defined(connectorKinds.find('connectors/all-to-all'), 'a connector');
  const { program } = prepared(connectorDocument(kind, [20, 5], { delay: fiveSteps }));
  return expectOk(createSimulation({ program, target, memory: nodeMemory, trainerFor: createLiveRidge }));
}

const stateOf = (simulation: Simulation, name: string): number[] => [...simulation.readSignal(`subject/${name}`)];
const all = (kind: 'reset' | 'randomise', seed = 1) => ({ kind, elements: null, seed }) as const;

describe('randomised state', () => {
  it.each(['neurons/lif', 'layers/rec-iaf-spikes-brian', 'layers/cliaf'])(
    'given %s, then membranes lie evenly between reset potential and threshold',
    (kind) => {
      const size = kind === 'neurons/lif' ? 4000 : 300;
      const simulation = simulationOf(kind, { size });
      changeState(simulation, all('randomise'));
      const { between } = defined(
        simulation.program.states?.find(({ signal }) => signal === 'subject/v'),
        'v',
      );
      const [low, high] = defined(between, 'ends').map((end) => (typeof end === 'number' ? end : (end[0] as number)));
      const shares = stateOf(simulation, 'v').map((v) => (v - (low as number)) / ((high as number) - (low as number)));
      expect(Math.min(...shares)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...shares)).toBeLessThan(1);
      if (shares.length < 300) return;
      // Means of so many even numbers are off by more than five deviations once in two million draws.
      const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
      expect(Math.abs(mean - 0.5)).toBeLessThan(5 / Math.sqrt(12 * shares.length));
    },
  );

  it('given a threshold for each cell, then each has its own range, and the same seed draws the same', () => {
    const thresholds = Array.from({ length: 50 }, (_, cell) => -60 + cell);
    const parameters = { size: 50, v_thresh: { values: thresholds, unit: 'mV' } };
    const [first, again, other] = [1, 1, 2].map((seed) => {
      const simulation = simulationOf('neurons/lif', parameters);
      changeState(simulation, all('randomise', seed));
      return stateOf(simulation, 'v');
    });
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
    first?.forEach((v, cell) => expect(v).toBeLessThan((thresholds[cell] as number) / 1000 + 1e-12));
    expect(Math.max(...(first ?? []))).toBeGreaterThan(-0.035);
  });

  it('given a state without ends, then it is spread by a fifth around where it stands', () => {
    const simulation = simulationOf('layers/rec-rate-euler', { size: 300 });
    const signal = 'subject/v';
    const before = simulation.readSignal(signal).map((_, place) => (place % 2 === 0 ? 5 : 0));
    simulation.writeSignal(signal, before);
    changeState(simulation, all('randomise'));
    const after = stateOf(simulation, 'v');
    const drawn = after.filter((_, place) => place % 2 === 0).map((value) => value / 5 - 1);
    expect(after.every((value, place) => place % 2 === 0 || value === 0)).toBe(true);
    if (drawn.length < 2) return;
    const deviation = Math.sqrt(drawn.reduce((sum, value) => sum + value * value, 0) / drawn.length);
    // The deviation of n numbers scatters by 1/√(2n) of itself.
    expect(Math.abs(deviation / 0.2 - 1)).toBeLessThan(5 / Math.sqrt(2 * drawn.length));
  });

  it('given refractory counts and moments, then they stay as they are', () => {
    const simulation = simulationOf('layers/cliaf', { size: 5 });
    simulation.advance(20);
    const before = stateOf(simulation, 'refractory_steps');
    changeState(simulation, all('randomise'));
    expect(stateOf(simulation, 'refractory_steps')).toEqual(before);
  });
});

describe('reset state', () => {
  const kinds = elementKinds.entries.filter(({ states }) => states.length > 0).map(({ id }) => id);
  it.each(kinds)(
    'given %s after some steps, then its state variables are those of the start and the clock goes on',
    (id) => {
      const simulation = simulationOf(id);
      const states = (simulation.program.states ?? []).filter(({ element }) => element === 'subject');
      const start = states.map(({ signal }) => [...simulation.readSignal(signal)]);
      simulation.advance(25);
      changeState(simulation, { kind: 'reset', elements: ['subject'], seed: 1 });
      expect(states.map(({ signal }) => [...simulation.readSignal(signal)])).toEqual(start);
      expect(simulation.step).toBe(25);
      expect(simulation.advance(25)).toEqual([]);
    },
  );

  it('given another element, then the state stays', () => {
    const simulation = simulationOf('neurons/lif', { size: 5 });
    simulation.advance(50);
    const before = stateOf(simulation, 'v');
    changeState(simulation, { kind: 'reset', elements: ['somebody else'], seed: 1 });
    expect(stateOf(simulation, 'v')).toEqual(before);
  });
});

describe('reset time', () => {
  it('given a run, then it begins again at step 0 with its membranes, on both targets with the same bits', () => {
    const ends = (['wasm', 'interpreter'] as const).map((target) => {
      const simulation = simulationOf('layers/ff-iaf-brian', { bias: { value: 2, unit: 'mA' } }, target);
      simulation.advance(12);
      const v = stateOf(simulation, 'v');
      resetTime(simulation);
      expect([simulation.step, stateOf(simulation, 'v')]).toEqual([0, v]);
      simulation.advance(8);
      return stateOf(simulation, 'v');
    });
    expect(ends[0]).toEqual(ends[1]);
    const fresh = simulationOf('layers/ff-iaf-brian', { bias: { value: 2, unit: 'mA' } });
    fresh.advance(8);
    expect(ends[0]).not.toEqual(stateOf(fresh, 'v'));
  });

  it.each([
    ['layers/pass-through', () => simulationOf('layers/pass-through', { delay: fiveSteps }), 37],
    ['readouts/ridge', () => simulationOf('readouts/ridge', { horizon: 7 }), 40],
    ['a projection', () => projection(), 23],
    ['a projection, compiled,', () => projection('wasm'), 24],
  ] as const)('given %s, then what is under way arrives when it would have', (_, make, steps) => {
    const [going, begun] = [make(), make()];
    for (const simulation of [going, begun]) simulation.advance(steps);
    const line = defined(
      begun.program.signals.find(({ turning }) => turning !== undefined),
      'a delay line',
    );
    const rows = defined(line.shape[0], 'rows');
    const width = begun.readSignal(line.id).length / rows;
    const next = (simulation: Simulation): readonly number[] => {
      const first = (simulation.step % rows) * width;
      return [...simulation.readSignal(line.id)].slice(first, first + width);
    };
    expect([...begun.readSignal(line.id)].some((value) => value !== 0)).toBe(true);
    resetTime(begun);
    for (let step = 0; step < rows; step += 1) {
      expect(next(begun)).toEqual(next(going));
      for (const simulation of [going, begun]) simulation.advance(1);
    }
  });

  it.each([
    'layers/pass-through',
    'layers/event-driven-iaf',
    'layers/lif-recurrent',
    'neurons/equations',
    'layers/tight-balance',
  ])('given %s, then the run goes on without a Problem', (id) => {
    const simulation = simulationOf(id);
    simulation.advance(37);
    resetTime(simulation);
    expect(simulation.advance(60)).toEqual([]);
    expect(simulation.step).toBe(60);
  });
});

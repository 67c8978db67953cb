/** Every kind of the library is differentiated, or says why not: the same bits on both targets. */
import { describe, expect, it } from 'vitest';
import { nodeMemory } from '../../electron/platform/node-memory.ts';
import { defined } from '../base/assert.ts';
import { expectOk } from '../base/result.ts';
import type { Program } from '../build/program.ts';
import { connectorDocument, elementDocument, prepared } from '../library/library-models.test-support.ts';
import { connectorKinds, elementKinds } from '../library/library.ts';
import { createGradientRun, type Loss } from '../training/gradient-run.ts';
import { prepareGradient } from './gradient-laboratory.ts';

const steps = 12;
const surrogate = { id: 'fast-sigmoid', alpha: 3, throughReset: true };

/** Gradients of weighted sums of all states by all numbers, with all spikes differentiable. */
function gradientsOf(program: Program, target: 'wasm' | 'interpreter') {
  const numbers = program.signals.filter(({ type }) => type === 'f64');
  const observed = numbers.filter(({ role, shape }) => role !== 'constant' && shape.length <= 1).map(({ id }) => id);
  const masks = program.signals.filter(({ type, name }) => type === 'u8' && name === 'spikes').map(({ id }) => id);
  const loss: Loss = (outcome) => {
    const slopes = new Map(observed.map((id) => [id, outcome(id).map((_, place) => Math.cos(1 + place))]));
    const value = [...slopes].reduce(
      (sum, [id, slope]) =>
        sum + slope.reduce((inner, part, place) => inner + part * (outcome(id)[place] as number), 0),
      0,
    );
    return { value, slopes };
  };
  const run = createGradientRun({
    ...{ program, target, memory: nodeMemory, steps, observed, tapeBytes: 0 },
    wrt: numbers.filter(({ role }) => role !== 'transient').map(({ id }) => id),
    surrogates: Object.fromEntries(masks.map((id) => [id, surrogate])),
  });
  return run.ok ? run.value.evaluate(loss) : run;
}

/** Synapses from spikes to cells, whatever their model. */
const modelled = ['stdp', 'tsodyks-markram'].map((synapse) => {
  const kind = defined(connectorKinds.find('connectors/all-to-all'), 'all to all');
  return [`synapses ${synapse}`, prepared(connectorDocument(kind, [6, 5], { synapse })).program] as const;
});

const programs: readonly (readonly [string, Program])[] = [
  ...elementKinds.entries.map(
    (kind) => [kind.id, prepared(elementDocument(kind, { everyPort: true })).program] as const,
  ),
  ...connectorKinds.entries.flatMap((kind) =>
    [{}, { delay: { value: 3, unit: 'ms' } }].map((parameters, late) => {
      const { program } = prepared(connectorDocument(kind, [12, 12], parameters));
      return [`${kind.id}${late === 1 ? ' with a delay' : ''}`, program] as const;
    }),
  ),
  ...modelled,
];

/**
 * Kinds that have no gradients here, by the code that says why: before it is trained a readout shows no numbers, what synapses with
 * equations hand on is not followed, and a cell that subtracts over and over hands its membrane from turn to turn. */
const refused: Readonly<Record<string, string>> = {
  'layers/cliaf': 'training/not-differentiable',
  'layers/cliaf-convolution': 'training/not-differentiable',
  'layers/event-driven-iaf': 'training/not-differentiable',
  'layers/tight-balance': 'training/not-differentiable',
  'readouts/ridge': 'training/not-finite',
};

describe.each(programs)('%s', (name, program) => {
  it('has the same gradients on both targets, or none with a reason', () => {
    const found = gradientsOf(program, 'wasm');
    const code = refused[name];
    if (code !== undefined) return expect(found.problems[0]?.code).toBe(code);
    const { gradients } = expectOk(found);
    expect(expectOk(gradientsOf(program, 'interpreter')).gradients).toEqual(gradients);
    const slopes = [...gradients.values()].flatMap((values) => [...values]);
    if (!name.startsWith('stimuli/')) expect(slopes.some((slope) => slope !== 0)).toBe(true);
  });
});

describe('a reservoir whose units share a softmax', () => {
  const W = Float64Array.of(0.3, -0.8, 0.5, 0.9, 0.2, -0.4, -0.6, 0.7, 0.1);
  const slope = (_: number, place: number): number => Math.cos(1 + place);

  function evaluated(weights: Float64Array, target: 'wasm' | 'interpreter' = 'wasm') {
    const parameters = {
      ...{ W: { shape: [3, 3], values: weights }, Win: { shape: [3, 1], values: Float64Array.of(2, -1, 0.5) } },
      ...{ bias: { shape: [3], values: Float64Array.of(0.1, 0, -0.3) }, activation: 'softmax', lr: 0.7 },
    };
    const links = [
      { id: 'sine', kind: 'stimuli/sine', parameters: { frequency: 40, amplitude: 1.5 } },
      { id: 'reservoir', kind: 'layers/rate-reservoir', parameters },
    ];
    const asked = { wrt: ['reservoir/W'], observed: ['reservoir/r'] };
    const run = expectOk(
      prepareGradient({ memory: nodeMemory, target }, { links, timeStepSeconds: 1e-3, steps, ...asked }),
    );
    return expectOk(
      run.evaluate((outcome) => {
        const seen = outcome('reservoir/r');
        const value = seen.reduce((sum, r, place) => sum + slope(r, place) * r, 0);
        return { value, slopes: new Map([['reservoir/r', seen.map(slope)]]) };
      }),
    );
  }

  it('has the gradients of finite differences, the same bits on both targets', () => {
    const { gradients } = evaluated(W);
    expect(evaluated(W, 'interpreter').gradients).toEqual(gradients);
    const found = [...(gradients.get('reservoir/W') ?? [])];
    const differences = [...W].map((weight, place) => {
      const moved = (by: number): number => evaluated(W.with(place, weight + by)).value;
      return (moved(1e-5) - moved(-1e-5)) / 2e-5;
    });
    expect(Math.max(...found.map(Math.abs))).toBeGreaterThan(1e-3);
    for (const [place, difference] of differences.entries()) expect(found[place]).toBeCloseTo(difference, 8);
  });
});

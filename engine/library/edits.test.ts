/** After an edit a build takes over what it has drawn before, and only that. */
import { describe, expect, it } from 'vitest';
import { expectOk } from '../base/result.ts';
import type { SignalContents } from '../build/program.ts';
import type { ParameterValue } from '../model/value.ts';
import { nodeMemory } from '../../electron/platform/node-memory.ts';
import type { Program } from '../build/program.ts';
import { createSimulation, type Simulation } from '../runtime/simulation.ts';
import { connectorDocument, elementDocument } from './library-models.test-support.ts';
import { sparseRandom } from './connectors/sparse-random.ts';
import { equationNeurons } from './neurons/equations.ts';
import { prepareRun } from './prepare-run.ts';

/** A population whose parameters all cells share, one of them the mean of Poisson counts. */
function sharedParameters(parameters: Record<string, ParameterValue>) {
  const model = [
    'dv/dt = (E - k*v)/tau : 1',
    'tau : second (shared)',
    'E : 1 (shared)',
    'k : 1 (shared)',
    'rate : Hz (shared)',
  ];
  const document = elementDocument(equationNeurons, {
    everyPort: false,
    parameters: {
      size: 40,
      model: model.join('\n'),
      threshold_condition: 'v > 100*E',
      reset_statements: 'v = 0',
      event_handlers: '',
      refractory_period: '',
      every_step: 'v += 0.01*poisson(rate*dt)',
      method: 'exponential-euler',
      tau: { value: 3, unit: 'ms' },
      E: { value: 2, unit: '1' },
      k: { value: 0.5, unit: '1' },
      rate: { value: 300, unit: 'Hz' },
      ...parameters,
    },
  });
  return expectOk(prepareRun({ ...document, probes: {} })).program;
}

/** Whether the code was there already, and the potentials after some steps on both targets. */
function compiledRun(program: Program) {
  const start = (target: 'wasm' | 'interpreter') => expectOk(createSimulation({ program, target, memory: nodeMemory }));
  const [compiled, plain] = [start('wasm'), start('interpreter')];
  for (const simulation of [compiled, plain]) expect(simulation.advance(60)).toEqual([]);
  const values = (simulation: Simulation) => [...simulation.readSignal('subject/v')];
  expect(values(compiled)).toEqual(values(plain));
  return { hit: compiled.compiled.cacheHit, values: values(compiled) };
}

/** Long lists of numbers that the program holds, by signal. */
function contentsOf(parameters: Record<string, ParameterValue>, seed: number): Record<string, SignalContents> {
  const { program } = expectOk(prepareRun(connectorDocument(sparseRandom, [600, 500], parameters, seed)));
  const long = program.signals.filter(({ initial }) => typeof initial !== 'number' && initial.length > 50);
  return Object.fromEntries(long.map(({ name, initial }) => [name, initial as SignalContents]));
}

function normalWeight(mean: number): ParameterValue {
  const [unit, deviation] = ['nA', { value: 0.1, unit: 'nA' }];
  return { distribution: 'normal', arguments: { mean: { value: mean, unit }, deviation } };
}

const few = { value: 0.05, unit: '1' };

describe('after an edit', () => {
  const before = contentsOf({ weight: normalWeight(1), probability: few }, 1);

  it('of the delay, pairs and weights are those of the build before', () => {
    const delay = { value: 3, unit: 'ms' };
    const after = contentsOf({ weight: normalWeight(1), probability: few, delay }, 1);
    for (const name of ['starts', 'targets', 'weights']) {
      expect(before[name]).toBeDefined();
      expect(after[name]).toBe(before[name]);
    }
  });

  it('of the weight, only the pairs are', () => {
    const after = contentsOf({ weight: normalWeight(2), probability: few }, 1);
    expect(after['targets']).toBe(before['targets']);
    const [first = 0, edited = 0] = [before['weights']?.[0], after['weights']?.[0]];
    expect(edited - first).toBeCloseTo(1e-9, 20);
  });

  it.each([
    ['probability', { value: 0.06, unit: '1' }, 1],
    ['seed', few, 2],
  ] as const)('of the %s, nothing is', (_, probability, seed) => {
    const after = contentsOf({ weight: normalWeight(1), probability }, seed);
    expect(after['targets']).not.toEqual(before['targets']);
    expect(after['weights']).not.toEqual(before['weights']);
  });
});

describe('after an edit of a number that all cells share', () => {
  const first = compiledRun(sharedParameters({}));

  it.each([
    ['tau', { value: 4, unit: 'ms' }],
    ['E', { value: 2.5, unit: '1' }],
    ['k', { value: 0.25, unit: '1' }],
  ] as const)('%s, the code is the one before and calculates with the new number', (name, value) => {
    const edited = compiledRun(sharedParameters({ [name]: value }));
    expect(edited.hit).toBe(true);
    expect(edited.values).not.toEqual(first.values);
  });

  it.each([0, 1, -1])('to %d, whose terms and factors fall away, code is made for it', (value) => {
    const size = (k: number): number =>
      sharedParameters({ k: { value: k, unit: '1' } }).signals.filter(({ name }) => name === 'value_k').length;
    expect([size(0.25), size(value)]).toEqual([1, 0]);
    compiledRun(sharedParameters({ k: { value, unit: '1' } }));
  });

  it('counts of a constant mean are drawn beforehand as before', () => {
    const kernels = JSON.stringify(sharedParameters({}).operators);
    expect(kernels).toContain('poisson-counts');
  });
});

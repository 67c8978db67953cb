/** Training of projects: rate units by gradients through time, exponential synapses by logistic regression, spiking cells by the tempotron. */
import { describe, expect, it } from 'vitest';
import { nodeMemory } from '../../../electron/platform/node-memory.ts';
import { defined } from '../../base/assert.ts';
import { expectOk } from '../../base/result.ts';
import { prepareRun, prepareTraining } from '../../library/prepare-run.ts';
import type { ProgramProbe } from '../../build/program.ts';
import { decodeArray, encodeArray } from '../../model/arrays.ts';
import type { SpikeloomDocument } from '../../model/document.ts';
import { applyEdit } from '../../model/edits/apply-edit.ts';
import { createEmptyDocument } from '../../model/new-document.ts';
import type { ParameterValue } from '../../model/value.ts';
import { createSimulation } from '../../runtime/simulation.ts';
import { createGradientRun } from '../gradient-run.ts';
import { createLiveRidge } from '../live-ridge.ts';
import { trainLogistic } from '../logistic-regression.ts';
import { meanSquaredError } from '../losses.ts';
import { clipByNorm, createAdam, type Parameters } from '../optimisers.ts';
import { startTraining, type TrainingRun, type TrainingSurroundings } from './training-run.ts';

const surroundings: TrainingSurroundings = {
  ...{ target: 'wasm', memory: nodeMemory, prepareRun, prepareTraining, trainerFor: createLiveRidge },
};

const milliseconds = (value: number) => ({ value, unit: 'ms' });
const wave = (count: number, phase: number, size = 1): Float64Array =>
  Float64Array.from({ length: count }, (_, place) => size * Math.sin(phase + 2.3 * place));

type Given = Readonly<Record<string, ParameterValue | Float64Array>>;

interface Block {
  readonly kind: string;
  readonly parameters?: Given;
  /** Shapes of the arrays. */
  readonly shapes?: Readonly<Record<string, readonly number[]>>;
  readonly trainable?: readonly string[];
}

/** A project of so many steps of 1 ms; wires are written `from.port > to.port`. */
function project(steps: number, blocks: Readonly<Record<string, Block>>, wires: readonly string[]): SpikeloomDocument {
  const arrays: SpikeloomDocument['arrays'] = {};
  const elements: SpikeloomDocument['elements'] = {};
  for (const [id, { kind, parameters = {}, shapes = {}, trainable }] of Object.entries(blocks)) {
    const written = Object.entries(parameters).map(([name, value]): [string, ParameterValue] => {
      if (!(value instanceof Float64Array)) return [name, value];
      const array = encodeArray(value, shapes[name] ?? [value.length]);
      arrays[array.id] = array;
      return [
        name,
        {
          array: array.id,
          unit: name.startsWith('tau') ? 's' : name === 'weights' && kind.includes('iaf') ? 'A' : '1',
        },
      ];
    });
    const marks = trainable === undefined ? {} : { trainable: [...trainable] };
    elements[id] = { id, kind, name: id, parameters: Object.fromEntries(written), ...marks };
  }
  const connections = wires.map((wire, index) => {
    const [from, to] = wire.split(' > ').map((end) => {
      const [element = '', port = ''] = end.split('.');
      return { element, port };
    });
    return {
      id: `w${index}`,
      kind: 'connectors/wire',
      from: defined(from, wire),
      to: defined(to, wire),
      parameters: {},
    };
  });
  const run = { timeStep: milliseconds(1), duration: milliseconds(steps), seed: 1, speed: null };
  const byId = Object.fromEntries(connections.map((each) => [each.id, each]));
  return { ...createEmptyDocument('Training'), run, elements, connections: byId, arrays };
}

const steps = 60;
const units = 5;
const target = Float64Array.from({ length: steps }, (_, step) => 0.5 * Math.sin(0.1 * step));

const rateBlocks: Readonly<Record<string, Block>> = {
  input: { kind: 'stimuli/step', parameters: { start: milliseconds(5), stop: milliseconds(20) } },
  wanted: { kind: 'stimuli/series', parameters: { series: target }, shapes: { series: [steps, 1] } },
  layer: {
    kind: 'layers/rec-rate-io',
    parameters: {
      ...{ w_in: wave(units, 1), w_recurrent: wave(units * units, 2, 0.4), w_out: wave(units, 3, 0.3) },
      ...{ bias: wave(units, 4, 0.1), tau: milliseconds(20), activation: 'tanh' },
    },
    shapes: { w_in: [1, units], w_recurrent: [units, units], w_out: [units, 1] },
    trainable: ['w_in', 'w_recurrent', 'w_out', 'tau', 'bias'],
  },
};

/** Rate units that answer a step with a wave. */
function rateProject(objective: Given = {}, more: Readonly<Record<string, Block>> = {}): SpikeloomDocument {
  const parameters = { epochs: 12, learning_rate: { value: 0.01, unit: '1' }, ...objective };
  const blocks = { ...rateBlocks, objective: { kind: 'readouts/objective', parameters }, ...more };
  const ends = ['layer.out > objective.prediction', 'wanted.out > objective.target'];
  return project(steps, blocks, ['input.out > layer.in', ...ends]);
}

/** Adam on the same loss, written out: the loss of every epoch, and the values that it began with. */
function descendByHand(document: SpikeloomDocument, epochs: number) {
  const { program } = expectOk(prepareTraining(document));
  const wrt = ['w_in', 'w_recurrent', 'w_out', 'tau', 'bias'].map((name) => `layer/${name}`);
  const asked = { program, target: 'wasm', memory: nodeMemory, steps, wrt, observed: ['layer/out'] } as const;
  const run = expectOk(createGradientRun(asked));
  const adam = createAdam({ learningRate: 0.01 });
  let values: Parameters = new Map(wrt.map((id) => [id, run.read(id)]));
  const losses: number[] = [];
  const begun: Parameters[] = [];
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    for (const [id, numbers] of values) run.write(id, numbers);
    begun.push(values);
    const { value, gradients } = expectOk(run.evaluate(meanSquaredError('layer/out', target)));
    losses.push(value);
    values = adam.step(values, clipByNorm(gradients, 1));
    values.get('layer/tau')?.forEach((tau, cell, all) => (all[cell] = Math.max(0.001 * (1 + 1e-9), tau)));
  }
  return { losses, begun };
}

function started(document: SpikeloomDocument, choice = {}, target: 'wasm' | 'interpreter' = 'wasm'): TrainingRun {
  return expectOk(startTraining(document, choice, { ...surroundings, target }));
}

function through(run: TrainingRun) {
  while (run.advance());
  return run.finish();
}

function refusal(document: SpikeloomDocument) {
  const made = startTraining(document, {}, surroundings);
  return made.ok ? [] : made.problems.map(({ code, message, at }) => [code, message, at?.element, at?.path]);
}

/** What a run leaves in a signal. */
function recorded(document: SpikeloomDocument, signal: string): Float64Array {
  const { program } = expectOk(prepareRun(document));
  const simulation = expectOk(
    createSimulation({ program: { ...program, probes: [probeOf(signal)] }, ...surroundings }),
  );
  const rows: number[] = [];
  simulation.setSink('probe', { samples: (_step, _rows, values) => void rows.push(...values) });
  expect(simulation.advance(program.steps ?? 0)).toEqual([]);
  simulation.dispose();
  return Float64Array.from(rows);
}

function probeOf(signal: string): ProgramProbe {
  return { id: 'probe', element: '', target: '', signal, unit: '1', type: 'samples', when: 'end', cells: null };
}

/** The numbers of a parameter, in its unit. */
function valuesOf(document: SpikeloomDocument, element: string, name: string): Float64Array {
  const stored = document.elements[element]?.parameters[name] as { readonly array: string };
  return expectOk(decodeArray(defined(document.arrays[stored.array], name))).values;
}

describe('training by gradients through time', () => {
  it('is what an optimiser does with the gradients, and gives the best parameters as an edit', () => {
    const document = rateProject({ base_units: true });
    const { curve, bestEpoch, edit, scores, problems } = through(started(document));
    expect(problems).toEqual([]);
    expect(curve).toHaveLength(12);

    const { losses, begun } = descendByHand(document, 12);
    expect(curve).toEqual(losses);
    expect(bestEpoch).toBe(losses.indexOf(Math.min(...losses)));

    const trained = expectOk(applyEdit(document, defined(edit ?? undefined, 'an edit'))).document;
    const stored = trained.elements['layer']?.parameters['w_recurrent'];
    const array = trained.arrays[(stored as { array: string }).array];
    expect(expectOk(decodeArray(defined(array, 'an array')))).toEqual({
      shape: [units, units],
      values: begun[bestEpoch ?? 0]?.get('layer/w_recurrent'),
    });
    const [score] = scores;
    expect(score?.before).toBeCloseTo(losses[0] as number, 12);
    expect(score?.after).toBeCloseTo(Math.min(...losses), 12);
    expect(score?.nrmse).toBeCloseTo(
      Math.sqrt(Math.min(...losses) / (target.reduce((sum, each) => sum + each * each, 0) / steps)),
      1,
    );
  });

  it('gives the same curve on both targets, falls, and keeps time constants within their bounds', () => {
    const least = { tau_least: milliseconds(19), optimiser: 'momentum', momentum: { value: 0.9, unit: '1' } };
    const document = rateProject({ ...least, learning_rate: { value: 0.3, unit: '1' }, epochs: 30 });
    const { curve, edit } = through(started(document));
    expect(through(started(document, {}, 'interpreter')).curve).toEqual(curve);
    expect(Math.min(...curve)).toBeLessThan(0.9 * (curve[0] as number));
    const trained = expectOk(applyEdit(document, defined(edit ?? undefined, 'an edit'))).document;
    const { model } = expectOk(prepareRun(trained));
    const taus = model.elements.find(({ record }) => record.id === 'layer')?.parameters['tau'] as {
      values: Float64Array;
    };
    expect(taus.values.length).toBe(units);
    expect(Math.min(...taus.values)).toBeGreaterThanOrEqual(0.019 - 1e-12);
  });

  it('scores only the steps asked for, and adds objectives by their weights', () => {
    const scored = rateProject({ from: milliseconds(10), until: milliseconds(30), epochs: 1 });
    const { program } = expectOk(prepareTraining(scored));
    expect(program.objectives?.[0]).toMatchObject({ from: 10, until: 30 });
    const alone = through(started(scored)).curve[0] as number;
    const blocks = {
      second: {
        kind: 'readouts/objective',
        parameters: { weight: { value: 3, unit: '1' }, from: milliseconds(10), until: milliseconds(30) },
      },
    };
    const both = rateProject({ from: milliseconds(10), until: milliseconds(30), epochs: 1 }, blocks);
    const wires = { ...both.connections };
    for (const [id, port, element] of [
      ['a', 'prediction', 'layer'],
      ['b', 'target', 'wanted'],
    ] as const)
      wires[id] = {
        id,
        kind: 'connectors/wire',
        from: { element, port: 'out' },
        to: { element: 'second', port },
        parameters: {},
      };
    expect(through(started({ ...both, connections: wires })).curve[0]).toBeCloseTo(4 * alone, 12);
  });

  it('trains the members of a batch together: the mean of their losses', () => {
    const half = (level: number) => new Float64Array(steps).fill(level);
    const both = Float64Array.from({ length: 2 * steps }, (_, place) => (place % 2 === 0 ? 1 : -0.5));
    const shapes = (columns: number) => ({ series: [steps, columns] });
    const many = { kind: 'stimuli/series', parameters: { series: both, members: 2 }, shapes: shapes(2) };
    const one = (level: number) => ({ kind: 'stimuli/series', parameters: { series: half(level) }, shapes: shapes(1) });
    const curveOf = (input: Block) => through(started(rateProject({ epochs: 3 }, { input }))).curve;
    const together = curveOf(many);
    const [first, second] = [one(1), one(-0.5)].map((input) => curveOf(input)[0] as number);
    expect(together[0]).toBeCloseTo(((first ?? 0) + (second ?? 0)) / 2, 14);
    expect(together[2]).toBeLessThan(together[0] as number);
  });

  it('can be ended any time with the best so far, and says in which epoch numbers exploded', () => {
    const run = started(rateProject());
    run.advance();
    run.advance();
    run.advance();
    const ended = run.finish();
    expect(ended.curve).toHaveLength(3);
    expect(ended.bestEpoch).toBe(2);
    expect(ended.edit).not.toBeNull();

    const wild = rateProject({ optimiser: 'momentum', clip: { value: 0, unit: '1' } });
    const layer = defined(wild.elements['layer'], 'the layer');
    const relu = {
      ...wild,
      elements: { ...wild.elements, layer: { ...layer, parameters: { ...layer.parameters, activation: 'relu' } } },
    };
    const exploded = through(started(relu, { learningRate: 1e150 }));
    expect(exploded.problems.map(({ code, at }) => [code, at?.element])).toEqual([
      ['training/not-finite', 'objective'],
    ]);
    expect(exploded.problems[0]?.message).toContain(`in epoch ${exploded.curve.length + 1}`);
    expect(exploded.problems[0]?.hint).toContain('Lower the learning rate');
    expect(exploded.bestEpoch).toBe(exploded.curve.indexOf(Math.min(...exploded.curve)));
  });

  it('refuses what it cannot train, with the reason', () => {
    const bare = rateProject();
    const without = (id: string): SpikeloomDocument => ({
      ...bare,
      elements: { ...bare.elements, [id]: { ...defined(bare.elements[id], id), trainable: [] } },
    });
    expect(refusal(without('layer'))[0]?.slice(0, 3)).toEqual([
      'training/nothing',
      'No parameter is marked as trainable, so there is nothing that may change.',
      'objective',
    ]);
    expect(refusal({ ...bare, run: { ...bare.run, duration: null } })[0]?.[0]).toBe('run/duration');
    const reservoir: Block = { kind: 'layers/rate-reservoir', trainable: ['W'] };
    expect(refusal(rateProject({}, { spare: reservoir }))[0]).toEqual([
      'training/not-differentiable',
      "W of spare can't be trained: Rate reservoir keeps no numbers of it that a slope could change.",
      'spare',
      'trainable',
    ]);
    const several = rateProject({ rule: 'logistic' });
    expect(refusal(several)[0]?.slice(0, 2)).toEqual([
      'training/shape',
      'Logistic regression trains a layer of exponential synapses, and nothing else may lead to the prediction.',
    ]);
  });
});

/** Regular spikes into a layer, compared with a target of its own. */
function eventProject(layer: Block, objective: Given, wanted?: Float64Array): SpikeloomDocument {
  const blocks: Record<string, Block> = {
    input: { kind: 'stimuli/poisson', parameters: { size: 4, rate: { value: 150, unit: 'Hz' } } },
    layer,
    objective: { kind: 'readouts/objective', parameters: objective },
  };
  const out = layer.kind === 'layers/exp-syn' ? 'out' : 'spikes';
  const wires = ['input.spikes > layer.in', `layer.${out} > objective.prediction`];
  if (wanted === undefined) return project(100, blocks, wires);
  const series = { kind: 'stimuli/series', parameters: { series: wanted }, shapes: { series: [100, 2] } };
  return project(100, { ...blocks, wanted: series }, [...wires, 'wanted.out > objective.target']);
}

describe('training by other rules', () => {
  it('fits exponential synapses by logistic regression, as on the events filtered', () => {
    const wanted = Float64Array.from({ length: 200 }, (_, place) => (Math.sin(place) > -0.7 ? 1 : 0));
    const layer: Block = {
      ...{ kind: 'layers/exp-syn', parameters: { weights: wave(8, 1, 0.2), tau_syn: milliseconds(10) } },
      ...{ shapes: { weights: [4, 2] }, trainable: ['weights', 'bias'] },
    };
    const objective = { rule: 'logistic', epochs: 8, learning_rate: { value: 0.05, unit: '1' }, batch_size: 30 };
    const document = eventProject(layer, { ...objective, regularize: { value: 0.1, unit: '1' } }, wanted);
    const { curve, bestEpoch, edit, scores } = through(started(document));
    expect(curve[7]).toBeLessThan(curve[0] as number);
    expect(scores[0]?.before).toBeCloseTo(curve[0] as number, 12);

    // Features from a run of synapses of weight 1; the best parameters are those that its epoch began with.
    const unit = project(
      100,
      {
        input: defined({ kind: 'stimuli/poisson', parameters: { size: 4, rate: { value: 150, unit: 'Hz' } } }, 'input'),
        layer: { kind: 'layers/exp-syn', parameters: { tau_syn: milliseconds(10) } },
        objective: { kind: 'readouts/objective' },
      },
      ['input.spikes > layer.in', 'layer.out > objective.prediction'],
    );
    const features = recorded(unit, 'objective/prediction');
    const fitted = expectOk(
      trainLogistic(
        { weights: { rows: 4, columns: 2, values: wave(8, 1, 0.2) }, bias: new Float64Array(2) },
        { rows: 100, columns: 4, values: features },
        { rows: 100, columns: 2, values: wanted },
        { learningRate: 0.05, regularize: 0.1, batchSize: 30, epochs: bestEpoch ?? 0 },
      ),
    );
    const trained = expectOk(applyEdit(document, defined(edit ?? undefined, 'an edit'))).document;
    const weights = valuesOf(trained, 'layer', 'weights');
    weights.forEach((weight, place) => expect(weight).toBeCloseTo(fitted.weights.values[place] as number, 9));
    valuesOf(trained, 'layer', 'bias').forEach((bias, place) =>
      expect(bias).toBeCloseTo(fitted.bias[place] as number, 9),
    );
  });

  it('takes spiking cells to a number of spikes by the tempotron', () => {
    const layer: Block = {
      ...{
        kind: 'layers/ff-iaf-spikes-brian',
        parameters: { weights: new Float64Array(8).fill(0.0003), bias: { value: 0, unit: 'mA' } },
      },
      ...{ shapes: { weights: [4, 2] }, trainable: ['weights'] },
    };
    const objective = {
      rule: 'tempotron',
      wanted: { value: 5, unit: '1' },
      epochs: 60,
      learning_rate: { value: 2e-4, unit: '1' },
    };
    const document = eventProject(layer, { ...objective, eligibility_ratio: { value: 0.5, unit: '1' } });
    const { curve, scores, edit } = through(started(document));
    expect(curve[0]).toBe(25);
    expect(Math.min(...curve)).toBeLessThanOrEqual(1);
    expect(scores[0]).toMatchObject({ before: 25, after: Math.min(...curve), measure: 'spike-count' });
    expect(edit?.edits.map((each) => each.type)).toEqual(['element.setParameter']);
    const before = valuesOf(document, 'layer', 'weights');
    const after = valuesOf(
      expectOk(applyEdit(document, defined(edit ?? undefined, 'an edit'))).document,
      'layer',
      'weights',
    );
    // Weights come back in the unit of the parameter, mA.
    const changes = [...after].map((value, place) => (value / 1000 - (before[place] as number)) / 2e-4);
    expect(changes.some((change) => change > 0.5)).toBe(true);
    for (const change of changes) expect(change).toBeCloseTo(Math.round(change), 6);
  });

  it('fits ridge readouts by a run, and they hold what they learnt', () => {
    const readout: Block = { kind: 'readouts/ridge', parameters: { washout: 5, train_until: 40, horizon: 0 } };
    const wires = ['input.out > layer.in', 'layer.activity > readout.features', 'wanted.out > readout.target'];
    const ridge = project(steps, { ...rateBlocks, readout }, wires);
    const { curve, edit, scores } = through(started(ridge));
    expect(curve).toEqual([]);
    expect(scores).toMatchObject([{ element: 'readout', measure: 'nrmse', before: null }]);
    const trained = expectOk(applyEdit(ridge, defined(edit ?? undefined, 'an edit'))).document;
    expect(valuesOf(trained, 'readout', 'weights')).toHaveLength(units);
    // The held readout predicts from the first step on what the learning one predicts once it has learnt.
    const learning = recorded(ridge, 'readout/forecast');
    const held = recorded(trained, 'readout/forecast');
    expect(Number.isFinite(held[0])).toBe(true);
    held.subarray(40).forEach((value, place) => expect(value).toBeCloseTo(learning[40 + place] as number, 12));
    expect(through(started(trained)).edit).toBeNull();
  });
});

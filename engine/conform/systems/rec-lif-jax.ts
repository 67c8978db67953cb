/** Rockpool's JAX spiking layers: evolution, and for those with weights at their ends losses, gradients through time, steps of training. */
import type { Result } from '../../base/result.ts';
import { andThen, ok } from '../../base/result.ts';
import type { NumericArray } from '../../model/validated.ts';
import type { GradientRun, Gradients, Loss } from '../../training/gradient-run.ts';
import { meanSquaredError, spikeCountError } from '../../training/losses.ts';
import { createAdam, createDescent, type Optimiser } from '../../training/optimisers.ts';
import { arrayOf, BadCase, numberOf, recordOf } from '../case-access.ts';
import { prepareGradient } from '../gradient-laboratory.ts';
import type { Laboratory } from '../laboratory.ts';
import type { CaseRecord, ReferenceCase } from '../reference-case.ts';
import type { System } from '../system.ts';
import { evolveRecLif, type RecLifForm } from './rec-lif-evolve.ts';

const trained = ['w_in', 'w_recurrent', 'w_out', 'tau_mem', 'tau_syn', 'bias'] as const;
const signalOf = (name: string): string => `subject/${name}`;
/** States by their names in the cases. */
const states = { v_mem: 'v', i_syn: 'i_syn', spikes: 'count' } as const;
/** Their names at the start. */
const initialNames = { Vmem: 'v', Isyn: 'i_syn', spikes: 'count' } as const;

interface Form extends RecLifForm {
  readonly id: string;
  /** Where training cases keep the input; undefined: the original cannot be trained. */
  readonly channel?: 'spikes' | 'currents';
}

function system({ id, channel, ...form }: Form): System {
  return {
    id,
    kinds: channel === undefined ? ['evolve'] : ['evolve', 'train'],
    where: [form.kind],
    run: (reference, laboratory) =>
      reference.kind === 'train' && channel !== undefined
        ? train(reference, laboratory, form.target, channel)
        : evolveRecLif(form, reference, laboratory),
  };
}

const [plain, weighted] = ['layers/rec-lif', 'layers/rec-lif-io'] as const;
export const recLifJax = system({ id: 'rockpool.RecLIFJax', kind: plain, target: 'synapse' });
export const recLifCurrentInJax = system({ id: 'rockpool.RecLIFCurrentInJax', kind: plain, target: 'membrane' });
export const recLifJaxIo = system({
  ...{ id: 'rockpool.RecLIFJax_IO', kind: weighted, target: 'synapse', channel: 'spikes' },
});
export const recLifCurrentInJaxIo = system({
  ...{ id: 'rockpool.RecLIFCurrentInJax_IO', kind: weighted, target: 'membrane', channel: 'currents' },
});

function train(
  reference: ReferenceCase,
  laboratory: Laboratory,
  target: 'synapse' | 'membrane',
  channel: 'spikes' | 'currents',
): Result<CaseRecord> {
  const { all } = reference;
  const start = new Map(trained.map((name) => [name, arrayOf(reference.parameters[name], name)]));
  const experiment = {
    links: [
      {
        id: 'source',
        kind: 'stimuli/series',
        parameters: { series: arrayOf(recordOf(all['input'], 'input')[channel], channel) },
      },
      { id: 'subject', kind: 'layers/rec-lif-io', parameters: { ...Object.fromEntries(start), target } },
    ],
    timeStepSeconds: numberOf(all['dt'], 'dt'),
    steps: numberOf(all['steps'], 'steps'),
    wrt: trained.map(signalOf),
    observed: [signalOf('out'), ...Object.values(states).map(signalOf)],
  };
  return andThen(prepareGradient(laboratory, experiment), (run) => {
    const initial = recordOf(all['initial_state'], 'initial_state');
    for (const [name, state] of Object.entries(initialNames))
      run.write(signalOf(state), arrayOf(initial[name], name).values);
    return descend(run, reference, start);
  });
}

type Parameters = ReadonlyMap<string, NumericArray>;

/** Steps of training as the case says; what was before the first one counts as its outcome. */
function descend(run: GradientRun, reference: ReferenceCase, start: Parameters): Result<CaseRecord> {
  const training = recordOf(reference.all['training'], 'training');
  const cells = arrayOf(reference.parameters['bias'], 'bias').values.length;
  const loss = lossOf(reference, String(training['loss']), cells);
  const optimiser = optimiserOf(training);
  const losses: number[] = [];
  let values = new Map([...start].map(([name, { values: given }]) => [name, given]));
  let first: Gradients | undefined;
  for (let step = 0; step < numberOf(training['steps'], 'training.steps'); step += 1) {
    const evaluated = run.evaluate(loss);
    if (!evaluated.ok) return evaluated;
    first ??= evaluated.value;
    losses.push(evaluated.value.value);
    values = optimiser.step(values, byName(evaluated.value));
    for (const [name, given] of values) run.write(signalOf(name), given);
  }
  if (first === undefined) throw new BadCase('training has no steps');
  const shaped = (given: ReadonlyMap<string, Float64Array>): CaseRecord =>
    Object.fromEntries(
      [...start].map(([name, { shape }]) => [name, { shape, values: given.get(name) as Float64Array }]),
    );
  return ok({
    ...outcomeOf(first, cells),
    gradient: shaped(byName(first)),
    loss_per_step: losses,
    params_after: shaped(values),
  });
}

function byName({ gradients }: Gradients): ReadonlyMap<string, Float64Array> {
  return new Map(trained.map((name) => [name, gradients.get(signalOf(name)) ?? new Float64Array()]));
}

function outcomeOf({ value, outcome }: Gradients, cells: number): CaseRecord {
  const rows = (signal: string, width: number): NumericArray => {
    const values = outcome(signalOf(signal));
    return { shape: [values.length / width, width], values };
  };
  const steps = outcome(signalOf('v')).length / cells;
  const shown = Object.entries(states).map(([name, state]) => [name, rows(state, cells)] as const);
  return {
    loss: value,
    output: { type: 'tensor', data: rows('out', outcome(signalOf('out')).length / steps) },
    states: Object.fromEntries(shown),
    num_spikes: outcome(signalOf('count')).reduce((sum, count) => sum + count, 0),
  };
}

function lossOf({ all }: ReferenceCase, name: string, cells: number): Loss {
  if (name === 'output')
    return meanSquaredError(signalOf('out'), arrayOf(recordOf(all['target'], 'target')['data'], 'target').values);
  if (name !== 'spikes') throw new BadCase(`the loss "${name}" is not known`);
  return spikeCountError(signalOf('count'), cells, 0.03 * numberOf(all['steps'], 'steps'), 0.01);
}

function optimiserOf(training: CaseRecord): Optimiser {
  const learningRate = numberOf(training['learning_rate'], 'learning_rate');
  if (training['optimizer'] === 'sgd') return createDescent({ learningRate });
  if (training['optimizer'] !== 'adam') throw new BadCase('the optimizer is not known');
  const adam = recordOf(training['adam'], 'adam');
  return createAdam({
    learningRate,
    firstDecay: numberOf(adam['b1'], 'b1'),
    secondDecay: numberOf(adam['b2'], 'b2'),
    epsilon: numberOf(adam['eps'], 'eps'),
  });
}

/** Rockpool's trainable rate layers: RecRateEulerJax (evolution, noise, training by Adam) and ForceRateEulerJax (evolution). */
import type { Result } from '../../base/result.ts';
import { andThen, ok } from '../../base/result.ts';
import type { NumericArray, ResolvedValue } from '../../model/validated.ts';
import { meanSquaredError } from '../../training/losses.ts';
import type { GradientRun } from '../../training/gradient-run.ts';
import { createAdam, type Parameters } from '../../training/optimisers.ts';
import { belowBound, meanSquare, withPenalties } from '../../training/penalties.ts';
import { evaluateSeries } from '../../timeseries/evaluate.ts';
import { arrayOf, numberOf, optionalNumber, recordOf, rowsOf, seriesOf, vectorArray } from '../case-access.ts';
import { prepareGradient } from '../gradient-laboratory.ts';
import { prepareTrial, type Laboratory, type Trial } from '../laboratory.ts';
import type { CaseRecord, ReferenceCase } from '../reference-case.ts';
import { isRecord } from '../reference-case.ts';
import type { System } from '../system.ts';
import { memberOf } from './batches.ts';
import { layerNoise } from './output-noise.ts';
import { continuousOutput, layerSamples } from './rate-layers.ts';

const kind = 'layers/rec-rate-io';
const forcedKind = 'layers/force-rate-io';
const trained = ['w_in', 'w_recurrent', 'w_out', 'tau', 'bias'] as const;
const signalOf = (name: string): string => `subject/${name}`;

export const recRateEulerJax: System = {
  id: 'rockpool.RecRateEulerJax',
  kinds: ['evolve', 'train'],
  where: [kind],
  run(reference, laboratory) {
    if (reference.kind === 'train') return train(reference, laboratory);
    return reference.parameters['w_in'] === 'zeros' ? noise(reference, laboratory) : evolve(reference, laboratory);
  },
};

export const forceRateEulerJax: System = {
  id: 'rockpool.ForceRateEulerJax',
  kinds: ['evolve'],
  where: [forcedKind],
  deviations: [
    'Outside of these cases a force that ends before the run counts as 0 afterwards, where the original goes on with NaN.',
  ],
  run: (reference, laboratory) => evolveForced(reference, laboratory),
};

function layerParameters({ parameters: given }: ReferenceCase): Record<string, ResolvedValue> {
  const arrays = trained.map((name) => [name, arrayOf(given[name], name)] as const);
  return { ...Object.fromEntries(arrays), activation: String(given['activation_func'] ?? 'relu') };
}

/** Statistics of the state of units without weights. */
function noise(reference: ReferenceCase, laboratory: Laboratory): Result<CaseRecord> {
  const given = reference.parameters;
  const size = numberOf(given['size'], 'size');
  const zeros = (rows: number, columns: number): NumericArray => ({
    shape: [rows, columns],
    values: new Float64Array(rows * columns),
  });
  return layerNoise(reference, laboratory, {
    ...{ kind, record: 'v' },
    parameters: {
      ...{ w_in: zeros(1, size), w_recurrent: zeros(size, size), w_out: zeros(size, 1) },
      tau: numberOf(given['tau'], 'tau'),
      bias: numberOf(given['bias'] ?? 0, 'bias'),
      noise_std: numberOf(given['noise_std'], 'noise_std'),
      activation: String(given['activation_func']),
    },
  });
}

interface LayerClock {
  readonly timeStepSeconds: number;
  readonly first: number;
}

function clockOf({ all }: ReferenceCase): LayerClock {
  const initial = isRecord(all['initial_state']) ? all['initial_state'] : {};
  return { timeStepSeconds: numberOf(all['dt'], 'dt'), first: optionalNumber(initial['timestep']) ?? 0 };
}

function evolve(reference: ReferenceCase, laboratory: Laboratory): Result<CaseRecord> {
  const parameters = layerParameters(reference);
  const inputs = arrayOf(reference.parameters['w_in'], 'w_in').shape[0] ?? 1;
  const { timeStepSeconds, first } = clockOf(reference);
  return andThen(layerSamples(reference, timeStepSeconds, first * timeStepSeconds, inputs), ({ times, rows, steps }) =>
    andThen(
      prepareTrial(laboratory, {
        ...{ kind, parameters, input: rows, timeStepSeconds },
        record: ['out', 'activity', 'drive', 'recurrent'],
      }),
      (trial) => {
        const { states, ...others } = advanceAll(trial, reference, { times, steps, timeStepSeconds, first });
        return ok({ ...others, states, dt_used: timeStepSeconds });
      },
    ),
  );
}

/** The layer whose recurrent input is given: sampled at the times of the input. */
function evolveForced(reference: ReferenceCase, laboratory: Laboratory): Result<CaseRecord> {
  const { all, parameters: given } = reference;
  const [inputs = 1, units = 1] = arrayOf(given['w_in'], 'w_in').shape;
  const { timeStepSeconds, first } = clockOf(reference);
  const now = first * timeStepSeconds;
  const named = ['w_in', 'w_out', 'tau', 'bias'].map((name) => [name, arrayOf(given[name], name)] as const);
  const parameters = {
    ...Object.fromEntries(named),
    activation: String(given['activation_func'] ?? 'relu'),
    noise_std: numberOf(given['noise_std'] ?? 0, 'noise_std'),
  };
  const force = seriesOf(all['force']);
  return andThen(layerSamples(reference, timeStepSeconds, now, inputs), ({ times, rows, steps }) => {
    const forced = force === undefined ? new Float64Array((steps + 1) * units) : evaluateSeries(force, times);
    return andThen(
      prepareTrial(laboratory, {
        ...{ kind: forcedKind, parameters, input: rows, timeStepSeconds, record: ['out'] },
        moreInputs: { force: { shape: [steps + 1, units], values: forced } },
      }),
      (trial) => {
        const { output, final_state } = advanceAll(trial, reference, { times, steps, timeStepSeconds, first });
        return ok({ output, final_state, dt_used: timeStepSeconds });
      },
    );
  });
}

interface RunClock extends LayerClock {
  readonly times: Float64Array;
  readonly steps: number;
}

/** Runs a trial from the state of the case; the original takes a step at both ends of the time it runs. */
function advanceAll(trial: Trial, { all }: ReferenceCase, { times, steps, timeStepSeconds, first }: RunClock) {
  const initial = isRecord(all['initial_state']) ? all['initial_state'] : {};
  if (initial['state'] !== undefined) trial.write('v', arrayOf(initial['state'], 'state').values);
  trial.advance(steps + 1);
  const recorded = (port: string): NumericArray => rowsOf(trial.samples(port), 0, steps + 1);
  const traces = Object.entries({ res_inputs: 'drive', rec_inputs: 'recurrent', res_acts: 'activity' });
  const states = traces.flatMap(([name, port]) =>
    trial.records(port) ? [[name, { times: vectorArray(times), samples: recorded(port) }] as const] : [],
  );
  const end = first + steps;
  const final = { t: end * timeStepSeconds, timestep: end, state: trial.read('v') };
  const output = continuousOutput(times, recorded('out'));
  trial.dispose();
  return { output, states: Object.fromEntries<CaseRecord>(states), final_state: final };
}

/** One step of Adam for every trial; its loss and gradients are those after the step, on the same trial. */
function train(reference: ReferenceCase, laboratory: Laboratory): Result<CaseRecord> {
  const { all } = reference;
  const parameters = layerParameters(reference);
  const data = arrayOf(recordOf(all['input'], 'input')['data'], 'input.data');
  const [steps = 0, , inputs = 0] = data.shape;
  const series = { shape: [steps, inputs], values: new Float64Array(steps * inputs) };
  const experiment = {
    links: [
      { id: 'source', kind: 'stimuli/series', parameters: { series } },
      { id: 'subject', kind, parameters },
    ],
    timeStepSeconds: numberOf(all['dt'], 'dt'),
    steps,
    wrt: trained.map(signalOf),
    observed: [signalOf('out')],
  };
  return andThen(prepareGradient(laboratory, experiment), (run) => descend(run, reference, data));
}

function descend(run: GradientRun, reference: ReferenceCase, data: NumericArray): Result<CaseRecord> {
  const { all, parameters: given } = reference;
  const target = arrayOf(recordOf(all['target'], 'target')['data'], 'target.data');
  const training = recordOf(all['training'], 'training');
  const penalties = [belowBound('tau', numberOf(given['min_tau'], 'min_tau'), 1e4), meanSquare('w_recurrent')] as const;
  const optimiser = createAdam({
    learningRate: numberOf(training['learning_rate'], 'learning_rate'),
    firstDecay: numberOf(training['b1'], 'b1'),
    secondDecay: numberOf(training['b2'], 'b2'),
    epsilon: numberOf(training['eps'], 'eps'),
  });
  const state = run.read(signalOf('v'));
  let values: Parameters = new Map(trained.map((name) => [name, arrayOf(given[name], name).values]));
  let gradients: Parameters = new Map();
  const losses: number[] = [];
  const evaluate = (trial: number): Result<{ value: number; gradients: Parameters }> =>
    andThen(run.evaluate(meanSquaredError(signalOf('out'), memberOf(target, trial))), (found) => {
      const byName = trained.map((name) => [name, found.gradients.get(signalOf(name)) ?? new Float64Array()] as const);
      return ok(withPenalties({ value: found.value, gradients: new Map(byName) }, penalties, values));
    });
  for (let trial = 0; trial < numberOf(training['trials'], 'trials'); trial += 1) {
    run.write('source/out_table', memberOf(data, trial));
    const before = evaluate(trial);
    if (!before.ok) return before;
    values = optimiser.step(values, before.value.gradients);
    for (const [name, contents] of values) run.write(signalOf(name), contents);
    const after = evaluate(trial);
    if (!after.ok) return after;
    losses.push(after.value.value);
    gradients = after.value.gradients;
  }
  const shaped = (found: Parameters): CaseRecord =>
    Object.fromEntries(
      trained.map((name) => [
        name,
        { shape: arrayOf(given[name], name).shape, values: found.get(name) ?? new Float64Array() },
      ]),
    );
  return ok({
    loss_after_each_trial: vectorArray(losses),
    gradient_after_last_trial: shaped(gradients),
    params_after: shaped(values),
    // Training leaves the layer where it was.
    state_after: vectorArray(state),
    t_after: 0,
  });
}

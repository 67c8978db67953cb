/** reservoirpy: LIF, Reservoir, Ridge, either reservoir >> Ridge, and mackey_glass. */
import type { Result } from '../../base/result.ts';
import { andThen, ok } from '../../base/result.ts';
import { createUniformSource } from '../../base/random.ts';
import { mackeyGlass as generate } from '../../generators/mackey-glass.ts';
import type { NumericArray, ResolvedValue } from '../../model/validated.ts';
import { fitRidge, predictRidge } from '../../training/ridge.ts';
import { rmse, rmseOverRange, rSquare } from '../../math/errors.ts';
import { isActivation } from '../../library/layers/activation.ts';
import {
  arrayFromMatrix,
  arrayOf,
  BadCase,
  mathMatrix,
  matrixOf,
  numberOf,
  parameterOf,
  recordOf,
  rowsOf,
  vectorArray,
} from '../case-access.ts';
import type { Laboratory } from '../laboratory.ts';
import { prepareTrial } from '../laboratory.ts';
import type { CaseRecord, CaseValue, ReferenceCase } from '../reference-case.ts';
import { isRecord } from '../reference-case.ts';
import type { System } from '../system.ts';
import { spread } from './rate-layers.ts';

/** The series of an input: [T, C] is one, [S, T, C] are several. */
function seriesList(value: NumericArray): NumericArray[] {
  if (value.shape.length < 3) return [value];
  const [count = 0, rows = 0, columns = 0] = value.shape;
  return Array.from({ length: count }, (_, index) => ({
    shape: [rows, columns],
    values: value.values.slice(index * rows * columns, (index + 1) * rows * columns),
  }));
}

/** Rows of one series after the other, in the shape of the input. */
function stacked(parts: readonly NumericArray[], like: NumericArray): NumericArray {
  const first = parts[0];
  if (like.shape.length < 3 || first === undefined) return first ?? { shape: [0], values: new Float64Array() };
  return {
    shape: [parts.length, ...first.shape],
    values: Float64Array.from(parts.flatMap((part) => Array.from(part.values))),
  };
}

interface Recording {
  /** Output rows [steps, units]. */
  readonly output: NumericArray;
  /** State after every step [steps, units]. */
  readonly states: NumericArray;
  readonly final: Float64Array;
}

/** A reservoir as its cases give it, without the state that it begins with. */
export interface ReservoirModel {
  readonly kind: string;
  readonly parameters: Record<string, ResolvedValue>;
  readonly stateName: string;
}

interface ReservoirRun extends ReservoirModel {
  readonly initial: Float64Array;
}

/** Runs one series from the given state; a further step shows the state after the last one. */
export function runSeries(run: ReservoirRun, series: NumericArray, laboratory: Laboratory): Result<Recording> {
  const steps = series.shape[0] ?? 0;
  const spiking = run.kind === 'layers/lif-reservoir';
  const record = spiking ? ['spikes', run.stateName] : ['out', run.stateName];
  return andThen(
    prepareTrial(laboratory, { kind: run.kind, parameters: run.parameters, input: series, timeStepSeconds: 1, record }),
    (trial) => {
      trial.write(run.stateName, run.initial);
      trial.advance(steps);
      const final = trial.read(run.stateName).values;
      const before = trial.samples(run.stateName);
      const units = final.length;
      const states = new Float64Array(steps * units);
      if (steps > 0) {
        states.set(before.values.subarray(units, steps * units));
        states.set(final, (steps - 1) * units);
      }
      const output = spiking ? spikeRows(trial.events('spikes'), steps, units) : rowsOf(trial.samples('out'), 0, steps);
      trial.dispose();
      return ok({ output, states: { shape: [steps, units], values: states }, final });
    },
  );
}

/** Events as 0/1 rows. */
export function spikeRows(
  events: { readonly steps: readonly number[]; readonly cells: readonly number[] },
  steps: number,
  units: number,
): NumericArray {
  const values = new Float64Array(steps * units);
  events.steps.forEach((step, index) => (values[step * units + (events.cells[index] as number)] = 1));
  return { shape: [steps, units], values };
}

function runAll(
  run: ReservoirRun,
  input: NumericArray,
  laboratory: Laboratory,
): Result<{ output: NumericArray; states: NumericArray; last: Recording }> {
  const recordings: Recording[] = [];
  for (const series of seriesList(input)) {
    const made = runSeries(run, series, laboratory);
    if (!made.ok) return made;
    recordings.push(made.value);
  }
  const last = recordings[recordings.length - 1] as Recording;
  return ok({
    output: stacked(
      recordings.map((part) => part.output),
      input,
    ),
    states: stacked(
      recordings.map((part) => part.states),
      input,
    ),
    last,
  });
}

function initialState(reference: ReferenceCase, name: string, units: number): Float64Array {
  const initial = isRecord(reference.all['initial_state']) ? reference.all['initial_state'] : {};
  return initial[name] === undefined ? new Float64Array(units) : spread(arrayOf(initial[name], name).values, units);
}

function reservoirParameters(given: CaseRecord): Record<string, ResolvedValue> {
  const units = matrixOf(given['W'], 'W').shape[0] ?? 1;
  const bias = spread(arrayOf(given['bias'] ?? 0, 'bias').values, units);
  return {
    W: matrixOf(given['W'], 'W'),
    Win: winOf(given, units),
    bias: vectorArray(bias),
    lr: parameterOf(given['lr'] ?? 1, 'lr'),
    activation: activationOf(given['activation']),
  };
}

/** Short names of activations. */
const shortNames: Readonly<Record<string, string>> = {
  ...{ smax: 'softmax', sp: 'softplus', sig: 'sigmoid', id: 'identity', re: 'relu' },
};

function activationOf(value: CaseValue | undefined): string {
  const name = typeof value === 'string' ? value : 'tanh';
  const activation = shortNames[name] ?? name;
  if (activation !== 'softmax' && !isActivation(activation)) throw new BadCase(`the activation ${name} is not known`);
  return activation;
}

/** Input weights [units, inputs]: a vector is one column. */
function winOf(given: CaseRecord, units: number): NumericArray {
  const array = arrayOf(given['Win'], 'Win');
  return array.shape.length >= 2 ? array : { shape: [units, array.values.length / units], values: array.values };
}

function inputOf(reference: ReferenceCase, name: string): NumericArray {
  const array = arrayOf(recordOf(reference.all['input'], 'input')[name], `input.${name}`);
  return array.shape.length === 1 ? { shape: [array.values.length, 1], values: array.values } : array;
}

/** A case's rate reservoir and the state that it begins with. */
export function reservoirRun(reference: ReferenceCase): {
  readonly run: ReservoirModel;
  readonly initial: Float64Array;
} {
  const { parameters: given } = reference;
  const units = matrixOf(given['W'], 'W').shape[0] ?? 1;
  return {
    run: { kind: 'layers/rate-reservoir', parameters: reservoirParameters(given), stateName: 'r' },
    initial: initialState(reference, 'out', units),
  };
}

function spikingRun(reference: ReferenceCase): { readonly run: ReservoirModel; readonly initial: Float64Array } {
  const { parameters: given } = reference;
  const W = matrixOf(given['W'], 'W');
  const units = W.shape[0] ?? 1;
  const parameters = {
    W,
    Win: winOf(given, units),
    lr: parameterOf(given['lr'] ?? 0, 'lr'),
    threshold: numberOf(given['threshold'] ?? 1, 'threshold'),
  };
  return {
    run: { kind: 'layers/lif-reservoir', parameters, stateName: 'v' },
    initial: initialState(reference, 'internal', units),
  };
}

export const lif: System = {
  id: 'reservoirpy.LIF',
  where: ['layers/lif-reservoir'],
  kinds: ['evolve'],
  run(reference, laboratory) {
    const { run: model, initial } = spikingRun(reference);
    const run = { ...model, initial };
    return andThen(runAll(run, inputOf(reference, 'data'), laboratory), ({ output, states, last }) => {
      const rows = last.output.shape[0] ?? 0;
      const final = { internal: vectorArray(last.final), out: vectorArray(rowsOf(last.output, rows - 1, rows).values) };
      const count = output.values.reduce((sum, spike) => sum + spike, 0);
      return ok({
        output,
        states: { internal: states, out: output },
        final_state: final,
        spike_count: count,
        num_spikes: count,
      });
    });
  },
};

export const reservoir: System = {
  id: 'reservoirpy.Reservoir',
  where: ['layers/rate-reservoir'],
  kinds: ['evolve'],
  run(reference, laboratory) {
    const { run: model, initial } = reservoirRun(reference);
    const run = { ...model, initial };
    return andThen(runAll(run, inputOf(reference, 'data'), laboratory), ({ output, states, last }) =>
      ok({ output, states: { out: states }, final_state: { out: vectorArray(last.final) } }),
    );
  },
};

export const ridge: System = {
  id: 'reservoirpy.Ridge',
  where: ['readouts/ridge', 'training/ridge.ts fitRidge'],
  kinds: ['train'],
  run(reference) {
    const { parameters: given } = reference;
    const targets = seriesList(inputOf(reference, 'Y')).map(mathMatrix);
    const series = seriesList(inputOf(reference, 'X')).map((features, index) => ({
      features: mathMatrix(features),
      targets: targets[index] ?? mathMatrix(features),
    }));
    const options = {
      ridge: numberOf(given['ridge'] ?? 0, 'ridge'),
      fitBias: given['fit_bias'] !== false,
      washout: numberOf(given['warmup'] ?? 0, 'warmup'),
    };
    return andThen(fitRidge(series, options), (solution) =>
      andThen(predictRidge(solution, mathMatrix(inputOf(reference, 'X_test'))), (prediction) =>
        ok({
          Wout: arrayFromMatrix(solution.weights),
          bias: vectorArray(solution.bias),
          prediction: arrayFromMatrix(prediction),
        }),
      ),
    );
  },
};

/** Fits a readout on what the reservoir does with a series, and lets it go on with another one. */
function fitAndTest(
  reference: ReferenceCase,
  { run, initial }: { readonly run: ReservoirModel; readonly initial: Float64Array },
  laboratory: Laboratory,
): Result<CaseRecord> {
  const { parameters: given } = reference;
  const targets = mathMatrix(inputOf(reference, 'Y_train'));
  const options = {
    ridge: numberOf(given['ridge'] ?? 0, 'ridge'),
    fitBias: given['fit_bias'] !== false,
    washout: numberOf(given['warmup'] ?? 0, 'warmup'),
  };
  return andThen(runSeries({ ...run, initial }, inputOf(reference, 'X_train'), laboratory), (trained) =>
    andThen(fitRidge([{ features: mathMatrix(trained.output), targets }], options), (solution) =>
      andThen(runSeries({ ...run, initial: trained.final }, inputOf(reference, 'X_test'), laboratory), (tested) =>
        andThen(predictRidge(solution, mathMatrix(tested.output)), (prediction) => {
          const truth = inputOf(reference, 'Y_test').values;
          const scores = {
            nrmse: rmseOverRange(prediction.values, truth),
            rmse: rmse(prediction.values, truth),
            rsquare: rSquare(prediction.values, truth),
          };
          return ok({
            Wout: arrayFromMatrix(solution.weights),
            bias: vectorArray(solution.bias),
            state_after_fit: vectorArray(trained.final),
            prediction: arrayFromMatrix(prediction),
            ...scores,
          });
        }),
      ),
    ),
  );
}

export const reservoirRidge: System = {
  id: 'reservoirpy.ReservoirRidge',
  where: ['layers/rate-reservoir', 'readouts/ridge'],
  kinds: ['train'],
  run: (reference, laboratory) => fitAndTest(reference, reservoirRun(reference), laboratory),
};

export const lifRidge: System = {
  id: 'reservoirpy.LIFRidge',
  kinds: ['train'],
  where: ['layers/lif-reservoir', 'readouts/ridge'],
  deviations: [],
  run: (reference, laboratory) => fitAndTest(reference, spikingRun(reference), laboratory),
};

export const mackeyGlass: System = {
  id: 'reservoirpy.mackey_glass',
  where: ['generators/mackey-glass.ts mackeyGlass', 'stimuli/mackey-glass'],
  kinds: ['timeseries'],
  run({ parameters: given, expected }) {
    const number = (name: string, fallback: number): number => numberOf(given[name] ?? fallback, name);
    const steps = number('n_timesteps', arrayOf(expected['output'] ?? [], 'output').shape[0] ?? 0);
    const history =
      given['history'] === undefined || given['history'] === null
        ? {}
        : { history: arrayOf(given['history'], 'history').values };
    const options = {
      steps,
      delay: number('tau', 17),
      a: number('a', 0.2),
      b: number('b', 0.1),
      n: number('n', 10),
      initial: number('x0', 1.2),
      timeStep: number('h', 1),
      ...history,
    };
    return andThen(generate(options, createUniformSource(1)), (values) =>
      ok({ output: { shape: [steps, 1], values } }),
    );
  },
};

/** Trains a layer of an example by gradient descent: Adam on the mean squared error of its readout. */
import { defined } from '../../engine/base/assert.ts';
import { expectOk } from '../../engine/base/result.ts';
import { buildProgram } from '../../engine/build/build-program.ts';
import type { MemoryProvider } from '../../engine/platform/seams.ts';
import { catalogue, library } from '../../engine/library/library.ts';
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import { validate } from '../../engine/model/validate.ts';
import { createGradientRun, type Loss } from '../../engine/training/gradient-run.ts';
import { meanSquaredError, spikeCountError } from '../../engine/training/losses.ts';
import { clipByNorm, createAdam, type Parameters } from '../../engine/training/optimisers.ts';

export interface TrainingPhase {
  readonly epochs: number;
  readonly learningRate: number;
}

export interface Training {
  readonly document: SpikeloomDocument;
  /** Id of the layer. */
  readonly element: string;
  /** Its parameters that are trained. */
  readonly parameters: readonly string[];
  /** What its port `out` shall be in every step. */
  readonly target: ArrayLike<number>;
  readonly memory: MemoryProvider;
  /** Each begins with the best parameters of those before. */
  readonly phases: readonly TrainingPhase[];
  /** Time constants (`tau…`) stay above it. */
  readonly leastSeconds: number;
  /** Spikes that each of so many cells should have; being off by a hundred costs 0.01. */
  readonly sparing?: { readonly cells: number; readonly spikes: number } | undefined;
}

export interface Trained {
  /** Before each epoch. */
  readonly losses: readonly number[];
  /** Those of the lowest loss. */
  readonly parameters: Parameters;
}

/** Time constants are trained in this unit, so that a step changes them by as much as it does weights. */
const tauSeconds = 0.1;

export function trainExample({ document, element, target, leastSeconds, ...training }: Training): Trained {
  const { program } = expectOk(buildProgram(expectOk(validate(document, catalogue)), library, { everyStep: true }));
  const out = `${element}/out`;
  const ids = training.parameters.map((name) => `${element}/${name}`);
  const count = `${element}/count`;
  const observed = training.sparing === undefined ? [out] : [out, count];
  const asked = { target: 'wasm', memory: training.memory, steps: target.length, wrt: ids, observed } as const;
  const run = expectOk(createGradientRun({ ...asked, program }));
  const isTau = (id: string): boolean => id.startsWith(`${element}/tau`);
  const unitOf = (id: string): number => (isTau(id) ? tauSeconds : 1);
  const error = meanSquaredError(out, target);
  const loss = sparingLoss(error, count, training.sparing);
  const losses: number[] = [];
  let best: Parameters = new Map(ids.map((id) => [id, run.read(id).map((value) => value / unitOf(id))]));
  for (const { epochs, learningRate } of training.phases) {
    const adam = createAdam({ learningRate });
    let parameters = best;
    for (let epoch = 0; epoch < epochs; epoch += 1) {
      for (const [id, values] of parameters) {
        if (isTau(id)) values.forEach((tau, cell) => (values[cell] = Math.max(leastSeconds / tauSeconds, tau)));
        run.write(
          id,
          values.map((value) => value * unitOf(id)),
        );
      }
      const { value, gradients } = expectOk(run.evaluate(loss));
      if (value < Math.min(...losses)) best = parameters;
      losses.push(value);
      const scaled = [...gradients].map(([id, slopes]) => [id, slopes.map((slope) => slope * unitOf(id))] as const);
      parameters = adam.step(parameters, clipByNorm(new Map(scaled), 1));
    }
  }
  const named = ids.map(
    (id, place) =>
      [training.parameters[place] ?? '', defined(best.get(id), id).map((value) => value * unitOf(id))] as const,
  );
  return { losses, parameters: new Map(named) };
}

/** The loss with what needless spikes cost. */
function sparingLoss(error: Loss, count: string, sparing: Training['sparing']): Loss {
  if (sparing === undefined) return error;
  const cost = spikeCountError(count, sparing.cells, sparing.spikes, 1e-6);
  return (outcome) => {
    const [right, spare] = [error(outcome), cost(outcome)];
    return { value: right.value + spare.value, slopes: new Map([...right.slopes, ...spare.slopes]) };
  };
}

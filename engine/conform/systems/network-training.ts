/** Rockpool's Network.train: batches of an evolution, after each of which the readout learns by ridge regression. */
import type { Result } from '../../base/result.ts';
import { andThen, ok } from '../../base/result.ts';
import { sampleLayerBatch } from '../../training/layer-batch.ts';
import { createLayerRidge, type LayerRidge } from '../../training/layer-ridge.ts';
import type { RidgeSolution } from '../../training/ridge-accumulator.ts';
import { clipSeries } from '../../timeseries/cut-continuous.ts';
import { arrayFromMatrix, arrayOf, BadCase, numberOf, recordOf, seriesOf, vectorArray } from '../case-access.ts';
import type { CaseRecord, ReferenceCase } from '../reference-case.ts';
import type { LayerProgress, NetworkLayer } from './network-layers.ts';
import { evolve, type Network } from './network-run.ts';

/** Trains the last layer on the output of the one before it; then the network runs anew with what was learnt. */
export function trainReadout(reference: ReferenceCase, network: Network): Result<CaseRecord> {
  const { all } = reference;
  const readout = network.layers.at(-1);
  if (readout?.preLayer === undefined) throw new BadCase('the network has no readout');
  const [inputs = 1, outputs = 1] = arrayOf(readout.parameters['weights'], 'weights').shape;
  const ridge = createLayerRidge(inputs, outputs, {
    regularize: numberOf(recordOf(all['training'], 'training')['regularize'] ?? 0, 'regularize'),
  });
  return andThen(learn(reference, network, { readout, ridge, inputs, outputs }), ({ solution, calls }) => {
    const [weights, bias] = [arrayFromMatrix(solution.weights), vectorArray(solution.bias)];
    const trained = { ...readout, parameters: { ...readout.parameters, weights, bias } };
    const layers = [...network.layers.slice(0, -1), trained];
    const steps = Math.floor(durationOf(reference) / network.clock.timeStep);
    return andThen(evolve({ ...network, layers }, all['input'] ?? null, steps, new Map()), ({ outputs: after }) => {
      const shown = recordOf(after[readout.name], readout.name);
      const wanted = arrayOf(recordOf(all['target'], 'target')['samples'], 'target').values;
      const found = arrayOf(shown['samples'], 'samples').values;
      const squares = found.reduce((sum, value, place) => sum + (value - (wanted[place] as number)) ** 2, 0);
      return ok({ weights, bias, callback_calls: calls, mse_after: squares / found.length, readout_after: shown });
    });
  });
}

interface Learner {
  readonly readout: NetworkLayer;
  readonly ridge: LayerRidge;
  readonly inputs: number;
  readonly outputs: number;
}

/** Evolves batch after batch, the rest last; gives what was learnt, and start, end, first and last of every batch. */
function learn(
  reference: ReferenceCase,
  network: Network,
  { readout, ridge, inputs, outputs }: Learner,
): Result<{ readonly solution: RidgeSolution; readonly calls: readonly number[][] }> {
  const { all } = reference;
  const { timeStep } = network.clock;
  const target = seriesOf(all['target']);
  if (target === undefined) throw new BadCase('there is no target');
  const steps = Math.floor(durationOf(reference) / timeStep);
  const perBatch = Math.floor(numberOf(recordOf(all['training'], 'training')['batch_durs'], 'batch_durs') / timeStep);
  const calls: number[][] = [];
  let before: ReadonlyMap<string, LayerProgress> = new Map();
  let solution: RidgeSolution | undefined;
  for (let first = 0; first < steps; first += perBatch) {
    const count = Math.min(perBatch, steps - first);
    const [start, end] = [first * timeStep, (first + count) * timeStep];
    const isLast = first + count === steps;
    const made = evolve(network, all['input'] ?? null, count, before);
    if (!made.ok) return made;
    before = made.value.after;
    const features = seriesOf(made.value.outputs[readout.preLayer ?? '']);
    const batch = { timeStep, isLast, inputCount: inputs, targetCount: outputs };
    const learnt = andThen(clipSeries(target, start, end), (part) =>
      andThen(sampleLayerBatch(part, features, batch), (samples) => ridge.addBatch(samples.input, samples.target)),
    );
    if (!learnt.ok) return learnt;
    solution = learnt.value;
    calls.push([start, end, first === 0 ? 1 : 0, isLast ? 1 : 0]);
  }
  if (solution === undefined) throw new BadCase('the network does not evolve');
  return ok({ solution, calls });
}

function durationOf({ all }: ReferenceCase): number {
  return numberOf(recordOf(all['input'], 'input')['t_stop'], 't_stop');
}

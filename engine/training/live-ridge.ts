/** The trainer of a ridge readout during a run: pairs in, weights out, then scores against persistence. */
import type { ProgramReadout } from '../build/program.ts';
import { mapResult } from '../base/result.ts';
import type { ReadoutTrainer } from '../runtime/readout-run.ts';
import { createRidgeAccumulator, joined } from './ridge-accumulator.ts';
import { createRunningScore, type RunningScore } from './scores.ts';

/** A trainer for `features` inputs and `targets` outputs; scores are means over the targets. */
export function createLiveRidge(plan: ProgramReadout, features: number, targets: number): ReadoutTrainer {
  const accumulator = createRidgeAccumulator(features, targets);
  const model = Array.from({ length: targets }, createRunningScore);
  const persistence = Array.from({ length: targets }, createRunningScore);
  return {
    addPair: (row, target) => accumulator.add(row, target),
    solve: () =>
      mapResult(accumulator.solve({ ridge: plan.ridge }), ({ weights, bias }) => ({ weights: weights.values, bias })),
    addScore(prediction, target, before) {
      addAll(model, prediction, target);
      if (before !== undefined) addAll(persistence, before, target);
    },
    scores: () => ({
      nrmse: average(model),
      persistenceNrmse: average(persistence),
      scoredSteps: model[0]?.count ?? 0,
    }),
    save: () => joined([...[...model, ...persistence].map((score) => score.save()), accumulator.save()]),
    restore(numbers) {
      const scores = [...model, ...persistence];
      scores.forEach((score, index) => score.restore(numbers.subarray(4 * index, 4 * index + 4)));
      accumulator.restore(numbers.subarray(4 * scores.length));
    },
  };
}

function addAll(scores: readonly RunningScore[], predicted: Float64Array, target: Float64Array): void {
  scores.forEach((score, index) => score.add(predicted[index] as number, target[index] as number));
}

/** Mean of the normalised errors; undefined before there are two pairs to speak of. */
function average(scores: readonly RunningScore[]): number | undefined {
  const values = scores.map((score) => (score.count < 2 ? Number.NaN : score.nrmse));
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Number.isFinite(mean) ? mean : undefined;
}

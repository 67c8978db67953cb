/** Rockpool's `train_rr`: batches of ridge regression from raw input to target, then the trained layer once more. */
import type { Result } from '../../base/result.ts';
import { andThen, ok } from '../../base/result.ts';
import { sampleLayerBatch } from '../../training/layer-batch.ts';
import { createLayerRidge } from '../../training/layer-ridge.ts';
import { predictRidge } from '../../training/ridge.ts';
import { problem } from '../../base/problem.ts';
import { failed } from '../../base/result.ts';
import {
  arrayFromMatrix,
  arrayOf,
  BadCase,
  matrixOf,
  numberOf,
  optionalNumber,
  recordOf,
  seriesOf,
  vectorArray,
} from '../case-access.ts';
import { compare } from '../compare.ts';
import type { CaseRecord, CaseValue, ReferenceCase } from '../reference-case.ts';
import { isRecord } from '../reference-case.ts';

/** Trains as the case says; `evolve` runs the layer of a case with the weights it is given. */
export function layerTraining(
  reference: ReferenceCase,
  evolve: (trained: ReferenceCase) => Result<CaseRecord>,
): Result<CaseRecord> {
  const training = recordOf(reference.all['training'], 'training');
  const { shape } = matrixOf(reference.parameters['weights'], 'weights');
  const [inputCount = 1, targetCount = 1] = shape;
  const trainer = createLayerRidge(inputCount, targetCount, {
    regularize: numberOf(training['regularize'] ?? 0, 'regularize'),
    trainBiases: training['train_biases'] !== false,
    fisherRelabelling: training['fisher_relabelling'] === true,
  });
  const timeStep = timeStepOf(reference);
  let solved: CaseRecord | undefined;
  for (const [index, entry] of listOf(training['batches']).entries()) {
    const trained = trainBatch(trainer, recordOf(entry, `batch ${index}`), { timeStep, inputCount, targetCount });
    if (!trained.ok) return trained;
    solved = trained.value;
    const expectedAfter = recordOf(entry, `batch ${index}`)['after'];
    const difference = isRecord(expectedAfter) ? compare(expectedAfter, solved, reference.tolerance) : undefined;
    if (difference !== undefined && !difference.passed) {
      return failed(problem('training/shape', `After batch ${index + 1}: ${difference.message}.`));
    }
  }
  if (solved === undefined) throw new BadCase('training has no batches');
  return finish(reference, solved, evolve);
}

function listOf(value: CaseValue | undefined): readonly CaseValue[] {
  if (Array.isArray(value)) return value as readonly CaseValue[];
  throw new BadCase('training.batches is not a list');
}

function timeStepOf(reference: ReferenceCase): number {
  return numberOf(optionalNumber(reference.parameters['dt']) ?? reference.all['dt'], 'dt');
}

interface BatchOptions {
  readonly timeStep: number;
  readonly inputCount: number;
  readonly targetCount: number;
}

function trainBatch(
  trainer: ReturnType<typeof createLayerRidge>,
  batch: CaseRecord,
  options: BatchOptions,
): Result<CaseRecord> {
  const target = seriesOf(batch['target']);
  if (target === undefined) throw new BadCase('a batch has no target');
  const sampled = sampleLayerBatch(target, seriesOf(batch['input']), { ...options, isLast: batch['is_last'] === true });
  return andThen(sampled, ({ input, target: wanted, times }) =>
    andThen(trainer.addBatch(input, wanted), (solution) =>
      andThen(predictRidge(solution, input), (output) => {
        const { xtx, xty } = trainer.progress;
        const range = {
          t_start: times[0] ?? 0,
          t_stop: times[times.length - 1] ?? 0,
          periodic: false,
          interp: 'linear',
        };
        return ok({
          xtx: arrayFromMatrix(xtx),
          xty: arrayFromMatrix(xty),
          weights: arrayFromMatrix(solution.weights),
          bias: vectorArray(solution.bias),
          trained_output: { type: 'continuous', times: vectorArray(times), samples: arrayFromMatrix(output), ...range },
        });
      }),
    ),
  );
}

/** The layer evolves over the whole input of the case with the trained weights and bias. */
function finish(
  reference: ReferenceCase,
  solved: CaseRecord,
  evolve: (trained: ReferenceCase) => Result<CaseRecord>,
): Result<CaseRecord> {
  const weights = arrayOf(solved['weights'], 'weights');
  const bias = arrayOf(solved['bias'], 'bias');
  const parameters = { ...reference.parameters, weights, bias };
  return andThen(evolve({ ...reference, parameters }), ({ output }) =>
    ok({ weights, bias, output_after: output ?? null }),
  );
}

/** The samples of one training batch of a layer: target and input read on the target's time base, by Rockpool's rules. */
import { problem } from '../base/problem.ts';
import { failed, ok, type Result } from '../base/result.ts';
import { roundHalfEven } from '../math/elementary.ts';
import { createMatrix, type Matrix } from '../math/matrix.ts';
import type { ContinuousSeries } from '../timeseries/continuous-series.ts';
import { evaluateSeries } from '../timeseries/evaluate.ts';

export interface LayerBatch {
  readonly times: Float64Array;
  readonly input: Matrix;
  readonly target: Matrix;
}

export interface LayerBatchOptions {
  readonly timeStep: number;
  /** The last sample belongs to the next batch unless this is the last one. */
  readonly isLast: boolean;
  readonly inputCount: number;
  readonly targetCount: number;
}

/** Times target.start + k·timeStep, k = 0 … round(duration/timeStep); input that is missing counts as 0, a missing target is a problem. */
export function sampleLayerBatch(
  target: ContinuousSeries,
  input: ContinuousSeries | undefined,
  options: LayerBatchOptions,
): Result<LayerBatch> {
  const { timeStep, inputCount, targetCount } = options;
  const steps = roundHalfEven((target.stop - target.start) / timeStep);
  const times = Float64Array.from(
    { length: steps + (options.isLast ? 1 : 0) },
    (_, step) => target.start + step * timeStep,
  ).filter((time) => time <= target.stop);
  if (target.channelCount !== targetCount) {
    return failed(
      problem(
        'training/shape',
        `The target has ${target.channelCount} channels, but the layer has ${targetCount} outputs.`,
      ),
    );
  }
  const wanted = evaluateSeries(target, times);
  if (wanted.some((value) => value !== value)) {
    return failed(
      problem('training/not-finite', 'The target is not defined at all times of the batch.', {
        hint: 'Clip it to the times it covers.',
      }),
    );
  }
  const given = readInput(input, times, inputCount);
  if (given === undefined) {
    return failed(
      problem(
        'training/shape',
        `The input has ${input?.channelCount ?? 0} channels, but the layer takes ${inputCount}.`,
      ),
    );
  }
  return ok({
    times,
    input: createMatrix(times.length, inputCount, given),
    target: createMatrix(times.length, targetCount, wanted),
  });
}

function readInput(
  input: ContinuousSeries | undefined,
  times: Float64Array,
  inputCount: number,
): Float64Array | undefined {
  if (input === undefined) return new Float64Array(times.length * inputCount);
  if (input.channelCount !== inputCount && input.channelCount !== 1) return undefined;
  const values = evaluateSeries(input, times).map((value) => (value !== value ? 0 : value));
  if (input.channelCount === inputCount) return values;
  return Float64Array.from(
    { length: times.length * inputCount },
    (_, place) => values[Math.floor(place / inputCount)] as number,
  );
}

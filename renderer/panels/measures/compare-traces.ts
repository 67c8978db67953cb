/** Two recorded traces against each other: the samples that both have in a span of time, and the errors of the one to the other. */
import {
  errorKinds,
  errorNorms,
  errorOverall,
  normalisedError,
  type ErrorKind,
  type ErrorNorm,
  type FeatureSeries,
} from '../../../engine/analysis/observables.ts';
import { problem, type Problem } from '../../../engine/base/problem.ts';
import { failed, ok, type Result } from '../../../engine/base/result.ts';

/** What was recorded of a probe, rows of all its channels. */
export interface RecordedTrace {
  readonly times: Float64Array;
  /** Row-major [times][channels]. */
  readonly values: Float64Array;
  readonly channels: number;
}

export interface TimeSpan {
  readonly fromSeconds: number;
  readonly toSeconds: number;
}

/** A channel of a trace, or all of them. */
export type Channel = number | 'all';

/** Rows of prediction and target at the same times. */
export interface MatchedRows {
  readonly predicted: FeatureSeries;
  readonly target: FeatureSeries;
  readonly rows: number;
  /** Rows in the span in which one of the two is no number yet. */
  readonly left: number;
}

interface Side {
  readonly trace: RecordedTrace;
  readonly channel: Channel;
}

/** The rows in the span that both have, without those that hold no number. */
export function matchRows(predicted: Side, target: Side, span: TimeSpan): Result<MatchedRows> {
  const [width, wanted] = [widthOf(predicted), widthOf(target)];
  if (width !== wanted) return failed(otherChannels(width, wanted));
  const places = commonRows(predicted.trace.times, target.trace.times, span);
  const rows = places.map(([left, right]) => [rowOf(predicted, left), rowOf(target, right)] as const);
  const sound = rows.filter((pair) => pair.every((row) => row.every(Number.isFinite)));
  if (sound.length < 2) return failed(tooFew(places.length, sound.length));
  const series = (side: 0 | 1): FeatureSeries => ({
    shape: [sound.length, width],
    values: Float64Array.from(sound.flatMap((pair) => [...pair[side]])),
  });
  return ok({ predicted: series(0), target: series(1), rows: sound.length, left: rows.length - sound.length });
}

function widthOf({ trace, channel }: Side): number {
  return channel === 'all' ? trace.channels : 1;
}

function rowOf({ trace, channel }: Side, row: number): Float64Array {
  const start = row * trace.channels;
  return channel === 'all'
    ? trace.values.subarray(start, start + trace.channels)
    : trace.values.subarray(start + channel, start + channel + 1);
}

/** Rows of both at the same time; times that differ by less than a millionth of the span between samples are the same. */
function commonRows(left: Float64Array, right: Float64Array, { fromSeconds, toSeconds }: TimeSpan): [number, number][] {
  const slack = 1e-6 * Math.min(stepOf(left), stepOf(right));
  const found: [number, number][] = [];
  let [row, other] = [0, 0];
  while (row < left.length && other < right.length) {
    const [time, its] = [left[row] as number, right[other] as number];
    if (Math.abs(time - its) <= slack) {
      if (time >= fromSeconds - slack && time <= toSeconds + slack) found.push([row, other]);
      row += 1;
      other += 1;
    } else if (time < its) row += 1;
    else other += 1;
  }
  return found;
}

function stepOf(times: Float64Array): number {
  return times.length < 2 ? 1 : (times[1] as number) - (times[0] as number);
}

/** A number of the table; without a value where it has none, such as a share of a spread that is 0. */
export interface Observable {
  readonly id: string;
  readonly title: string;
  readonly explained: string;
  readonly value: number | undefined;
}

const kindWords: Readonly<Record<ErrorKind, readonly [string, string]>> = {
  mse: ['MSE', 'mean squared error'],
  rmse: ['RMSE', 'root of the mean squared error'],
  mae: ['MAE', 'mean absolute error'],
  rsquare: ['R²', 'share of the variance of the target that is predicted'],
};

const normWords: Readonly<Record<ErrorNorm, readonly [string, string]>> = {
  minmax: ['NRMSE, range', 'RMSE by the largest minus the smallest target'],
  var: ['NRMSE, variance', 'RMSE by the variance of the target'],
  mean: ['NRMSE, mean', 'RMSE by the mean of the target'],
  q1q3: ['NRMSE, quartiles', 'RMSE by the distance of the quartiles of the target'],
};

/** All errors of reservoirpy's observables, over all numbers together. */
export function observablesOf({ predicted, target }: MatchedRows): readonly Observable[] {
  const row = (id: string, [title, explained]: readonly [string, string], found: Result<number>): Observable => ({
    ...{ id, title, explained },
    value: found.ok && Number.isFinite(found.value) ? found.value : undefined,
  });
  return [
    ...(Object.keys(errorKinds) as ErrorKind[]).map((kind) =>
      row(kind, kindWords[kind], errorOverall(kind, predicted, target)),
    ),
    ...(Object.keys(errorNorms) as ErrorNorm[]).map((norm) =>
      row(norm, normWords[norm], normalisedError(norm, predicted, target)),
    ),
  ];
}

/** The warning of a target that never changes. */
export function constantTarget({ target }: MatchedRows): Problem | undefined {
  const [first = 0] = target.values;
  if (target.values.some((value) => value !== first)) return undefined;
  return problem(
    'measure/impossible',
    'The target never changes in this span, so no error can be a share of its spread.',
    {
      hint: 'Choose a longer span, or the other trace as the target.',
      severity: 'warning',
    },
  );
}

function otherChannels(predicted: number, target: number): Problem {
  return problem(
    'training/shape',
    `The prediction has ${predicted} channels, the target ${target}; they must be as many.`,
    {
      hint: 'Choose one channel of each.',
    },
  );
}

function tooFew(common: number, sound: number): Problem {
  if (common >= 2 && sound < 2)
    return problem('training/not-finite', 'One of the traces holds no number in this span.', {
      hint: 'A readout predicts nothing before it is trained: begin the span later.',
    });
  return problem('training/too-few-samples', 'The traces have fewer than two samples in common in this span.', {
    hint: 'Choose a longer span. Blocks that take steps of their own share only some times.',
  });
}

/** The losses of objectives on what a run leaves in their inputs. */
import type { ProgramObjective, SignalId } from '../../build/program.ts';
import { binaryCrossEntropy, leakyCrossEntropy } from '../cross-entropy.ts';
import type { Loss } from '../gradient-run.ts';
import type { Outcome } from '../gradient-window.ts';
import { meanSquaredError, spikeCountError } from '../losses.ts';
import { nrmse } from '../scores.ts';

/** How well an objective is met. */
export interface Met {
  /** The loss, without its weight. */
  readonly loss: number;
  /** Of squared errors, where the target changes; else null. */
  readonly nrmse: number | null;
}

/** What an objective looks at. */
export function observedBy({ prediction, target }: ProgramObjective): SignalId[] {
  return target === undefined ? [prediction] : [prediction, target];
}

/** The sum of the losses of objectives, each with its weight. */
export function lossOf(objectives: readonly ProgramObjective[], steps: number): Loss {
  return (outcome) => {
    const found = objectives.map((objective) => ({ ...scored(objective, steps)(outcome), weight: objective.weight }));
    const slopes = found.flatMap(({ slopes: own, weight }) =>
      [...own].map(([id, values]) => [id, values.map((slope) => weight * slope)] as const),
    );
    return { value: found.reduce((sum, { value, weight }) => sum + weight * value, 0), slopes: new Map(slopes) };
  };
}

/** The loss of an objective, and the normalised error of what it scores; means over the members of a batch. */
export function metBy(objective: ProgramObjective, outcomes: readonly Outcome[], steps: number): Met {
  const losses = outcomes.map((outcome) => scored(objective, steps)(outcome).value);
  const errors = outcomes.map((outcome) => normalisedError(objective, partOf(outcome, objective, steps)));
  const error = mean(errors);
  return { loss: mean(losses), nrmse: objective.loss === 'squared' && Number.isFinite(error) ? error : null };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function normalisedError(objective: ProgramObjective, part: Outcome): number {
  const predicted = part(objective.prediction);
  return nrmse(predicted, wantedIn(objective, part, predicted.length));
}

/** The loss over the scored steps; steps that are not scored have no slopes. */
function scored(objective: ProgramObjective, steps: number): Loss {
  return (outcome) => {
    const part = partOf(outcome, objective, steps);
    const { value, slopes } = partLoss(objective, part)(part);
    const whole = [...slopes].map(([id, some]) => {
      const all = new Float64Array(outcome(id).length);
      all.set(some, objective.from * (all.length / steps));
      return [id, all] as const;
    });
    return { value, slopes: new Map(whole) };
  };
}

/** The scored rows. */
function partOf(outcome: Outcome, { from, until }: ProgramObjective, steps: number): Outcome {
  return (id) => {
    const all = outcome(id);
    const width = all.length / steps;
    return all.subarray(from * width, Math.min(until, steps) * width);
  };
}

/** What the prediction should have been. */
function wantedIn({ target, wanted }: ProgramObjective, part: Outcome, length: number): Float64Array {
  return target === undefined ? new Float64Array(length).fill(wanted) : part(target);
}

function partLoss(objective: ProgramObjective, part: Outcome): Loss {
  const { loss, prediction, channels, decay } = objective;
  const target = wantedIn(objective, part, part(prediction).length);
  switch (loss) {
    case 'squared':
      return meanSquaredError(prediction, target);
    case 'binary':
      return binaryCrossEntropy(prediction, target);
    case 'classes':
      return leakyCrossEntropy({ signal: prediction, classes: channels, decay }, labelOf(objective, target, channels));
    case 'spike-count':
      return spikeCountError(prediction, channels, sumsOf(objective, target, channels), 1);
  }
}

/** The class that the last scored step names: by its number, or by the greatest of a channel for each class. */
function labelOf({ target, targetChannels, wanted }: ProgramObjective, rows: Float64Array, channels: number): number {
  const last = target === undefined ? Float64Array.of(wanted) : rows.subarray(rows.length - targetChannels);
  if (last.length > 1) return last.indexOf(Math.max(...last));
  return Math.trunc(Math.max(0, Math.min(channels - 1, last[0] as number)));
}

/** What each channel should add up to. */
function sumsOf({ target, wanted }: ProgramObjective, rows: Float64Array, channels: number): Float64Array {
  const sums = new Float64Array(channels).fill(target === undefined ? wanted : 0);
  if (target !== undefined)
    rows.forEach((value, place) => (sums[place % channels] = (sums[place % channels] as number) + value));
  return sums;
}

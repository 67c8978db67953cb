/** Learning by the multi-spike tempotron: the weights of a spiking layer, a run of the project an epoch (Rockpool 1.0.7 `train_mst_simple`). */
import { problem } from '../../base/problem.ts';
import { andThen, collect, failed, mapResult, ok, type Result } from '../../base/result.ts';
import type { Outcome } from '../gradient-window.ts';
import { tempotronChange, type TempotronBatch } from '../tempotron.ts';
import type { Learner } from './learner.ts';
import { metBy, observedBy } from './objective-loss.ts';
import { createRecordingRun, type Machine, type RecordingRun } from './record-run.ts';
import { numbersOf, ruleLayer, type RuleLayer } from './rule-layer.ts';
import type { TrainingPlan } from './training-plan.ts';

const form = {
  title: 'The tempotron',
  kind: 'layers/ff-iaf-spikes-brian',
  layers: 'an IAF layer for spikes',
  parameters: ['weights'],
};

/** Problems: those of `ruleLayer` and of the run; `model/parameter-range` for a batch. */
export function createTempotronLearner(plan: TrainingPlan, machine: Machine): Result<Learner> {
  if (plan.program.batch !== undefined) return failed(noBatches(plan));
  return andThen(ruleLayer(plan, form), (layer) =>
    andThen(constantsOf(layer), (constants) => {
      const { objective, element } = layer;
      const ends = [`${element.record.id}/in`, ...observedBy(objective)];
      const signals = [
        ...ends.map((signal) => ({ signal, when: 'end' as const })),
        { signal: `${element.record.id}/v`, when: 'start' as const },
      ];
      return mapResult(createRecordingRun(plan.program, signals, machine), (run) =>
        learnerOf(plan, layer, constants, run),
      );
    }),
  );
}

function noBatches({ objectives }: TrainingPlan) {
  return problem('model/parameter-range', 'The tempotron trains on one run, but a stimulus has a batch size.', {
    hint: 'Set the batch size to 1.',
    at: { element: objectives[0]?.element ?? '', path: 'parameters.rule' },
  });
}

type Constants = Pick<TempotronBatch, 'constants' | 'restingPotentials'>;

function constantsOf({ element, objective }: RuleLayer): Result<Constants> {
  const read = collect(['tau_mem', 'tau_syn', 'v_rest'].map((name) => numbersOf(element, name, objective.channels)));
  return andThen(read, ([tauMem, tauSyn, restingPotentials]) => {
    if (tauMem === undefined || tauSyn === undefined || restingPotentials === undefined)
      throw new Error('Bug: three were asked for');
    return ok({ constants: { tauMem, tauSyn }, restingPotentials });
  });
}

function learnerOf(plan: TrainingPlan, layer: RuleLayer, constants: Constants, run: RecordingRun): Learner {
  const { objective, element, parameters } = layer;
  const { descent, steps } = plan;
  const { eligibilityRatio, asReleased } = objective.tempotron;
  const rules = { lambda: descent.learningRate, eligibilityRatio, momentum: descent.momentum, asReleased };
  const given = element.parameters['weights'];
  const [weights] = parameters;
  if (weights === undefined || typeof given !== 'object' || given === null || !('values' in given))
    throw new Error('Bug: weights were found');
  let values = given.values.slice();
  let change: Float64Array | undefined;
  return {
    parameters,
    held: () => new Map([[weights.signal, values]]),
    epoch: () =>
      mapResult(run.record(new Map([[weights.signal, values]])), ([outcome]) => {
        if (outcome === undefined) throw new Error('Bug: a run has a member');
        change = tempotronChange(batchOf(plan, layer, constants, outcome), rules, change);
        const step = change;
        values = values.map((value, place) => value + (step[place] as number));
        return metBy(objective, [outcome], steps).loss;
      }),
    dispose: () => run.dispose(),
  };
}

/** What the layer did in the scored steps; its membranes count from the first step on. */
function batchOf(
  plan: TrainingPlan,
  { objective, element }: RuleLayer,
  constants: Constants,
  outcome: Outcome,
): TempotronBatch {
  const { id } = element.record;
  const { channels, target, wanted } = objective;
  const { steps } = plan;
  const seconds = plan.model.timeStepSeconds;
  const arriving = outcome(`${id}/in`);
  const inputCount = arriving.length / steps;
  const counted = (rows: Float64Array): Float64Array => sumsOf(rows, channels, objective);
  return {
    ...constants,
    inputCount,
    events: eventsOf(arriving, inputCount, seconds, objective),
    potentials: outcome(`${id}/v`),
    potentialTimes: Float64Array.from({ length: steps }, (_, step) => step * seconds),
    outputCounts: counted(outcome(objective.prediction)),
    targetCounts: target === undefined ? new Float64Array(channels).fill(wanted) : counted(outcome(target)),
  };
}

interface Scored {
  readonly from: number;
  readonly until: number;
}

function sumsOf(rows: Float64Array, channels: number, { from, until }: Scored): Float64Array {
  const sums = new Float64Array(channels);
  rows.subarray(from * channels, until * channels).forEach((value, place) => {
    const channel = place % channels;
    sums[channel] = (sums[channel] as number) + value;
  });
  return sums;
}

/** The events of the scored steps, each as often as it came. */
function eventsOf(counts: Float64Array, channels: number, seconds: number, { from, until }: Scored) {
  const times: number[] = [];
  const found: number[] = [];
  counts.forEach((count, place) => {
    const step = Math.floor(place / channels);
    if (step < from || step >= until) return;
    for (let event = 0; event < count; event += 1) {
      times.push(step * seconds);
      found.push(place % channels);
    }
  });
  return { times, channels: found };
}

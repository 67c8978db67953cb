/** Populations written in equations, alone. */
import { andThen, ok, type Result } from '../../base/result.ts';
import type { NumericArray } from '../../model/validated.ts';
import { BadCase, numberOf, recordOf, vectorArray } from '../case-access.ts';
import type { Laboratory, Trial } from '../laboratory.ts';
import { prepareTrial } from '../laboratory.ts';
import type { CaseRecord, CaseValue, ReferenceCase } from '../reference-case.ts';
import type { System } from '../system.ts';
import { equationParameters, optionalRecord, text } from './equation-cases.ts';
import { lateName, withLateCopies } from './late-copies.ts';

/** What a case runs and records. */
interface Plan {
  readonly all: CaseRecord;
  readonly model: CaseRecord;
  readonly timeStepSeconds: number;
  readonly steps: number;
  readonly variables: readonly string[];
  readonly every: number;
  /** Recorded after everything of the step, not in slot `start`. */
  readonly late: boolean;
}

export const equationNeuron: System = {
  id: 'equations.neuron',
  where: ['neurons/equations'],
  kinds: ['equations', 'error'],
  run(reference, laboratory) {
    const plan = planOf(reference);
    return andThen(trialOf(plan, laboratory), (trial) => {
      const outcome =
        reference.tolerance['mode'] === 'statistical' ? statisticsOf(reference, plan, trial) : recordsOf(plan, trial);
      trial.dispose();
      return ok(outcome);
    });
  },
};

function planOf({ all }: ReferenceCase): Plan {
  const timeStepSeconds = numberOf(all['dt'] ?? 1e-4, 'dt');
  const ratio = numberOf(all['duration'] ?? 0, 'duration') / timeStepSeconds;
  const nearest = Math.round(ratio);
  const variables = listOf(all['record']).map(text);
  const late = all['record_when'] === 'end';
  const model = recordOf(all['model'], 'model');
  return {
    all,
    model: late ? withLateCopies(model, variables, 'equations') : model,
    timeStepSeconds,
    steps: Math.abs(ratio - nearest) < 1e-4 ? nearest : Math.ceil(ratio),
    variables,
    every: numberOf(all['record_every'] ?? 1, 'record_every'),
    late,
  };
}

function listOf(value: CaseValue | undefined): readonly CaseValue[] {
  return Array.isArray(value) ? (value as readonly CaseValue[]) : [];
}

function trialOf({ all, model, timeStepSeconds, variables, late }: Plan, laboratory: Laboratory): Result<Trial> {
  const parameters = equationParameters({
    model,
    cells: numberOf(all['cells'] ?? 1, 'cells'),
    initial: optionalRecord(all['initial']),
    parameters: optionalRecord(all['parameters']),
    constants: optionalRecord(all['constants']),
    timedArrays: optionalRecord(all['timed_arrays'] ?? model['timed_arrays']),
  });
  const spikes = text(model['threshold']) === '' ? [] : ['spikes'];
  const record = [...(late ? [] : variables), ...spikes, ...Object.keys(optionalRecord(model['events']))];
  return prepareTrial(laboratory, {
    kind: 'neurons/equations',
    parameters: { ...parameters, event_handlers: '' },
    input: undefined,
    timeStepSeconds,
    record,
  });
}

function recordsOf(plan: Plan, trial: Trial): CaseRecord {
  const rows = plan.late ? lateRows(plan, trial) : earlyRows(plan, trial);
  const states = Object.fromEntries(
    plan.variables.map((variable) => [
      variable,
      thinned(plan, rows.get(variable) ?? { shape: [0, 0], values: new Float64Array() }),
    ]),
  );
  const events = Object.keys(optionalRecord(plan.model['events']));
  return {
    states,
    ...(text(plan.model['threshold']) === '' ? {} : { spikes: eventsOf(plan, trial, 'spikes') }),
    ...(events.length === 0
      ? {}
      : { events: Object.fromEntries(events.map((name) => [name, eventsOf(plan, trial, name)])) }),
  };
}

function earlyRows({ variables, steps }: Plan, trial: Trial): ReadonlyMap<string, NumericArray> {
  trial.advance(steps);
  return new Map(variables.map((variable) => [variable, trial.samples(variable)]));
}

/** The state at the end of every step. */
function lateRows({ variables, steps }: Plan, trial: Trial): ReadonlyMap<string, NumericArray> {
  const parts = new Map(variables.map((variable) => [variable, [] as Float64Array[]]));
  for (let step = 0; step < steps; step += 1) {
    trial.advance(1);
    for (const [variable, rows] of parts) rows.push(trial.read(lateName(variable)).values);
  }
  return new Map(
    [...parts].map(([variable, rows]) => [
      variable,
      {
        shape: [steps, rows[0]?.length ?? trial.read(lateName(variable)).values.length],
        values: Float64Array.from(rows.flatMap((row) => [...row])),
      },
    ]),
  );
}

/** Rows 0, n, 2n, … with their times. */
function thinned({ every, timeStepSeconds }: Plan, { shape, values }: NumericArray): CaseRecord {
  const [count = 0, width = 0] = shape;
  const kept = Array.from({ length: Math.ceil(count / every) }, (_, row) => row * every);
  const samples = new Float64Array(kept.length * width);
  kept.forEach((row, place) => samples.set(values.subarray(row * width, (row + 1) * width), place * width));
  return {
    times: vectorArray(kept.map((row) => row * timeStepSeconds)),
    samples: { shape: [kept.length, width], values: samples },
  };
}

function eventsOf({ timeStepSeconds }: Plan, trial: Trial, name: string): CaseRecord {
  const { steps, cells } = trial.events(name);
  return { times: vectorArray(steps.map((step) => step * timeStepSeconds)), indices: vectorArray(cells) };
}

/** Statistics over the cells of the state after the last step, in the order of the case. */
function statisticsOf(reference: ReferenceCase, plan: Plan, trial: Trial): CaseRecord {
  trial.advance(plan.steps);
  const found = listOf(reference.expected['statistics']).map((entry) => {
    const wanted = recordOf(entry, 'a statistic');
    const columns = listOf(wanted['variables']).map((variable) => trial.read(text(variable)).values);
    return statistic(text(wanted['statistic']), columns);
  });
  return { statistics: vectorArray(found) };
}

function statistic(name: string, [first = new Float64Array(), second = first]: readonly Float64Array[]): number {
  const logarithms = (): Float64Array => first.map((value) => Math.log(value));
  switch (name) {
    case 'mean':
      return meanOf(first);
    case 'mean_log':
      return meanOf(logarithms());
    case 'variance':
      return covariance(first, first);
    case 'std':
      return Math.sqrt(covariance(first, first));
    case 'variance_log':
      return covariance(logarithms(), logarithms());
    case 'covariance':
      return covariance(first, second);
    case 'correlation':
      return covariance(first, second) / Math.sqrt(covariance(first, first) * covariance(second, second));
    default:
      throw new BadCase(`the statistic ${name} is not known`);
  }
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function covariance(left: Float64Array, right: Float64Array): number {
  const [a, b] = [meanOf(left), meanOf(right)];
  return left.reduce((sum, value, index) => sum + (value - a) * ((right[index] ?? b) - b), 0) / left.length;
}

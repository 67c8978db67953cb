/** Rockpool's FFIAFSpkInBrian beside evolving: its potential kernel, and training by the multi-spike tempotron. */
import type { Result } from '../../base/result.ts';
import { andThen, ok } from '../../base/result.ts';
import type { NumericArray } from '../../model/validated.ts';
import { potentialKernel, tempotronChange, type TempotronBatch } from '../../training/tempotron.ts';
import { arrayFromMatrix, arrayOf, eventsOf, numberOf, recordOf } from '../case-access.ts';
import type { Laboratory } from '../laboratory.ts';
import type { CaseRecord, ReferenceCase } from '../reference-case.ts';
import {
  call,
  callTimes,
  createLayer,
  outputOf,
  restOf,
  type BrianKind,
  type Call,
  type Layer,
} from './brian-layer.ts';
import { spread } from './rate-layers.ts';

/** The kernel at the times of the case; where both time constants are the same, the original divides by 0. */
export function potentialKernelOf({ parameters, all }: ReferenceCase): Result<CaseRecord> {
  const times = arrayOf(recordOf(all['input'], 'input')['data'], 'input.data').values;
  const [mem, syn] = ['tau_mem', 'tau_syn'].map((name) => arrayOf(parameters[name] ?? 0.02, name).values);
  const cells = Math.max(mem?.length ?? 1, syn?.length ?? 1);
  const constants = {
    tauMem: spread(mem ?? new Float64Array(1), cells),
    tauSyn: spread(syn ?? new Float64Array(1), cells),
  };
  const { shape, values } = arrayFromMatrix(potentialKernel(times, constants));
  const same = (place: number): boolean => constants.tauMem[place % cells] === constants.tauSyn[place % cells];
  return ok({ output: { shape, values: values.map((value, place) => (same(place) ? Number.NaN : value)) } });
}

/** Calls of the case, each followed by a change of the weights. */
export function trainTempotron(brian: BrianKind, reference: ReferenceCase, laboratory: Laboratory): Result<CaseRecord> {
  return andThen(createLayer(brian, reference), (layer) => {
    const calls: Call[] = [];
    const batches: CaseRecord[] = [];
    let before: Float64Array | undefined;
    for (const request of reference.all['evolve_calls'] as readonly CaseRecord[]) {
      const made = call(layer, reference.all['input'], request, laboratory);
      if (!made.ok) return made;
      calls.push(made.value);
      const training = recordOf(request['train'], 'train');
      if (training['is_first'] === true) before = undefined;
      before = tempotronChange(batchOf(layer, calls, reference, training), rulesOf(reference.parameters), before);
      const weights = changed(layer.parameters['weights'] as NumericArray, before);
      layer.parameters['weights'] = weights;
      batches.push({ output: outputOf(layer, made.value), weights_after: weights });
    }
    return ok({ batches, weights: layer.parameters['weights'] as NumericArray });
  });
}

function changed({ shape, values }: NumericArray, change: Float64Array): NumericArray {
  return { shape, values: values.map((value, place) => value + (change[place] as number)) };
}

function rulesOf(given: CaseRecord) {
  return {
    lambda: numberOf(given['lambda_'] ?? 1e-5, 'lambda_'),
    eligibilityRatio: numberOf(given['eligibility_ratio'] ?? 0.1, 'eligibility_ratio'),
    momentum: numberOf(given['momentum'] ?? 0, 'momentum'),
    asReleased: true,
  };
}

/** What all calls so far recorded, and the input and output events between the start and the end of the batch. */
function batchOf(layer: Layer, calls: readonly Call[], reference: ReferenceCase, training: CaseRecord): TempotronBatch {
  const { cells, inputs, parameters, timeStepSeconds } = layer;
  const start = numberOf(training['t_start'], 't_start');
  const stop = start + numberOf(training['duration'], 'duration');
  const series = eventsOf(reference.all['input']);
  const kept = Array.from(series?.times ?? [], (time, event) => ({
    time,
    channel: series?.channels[event] ?? 0,
  })).filter(({ time }) => time >= start && time < stop);
  const vector = (name: string) => spread(arrayOf(parameters[name] as number | NumericArray, name).values, cells);
  const targets = reference.parameters['target_counts'] ?? 0;
  return {
    constants: { tauMem: vector('tau_mem'), tauSyn: vector('tau_syn') },
    restingPotentials: restOf(layer),
    inputCount: inputs,
    events: { times: kept.map(({ time }) => time), channels: kept.map(({ channel }) => channel) },
    potentials: calls.flatMap(({ traces, steps }) => rows(traces.get('v'), steps * cells)),
    potentialTimes: Float64Array.from(calls.flatMap((each) => Array.from(callTimes(layer, each)))),
    outputCounts: countSpikes(calls, cells, (step) => {
      const time = step * timeStepSeconds;
      return time >= start && time <= stop;
    }),
    targetCounts: spread(arrayOf(targets, 'target_counts').values, cells),
  };
}

function rows(trace: NumericArray | undefined, length: number): readonly number[] {
  return Array.from(trace?.values.subarray(0, length) ?? []);
}

function countSpikes(calls: readonly Call[], cells: number, counts: (step: number) => boolean): Float64Array {
  const found = new Float64Array(cells);
  for (const { spikes, clock } of calls)
    spikes.steps.forEach((step, index) => {
      const cell = spikes.cells[index] as number;
      if (counts(clock.first + step)) found[cell] = (found[cell] as number) + 1;
    });
  return found;
}

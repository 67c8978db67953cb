/** What the cases of Rockpool's event layers have in common: the clock, the raster of the input, events as they are written. */
import type { Result } from '../../base/result.ts';
import { andThen } from '../../base/result.ts';
import type { NumericArray } from '../../model/validated.ts';
import type { EventSeries } from '../../timeseries/event-series.ts';
import { rasterForLayer, stepsToRun, type RasterOfLayer } from '../../timeseries/sample-for-layer.ts';
import { eventsOf, numberOf, optionalNumber, vectorArray } from '../case-access.ts';
import type { CaseRecord, ReferenceCase } from '../reference-case.ts';
import { isRecord } from '../reference-case.ts';

/** The step of the layer, and how many it has done before. */
export interface LayerClock {
  readonly timeStepSeconds: number;
  readonly first: number;
}

/** The clock of a case that goes on where `initial_state` says. */
export function clockOf(reference: ReferenceCase, defaultStep: number): LayerClock {
  const given = optionalNumber(reference.parameters['dt']);
  const timeStepSeconds = numberOf(given ?? reference.all['dt'] ?? defaultStep, 'dt');
  const initial = initialOf(reference);
  const steps = optionalNumber(initial['timestep']);
  return { timeStepSeconds, first: steps ?? Math.round((optionalNumber(initial['t']) ?? 0) / timeStepSeconds) };
}

/** `initial_state`, empty where there is none. */
export function initialOf({ all }: ReferenceCase): CaseRecord {
  return isRecord(all['initial_state']) ? all['initial_state'] : {};
}

/** Steps of a call by what it gives, else by what the case gives; `beyond` is added to a duration that an input decides which does not repeat. */
export function stepsOfCall(
  request: CaseRecord,
  input: Parameters<typeof stepsToRun>[2]['input'],
  { timeStepSeconds, first }: LayerClock,
  beyond = 0,
): Result<number> {
  const steps = optionalNumber(request['steps']) ?? optionalNumber(request['num_timesteps']);
  const duration = optionalNumber(request['duration']);
  const now = first * timeStepSeconds;
  if (steps !== undefined) return stepsToRun(timeStepSeconds, now, { steps });
  if (duration !== undefined) return stepsToRun(timeStepSeconds, now, { duration });
  if (input === undefined || input.periodic || beyond === 0) return stepsToRun(timeStepSeconds, now, { input });
  return stepsToRun(timeStepSeconds, now, { duration: input.stop - now + beyond });
}

/** Events of a case as rows for the layer, one per step. */
export function eventRows(
  series: EventSeries | undefined,
  { timeStepSeconds, first }: LayerClock,
  steps: number,
  inputs: number,
  how: Pick<RasterOfLayer, 'addEvents' | 'until'>,
): NumericArray {
  const { counts } = rasterForLayer(series, timeStepSeconds, {
    ...{ now: first * timeStepSeconds, steps, channelCount: inputs, ...how },
  });
  return rowsFor(new Float64Array(counts), steps, inputs);
}

/** Rows to be played; a silent one where there are none. */
export function rowsFor(values: Float64Array, steps: number, inputs: number): NumericArray {
  return steps === 0 ? { shape: [1, inputs], values: new Float64Array(inputs) } : { shape: [steps, inputs], values };
}

/** The input of a case and the steps of its one call. */
export function eventInput(
  reference: ReferenceCase,
  clock: LayerClock,
): Result<{ readonly series: EventSeries | undefined; readonly steps: number }> {
  const series = eventsOf(reference.all['input']);
  return andThen(stepsOfCall(reference.all, series, clock), (steps) => ({
    ok: true,
    value: { series, steps },
    problems: [],
  }));
}

/** An output of events, stamped at the ends of their steps. */
export function eventOutput(
  { steps, cells }: { readonly steps: readonly number[]; readonly cells: readonly number[] },
  { timeStepSeconds, first }: LayerClock,
  count: number,
  channels: number,
): CaseRecord {
  const stop = (first + count) * timeStepSeconds;
  return {
    type: 'events',
    times: vectorArray(steps.map((step) => Math.min((first + step + 1) * timeStepSeconds, stop))),
    channels: vectorArray(cells),
    num_channels: channels,
    t_start: first * timeStepSeconds,
    t_stop: stop,
    periodic: false,
  };
}

/** Rockpool's PassThroughEvents: every event of the input passed on at its own time. */
import type { Result } from '../../base/result.ts';
import { andThen, mapResult, ok } from '../../base/result.ts';
import { tabulated } from '../../base/tabulated.ts';
import type { EventSeries } from '../../timeseries/event-series.ts';
import { eventsOf, matrixOf, vectorArray } from '../case-access.ts';
import type { Laboratory } from '../laboratory.ts';
import { prepareTrial } from '../laboratory.ts';
import type { CaseRecord, ReferenceCase } from '../reference-case.ts';
import type { System } from '../system.ts';
import { clockOf, rowsFor, stepsOfCall } from './event-layers.ts';

function evolve(reference: ReferenceCase, laboratory: Laboratory): Result<CaseRecord> {
  const clock = clockOf(reference, 1e-3);
  const given = matrixOf(reference.parameters['weights'], 'weights');
  // Cast to whole numbers, as the original does.
  const weights = { shape: given.shape, values: given.values.map(Math.trunc) };
  const series = eventsOf(reference.all['input']);
  const silent = series === undefined || series.times.length === 0;
  const run = silent ? ok(0) : stepsOfCall(reference.all, series, clock);
  return andThen(run, (steps) =>
    mapResult(silent ? ok(nothing) : passOn(series, weights, laboratory), ({ times, channels }) => ({
      output: {
        ...{ type: 'events', times: vectorArray(times), channels: vectorArray(channels) },
        num_channels: weights.shape[1] ?? 1,
        t_start: times[0] ?? 0,
        t_stop: times[times.length - 1] ?? 0,
        periodic: false,
      },
      final_state: { t: (clock.first + steps) * clock.timeStepSeconds, timestep: clock.first + steps },
      num_spikes: times.length,
    })),
  );
}

interface Passed {
  readonly times: ArrayLike<number>;
  readonly channels: readonly number[];
}

const nothing: Passed = { times: [], channels: [] };

/** A step for each event, so that each keeps its time. */
function passOn(series: EventSeries, weights: ReturnType<typeof matrixOf>, laboratory: Laboratory): Result<Passed> {
  const [inputs = 1] = weights.shape;
  const count = series.times.length;
  const values = new Float64Array(count * inputs);
  for (let event = 0; event < count; event += 1) {
    const channel = series.channels[event] as number;
    if (channel < inputs) values[event * inputs + channel] = 1;
  }
  const experiment = { input: rowsFor(values, count, inputs), timeStepSeconds: 1e-3, record: ['spikes'] };
  return mapResult(
    prepareTrial(laboratory, { kind: 'layers/pass-through-events', parameters: { weights }, ...experiment }),
    (trial) => {
      trial.advance(count);
      const { steps, cells } = trial.events('spikes');
      trial.dispose();
      const times = tabulated(steps.length, (spike) => series.times[steps[spike] as number] as number);
      return { times, channels: cells };
    },
  );
}

export const passThroughEvents: System = {
  id: 'rockpool.PassThroughEvents',
  kinds: ['evolve'],
  where: ['layers/pass-through-events'],
  deviations: [
    'Only the events of a run pass; the original passes on all events of the series whatever its clock, which conform does.',
    'Weights that are no whole numbers are refused; the original cuts them.',
  ],
  run: evolve,
};

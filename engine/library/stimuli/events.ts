/** Events from a file: times with channel numbers, played as spikes (Rockpool's TSEvent). */
import { problem } from '../../base/problem.ts';
import { andThen, failed, mapResult, ok, type Result } from '../../base/result.ts';
import type { ElementBuilder, ElementKind } from '../../build/library-kind.ts';
import type { EventSeries } from '../../timeseries/event-series.ts';
import { flag, integer, quantity } from '../specs.ts';
import { batchSize, columnsOfMember, membersOf } from './batch-size.ts';
import { eventsOf } from './event-rows.ts';
import { emitEvents } from './play-events.ts';
import { spikeOutput } from './spikes.ts';

export const events: ElementKind = {
  id: 'stimuli/events',
  family: 'stimuli',
  title: 'Events from file',
  summary: 'Plays events of a CSV or npz file as spikes, one channel per cell.',
  keywords: ['csv', 'npz', 'spikes', 'data', 'recording', 'import', 'TSEvent', 'spike times', 'spike generator'],
  parameters: [
    {
      name: 'times',
      title: 'times',
      type: 'series',
      unit: 's',
      default: null,
      description: 'When each event happens; no time may be earlier than the one before.',
    },
    {
      name: 'channels',
      title: 'channels',
      type: 'series',
      unit: '1',
      default: null,
      description: 'On which channel each event happens, counted from 0; all on channel 0 when nothing is given.',
    },
    integer('size', 'number of channels', 0, 'Number of channels; 0 takes as many as the highest channel needs.', {
      minimum: 0,
      maximum: 1_000_000,
    }),
    quantity('delay', 'delay', 0, 'ms', 'Added to all times; what would be before the start of the run is left out.', {
      favourite: true,
    }),
    flag('periodic', 'repeats', false, 'The events come again and again, in both directions of time.'),
    quantity('start', 'start of a period', 0, 'ms', 'Where a period begins; no event is earlier.', {
      group: 'Periods',
    }),
    quantity('stop', 'end of a period', 0, 'ms', 'Where a period ends; no event is later. 0: at the last event.', {
      group: 'Periods',
    }),
    flag(
      'add_events',
      'count events',
      false,
      'Events of a channel in one time step are counted; otherwise they are one spike.',
    ),
    batchSize('channels of its own: the first copy the first ones, the next the following ones'),
  ],
  inputs: [],
  outputs: [spikeOutput],
  states: [],
  equations: [
    'cell c spikes in step n where ⌊(t + delay + k · (stop − start)) / dt⌋ = n for an event (t, c); k = 0, or any whole number when it repeats',
  ],
  source: "Spikeloom; series as Rockpool's TSEvent",
  defaultProbe: 'spikes',
  sizes({ parameters, element }) {
    return andThen(eventsOf(parameters, element), ({ channelCount }) =>
      mapResult(columnsOfMember(parameters, channelCount, element), (spikes) => ({
        outputs: { spikes },
        cells: undefined,
        members: membersOf(parameters),
      })),
    );
  },
  expand(builder) {
    return andThen(eventsOf(builder, builder), (series) => {
      const found = problemOfPeriod(builder, series);
      if (found !== undefined) return found;
      emitEvents(builder, series, { delay: builder.number('delay'), counted: builder.flag('add_events') });
      return ok(undefined);
    });
  },
};

/** A period shorter than a step would come several times in each. */
function problemOfPeriod(builder: ElementBuilder, { periodic, start, stop }: EventSeries): Result<never> | undefined {
  const { timeStepSeconds, id, name } = builder;
  if (!periodic || stop - start >= timeStepSeconds) return undefined;
  const [period, step] = [stop - start, timeStepSeconds].map((seconds) => `${seconds * 1000} ms`);
  return failed(
    problem(
      'model/parameter-range',
      `stop of ${name}: a period of ${period} is shorter than the time step of ${step}.`,
      {
        hint: `Let it last at least ${step}, or do not repeat the events.`,
        at: { element: id, path: 'parameters.stop' },
      },
    ),
  );
}

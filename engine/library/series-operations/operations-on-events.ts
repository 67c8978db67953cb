/** What can be done with events, as in Rockpool's TSEvent. */
import { andThen, mapResult, type Result } from '../../base/result.ts';
import { appendEventChannels, appendEventsInTime, mergeDelayed } from '../../timeseries/combine-events.ts';
import { createSampledSeries, type ContinuousSeries } from '../../timeseries/continuous-series.ts';
import { clipEvents, delayEvents, remapChannels, selectEventChannels } from '../../timeseries/cut-events.ts';
import type { EventSeries } from '../../timeseries/event-series.ts';
import { rasterise } from '../../timeseries/raster.ts';
import {
  channelsOf,
  flagField,
  flagOf,
  neededOther,
  neededTime,
  timeField,
  timeOf,
  type OperationField,
  type SeriesOperation,
} from './series-operation.ts';

type Events = SeriesOperation<EventSeries>;

const from = timeField('from', 'From', '', 'the beginning');
const to = timeField('to', 'To', '', 'the end');
const includeStop = flagField('include_stop', 'Keep what is exactly at the end', false);

const clip: Events = {
  id: 'clip',
  title: 'Clip…',
  summary: 'Keeps the events from one time to another.',
  fields: [from, to, includeStop],
  apply: (series, given) =>
    andThen(timeOf(given, from), (first) =>
      andThen(timeOf(given, to), (last) => clipEvents(series, first, last, flagOf(given, includeStop))),
    ),
};

const by = timeField('by', 'Later by', '10 ms');

const delay: Events = {
  id: 'delay',
  title: 'Delay…',
  summary: 'Moves all events to later times, or with a negative time to earlier ones.',
  fields: [by],
  apply: (series, given) => andThen(neededTime(given, by), (offset) => delayEvents(series, offset)),
};

const chosen: OperationField = { name: 'channels', title: 'Channels', type: 'channels', start: '0' };
const renumber = flagField('renumber', 'Number them anew from 0', false);

const channels: Events = {
  id: 'channels',
  title: 'Channels…',
  summary: 'Keeps the events of some channels.',
  fields: [chosen, renumber],
  apply: (series, given) =>
    andThen(channelsOf(given, chosen), (list) => selectEventChannels(series, list, flagOf(given, renumber))),
};

const places: OperationField = { name: 'map', title: 'New channel of each', type: 'channels', start: '' };

const remap: Events = {
  id: 'remap',
  title: 'Renumber channels…',
  summary: 'Gives each channel another number: the first of the list to channel 0, and so on.',
  fields: [places],
  apply: (series, given) => andThen(channelsOf(given, places), (list) => remapChannels(series, list)),
};

const later = timeField('later', 'Second series later by', '0 ms');
const once = flagField('once', 'Leave out events that are there already', false);

const merge: Events = {
  id: 'merge',
  title: 'Merge with…',
  summary: 'Puts the events of a second series among its own, by time.',
  fields: [later, once],
  other: 'needed',
  apply: (series, given, other) =>
    andThen(neededOther(series, other), (second) =>
      andThen(neededTime(given, later), (offset) =>
        mergeDelayed(series, [{ series: second, delay: offset }], flagOf(given, once)),
      ),
    ),
};

const gap = timeField('gap', 'Behind the end by', '0 ms');

const append: Events = {
  id: 'append',
  title: 'Append in time…',
  summary: 'Puts the events of a second series behind the end of it.',
  fields: [gap],
  other: 'needed',
  apply: (series, given, other) =>
    andThen(neededOther(series, other), (second) =>
      andThen(neededTime(given, gap), (offset) => appendEventsInTime(series, [{ series: second, offset }])),
    ),
};

const beside: Events = {
  id: 'append-channels',
  title: 'Append channels…',
  summary: 'Puts the events of a second series on further channels.',
  fields: [],
  other: 'needed',
  apply: (series, _, other) => mapResult(neededOther(series, other), (second) => appendEventChannels(series, second)),
};

const bin = timeField('bin', 'Time step', '1 ms');
const count = flagField('count', 'Count events of a step', true);

const raster: Events = {
  id: 'raster',
  title: 'Raster…',
  summary: 'Counts the events of each time step: rows of numbers, in a block of their own.',
  fields: [bin, count],
  apply: (series, given) => andThen(neededTime(given, bin), (step) => rasterRows(series, step, flagOf(given, count))),
};

function rasterRows(series: EventSeries, step: number, addEvents: boolean): Result<ContinuousSeries> {
  return andThen(rasterise(series, step, { addEvents }), ({ counts, channelCount }) =>
    createSampledSeries(Float64Array.from(counts), channelCount, step, {
      start: series.start,
      interpolation: 'previous',
    }),
  );
}

/** In the order of the menu. */
export const operationsOnEvents: readonly Events[] = [clip, delay, channels, remap, merge, append, beside, raster];

/** Rockpool's TSEvent: every method and attribute of event series. */
import { andThen, collect, mapResult, ok, type Result } from '../../base/result.ts';
import { appendEventChannels, appendEventsInTime, mergeDelayed } from '../../timeseries/combine-events.ts';
import {
  clipEvents,
  delayEvents,
  eventsBetween,
  remapChannels,
  selectEventChannels,
} from '../../timeseries/cut-events.ts';
import { changedEvents, createEventSeries, type EventSeries } from '../../timeseries/event-series.ts';
import { printSeries } from '../../timeseries/print-series.ts';
import { rasterise, type Raster } from '../../timeseries/raster.ts';
import { eventsOf, vectorArray } from '../case-access.ts';
import { isMask, isRecord, type CaseValue, type ReferenceCase } from '../reference-case.ts';
import type { System } from '../system.ts';
import {
  eventsRecord,
  givenIn,
  listOf,
  maybeNumber,
  numbersOf,
  refused,
  rowsArray,
  runMethod,
  settingsGiven,
  slicePlaces,
  sliceOf,
  type Given,
  type Method,
} from './series-arguments.ts';

type Eventful = Method<EventSeries>;

function output(series: Result<EventSeries>): Result<CaseValue> {
  return mapResult(series, eventsRecord);
}

/** The events in a case; a Problem for anything else. */
function seriesOfEvents(value: CaseValue | undefined): Result<EventSeries> {
  const series = isRecord(value) && value['type'] === 'events' ? eventsOf(value) : undefined;
  return series === undefined ? refused('An event series is needed here.') : ok(series);
}

/** The constructor: channels one for each event, one for all, or none, which is channel 0. */
function construct(given: Given): Result<CaseValue> {
  const times = given(0, 'times') === undefined ? new Float64Array() : numbersOf(given(0, 'times'));
  const channels = given(1, 'channels') ?? 0;
  const numbers = typeof channels === 'number' ? new Float64Array(times.length).fill(channels) : numbersOf(channels);
  const counted = typeof channels === 'number' && given(1, 'channels') !== undefined ? channels + 1 : undefined;
  const channelCount = maybeNumber(given(6, 'num_channels')) ?? counted;
  const series = createEventSeries(times, Int32Array.from(numbers), {
    ...(channelCount === undefined ? {} : { channelCount }),
    ...settingsGiven(given, 2),
  });
  return output(series);
}

/** Chosen channels, each once, in ascending order; undefined for all. */
function channelsOf(value: CaseValue | undefined): number[] | undefined {
  return value === undefined ? undefined : [...new Set(numbersOf(value))].sort((left, right) => left - right);
}

function withChannels(series: EventSeries, channels: readonly number[] | undefined): Result<EventSeries> {
  return channels === undefined ? ok(series) : selectEventChannels(series, channels);
}

/** A part of the series; as released, limits in the wrong order are exchanged to look for events, and stay as they are. */
function clip(series: EventSeries, given: Given): Result<CaseValue> {
  const channels = channelsOf(given(2, 'channels'));
  const [from, to] = [maybeNumber(given(0, 't_start')), maybeNumber(given(1, 't_stop'))];
  const part = andThen(withChannels(series, channels), (chosen) =>
    clipEvents(chosen, from, to, given(3, 'include_stop') === true),
  );
  const numbered =
    given(4, 'remap_channels') === true ? andThen(part, (clipped) => renumbered(clipped, channels?.length)) : part;
  const limits = { t_start: from ?? series.start, t_stop: to ?? series.stop };
  return mapResult(numbered, (clipped) => ({ ...eventsRecord(clipped), ...limits }));
}

/** Channels with events get the numbers 0, 1, …; there are as many as were asked for. */
function renumbered(series: EventSeries, asked: number | undefined): Result<EventSeries> {
  const used = [...new Set(series.channels)].sort((left, right) => left - right);
  const channels = series.channels.map((channel) => used.indexOf(channel));
  return changedEvents(series, { channels, channelCount: asked ?? used.length });
}

/** The other series of a call with the number that belongs to each. */
function othersOf(given: Given, name: string): Result<{ readonly series: EventSeries; readonly number: number }[]> {
  const listed = listOf(given(0, 'other_series'));
  const numbers = listOf(given(1, name));
  const single = typeof given(1, name) === 'number' || numbers.length === 0;
  if (!single && numbers.length < listed.length) return refused(`There are fewer numbers than series (${name}).`);
  return mapResult(collect(listed.map(seriesOfEvents)), (all) =>
    all.map((series, place) => ({ series, number: Number(numbers[single ? 0 : place] ?? 0) })),
  );
}

function merge(series: EventSeries, given: Given): Result<CaseValue> {
  const merged = andThen(othersOf(given, 'delay'), (others) =>
    mergeDelayed(
      series,
      others.map((other) => ({ series: other.series, delay: other.number })),
      given(2, 'remove_duplicates') === true,
    ),
  );
  return output(merged);
}

function appendInTime(series: EventSeries, given: Given): Result<CaseValue> {
  const appended = andThen(othersOf(given, 'offset'), (others) =>
    appendEventsInTime(
      series,
      others.map((other) => ({ series: other.series, offset: other.number })),
      given(2, 'remove_duplicates') === true,
    ),
  );
  return output(appended);
}

function appendChannels(series: EventSeries, given: Given): Result<CaseValue> {
  const others = collect(listOf(given(0, 'other_series')).map(seriesOfEvents));
  return output(mapResult(others, (all) => all.reduce(appendEventChannels, series)));
}

/** Columns are found by the number of a channel, however few are asked for: those must be the first ones where they have events. */
function raster(series: EventSeries, given: Given): Result<CaseValue> {
  const asked = given(4, 'channels') === undefined ? undefined : Array.from(numbersOf(given(4, 'channels')));
  if (asked?.some((channel) => channel < 0) === true) return refused('Channels have no negative numbers.');
  const there = channelsOf(asked)?.filter((channel) => channel < series.channelCount);
  const [start, stop, steps] = [1, 2, 3].map((place) => maybeNumber(given(place, rasterNames[place] as string)));
  const width = Math.max(asked?.length ?? 0, series.channelCount);
  const counted = andThen(withChannels(series, there), (chosen) =>
    rasterise(chosen, maybeNumber(given(0, 'dt')) ?? NaN, {
      ...(start === undefined ? {} : { start }),
      ...(stop === undefined ? {} : { stop }),
      ...(steps === undefined ? {} : { steps }),
      addEvents: given(5, 'add_events') === true,
      channelCount: width,
    }),
  );
  return andThen(counted, (whole) => firstColumns(whole, asked?.length ?? series.channelCount));
}

const rasterNames = ['dt', 't_start', 't_stop', 'num_timesteps'];

function firstColumns({ steps, channelCount, counts }: Raster, columns: number): Result<CaseValue> {
  if (columns === channelCount) return ok(rowsArray(steps, columns, counts));
  const kept = new Int32Array(steps * columns);
  for (let cell = 0; cell < counts.length; cell += 1) {
    const channel = cell % channelCount;
    if (channel < columns) kept[((cell - channel) / channelCount) * columns + channel] = counts[cell] as number;
    else if ((counts[cell] as number) > 0) return refused('A channel with events has no column.');
  }
  return ok(rowsArray(steps, columns, kept));
}

/** Places of events as listed, or where a mask has 1. */
function eventPlaces(index: CaseValue | undefined): number[] {
  const numbers = Array.from(numbersOf(index), Math.trunc);
  return isMask(index) ? [...numbers.keys()].filter((place) => numbers[place] !== 0) : numbers;
}

/** Events by their places, in the order given; limits and channels stay. */
function items(series: EventSeries, given: Given): Result<CaseValue> {
  const index = given(0, 'index');
  const slice = sliceOf(index);
  const count = series.times.length;
  if (isMask(index) && index.values.length !== count) return refused(`There must be ${count} booleans.`);
  const places = slice === undefined ? eventPlaces(index) : slicePlaces(slice, count);
  if (places.some((place) => place < -count || place >= count)) return refused('There is no such event.');
  const wanted = places.map((place) => (place < 0 ? place + count : place));
  return ok(
    eventsRecord({
      ...series,
      times: Float64Array.from(wanted, (place) => series.times[place] as number),
      channels: Int32Array.from(wanted, (place) => series.channels[place] as number),
    }),
  );
}

/** As released, the highest channel in use may itself be the number of channels. */
function setChannelCount(series: EventSeries, given: Given): Result<CaseValue> {
  const channelCount = maybeNumber(given(0, 'value')) ?? NaN;
  const highest = series.channels.reduce((most, channel) => Math.max(most, channel), 0);
  if (series.times.length > 0 && channelCount === highest)
    return ok({ ...eventsRecord(series), num_channels: channelCount });
  return output(changedEvents(series, { channelCount }));
}

const methods: Readonly<Record<string, Eventful>> = {
  __call__(series, given) {
    const [from, to] = [maybeNumber(given(0, 't_start')), maybeNumber(given(1, 't_stop'))];
    const events = andThen(withChannels(series, channelsOf(given(2, 'channels'))), (chosen) =>
      eventsBetween(chosen, from, to, given(3, 'include_stop') === true),
    );
    return mapResult(events, ({ times, channels }) => [vectorArray(times), vectorArray(channels)]);
  },
  __getitem__: items,
  clip,
  merge,
  append_c: appendChannels,
  append_t: appendInTime,
  raster,
  xraster: raster,
  'list(xraster)': raster,
  delay: (series, given) => output(delayEvents(series, maybeNumber(given(0, 'offset')) ?? 0)),
  remap_channels: (series, given) => output(remapChannels(series, Array.from(numbersOf(given(0, 'channel_map'))))),
  copy: (series) => ok(eventsRecord(series)),
  isempty: (series) => ok(series.times.length === 0),
  print: (series) => ok(printSeries(series)),
  'get duration': (series) => ok(series.stop - series.start),
  'get t_start': (series) => ok(series.start),
  'get t_stop': (series) => ok(series.stop),
  'get periodic': (series) => ok(series.periodic),
  'get num_channels': (series) => ok(series.channelCount),
  'get times': (series) => ok(vectorArray(series.times)),
  'get channels': (series) => ok(vectorArray(series.channels)),
  'set num_channels': setChannelCount,
  'set channels': (series, given) =>
    output(changedEvents(series, { channels: Int32Array.from(numbersOf(given(0, 'value'))) })),
  'set t_start': (series, given) => output(changedEvents(series, { start: maybeNumber(given(0, 'value')) ?? NaN })),
  'set t_stop': (series, given) => output(changedEvents(series, { stop: maybeNumber(given(0, 'value')) ?? NaN })),
  'set periodic': (series, given) => output(changedEvents(series, { periodic: given(0, 'value') === true })),
  'set times': (series, given) => {
    const times = numbersOf(given(0, 'value'));
    const start = Math.min(series.start, times[0] ?? series.start);
    return output(changedEvents(series, { times, start, stop: Math.max(series.stop, times.at(-1) ?? series.stop) }));
  },
};

function run(reference: ReferenceCase) {
  const { op, input } = reference.all;
  if (op === 'construct') return mapResult(construct(givenIn(reference)), (value) => ({ output: value }));
  return andThen(seriesOfEvents(input), (series) => runMethod(reference, methods, series));
}

export const eventSeries: System = {
  id: 'rockpool.TSEvent',
  kinds: ['timeseries'],
  where: [
    'timeseries/cut-events.ts clipEvents',
    'timeseries/combine-events.ts mergeEvents',
    'timeseries/raster.ts rasterise',
    'stimuli/events',
  ],
  deviations: [
    'The number of channels is above the highest channel in use, as documented; the original also takes that channel itself, as a case has it.',
    'A raster can have any channels as columns; the original finds columns by the number of the channel and raises where there is none, as the cases have it.',
    'Limits in the wrong order are exchanged for a clipped series too; the original exchanges them only while it looks for events, as the cases have it.',
    'Renumbered channels take the places in which they were asked for; the original numbers those with events, as the cases have it.',
    'Channels have no negative numbers and events are never out of order, which the original lets pass.',
  ],
  run,
};

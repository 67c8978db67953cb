/** Bad times, channels and settings of time series: of the series themselves, of operations, and of the stimuli that play them. */
import type { Result } from '../../base/result.ts';
import { readSeriesNpz } from '../../formats/series-npz.ts';
import { writeNpz } from '../../formats/npz.ts';
import { combineSamples } from '../../timeseries/arithmetic.ts';
import { mergeSeries } from '../../timeseries/combine-continuous.ts';
import { createContinuousSeries, type ContinuousOptions } from '../../timeseries/continuous-series.ts';
import { remapChannels, selectEventChannels } from '../../timeseries/cut-events.ts';
import { delaySeries, resampleSeries, selectChannels } from '../../timeseries/cut-continuous.ts';
import { createEventSeries, type EventOptions } from '../../timeseries/event-series.ts';
import { rasterise } from '../../timeseries/raster.ts';
import { expectOk } from '../../base/result.ts';
import { tryElement, type Mistake, type Rows } from './mistake.test-support.ts';

const rows = (times: readonly number[], samples: readonly number[], channels = 1, options: ContinuousOptions = {}) =>
  createContinuousSeries(Float64Array.from(times), Float64Array.from(samples), channels, options);
const spikes = (times: readonly number[], channels: readonly number[], options: EventOptions = {}) =>
  createEventSeries(Float64Array.from(times), Int32Array.from(channels), options);
const line = expectOk(rows([0, 1, 2], [1, 2, 3]));
const pair = expectOk(rows([0, 1], [1, 2, 3, 4], 2));
const events = expectOk(spikes([0, 1], [0, 1]));

type Row = readonly [about: string, mentions: readonly string[], attempt: () => Result<unknown>];

const ofRows: readonly Row[] = [
  ['times that go back', ['Time 3', '1 s', '2 s', 'Sort'], () => rows([0, 2, 1], [1, 2, 3])],
  ['a time that is not finite', ['Time 2', 'finite'], () => rows([0, Number.NaN], [1, 2])],
  ['samples for other times', ['3 times', '2 channels', '6 samples', '5'], () => rows([0, 1, 2], [1, 2, 3, 4, 5], 2)],
  ['a start after the first time', ['starts at 1 s', 'first time'], () => rows([0, 2], [1, 2], 1, { start: 1 })],
  ['a stop before the last time', ['stops at 1 s', 'last time'], () => rows([0, 2], [1, 2], 1, { stop: 1 })],
  [
    'too few rows for a spline',
    ['cubic', 'at least 4', '3'],
    () => rows([0, 1, 2], [1, 2, 3], 1, { interpolation: 'cubic' }),
  ],
  [
    'two rows of a spline at one time',
    ['quadratic', '1 s', 'rows 2 and 3'],
    () => rows([0, 1, 1, 2], [1, 2, 3, 4], 1, { interpolation: 'quadratic' }),
  ],
  ['a channel that there is not', ['channel 2', '0 to 1'], () => selectChannels(pair, [0, 2])],
  ['another series of other channels', ['1 channels', 'of 2'], () => mergeSeries(line, pair)],
  [
    'an operand of another shape',
    ['[3]', '2 samples of 2'],
    () => combineSamples(pair, 'add', { shape: [3], values: new Float64Array(3) }),
  ],
  ['new times that go back', ['Time 2', '0 s'], () => resampleSeries(line, Float64Array.of(1, 0))],
  ['a delay that is not finite', ['Time 1', 'finite'], () => delaySeries(line, Number.POSITIVE_INFINITY)],
];

const ofEvents: readonly Row[] = [
  ['times that go back', ['Time 2', '0.5 s', '1 s'], () => spikes([1, 0.5], [0, 0])],
  ['fewer channels than times', ['2 event times', '1 channel numbers'], () => spikes([0, 1], [0])],
  ['a negative channel', ['Event 2', 'channel -1'], () => spikes([0, 1], [0, -1])],
  [
    'a channel beyond their number',
    ['Event 2', 'channel 4', '3 channels'],
    () => spikes([0, 1], [0, 4], { channelCount: 3 }),
  ],
  ['a stop before the last event', ['stops at 0.5 s'], () => spikes([0, 1], [0, 0], { stop: 0.5 })],
  ['a raster of a negative time step', ['positive', '-0.1 s'], () => rasterise(events, -0.1)],
  ['a raster of half a step', ['2.5 steps', 'whole number'], () => rasterise(events, 0.1, { steps: 2.5 })],
  ['a map of other channels', ['3 numbers', 'Give 2'], () => remapChannels(events, [0, 1, 2])],
  ['a map to no channel', ['-1', 'at least 0'], () => remapChannels(events, [0, -1])],
  ['a choice of a channel that there is not', ['channel 5', '0 to 1'], () => selectEventChannels(events, [5])],
];

const savedAs = (parts: Readonly<Record<string, Float64Array | string>>): Uint8Array =>
  writeNpz(new Map(Object.entries(parts).map(([name, values]) => [name, { values }])));
const [times, samples] = [Float64Array.of(0, 1), Float64Array.of(1, 2)];

const saved: readonly Row[] = [
  [
    'a file with an interpolation that there is not',
    ['interpolation "zigzag"', 'not known'],
    () => readSeriesNpz(savedAs({ times, samples, interp_kind: 'zigzag', str_type: 'TSContinuous' })),
  ],
  ['a file without times', ['"times"'], () => readSeriesNpz(savedAs({ samples, str_type: 'TSContinuous' }))],
  [
    'a file of events where rows are expected',
    ['TSEvent', 'TSContinuous'],
    () => readSeriesNpz(savedAs({ times, channels: samples, str_type: 'TSEvent' }), 'TSContinuous'),
  ],
];

const column = (unit: string, ...values: readonly number[]): Rows => ({ rows: values.map((value) => [value]), unit });
const ms = (value: number) => ({ value, unit: 'ms' });
const data = column('1', 1, 2, 3);
const timed = (at: Rows, more: Parameters<typeof tryElement>[1] = {}) =>
  tryElement('stimuli/series', { series: data, times: at, ...more });

const played: readonly Row[] = [
  ['times for other rows', ['times', '2 times', '3 rows'], () => timed(column('ms', 0, 1))],
  ['times of a block that go back', ['times', 'Time 3', '0.001 s'], () => timed(column('ms', 0, 2, 1))],
  ['times that are no times', ['times', 'mV'], () => timed(column('mV', 0, 1, 2))],
  [
    'too few rows for the spline of a block',
    ['cubic', 'at least 4'],
    () => timed(column('ms', 0, 1, 2), { interpolation: 'cubic' }),
  ],
  [
    'an interpolation that there is not',
    ['interpolation', 'zigzag', 'linear'],
    () => timed(column('ms', 0, 1, 2), { interpolation: 'zigzag' }),
  ],
  [
    'a round shorter than its rows',
    ['period', '0.001 s', 'at least 0.002 s'],
    () => timed(column('ms', 0, 1, 2), { after: 'repeat', period: ms(1) }),
  ],
];

const spiking = (at: Rows, more: Parameters<typeof tryElement>[1] = {}) =>
  tryElement('stimuli/events', { times: at, channels: column('1', 0, 1, 2), ...more });

const playedEvents: readonly Row[] = [
  ['channels for other events', ['channels', '3 channel numbers', '2 event times'], () => spiking(column('ms', 0, 1))],
  ['event times of a block that go back', ['times', 'Time 3', '0.001 s'], () => spiking(column('ms', 0, 2, 1))],
  ['an event before the start', ['times', 'starts at 0 s'], () => spiking(column('ms', -1, 0, 1))],
  ['an event after the stop', ['times', 'stops at 0.001 s'], () => spiking(column('ms', 0, 1, 2), { stop: ms(1) })],
  [
    'too few channels',
    ['channels', 'event 3', 'channel 2', '0 to 1'],
    () => spiking(column('ms', 0, 1, 2), { size: 2 }),
  ],
  [
    'half a channel',
    ['channels', 'event 2', '0.5', 'whole numbers'],
    () => spiking(column('ms', 0, 1, 2), { channels: column('1', 0, 0.5, 1) }),
  ],
  [
    'a period shorter than the step',
    ['stop', '0.5 ms', 'at least 1 ms'],
    () => spiking(column('ms', 0, 0.1, 0.5), { periodic: true, stop: ms(0.5) }),
  ],
  ['no events at all', ['times', 'no events'], () => tryElement('stimuli/events', { times: null, channels: null })],
];

const rowsFor = (system: string, table: readonly Row[]): readonly Mistake[] =>
  table.map(([about, mentions, attempt]) => ({ system, about, mentions, attempt }));

export const seriesMistakes: readonly Mistake[] = [
  ...rowsFor('rockpool.TSContinuous', [...ofRows, ...saved, ...played]),
  ...rowsFor('rockpool.TSEvent', [...ofEvents, ...playedEvents]),
];

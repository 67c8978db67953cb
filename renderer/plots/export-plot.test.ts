import { describe, expect, it } from 'vitest';
import type { ProbeInformation } from '../../engine/protocol/messages.ts';
import { expectOk } from '../../engine/base/result.ts';
import { readSeriesNpz } from '../../engine/formats/series-npz.ts';
import { seriesArchive, tableCsv } from './export-plot.ts';

const probe: ProbeInformation = {
  id: 'p',
  element: 'e',
  elementName: 'E, left',
  target: 'v',
  unit: 'V',
  type: 'samples',
  channels: 2,
  cells: [3, 12],
};

describe('CSV of a plot', () => {
  it('has a column per recorded cell, with its unit, and every digit', () => {
    const numbers = {
      times: Float64Array.of(0, 0.0001),
      values: Float64Array.of(-0.065, -0.06, -0.064999999999, 0.1),
      channels: 2,
    };
    expect(tableCsv(probe, numbers)).toBe(
      'time (s),v cell 3 (V),v cell 12 (V)\n0,-0.065,-0.06\n0.0001,-0.064999999999,0.1\n',
    );
  });

  it('has a line per spike', () => {
    const spikes = { times: Float64Array.of(0.5), values: Float64Array.of(7), channels: 1 };
    expect(tableCsv({ ...probe, type: 'events' }, spikes)).toBe('time (s),cell\n0.5,7\n');
  });
});

describe('a plot as saved series', () => {
  const readBack = (archive: ReturnType<typeof seriesArchive>) => expectOk(readSeriesNpz(expectOk(archive)));

  it('has the samples of all recorded cells', () => {
    const numbers = { times: Float64Array.of(0, 0.5), values: Float64Array.of(1, 2, 3, 4), channels: 2 };
    const { name, series } = readBack(seriesArchive(probe, numbers));
    expect(name).toBe('E, left v');
    expect(series).toMatchObject({ type: 'continuous', channelCount: 2, samples: numbers.values });
  });

  it.each([
    [null, 5],
    [[3, 12], 13],
  ])('has the spikes, with a channel for each cell (recorded: %j)', (cells, channelCount) => {
    const last = cells === null ? 2 : 12;
    const spikes = { times: Float64Array.of(0.5, 0.5), values: Float64Array.of(1, last), channels: 1 };
    const archive = seriesArchive({ ...probe, type: 'events', channels: 5, cells }, spikes);
    expect(readBack(archive).series).toMatchObject({ type: 'events', channelCount, channels: Int32Array.of(1, last) });
  });
});

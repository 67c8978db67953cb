import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectOk } from '../base/result.ts';
import { createContinuousSeries, interpolationKinds } from '../timeseries/continuous-series.ts';
import { createEventSeries } from '../timeseries/event-series.ts';
import { readNpyText, writeNpy } from './npy.ts';
import { writeNpz, type NpzArray } from './npz.ts';
import { readSeriesNpz, writeSeriesNpz } from './series-npz.ts';

const increasing = fc
  .array(fc.double({ min: 0.001, max: 5, noNaN: true }), { minLength: 4, maxLength: 12 })
  .map((gaps) => {
    let time = -3;
    return Float64Array.from(gaps, (gap) => (time += gap));
  });

describe('a saved series', () => {
  it('comes back as it was: analogue', () => {
    fc.assert(
      fc.property(
        increasing,
        fc.constantFrom(...interpolationKinds),
        fc.boolean(),
        fc.string({ maxLength: 9 }).filter((text) => !text.includes('\0')),
        (times, interpolation, periodic, name) => {
          const samples = Float64Array.from([...times, ...times], (time, place) => (place === 3 ? NaN : time * place));
          const options = { interpolation, periodic, start: -4, stop: 100 };
          const series = expectOk(createContinuousSeries(times, samples, 2, options));
          expect(expectOk(readSeriesNpz(writeSeriesNpz({ series, name }), 'TSContinuous'))).toEqual({ series, name });
        },
      ),
    );
  });

  it('comes back as it was: events, and nothing at all', () => {
    fc.assert(
      fc.property(increasing, fc.boolean(), (times, periodic) => {
        const channels = Int32Array.from(times, (_, place) => place % 3);
        const series = expectOk(createEventSeries(times, channels, { periodic, channelCount: 7, stop: 99 }));
        expect(expectOk(readSeriesNpz(writeSeriesNpz({ series, name: 'e' }))).series).toEqual(series);
      }),
    );
    const empty = expectOk(createContinuousSeries(new Float64Array(), new Float64Array(), 3));
    expect(expectOk(readSeriesNpz(writeSeriesNpz({ series: empty, name: '' }))).series).toEqual(empty);
  });

  it('of another type than expected is refused, and so is an archive that is no series', () => {
    const series = expectOk(createEventSeries(Float64Array.of(1), Int32Array.of(0)));
    const bytes = writeSeriesNpz({ series, name: 'e' });
    expect(readSeriesNpz(bytes, 'TSContinuous').problems[0]?.code).toBe('timeseries/invalid');
    const plain = new Map<string, NpzArray>([['times', { values: Float64Array.of(1, 2) }]]);
    expect(readSeriesNpz(writeNpz(plain)).problems[0]?.code).toBe('npz/entry');
    const half = writeNpz(new Map<string, NpzArray>([...plain, ['str_type', { values: 'TSEvent' }]]));
    expect(readSeriesNpz(half).problems[0]?.code).toBe('npz/entry');
    expect(readSeriesNpz(Uint8Array.of(1, 2)).ok).toBe(false);
  });
});

describe('a text as an array', () => {
  it('has four bytes for each character, and comes back', () => {
    for (const text of ['TSEvent', '', 'τ_mem 🙂']) expect(readNpyText(writeNpy(text))).toBe(text);
    expect(new TextDecoder().decode(writeNpy('TSEvent'))).toContain(
      "'descr': '<U7', 'fortran_order': False, 'shape': ()",
    );
  });

  it('is not read out of numbers, lists of texts or a damaged file', () => {
    expect(readNpyText(writeNpy(Float64Array.of(1)))).toBeUndefined();
    expect(readNpyText(writeNpy('abc', [1]))).toBeUndefined();
    expect(readNpyText(writeNpy('abc').slice(0, -1))).toBeUndefined();
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RasterView } from '../../engine/protocol/history-messages.ts';
import { paintRaster, rasterBadge, type PixelImage } from './raster-image.ts';

const newImage = (width: number, height: number): PixelImage => ({
  width,
  height,
  pixels: new Uint8ClampedArray(4 * width * height),
});
const visible = (image: PixelImage): number =>
  image.pixels.filter((value, index) => index % 4 === 3 && value > 0).length;
const paint = { range: { fromSeconds: 0, toSeconds: 1 }, cells: 10, dot: 1, colourOf: () => [1, 2, 3] as const };

describe('raster of events', () => {
  it('puts cell 0 at the bottom and time from left to right', () => {
    const image = newImage(10, 10);
    paintRaster(
      image,
      { kind: 'events', times: Float64Array.of(0.05, 0.95), cells: Int32Array.of(0, 9), total: 2 },
      paint,
    );
    expect(image.pixels.slice(4 * 90, 4 * 91)).toEqual(Uint8ClampedArray.of(1, 2, 3, 255));
    expect(image.pixels.slice(4 * 9, 4 * 10)).toEqual(Uint8ClampedArray.of(1, 2, 3, 255));
    expect(visible(image)).toBe(2);
  });

  it('ignores what lies outside the window without wrapping to another row', () => {
    const image = newImage(10, 10);
    paintRaster(
      image,
      { kind: 'events', times: Float64Array.of(-0.3, 1.2), cells: Int32Array.of(5, 5), total: 2 },
      paint,
    );
    expect(visible(image)).toBe(0);
  });
});

describe('raster as density', () => {
  it('shows a single spike among many, wherever it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 199 }), fc.integer({ min: 0, max: 79 }), (column, row) => {
        const counts = new Uint32Array(200 * 80);
        counts[row * 200 + column] = 1;
        const image = newImage(120, 50);
        paintRaster(image, { kind: 'density', columns: 200, rows: 80, counts, total: 30_001 }, paint);
        expect(visible(image)).toBeGreaterThan(0);
      }),
    );
  });
});

describe('badge', () => {
  it('counts what is shown', () => {
    const events: RasterView = { kind: 'events', times: new Float64Array(0), cells: new Int32Array(0), total: 6203 };
    expect(rasterBadge(events)).toBe('all 6,203 spikes shown');
    expect(rasterBadge({ ...events, total: 1 })).toBe('all 1 spike shown');
    const density: RasterView = { kind: 'density', columns: 1, rows: 1, counts: Uint32Array.of(48_120), total: 48_120 };
    expect(rasterBadge(density)).toBe('48,120 spikes as density, none lost');
  });
});

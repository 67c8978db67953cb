import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RasterView } from '../../engine/protocol/history-messages.ts';
import { paintRaster, rasterBadge, type Colour, type PixelImage } from './raster-image.ts';

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

describe('raster as density, pixel by pixel', () => {
  it('paints each count with its opacity over the pixels of its place', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 600 })), { minLength: 12, maxLength: 12 }),
        fc.integer({ min: 2, max: 11 }),
        fc.integer({ min: 2, max: 11 }),
        (counts, width, height) => {
          const image = newImage(width, height);
          const view = { kind: 'density' as const, columns: 4, rows: 3, counts: Uint32Array.from(counts), total: 0 };
          const colours: Colour[] = [
            [1, 2, 3],
            [200, 100, 50],
          ];
          const colourOf = (cell: number): Colour => colours[cell % 2] as Colour;
          paintRaster(image, view, { ...paint, cells: 3, colourOf });
          expect(image.pixels).toEqual(densityByPixel(view, width, height, colourOf));
        },
      ),
    );
  });
});

/** What the picture of counts should be, said once more and slowly: later places paint over earlier ones. */
function densityByPixel(
  view: RasterView & { kind: 'density' },
  width: number,
  height: number,
  colourOf: (cell: number) => Colour,
): Uint8ClampedArray {
  const pixels = new Uint8ClampedArray(4 * width * height);
  const most = Math.log1p(Math.max(1, ...view.counts));
  view.counts.forEach((count, index) => {
    if (count === 0) return;
    const [row, column] = [Math.floor(index / view.columns), index % view.columns];
    const left = Math.round((width * column) / view.columns);
    const right = Math.max(Math.round((width * (column + 1)) / view.columns), left + 1);
    const top = Math.round(height * (1 - (row + 1) / view.rows));
    const bottom = Math.max(Math.round(height * (1 - row / view.rows)), top + 1);
    for (let y = top; y < Math.min(bottom, height); y++)
      for (let x = left; x < Math.min(right, width); x++)
        pixels.set([...colourOf(row), 90 + 165 * (Math.log1p(count) / most)], 4 * (y * width + x));
  });
  return pixels;
}

describe('badge', () => {
  it('counts what is shown', () => {
    const events: RasterView = { kind: 'events', times: new Float64Array(0), cells: new Int32Array(0), total: 6203 };
    expect(rasterBadge(events)).toBe('all 6,203 spikes shown');
    expect(rasterBadge({ ...events, total: 1 })).toBe('all 1 spike shown');
    const density: RasterView = { kind: 'density', columns: 1, rows: 1, counts: Uint32Array.of(48_120), total: 48_120 };
    expect(rasterBadge(density)).toBe('48,120 spikes as density, none lost');
  });
});

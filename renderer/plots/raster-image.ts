/** Raster image: spikes, or their density, as pixels of one image; quick enough for every frame and for every block. */
import type { RasterView } from '../../engine/protocol/history-messages.ts';
import type { TimeRange } from './time-range.ts';

/** Pixels, four bytes each (red, green, blue, alpha), row 0 at the top. */
export interface PixelImage {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8ClampedArray;
}

export type Colour = readonly [red: number, green: number, blue: number];

export interface RasterPaint {
  readonly range: TimeRange;
  /** Rows of the raster: cells of the probe. */
  readonly cells: number;
  /** Side of one spike, pixels. */
  readonly dot: number;
  /** Colour of a cell. */
  colourOf(cell: number): Colour;
}

/** Paints over the whole image: cell 0 at the bottom, the window from edge to edge. */
export function paintRaster(image: PixelImage, view: RasterView, paint: RasterPaint): void {
  image.pixels.fill(0);
  if (view.kind === 'events') paintEvents(image, view, paint);
  else paintDensity(image, view, paint);
}

function paintEvents(image: PixelImage, view: RasterView & { kind: 'events' }, paint: RasterPaint): void {
  const { width, height } = image;
  const perSecond = width / (paint.range.toSeconds - paint.range.fromSeconds);
  const perCell = height / Math.max(paint.cells, 1);
  const half = (paint.dot - 1) / 2;
  for (let index = 0; index < view.times.length; index++) {
    const cell = view.cells[index] as number;
    const x = Math.floor(((view.times[index] as number) - paint.range.fromSeconds) * perSecond - half);
    const y = Math.floor(height - (cell + 0.5) * perCell - half);
    paintDot(image, x, y, paint.dot, paint.colourOf(cell));
  }
}

function paintDot(image: PixelImage, left: number, top: number, dot: number, colour: Colour): void {
  const right = Math.min(left + dot, image.width);
  const bottom = Math.min(top + dot, image.height);
  for (let y = Math.max(top, 0); y < bottom; y++) {
    for (let x = Math.max(left, 0); x < right; x++) setPixel(image, x, y, colour, 255);
  }
}

function setPixel(image: PixelImage, x: number, y: number, colour: Colour, alpha: number): void {
  const at = 4 * (y * image.width + x);
  image.pixels[at] = colour[0];
  image.pixels[at + 1] = colour[1];
  image.pixels[at + 2] = colour[2];
  image.pixels[at + 3] = alpha;
}

/** Every cell of the grid with a spike is visible: its opacity starts at 35 % and grows with the logarithm of the count. */
function paintDensity(image: PixelImage, view: RasterView & { kind: 'density' }, paint: RasterPaint): void {
  let greatest = 1;
  for (const count of view.counts) if (count > greatest) greatest = count;
  const logGreatest = Math.log1p(greatest);
  for (let row = 0; row < view.rows; row++) {
    const colour = paint.colourOf(Math.floor(((row + 0.5) * paint.cells) / view.rows));
    const top = Math.round(image.height * (1 - (row + 1) / view.rows));
    const bottom = Math.max(Math.round(image.height * (1 - row / view.rows)), top + 1);
    for (let column = 0; column < view.columns; column++) {
      const count = view.counts[row * view.columns + column] as number;
      if (count === 0) continue;
      const alpha = 90 + 165 * (Math.log1p(count) / logGreatest);
      const left = Math.round((image.width * column) / view.columns);
      const right = Math.max(Math.round((image.width * (column + 1)) / view.columns), left + 1);
      for (let y = Math.max(top, 0); y < Math.min(bottom, image.height); y++) {
        for (let x = left; x < Math.min(right, image.width); x++) setPixel(image, x, y, colour, alpha);
      }
    }
  }
}

/** Side of a spike in device pixels: most of a cell's row, `least` to three CSS pixels. */
export function dotSize(height: number, cells: number, ratio: number, least = 1.5): number {
  const row = height / Math.max(cells, 1) / ratio;
  return Math.max(Math.round(Math.min(Math.max(row * 0.8, least), 3) * ratio), 1);
}

/** What the badge of a raster says: how many spikes are shown of how many. */
export function rasterBadge(view: RasterView | undefined): string {
  if (view === undefined) return '';
  const spikes = view.total === 1 ? 'spike' : 'spikes';
  const count = view.total.toLocaleString('en');
  return view.kind === 'events' ? `all ${count} ${spikes} shown` : `${count} ${spikes} as density, none lost`;
}

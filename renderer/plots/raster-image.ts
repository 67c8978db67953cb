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
  const words = wordsOf(image);
  const wordOf = rememberedWord();
  const perSecond = width / (paint.range.toSeconds - paint.range.fromSeconds);
  const perCell = height / Math.max(paint.cells, 1);
  const half = (paint.dot - 1) / 2;
  for (let index = 0; index < view.times.length; index++) {
    const cell = view.cells[index] as number;
    const x = Math.floor(((view.times[index] as number) - paint.range.fromSeconds) * perSecond - half);
    const y = Math.floor(height - (cell + 0.5) * perCell - half);
    const word = wordOf(paint.colourOf(cell));
    fillRectangle(words, image, x, y, x + paint.dot, y + paint.dot, word);
  }
}

/** Counts up to this have their opacity looked up. */
const tabled = 256;

/** Every cell of the grid with a spike is visible: its opacity starts at 35 % and grows with the logarithm of the count. */
function paintDensity(image: PixelImage, view: RasterView & { kind: 'density' }, paint: RasterPaint): void {
  const words = wordsOf(image);
  const opacity = opacityOf(view.counts);
  const lefts = Int32Array.from({ length: view.columns + 1 }, (_, column) =>
    Math.round((image.width * column) / view.columns),
  );
  let colour: Colour | undefined;
  let shades: Uint32Array = new Uint32Array(0);
  for (let row = 0; row < view.rows; row++) {
    const next = paint.colourOf(Math.floor(((row + 0.5) * paint.cells) / view.rows));
    if (next !== colour) shades = shadesOf(next, opacity);
    colour = next;
    const top = Math.round(image.height * (1 - (row + 1) / view.rows));
    const bottom = Math.max(Math.round(image.height * (1 - row / view.rows)), top + 1);
    for (let column = 0; column < view.columns; column++) {
      const count = view.counts[row * view.columns + column] as number;
      if (count === 0) continue;
      const word = count < tabled ? (shades[count] as number) : wordOf(next, opacity(count));
      const left = lefts[column] as number;
      fillRectangle(words, image, left, top, Math.max(lefts[column + 1] as number, left + 1), bottom, word);
    }
  }
}

function opacityOf(counts: Uint32Array): (count: number) => number {
  let greatest = 1;
  for (const count of counts) if (count > greatest) greatest = count;
  const logGreatest = Math.log1p(greatest);
  return (count) => 90 + 165 * (Math.log1p(count) / logGreatest);
}

/** Pixels of a colour for the counts that have a table. */
function shadesOf(colour: Colour, opacity: (count: number) => number): Uint32Array {
  return Uint32Array.from({ length: tabled }, (_, count) => wordOf(colour, opacity(count)));
}

/** The part of a rectangle that lies in the image, filled with one pixel. */
function fillRectangle(
  words: Uint32Array,
  { width, height }: PixelImage,
  left: number,
  top: number,
  right: number,
  bottom: number,
  word: number,
): void {
  const [from, to] = [Math.max(left, 0), Math.min(right, width)];
  const end = Math.min(bottom, height);
  for (let y = Math.max(top, 0); y < end; y++) {
    for (let at = y * width + from; at < y * width + to; at++) words[at] = word;
  }
}

/** The pixels of an image, each as one number. */
function wordsOf({ pixels, width, height }: PixelImage): Uint32Array {
  return new Uint32Array(pixels.buffer, pixels.byteOffset, width * height);
}

const pixelBytes = new Uint8ClampedArray(4);
const pixelWord = new Uint32Array(pixelBytes.buffer);

/** A pixel as one number, in the order of bytes of this computer. */
function wordOf([red, green, blue]: Colour, alpha: number): number {
  pixelBytes.set([red, green, blue, alpha]);
  return pixelWord[0] as number;
}

/** Opaque pixels; neighbouring cells mostly have the same colour. */
function rememberedWord(): (colour: Colour) => number {
  let last: Colour | undefined;
  let word = 0;
  return (colour) => {
    if (colour !== last) [last, word] = [colour, wordOf(colour, 255)];
    return word;
  };
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

/** Block picture: what is painted into the small canvas of a block, from its history or, before a run, from its seed. */
import type { RasterView, TraceView } from '../../engine/protocol/history-messages.ts';
import { parseColour } from '../plots/colour.ts';
import { valueRangeOf } from '../plots/envelope.ts';
import { dotSize, paintRaster } from '../plots/raster-image.ts';
import type { TimeRange } from '../plots/time-range.ts';
import type { ConnectivityPicture } from './connectivity-picture.ts';

export type PictureContent =
  | { readonly kind: 'raster'; readonly view: RasterView; readonly range: TimeRange; readonly cells: number }
  | { readonly kind: 'lines'; readonly lines: readonly PictureLine[]; readonly range: TimeRange }
  | { readonly kind: 'connectivity'; readonly picture: ConnectivityPicture }
  | { readonly kind: 'quiet' };

export interface PictureLine {
  readonly view: TraceView;
  /** The target of a readout: dashed and in the second ink. */
  readonly reference: boolean;
}

export interface PictureColours {
  /** Colour of the family. */
  readonly family: string;
  readonly reference: string;
  readonly quiet: string;
}

const margin = 3;

/** Paints the whole picture anew; the size of the canvas is in device pixels. */
export function paintPicture(
  canvas: HTMLCanvasElement,
  content: PictureContent,
  colours: PictureColours,
  ratio: number,
): void {
  const context = canvas.getContext('2d');
  if (context === null) return;
  context.clearRect(0, 0, canvas.width, canvas.height);
  switch (content.kind) {
    case 'raster':
      return paintSpikes(context, content, colours, ratio);
    case 'lines':
      return paintLines(context, content, colours, ratio);
    case 'connectivity':
      return paintConnectivity(context, content.picture, colours, ratio);
    case 'quiet':
      return paintQuiet(context, colours, ratio);
  }
}

function paintSpikes(
  context: CanvasRenderingContext2D,
  content: PictureContent & { kind: 'raster' },
  colours: PictureColours,
  ratio: number,
): void {
  const { width, height } = context.canvas;
  const image = context.createImageData(width, height);
  const colour = parseColour(colours.family);
  const dot = dotSize(height, content.cells, ratio, 1);
  paintRaster({ width, height, pixels: image.data }, content.view, {
    range: content.range,
    cells: content.cells,
    dot,
    colourOf: () => colour,
  });
  context.putImageData(image, 0, 0);
}

function paintLines(
  context: CanvasRenderingContext2D,
  content: PictureContent & { kind: 'lines' },
  colours: PictureColours,
  ratio: number,
): void {
  const values = valueRangeOf(content.lines.map((line) => line.view));
  if (values === undefined) return paintQuiet(context, colours, ratio);
  const { width, height } = context.canvas;
  const inner = height - 2 * margin * ratio;
  const perUnit = values.maximum > values.minimum ? inner / (values.maximum - values.minimum) : 0;
  const y = (value: number): number =>
    perUnit === 0 ? height / 2 : height - margin * ratio - (value - values.minimum) * perUnit;
  const perSecond = width / (content.range.toSeconds - content.range.fromSeconds);
  const x = (seconds: number): number => (seconds - content.range.fromSeconds) * perSecond;
  for (const line of content.lines) {
    context.strokeStyle = line.reference ? colours.reference : colours.family;
    context.setLineDash(line.reference && line.view.samplesPerColumn <= 1 ? [3 * ratio, 3 * ratio] : []);
    context.lineWidth = (line.reference ? 1 : 1.25) * ratio;
    for (const channel of line.view.minimum.keys()) strokeChannel(context, line.view, channel, x, y);
  }
  context.setLineDash([]);
}

type Placing = (value: number) => number;

/** A channel as one stroke through the extremes of every column; a column without samples lifts the pen. */
function strokeChannel(
  context: CanvasRenderingContext2D,
  view: TraceView,
  channel: number,
  x: Placing,
  y: Placing,
): void {
  const least = view.minimum[channel];
  const greatest = view.maximum[channel];
  if (least === undefined || greatest === undefined) return;
  context.beginPath();
  let down = false;
  for (let column = 0; column < view.times.length; column++) {
    const low = least[column] as number;
    const high = greatest[column] as number;
    const left = x(view.times[column] as number);
    if (!Number.isFinite(low)) {
      down = false;
      continue;
    }
    if (down) context.lineTo(left, y(low));
    else context.moveTo(left, y(low));
    if (high !== low) context.lineTo(left, y(high));
    down = true;
  }
  context.stroke();
}

function paintConnectivity(
  context: CanvasRenderingContext2D,
  picture: ConnectivityPicture,
  colours: PictureColours,
  ratio: number,
): void {
  const { width, height } = context.canvas;
  const at = (index: number): readonly [number, number] => {
    const unit = picture.units[index] ?? { x: 0, y: 0 };
    return [unit.x * width, unit.y * height];
  };
  context.strokeStyle = colours.family;
  context.globalAlpha = 0.3;
  context.lineWidth = ratio;
  for (const [from, to] of picture.links) {
    context.beginPath();
    context.moveTo(...at(from));
    context.lineTo(...at(to));
    context.stroke();
  }
  context.globalAlpha = 0.9;
  context.fillStyle = colours.family;
  for (const index of picture.units.keys()) {
    context.beginPath();
    context.arc(...at(index), 1.8 * ratio, 0, 2 * Math.PI);
    context.fill();
  }
  context.globalAlpha = 1;
}

/** Nothing recorded yet: a flat line, so that an empty block is calm and not broken. */
function paintQuiet(context: CanvasRenderingContext2D, colours: PictureColours, ratio: number): void {
  const { width, height } = context.canvas;
  context.strokeStyle = colours.quiet;
  context.lineWidth = ratio;
  context.setLineDash([2 * ratio, 4 * ratio]);
  context.beginPath();
  context.moveTo(0, Math.round(height / 2) + 0.5);
  context.lineTo(width, Math.round(height / 2) + 0.5);
  context.stroke();
  context.setLineDash([]);
}

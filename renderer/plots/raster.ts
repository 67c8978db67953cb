/** Raster: every spike of one or several populations, as points or, when there are too many, as density. */
import { formatQuantity, significant } from '../../engine/units/format-quantity.ts';
import type { RasterView } from '../../engine/protocol/history-messages.ts';
import type { ProbeInformation } from '../../engine/protocol/messages.ts';
import { roundValues } from './axis-unit.ts';
import { parseColour } from './colour.ts';
import type { PlanContext, PlotFigures, PlotKind, PlotPlan } from './plot-plan.ts';
import { dotSize, paintRaster, rasterBadge, type Colour } from './raster-image.ts';
import type { TimeRange } from './time-range.ts';
import type { ChartArea } from './uplot-chart.ts';

export const rasterKind: PlotKind = {
  id: 'raster',
  title: 'Raster',
  empty: (plot) => `Drag a spike output here, or ${plot} on a block`,
  accepts: (probe) => probe.type === 'events',
  plan: createRasterPlan,
  chip: rasterChip,
};

interface Band {
  readonly probe: ProbeInformation;
  readonly firstRow: number;
  readonly colour: Colour;
}

interface Answer {
  readonly range: TimeRange;
  readonly views: readonly RasterView[];
}

/** Populations stand above each other in the order of the probes; the first one at the bottom. */
function createRasterPlan(context: PlanContext): PlotPlan {
  const bands = bandsOf(context);
  const rowCount = Math.max(
    bands.reduce((sum, band) => sum + band.probe.channels, 0),
    1,
  );
  const layer = document.createElement('canvas');
  let answer: Answer | undefined;
  return {
    lines: [],
    valueTicks: (values, wanted) => cellTicks(values.maximum, wanted),
    async ask(range, columns, rows) {
      const views = await Promise.all(
        bands.map(({ probe }) => {
          const share = Math.max(Math.round((rows * probe.channels) / rowCount), 1);
          return context.history.raster({ probe: probe.id, ...range, columns, rows: Math.min(share, probe.channels) });
        }),
      );
      return () => {
        answer = { range, views };
        return { points: undefined, values: { minimum: 0, maximum: rowCount } };
      };
    },
    paintBelow(canvas, area) {
      if (answer !== undefined) paintBands(canvas, area, layer, bands, answer, rowCount);
    },
    valuesAt: (seconds) => (answer === undefined ? 'no values here' : spikesAt(bands, answer, seconds)),
    badge: () => rasterBadge(answer === undefined ? undefined : together(answer.views)),
  };
}

/** Part of the window around the cursor in which spikes are counted. */
const cursorShare = 0.01;

/** How many spikes each population has around the time. */
function spikesAt(bands: readonly Band[], { range, views }: Answer, seconds: number): string {
  const half = ((range.toSeconds - range.fromSeconds) * cursorShare) / 2;
  const within = bands.map(({ probe }, index) => {
    const view = views[index];
    const count = view === undefined ? 0 : countAround(view, range, seconds, half);
    return `${probe.elementName} ${count.toLocaleString('en')} ${count === 1 ? 'spike' : 'spikes'}`;
  });
  return `${within.join(', ')} in ${formatQuantity(2 * half, 's')}`;
}

function countAround(view: RasterView, range: TimeRange, seconds: number, half: number): number {
  if (view.kind === 'events')
    return view.times.reduce((sum, time) => sum + (Math.abs(time - seconds) <= half ? 1 : 0), 0);
  const width = (range.toSeconds - range.fromSeconds) / view.columns;
  return view.counts.reduce((sum, count, index) => {
    const middle = range.fromSeconds + ((index % view.columns) + 0.5) * width;
    return sum + (Math.abs(middle - seconds) <= half ? count : 0);
  }, 0);
}

function bandsOf(context: PlanContext): Band[] {
  let firstRow = 0;
  return context.probes.map((probe, index) => {
    const band = {
      probe,
      firstRow,
      colour: parseColour(context.colours.lines[index % context.colours.lines.length] ?? context.colours.ink),
    };
    firstRow += probe.channels;
    return band;
  });
}

function paintBands(
  context: CanvasRenderingContext2D,
  area: ChartArea,
  layer: HTMLCanvasElement,
  bands: readonly Band[],
  answer: Answer,
  rowCount: number,
): void {
  const width = Math.max(Math.round(area.width), 1);
  for (const [index, band] of bands.entries()) {
    const view = answer.views[index];
    const top = Math.round(area.height * (1 - (band.firstRow + band.probe.channels) / rowCount));
    const bottom = Math.round(area.height * (1 - band.firstRow / rowCount));
    if (view === undefined || bottom <= top) continue;
    paintBand(layer, width, bottom - top, view, answer.range, band, area.ratio);
    context.drawImage(layer, 0, 0, width, bottom - top, area.left, area.top + top, width, bottom - top);
  }
}

function paintBand(
  layer: HTMLCanvasElement,
  width: number,
  height: number,
  view: RasterView,
  range: TimeRange,
  band: Band,
  ratio: number,
): void {
  if (layer.width !== width) layer.width = width;
  if (layer.height !== height) layer.height = height;
  const context = layer.getContext('2d');
  if (context === null) return;
  const image = context.createImageData(width, height);
  const dot = dotSize(height, band.probe.channels, ratio);
  paintRaster({ width, height, pixels: image.data }, view, {
    range,
    cells: band.probe.channels,
    dot,
    colourOf: () => band.colour,
  });
  context.putImageData(image, 0, 0);
}

function cellTicks(rows: number, wanted: number): { height: number; label: string }[] {
  return roundValues(0, rows, wanted)
    .filter((value) => Number.isInteger(value))
    .map((value) => ({ height: value, label: String(value) }));
}

/** All bands as one count for the badge; density as soon as one of them is. */
function together(views: readonly RasterView[]): RasterView | undefined {
  const total = views.reduce((sum, view) => sum + view.total, 0);
  const first = views.find((view) => view.kind === 'density') ?? views[0];
  return first === undefined ? undefined : { ...first, total };
}

function rasterChip(probes: readonly ProbeInformation[], figures: PlotFigures): string {
  const cells = probes.reduce((sum, probe) => sum + probe.channels, 0);
  const spikes = probes.reduce((sum, probe) => sum + (figures.rates[probe.element] ?? 0) * probe.channels, 0);
  if (cells === 0) return '';
  const shown = `${cells.toLocaleString('en')} ${cells === 1 ? 'cell' : 'cells'}`;
  return probes.some((probe) => probe.element in figures.rates)
    ? `${shown} · ${significant(spikes / cells)} Hz`
    : shown;
}

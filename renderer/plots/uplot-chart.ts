/** Chart: one uPlot with a lifetime. The only file that knows uPlot; window, cursor and data are pushed in, gestures come out. */
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { Disposable } from '../../engine/base/disposable.ts';
import { watchGestures, type ChartGestures } from './chart-gestures.ts';
import type { LinePoints, ValueRange } from './envelope.ts';
import type { TimeRange } from './time-range.ts';

export interface ChartColours {
  readonly ink: string;
  readonly grid: string;
  readonly font: string;
}

export interface LineStyle {
  readonly colour: string;
  /** CSS pixels. */
  readonly width: number;
  readonly dashed: boolean;
}

/** The plotting area in device pixels, and how numbers map onto it. */
export interface ChartArea {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Device pixels per CSS pixel. */
  readonly ratio: number;
  x(seconds: number): number;
  y(value: number): number;
}

export interface ValueTick {
  readonly height: number;
  readonly label: string;
}

export type ChartPainter = (context: CanvasRenderingContext2D, area: ChartArea) => void;

export interface ChartOptions {
  readonly colours: ChartColours;
  readonly lines: readonly LineStyle[];
  /** Where labels stand on the value axis; `wanted` is how many there is room for. */
  valueTicks(values: ValueRange, wanted: number): readonly ValueTick[];
  /** Painted under the lines, after the grid. */
  readonly paintBelow?: ChartPainter;
  /** Painted above the lines. */
  readonly paintAbove?: ChartPainter;
  readonly gestures: ChartGestures;
}

export interface Chart extends Disposable {
  /** One frame: lines (empty for a raster), window and range together, drawn once. */
  show(points: LinePoints | undefined, range: TimeRange, values: ValueRange): void;
  /** The linked cursor; undefined hides it. */
  setCursor(seconds: number | undefined): void;
  resize(width: number, height: number): void;
  /** Width of the plotting area, device pixels: the columns worth asking for. */
  columns(): number;
  rows(): number;
  canvas(): HTMLCanvasElement;
}

const axisGap = 5;
const valueAxisWidth = 48;
const timeAxisHeight = 24;
const labelSpace = 34;

/** Puts a chart into the host element; `dispose` takes everything out again. */
export function createChart(host: HTMLElement, options: ChartOptions): Chart {
  const state: ChartState = {
    range: { fromSeconds: 0, toSeconds: 1 },
    values: { minimum: 0, maximum: 1 },
    cursor: undefined,
  };
  const plot = new uPlot(uplotOptions(host, options, state), emptyData(options.lines.length), host);
  const gestures = watchGestures(plot.over, () => state.range, options.gestures);
  const time = document.createElement('span');
  time.className = 'plot-cursor-time';
  plot.over.append(time);
  const placeCursor = (): void => {
    const { cursor, range } = state;
    const visible = cursor !== undefined && cursor >= range.fromSeconds && cursor <= range.toSeconds;
    placeCursorTime(time, visible ? cursor : undefined, range);
    plot.setCursor({ left: visible ? plot.valToPos(cursor, 'x') : -10, top: visible ? 0 : -10 }, false);
  };
  return {
    show(points, range, values) {
      state.range = range;
      state.values = values;
      plot.batch(() => {
        dashLines(plot, options.lines, points?.reduced === true);
        plot.setData(alignedData(points, options.lines.length), false);
        plot.setScale('x', { min: range.fromSeconds, max: range.toSeconds });
        plot.setScale('y', { min: values.minimum, max: values.maximum });
        // What a height means may change though the scales do not.
        plot.redraw(false, true);
      });
      placeCursor();
    },
    setCursor(seconds) {
      state.cursor = seconds;
      placeCursor();
    },
    resize: (width, height) => plot.setSize({ width: Math.max(width, 40), height: Math.max(height, 40) }),
    columns: () => Math.max(Math.round(plot.bbox.width), 1),
    rows: () => Math.max(Math.round(plot.bbox.height), 1),
    canvas: () => plot.ctx.canvas,
    dispose() {
      gestures.dispose();
      plot.destroy();
    },
  };
}

/** The time beside the cursor, on the side where there is room. */
function placeCursorTime(label: HTMLElement, seconds: number | undefined, range: TimeRange): void {
  const hidden = seconds === undefined;
  if (label.hidden !== hidden) label.hidden = hidden;
  if (seconds === undefined) return;
  const span = range.toSeconds - range.fromSeconds;
  const share = (seconds - range.fromSeconds) / span;
  const digits = Math.min(Math.max(Math.ceil(3 - Math.log10(span)), 0), 6);
  label.textContent = `${seconds.toFixed(digits)} s`;
  label.style.left = `${share * 100}%`;
  label.style.transform = share > 0.8 ? 'translateX(calc(-100% - 4px))' : 'translateX(4px)';
}

interface ChartState {
  range: TimeRange;
  values: ValueRange;
  cursor: number | undefined;
}

function uplotOptions(host: HTMLElement, options: ChartOptions, state: ChartState): uPlot.Options {
  const { below, above } = painters(options);
  return {
    width: Math.max(host.clientWidth, 40),
    height: Math.max(host.clientHeight, 40),
    padding: [8, 18, 0, 0],
    legend: { show: false },
    cursor: {
      x: true,
      y: false,
      points: { show: false },
      drag: { x: false, y: false, setScale: false },
      bind: silentBindings(),
    },
    scales: {
      x: { time: false, auto: false, range: () => [state.range.fromSeconds, state.range.toSeconds] },
      y: { auto: false, range: () => [state.values.minimum, state.values.maximum] },
    },
    axes: [timeAxis(options), valueAxis(options, state)],
    series: [{}, ...options.lines.map(seriesOf)],
    hooks: { drawAxes: [below], draw: [above] },
  };
}

function painters(options: ChartOptions): { below: (plot: uPlot) => void; above: (plot: uPlot) => void } {
  const painted = (painter: ChartPainter | undefined) => (plot: uPlot) => {
    if (painter === undefined) return;
    plot.ctx.save();
    painter(plot.ctx, areaOf(plot));
    plot.ctx.restore();
  };
  return { below: painted(options.paintBelow), above: painted(options.paintAbove) };
}

function areaOf(plot: uPlot): ChartArea {
  return {
    left: plot.bbox.left,
    top: plot.bbox.top,
    width: plot.bbox.width,
    height: plot.bbox.height,
    ratio: uPlot.pxRatio,
    x: (seconds) => plot.valToPos(seconds, 'x', true),
    y: (value) => plot.valToPos(value, 'y', true),
  };
}

/** uPlot's own mouse handling is off: the cursor is linked across plots and comes from the session. */
function silentBindings(): uPlot.Cursor.Bind {
  const none = (): null => null;
  return {
    mousedown: none,
    mouseup: none,
    click: none,
    dblclick: none,
    mousemove: none,
    mouseleave: none,
    mouseenter: none,
  };
}

function seriesOf(line: LineStyle): uPlot.Series {
  return {
    stroke: line.colour,
    width: line.width,
    points: { show: false },
    spanGaps: false,
    ...(line.dashed ? { dash: dashes } : {}),
  };
}

function timeAxis(options: ChartOptions): uPlot.Axis {
  return {
    ...sharedAxis(options),
    size: timeAxisHeight,
    space: 64,
    grid: { show: false },
    values: (_plot, splits) => timeLabels(splits),
  };
}

function valueAxis(options: ChartOptions, state: ChartState): uPlot.Axis {
  let ticks: readonly ValueTick[] = [];
  return {
    ...sharedAxis(options),
    size: valueAxisWidth,
    grid: { show: true, stroke: options.colours.grid, width: 1 },
    splits(plot) {
      ticks = options.valueTicks(state.values, Math.max(Math.floor(plot.bbox.height / uPlot.pxRatio / labelSpace), 1));
      return ticks.map((tick) => tick.height);
    },
    values: () => ticks.map((tick) => tick.label),
  };
}

function sharedAxis(options: ChartOptions): uPlot.Axis {
  return {
    stroke: options.colours.ink,
    font: options.colours.font,
    gap: axisGap,
    ticks: { show: false },
    border: { show: false },
  };
}

/** Seconds with just the digits that tell neighbours apart; the last one carries the unit. */
export function timeLabels(splits: readonly number[]): string[] {
  const step = splits.length > 1 ? Math.abs((splits[1] as number) - (splits[0] as number)) : 1;
  const digits = Math.min(Math.max(Math.ceil(-Math.log10(step) - 1e-9), 0), 6);
  return splits.map((seconds, index) => seconds.toFixed(digits) + (index === splits.length - 1 ? ' s' : ''));
}

/** Dashed lines are solid while they show extremes of columns. */
function dashLines(plot: uPlot, lines: readonly LineStyle[], reduced: boolean): void {
  for (const [index, line] of lines.entries()) {
    const series = plot.series[index + 1];
    if (series !== undefined && line.dashed) series.dash = reduced ? [] : dashes;
  }
}

const dashes = [5, 4];

function emptyData(lines: number): uPlot.AlignedData {
  return [[], ...Array.from({ length: lines }, () => [])];
}

function alignedData(points: LinePoints | undefined, lines: number): uPlot.AlignedData {
  if (points === undefined || points.values.length !== lines) return emptyData(lines);
  return [points.times, ...points.values.map((values) => values as (number | null)[])];
}

/** Trace view: a window of samples reduced to what the pixel columns of a plot can show. */
import type { TraceRequest, TraceView } from '../../protocol/history-messages.ts';
import type { Extremes, SamplesStore } from './samples-store.ts';
import { stepWindow } from './step-window.ts';
import type { StepWindow } from './step-window.ts';

/**
 * The samples themselves while they fit into the columns. Otherwise columns of equal numbers of steps that start at
 * multiples of that number, so that they stay put while the window moves; each stamped with the middle of its steps, the
 * first and last one reduced to the samples inside the window.
 */
export function viewTrace(store: SamplesStore, timeStepSeconds: number, request: TraceRequest): TraceView {
  const window = stepWindow(request.fromSeconds, request.toSeconds, timeStepSeconds);
  const columns = Math.max(1, Math.floor(request.columns));
  const channels = request.channels.filter((channel) => channel >= 0 && channel < store.channels);
  const from = Math.max(store.firstKept(), store.steps.indexAt(window.first));
  const to = Math.max(from, store.steps.indexAt(window.end));
  const total = to - from;
  if (total <= columns && from >= store.firstRaw()) return viewSamples(store, timeStepSeconds, channels, from, to);
  return viewColumns(store, timeStepSeconds, channels, from, to, clipped(store, window, from, to), columns);
}

/** The part of the window between the first and the last record in it. */
function clipped(store: SamplesStore, window: StepWindow, from: number, to: number): StepWindow {
  if (from === to) return { first: window.first, end: window.first };
  return { first: store.steps.stepOf(from), end: store.steps.stepOf(to - 1) + 1 };
}

function viewSamples(
  store: SamplesStore,
  timeStepSeconds: number,
  channels: readonly number[],
  from: number,
  to: number,
): TraceView {
  const times = new Float64Array(to - from);
  for (let index = from; index < to; index += 1) times[index - from] = store.steps.stepOf(index) * timeStepSeconds;
  const values = channels.map((channel) => {
    const row = new Float64Array(to - from);
    for (let index = from; index < to; index += 1) row[index - from] = store.valueAt(channel, index);
    return row;
  });
  return { times, minimum: values, maximum: values, samplesPerColumn: 1, total: to - from };
}

function viewColumns(
  store: SamplesStore,
  timeStepSeconds: number,
  channels: readonly number[],
  from: number,
  to: number,
  window: StepWindow,
  columns: number,
): TraceView {
  const width = columnWidth(window, columns);
  const firstColumn = Math.floor(window.first / width);
  const count = window.end > window.first ? Math.ceil(window.end / width) - firstColumn : 0;
  const times = new Float64Array(count);
  const minimum = channels.map(() => new Float64Array(count).fill(NaN));
  const maximum = channels.map(() => new Float64Array(count).fill(NaN));
  let start = from;
  for (let column = 0; column < count; column += 1) {
    const endStep = (firstColumn + column + 1) * width;
    const end = Math.min(to, store.steps.indexAt(endStep));
    times[column] = (endStep - (width + 1) / 2) * timeStepSeconds;
    channels.forEach((channel, row) => {
      const extremes: Extremes = { minimum: Infinity, maximum: -Infinity };
      store.reduce(channel, start, end, extremes);
      if (extremes.minimum > extremes.maximum) return;
      (minimum[row] as Float64Array)[column] = extremes.minimum;
      (maximum[row] as Float64Array)[column] = extremes.maximum;
    });
    start = end;
  }
  const samplesPerColumn = Math.max(1, Math.round(((to - from) * width) / Math.max(1, window.end - window.first)));
  return { times, minimum, maximum, samplesPerColumn, total: to - from };
}

/**
 * Steps per column: the least number with at most three significant bits such that aligned columns cover the window.
 * With two columns or more it depends on the length of the window alone, so it does not flicker while the window moves.
 */
function columnWidth(window: StepWindow, columns: number): number {
  const length = window.end - window.first;
  let width = 1;
  const covering = (candidate: number): number =>
    columns > 1
      ? Math.ceil(length / candidate) + 1
      : Math.ceil(window.end / candidate) - Math.floor(window.first / candidate);
  while (covering(width) > columns) width = nextWidth(width);
  return width;
}

/** 1 … 8, 10, 12, 14, 16, 20, 24, 28, 32 … */
function nextWidth(width: number): number {
  let step = 1;
  while (step * 8 <= width) step *= 2;
  return width + step;
}

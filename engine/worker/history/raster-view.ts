/** Raster view: a window of events, each by itself while they are few, else counted per cell of the picture. */
import type { RasterRequest, RasterView } from '../../protocol/history-messages.ts';
import type { EventsStore } from './events-store.ts';
import { rowOf } from './events-store.ts';
import { stepWindow } from './step-window.ts';
import type { StepWindow } from './step-window.ts';

const exactLimit = 20_000;
/** Bins of the pyramid are at most this part of a column, so that columns catch about equal numbers of them. */
const binsPerColumn = 4;

/** Counts have at most as many rows as cells, and 512 at most; their sum is the number of events exactly. */
export function viewRaster(store: EventsStore, timeStepSeconds: number, request: RasterRequest): RasterView {
  const window = stepWindow(request.fromSeconds, request.toSeconds, timeStepSeconds);
  const exact = store.exact(window.first, window.end);
  if (exact === undefined || exact.count > exactLimit) return viewDensity(store, window, timeStepSeconds, request);
  const times = new Float64Array(exact.count);
  const cells = new Int32Array(exact.count);
  let index = 0;
  exact.visit((step, cell) => {
    times[index] = step * timeStepSeconds;
    cells[index] = cell;
    index += 1;
  });
  return { kind: 'events', times, cells, total: exact.count };
}

function viewDensity(
  store: EventsStore,
  window: StepWindow,
  timeStepSeconds: number,
  request: RasterRequest,
): RasterView {
  const columns = Math.max(1, Math.floor(request.columns));
  const rows = Math.max(1, Math.min(Math.floor(request.rows), store.rows));
  const counts = new Uint32Array(columns * rows);
  const column = columnOf(request.fromSeconds, request.toSeconds, columns, timeStepSeconds);
  const binSteps = (request.toSeconds - request.fromSeconds) / timeStepSeconds / columns / binsPerColumn;
  const starts = Int32Array.from({ length: store.rows }, (_, row) => rowOf(row, store.rows, rows) * columns);
  let total = 0;
  let [lastStep, lastColumn] = [-1, 0];
  store.spread(window.first, window.end, binSteps, (step, row, count) => {
    if (step !== lastStep) [lastStep, lastColumn] = [step, column(step)];
    const at = (starts[row] as number) + lastColumn;
    counts[at] = (counts[at] as number) + count;
    total += count;
  });
  return { kind: 'density', columns, rows, counts, total };
}

/** Column of a step in a picture of a window of time; what lies outside goes to the column at the edge. */
export function columnOf(
  fromSeconds: number,
  toSeconds: number,
  columns: number,
  timeStepSeconds: number,
): (step: number) => number {
  const perSecond = columns / (toSeconds - fromSeconds);
  const scale = perSecond > 0 && Number.isFinite(perSecond) ? perSecond : 0;
  return (step) => Math.max(0, Math.min(columns - 1, Math.floor((step * timeStepSeconds - fromSeconds) * scale)));
}

/** Steering: what commands do to the window of time that all plots share, and to their cursor. */
import type { ViewRequest } from '../stores/session-store.ts';
import type { PlotServices } from './plot-services.ts';
import { spanOf } from './time-range.ts';

const panShare = 0.1;
const keyZoom = 1.25;
/** Part of the window that the cursor moves at a time. */
const cursorShare = 0.01;

/** Does what a command asks of the plots; nothing when it asks something else. */
export function steer(what: ViewRequest, { time, control, run, cursor }: PlotServices): void {
  const { range, follow } = time.get();
  const span = spanOf(range);
  const about = follow ? run.get().newestSeconds : (range.fromSeconds + range.toSeconds) / 2;
  const point = (step: number): void => control.point(movedCursor(cursor.get(), step, range));
  const actions: Partial<Record<ViewRequest, () => void>> = {
    'plots.earlier': () => control.pan(-span * panShare),
    'plots.later': () => control.pan(span * panShare),
    'plots.zoomIn': () => control.zoom(1 / keyZoom, about),
    'plots.zoomOut': () => control.zoom(keyZoom, about),
    'plots.start': () => control.show({ fromSeconds: 0, toSeconds: span }),
    'plots.end': () => control.follow(),
    'plots.cursorBack': () => point(-1),
    'plots.cursorOn': () => point(1),
  };
  actions[what]?.();
}

/** Starts in the middle of the window and stays in it. */
function movedCursor(
  seconds: number | undefined,
  step: number,
  range: { readonly fromSeconds: number; readonly toSeconds: number },
): number {
  const visible = seconds !== undefined && seconds >= range.fromSeconds && seconds <= range.toSeconds;
  if (!visible) return (range.fromSeconds + range.toSeconds) / 2;
  return Math.min(Math.max(seconds + step * cursorShare * spanOf(range), range.fromSeconds), range.toSeconds);
}

/** Window changes: how panning, zooming, following and showing a stretch alter the window that the session keeps; pure. */
import type { KeptWindow } from './follow-clock.ts';
import type { TimeView } from './plot-services.ts';
import { panned, spanOf, touchesNewest, zoomed, type TimeRange } from './time-range.ts';

/** Moves the window; towards the newest record it starts to follow again. */
export function panWindow(view: TimeView, seconds: number, newestSeconds: number): KeptWindow {
  const range = panned(view.range, seconds, newestSeconds);
  return keptWindow(range, seconds > 0 && touchesNewest(range, newestSeconds));
}

/** Zooms about a time; while following the right edge stays where it is. */
export function zoomWindow(view: TimeView, factor: number, aboutSeconds: number): KeptWindow {
  const about = view.follow ? view.range.toSeconds : aboutSeconds;
  return keptWindow(zoomed(view.range, factor, about), view.follow);
}

/** Shows exactly this stretch, following when it ends at the newest record. */
export function showRange(range: TimeRange, newestSeconds: number): KeptWindow {
  return keptWindow(range, touchesNewest(range, newestSeconds));
}

export function followWindow(view: TimeView): KeptWindow {
  return keptWindow(view.range, true);
}

function keptWindow(range: TimeRange, follow: boolean): KeptWindow {
  return { follow, spanSeconds: spanOf(range), toSeconds: range.toSeconds };
}

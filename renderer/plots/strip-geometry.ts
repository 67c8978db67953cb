/** Geometry of the time strip: the stretch of time it shows and where the window stands on it. */
import { spanOf, type TimeRange } from './time-range.ts';

/** The strip shows at most the last four minutes, or as much as the window needs. */
const shownSeconds = 240;

/** The stretch shown: up to the newest sample or what lies ahead of it, always holding the whole window. */
export function stripRange(window: TimeRange, newestSeconds: number, aheadSeconds = 0): TimeRange {
  const to = Math.max(newestSeconds, aheadSeconds, window.toSeconds, 1e-3);
  const from = Math.min(Math.max(to - shownSeconds, 0), Math.max(window.fromSeconds, 0));
  return { fromSeconds: from, toSeconds: to };
}

/** Left edge and width of the window as shares of the strip. */
export function windowOnStrip(window: TimeRange, strip: TimeRange): { readonly left: number; readonly width: number } {
  const left = shareOf(window.fromSeconds, strip);
  return { left, width: Math.max(shareOf(window.toSeconds, strip) - left, 0) };
}

/** Where a time stands on the strip, 0–1; times beside it stand at its ends. */
export function shareOf(seconds: number, strip: TimeRange): number {
  return Math.min(Math.max((seconds - strip.fromSeconds) / spanOf(strip), 0), 1);
}

export type StripPart = 'start' | 'end' | 'inside' | 'outside';

/** What the pointer is on; both edges can be grabbed within `reach` (a share of the strip). */
export function partAt(
  share: number,
  window: { readonly left: number; readonly width: number },
  reach: number,
): StripPart {
  const right = window.left + window.width;
  if (Math.abs(share - window.left) <= reach && window.width > 3 * reach) return 'start';
  if (Math.abs(share - right) <= reach && window.width > 3 * reach) return 'end';
  return share >= window.left - reach && share <= right + reach ? 'inside' : 'outside';
}

/** The window after dragging a part of it by so many seconds. */
export function draggedWindow(window: TimeRange, part: StripPart, seconds: number, strip: TimeRange): TimeRange {
  const least = spanOf(strip) / 500;
  if (part === 'start')
    return { ...window, fromSeconds: Math.min(window.fromSeconds + seconds, window.toSeconds - least) };
  if (part === 'end') return { ...window, toSeconds: Math.max(window.toSeconds + seconds, window.fromSeconds + least) };
  const moved = Math.min(Math.max(seconds, strip.fromSeconds - window.fromSeconds), strip.toSeconds - window.toSeconds);
  return { fromSeconds: window.fromSeconds + moved, toSeconds: window.toSeconds + moved };
}

/** "now", or how far the right end of the strip lies ahead: "+1.2 s". */
export function aheadLabel(seconds: number): string {
  return seconds <= 0 ? 'now' : agoLabel(seconds).replace('−', '+');
}

/** "−4 min", "−12 s", "−80 ms": how far back the left end of the strip lies. */
export function agoLabel(seconds: number): string {
  if (seconds >= 90) return `−${Math.round(seconds / 60)} min`;
  if (seconds >= 1) return `−${Math.round(seconds)} s`;
  return `−${Math.max(Math.round(seconds * 1000), 0)} ms`;
}

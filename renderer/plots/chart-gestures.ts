/** Gestures on a chart: drag pans, the wheel zooms at the pointer, a double click follows, the pointer moves the cursor. */
import { disposable, type Disposable } from '../../engine/base/disposable.ts';
import { spanOf, type TimeRange } from './time-range.ts';

export interface ChartGestures {
  /** Move the window by so many seconds (positive: later). */
  pan(seconds: number): void;
  zoom(factor: number, aboutSeconds: number): void;
  follow(): void;
  /** Time under the pointer; undefined when it left. */
  point(seconds: number | undefined): void;
}

/** Listens on the plotting area until disposed. `range` tells what its width stands for. */
export function watchGestures(area: HTMLElement, range: () => TimeRange, gestures: ChartGestures): Disposable {
  let dragged: { pointer: number; x: number } | undefined;
  const width = (): number => Math.max(area.clientWidth, 1);
  const secondsAt = (event: MouseEvent): number => {
    const share = (event.clientX - area.getBoundingClientRect().left) / width();
    return range().fromSeconds + share * spanOf(range());
  };
  const listeners = {
    pointerdown(event: PointerEvent) {
      if (event.button !== 0 && event.button !== 1) return;
      dragged = { pointer: event.pointerId, x: event.clientX };
      area.setPointerCapture(event.pointerId);
      area.style.cursor = 'grabbing';
    },
    pointermove(event: PointerEvent) {
      if (dragged?.pointer !== event.pointerId) return gestures.point(secondsAt(event));
      if (event.clientX !== dragged.x) gestures.pan(((dragged.x - event.clientX) / width()) * spanOf(range()));
      dragged.x = event.clientX;
    },
    pointerup() {
      dragged = undefined;
      area.style.cursor = '';
    },
    pointerleave: () => gestures.point(undefined),
    dblclick: () => gestures.follow(),
    wheel(event: WheelEvent) {
      event.preventDefault();
      const sideways = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
      if (Math.abs(sideways) > Math.abs(event.deltaY) || event.shiftKey)
        return gestures.pan((sideways / width()) * spanOf(range()));
      gestures.zoom(zoomFactor(event), secondsAt(event));
    },
  };
  return listenAll(area, listeners);
}

/** One notch of a wheel is about 20 %, whatever the unit the system reports. */
export function zoomFactor(event: { readonly deltaY: number; readonly deltaMode: number }): number {
  const pixels = event.deltaMode === 1 ? event.deltaY * 33 : event.deltaMode === 2 ? event.deltaY * 300 : event.deltaY;
  return Math.exp(Math.max(-300, Math.min(300, pixels)) * 0.0018);
}

function listenAll(area: HTMLElement, listeners: Record<string, (event: never) => void>): Disposable {
  const entries = Object.entries(listeners) as [string, EventListener][];
  for (const [name, listener] of entries) area.addEventListener(name, listener, { passive: false });
  area.addEventListener('pointercancel', listeners['pointerup'] as EventListener);
  return disposable(() => {
    for (const [name, listener] of entries) area.removeEventListener(name, listener);
    area.removeEventListener('pointercancel', listeners['pointerup'] as EventListener);
  });
}

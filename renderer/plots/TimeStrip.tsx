/** Time strip: how much happened in the last minutes, with the window of the plots to grab, the past of the run, and Follow. */
import { useEffect, useRef, type PointerEvent, type RefObject } from 'react';
import { useServices, type Services } from '../stores/services.ts';
import { FormerCourses } from './FormerCourses.tsx';
import { PastLane } from './PastLane.tsx';
import type { PlotColours } from './plot-plan.ts';
import type { PlotServices } from './plot-services.ts';
import { usePart } from './readable.ts';
import {
  agoLabel,
  aheadLabel,
  draggedWindow,
  partAt,
  shareOf,
  stripRange,
  windowOnStrip,
  type StripPart,
} from './strip-geometry.ts';
import { paintStripPicture } from './strip-picture.ts';
import { spanOf, type TimeRange } from './time-range.ts';
import { usePlotColours } from './use-plot-colours.ts';
import { usePlotServices } from './use-plot-services.ts';
import { calmFrames, createViewFeed } from './view-feed.ts';
import './plots.css';

const reachPixels = 6;
/** The counts move by a pixel in this time or longer: they are painted anew no more often, milliseconds. */
const countsInterval = 100;

export function TimeStrip() {
  const services = usePlotServices();
  const { run } = useServices();
  const colours = usePlotColours();
  const follow = usePart(services.time, (time) => time.follow);
  const hasData = usePart(services.run, ({ newestSeconds }) => newestSeconds > 0);
  const [canvas, frame] = [useRef<HTMLCanvasElement>(null), useRef<HTMLDivElement>(null)];
  const [past, present] = [useRef<HTMLDivElement>(null), useRef<HTMLDivElement>(null)];
  const [ago, ahead] = [useRef<HTMLSpanElement>(null), useRef<HTMLSpanElement>(null)];
  useEffect(() => {
    if (canvas.current === null || frame.current === null) return undefined;
    const shown = { canvas: canvas.current, frame: frame.current, past: past.current, present: present.current };
    return paintStrip({ services, run }, colours, { ...shown, ago: ago.current, ahead: ahead.current });
  }, [services, run, colours, canvas, frame, past, present, ago, ahead]);
  return (
    <div className="time-strip" role="region" aria-label="Time strip">
      <span ref={ago} className="time-strip-end" />
      <StripTrack services={services} canvas={canvas} frame={frame} past={past} present={present} />
      <span ref={ahead} className="time-strip-end" />
      <FormerCourses />
      <button
        type="button"
        aria-pressed={follow}
        disabled={!hasData}
        title="Keep the newest sample at the right edge (double-click a plot)"
        onClick={() => services.control.follow()}
      >
        Follow <span aria-hidden="true">{follow ? '●' : '○'}</span>
      </button>
    </div>
  );
}

type RunSource = Services['run'];

/** What the strip shows now: up to the present, the window, or the end of what was left behind. */
function shownStrip(services: PlotServices, run: RunSource): TimeRange {
  const { former } = run.getState().courses;
  const ahead = former.reduce((most, { toStep, timeStepSeconds }) => Math.max(most, toStep * timeStepSeconds), 0);
  return stripRange(services.time.get().range, services.run.get().newestSeconds, ahead);
}

interface TrackProps {
  readonly services: PlotServices;
  readonly canvas: RefObject<HTMLCanvasElement | null>;
  readonly frame: RefObject<HTMLDivElement | null>;
  readonly past: RefObject<HTMLDivElement | null>;
  readonly present: RefObject<HTMLDivElement | null>;
}

function StripTrack({ services, canvas, frame, past, present }: TrackProps) {
  const { run } = useServices();
  const dragged = useRef<{ part: StripPart; window: TimeRange; strip: TimeRange; x: number } | undefined>(undefined);
  const begin = (event: PointerEvent<HTMLDivElement>): void => {
    const { range } = services.time.get();
    const strip = shownStrip(services, run);
    const box = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - box.left) / Math.max(box.width, 1);
    const part = partAt(share, windowOnStrip(range, strip), reachPixels / Math.max(box.width, 1));
    event.currentTarget.setPointerCapture(event.pointerId);
    if (part !== 'outside') return void (dragged.current = { part, window: range, strip, x: event.clientX });
    const middle = strip.fromSeconds + share * spanOf(strip);
    const moved = draggedWindow(range, 'inside', middle - (range.fromSeconds + range.toSeconds) / 2, strip);
    services.control.show(moved);
    dragged.current = { part: 'inside', window: moved, strip, x: event.clientX };
  };
  const move = (event: PointerEvent<HTMLDivElement>): void => {
    const from = dragged.current;
    if (from === undefined) return;
    const seconds = ((event.clientX - from.x) / Math.max(event.currentTarget.clientWidth, 1)) * spanOf(from.strip);
    if (event.clientX !== from.x) services.control.show(draggedWindow(from.window, from.part, seconds, from.strip));
  };
  const end = (): void => void (dragged.current = undefined);
  return (
    <div
      className="time-strip-track"
      role="group"
      aria-label="Window of the plots. Arrow keys move it, plus and minus zoom, End follows."
      tabIndex={0}
      onPointerDown={begin}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={end}
      onDoubleClick={() => services.control.follow()}
    >
      <div ref={frame} className="time-strip-window" />
      <PastLane past={past} present={present} shown={() => shownStrip(services, run)} />
      <canvas ref={canvas} aria-hidden="true" />
    </div>
  );
}

interface StripParts {
  readonly canvas: HTMLCanvasElement;
  readonly frame: HTMLElement;
  readonly past: HTMLElement | null;
  readonly present: HTMLElement | null;
  readonly ago: HTMLElement | null;
  readonly ahead: HTMLElement | null;
}

interface StripSources {
  readonly services: PlotServices;
  readonly run: RunSource;
}

/** Places the window with every change of time and paints the counts now and then, outside React. */
function paintStrip({ services, run }: StripSources, colours: PlotColours, parts: StripParts): () => void {
  let track = parts.canvas.clientWidth;
  const place = (): TimeRange => {
    const strip = shownStrip(services, run);
    placeParts(parts, strip, track, { services, run });
    return strip;
  };
  const feed = createViewFeed({
    ask: async () => {
      const strip = place();
      const columns = Math.max(Math.floor(track / 2), 1);
      return { strip, ...(await services.history.overview({ ...strip, columns })) };
    },
    show({ strip, counts }) {
      const { courses, load } = run.getState();
      const picture = { strip, counts, courses, timeStepSeconds: load?.timeStepSeconds ?? 0 };
      paintStripPicture(parts.canvas, picture, colours);
    },
    nextFrame: calmFrames(countsInterval),
  });
  const moved = (): void => {
    place();
    feed.invalidate();
  };
  const observer = new ResizeObserver(() => {
    track = parts.canvas.clientWidth;
    moved();
  });
  observer.observe(parts.canvas);
  const left = run.subscribe((now, before) => now.courses !== before.courses && moved());
  const stops = [services.time.subscribe(moved), services.run.subscribe(moved), left];
  feed.invalidate();
  return () => {
    observer.disconnect();
    for (const stop of stops) stop();
    feed.dispose();
  };
}

function placeParts(parts: StripParts, strip: TimeRange, track: number, { services, run }: StripSources): void {
  const { left, width } = windowOnStrip(services.time.get().range, strip);
  placeBox(parts.frame, track, left, width);
  const present = presentSeconds(services);
  const { progress, load } = run.getState();
  const now = shareOf(present, strip);
  const back = shareOf((progress.backTo ?? progress.step) * (load?.timeStepSeconds ?? 0), strip);
  if (parts.past !== null) placeBox(parts.past, track, back, now - back);
  if (parts.present !== null) placeBox(parts.present, track, now, 0);
  setText(parts.ago, present === 0 ? '' : agoLabel(present - strip.fromSeconds));
  setText(parts.ahead, present === 0 ? '' : aheadLabel(now > 0.98 ? 0 : strip.toSeconds - present));
}

/** While the plots follow, the edge of their window is newer than the last report of the run. */
function presentSeconds({ time, run }: PlotServices): number {
  const { follow, range } = time.get();
  return follow && range.fromSeconds > 0 ? range.toSeconds : run.get().newestSeconds;
}

/** In whole pixels and only on change: while following, the window hardly moves and the page need not be laid out anew. */
function placeBox(box: HTMLElement, track: number, left: number, width: number): void {
  const place = { left: `${Math.round(left * track)}px`, width: `${Math.round(width * track)}px` };
  if (box.style.left !== place.left) box.style.left = place.left;
  if (box.style.width !== place.width) box.style.width = place.width;
}

function setText(target: HTMLElement | null, text: string): void {
  if (target !== null && target.textContent !== text) target.textContent = text;
}

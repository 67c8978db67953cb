/** Time strip: how much happened in the last minutes, with the window of the plots to grab, and Follow. */
import { useEffect, useRef, type PointerEvent } from 'react';
import type { PlotColours } from './plot-plan.ts';
import type { PlotServices } from './plot-services.ts';
import { usePart } from './readable.ts';
import { agoLabel, draggedWindow, partAt, stripRange, windowOnStrip, type StripPart } from './strip-geometry.ts';
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
  const colours = usePlotColours();
  const follow = usePart(services.time, (time) => time.follow);
  const hasData = usePart(services.run, (run) => run.newestSeconds > 0);
  const ago = useRef<HTMLSpanElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (canvas.current === null || frame.current === null) return undefined;
    return paintStrip(services, colours, { canvas: canvas.current, frame: frame.current, ago: ago.current });
  }, [services, colours]);
  return (
    <div className="time-strip" role="region" aria-label="Time strip">
      <span ref={ago} className="time-strip-end" />
      <StripTrack services={services} canvas={canvas} frame={frame} />
      <span className="time-strip-end">now</span>
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

interface TrackProps {
  readonly services: PlotServices;
  readonly canvas: React.RefObject<HTMLCanvasElement | null>;
  readonly frame: React.RefObject<HTMLDivElement | null>;
}

function StripTrack({ services, canvas, frame }: TrackProps) {
  const dragged = useRef<{ part: StripPart; window: TimeRange; strip: TimeRange; x: number } | undefined>(undefined);
  const begin = (event: PointerEvent<HTMLDivElement>): void => {
    const { range } = services.time.get();
    const strip = stripRange(range, services.run.get().newestSeconds);
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
      <canvas ref={canvas} aria-hidden="true" />
      <div ref={frame} className="time-strip-window" />
    </div>
  );
}

interface StripParts {
  readonly canvas: HTMLCanvasElement;
  readonly frame: HTMLElement;
  readonly ago: HTMLElement | null;
}

/** Places the window with every change of time and paints the counts now and then, outside React. */
function paintStrip(services: PlotServices, colours: PlotColours, parts: StripParts): () => void {
  let track = parts.canvas.clientWidth;
  const place = (): TimeRange => {
    const { range } = services.time.get();
    const strip = stripRange(range, services.run.get().newestSeconds);
    const { left, width } = windowOnStrip(range, strip);
    placeWindow(parts.frame, track, left, width);
    setText(parts.ago, agoLabel(spanOf(strip)));
    return strip;
  };
  const feed = createViewFeed<{ readonly counts: Float64Array }>({
    ask() {
      const strip = place();
      return services.history.overview({ ...strip, columns: Math.max(Math.floor(track / 2), 1) });
    },
    show: ({ counts }) => paintCounts(parts.canvas, counts, colours.thirdInk),
    nextFrame: calmFrames(countsInterval),
  });
  const observer = new ResizeObserver(() => {
    track = parts.canvas.clientWidth;
    place();
    feed.invalidate();
  });
  observer.observe(parts.canvas);
  const moved = (): void => {
    place();
    feed.invalidate();
  };
  const stops = [services.time.subscribe(moved), services.run.subscribe(feed.invalidate)];
  feed.invalidate();
  return () => {
    observer.disconnect();
    for (const stop of stops) stop();
    feed.dispose();
  };
}

/** In whole pixels and only on change: while following, the window hardly moves and the page need not be laid out anew. */
function placeWindow(frame: HTMLElement, track: number, left: number, width: number): void {
  const place = { left: `${Math.round(left * track)}px`, width: `${Math.round(width * track)}px` };
  if (frame.style.left !== place.left) frame.style.left = place.left;
  if (frame.style.width !== place.width) frame.style.width = place.width;
}

function setText(target: HTMLElement | null, text: string): void {
  if (target !== null && target.textContent !== text) target.textContent = text;
}

function paintCounts(canvas: HTMLCanvasElement, counts: Float64Array, colour: string): void {
  const ratio = window.devicePixelRatio;
  const width = Math.round(canvas.clientWidth * ratio);
  const height = Math.round(canvas.clientHeight * ratio);
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext('2d');
  if (context === null) return;
  context.clearRect(0, 0, width, height);
  context.fillStyle = colour;
  const greatest = counts.reduce((most, count) => Math.max(most, count), 1);
  const step = width / Math.max(counts.length, 1);
  for (const [index, count] of counts.entries()) {
    const tall = count > 0 ? Math.max((height * 0.85 * count) / greatest, ratio) : 0;
    context.fillRect(Math.floor(index * step), height - tall, Math.max(Math.ceil(step) - ratio / 2, 1), tall);
  }
}

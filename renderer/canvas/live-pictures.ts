/** Live pictures: paints the small canvases of the blocks outside React, one question to the history at a time; rests when nothing changes. */
import { disposable, type Disposable } from '../../engine/base/disposable.ts';
import type { ProbeInformation } from '../../engine/protocol/messages.ts';
import type { PlotServices } from '../plots/plot-services.ts';
import { spanOf, type TimeRange } from '../plots/time-range.ts';
import { paintPicture, type PictureColours, type PictureContent } from './block-picture.ts';
import { connectivityPicture } from './connectivity-picture.ts';

export interface LivePictures {
  /** Starts painting the element's picture into the host, which holds a canvas only while it can be seen. */
  add(request: PictureRequest): Disposable;
}

export interface PictureRequest {
  readonly element: string;
  readonly host: HTMLElement;
  /** Shown while nothing is recorded: connectivity for what has recurrent weights, else a quiet line. */
  readonly still: 'connectivity' | 'quiet';
  readonly cells: number;
  colours(): PictureColours;
}

/** A canvas is a layer of its own for the compositor: hundreds of them would slow down every frame, seen or not. */
interface Entry extends PictureRequest {
  paintedAt: number;
  /** undefined while out of sight. */
  canvas: HTMLCanvasElement | undefined;
  stale: boolean;
}

/** A picture is painted at most this often, milliseconds. */
const leastInterval = 200;
const shownChannels = 3;

type Services = Pick<PlotServices, 'history' | 'run' | 'time' | 'theme' | 'document'>;

export function createLivePictures(services: Services): LivePictures {
  const entries = new Set<Entry>();
  let frame: number | undefined;
  let inFlight = false;
  let stop: (() => void) | undefined;
  const wake = (): void => {
    if (entries.size > 0) frame ??= requestAnimationFrame(turn);
  };
  const turn = (now: number): void => {
    frame = undefined;
    const next = inFlight ? undefined : mostDue(entries, now);
    if (next !== undefined) {
      inFlight = true;
      void repaint(services, next, now).finally(() => (inFlight = false));
    }
    if ([...entries].some((entry) => entry.canvas !== undefined && entry.stale)) wake();
  };
  const allStale = (): void => {
    for (const entry of entries) entry.stale = true;
    wake();
  };
  const observer = lazily(
    () =>
      new IntersectionObserver((changes) => {
        for (const change of changes) {
          for (const entry of entries) if (entry.host === change.target) setVisible(entry, change.isIntersecting);
        }
        wake();
      }),
  );
  const end = (): void => {
    if (frame !== undefined) cancelAnimationFrame(frame);
    frame = undefined;
    stop?.();
    stop = undefined;
  };
  return {
    add(request) {
      const entry: Entry = { ...request, paintedAt: -Infinity, canvas: undefined, stale: true };
      entries.add(entry);
      observer().observe(entry.host);
      stop ??= subscribeAll([services.run, services.time, services.theme], allStale);
      wake();
      return disposable(() => {
        entries.delete(entry);
        observer().unobserve(entry.host);
        setVisible(entry, false);
        if (entries.size === 0) end();
      });
    },
  };
}

function setVisible(entry: Entry, visible: boolean): void {
  if (visible === (entry.canvas !== undefined)) return;
  entry.canvas?.remove();
  entry.canvas = visible ? entry.host.appendChild(document.createElement('canvas')) : undefined;
  entry.stale = true;
}

function lazily<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

function subscribeAll(
  sources: readonly { subscribe(listener: () => void): () => void }[],
  listener: () => void,
): () => void {
  const stops = sources.map((source) => source.subscribe(listener));
  return () => {
    for (const stop of stops) stop();
  };
}

/** The visible, stale picture that was painted longest ago, if it is old enough. */
function mostDue(entries: ReadonlySet<Entry>, now: number): Entry | undefined {
  let due: Entry | undefined;
  for (const entry of entries) {
    if (entry.canvas === undefined || !entry.stale || now - entry.paintedAt < leastInterval) continue;
    if (due === undefined || entry.paintedAt < due.paintedAt) due = entry;
  }
  return due;
}

async function repaint(services: Services, entry: Entry, now: number): Promise<void> {
  entry.paintedAt = now;
  entry.stale = false;
  const { canvas } = entry;
  if (canvas === undefined) return;
  const ratio = window.devicePixelRatio;
  const width = Math.max(Math.round(canvas.clientWidth * ratio), 1);
  const height = Math.max(Math.round(canvas.clientHeight * ratio), 1);
  const content = await contentOf(services, entry, width, height).catch((): PictureContent => ({ kind: 'quiet' }));
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  paintPicture(canvas, content, entry.colours(), ratio);
}

async function contentOf(services: Services, entry: Entry, columns: number, rows: number): Promise<PictureContent> {
  const run = services.run.get();
  const probes = run.probes.filter((probe) => probe.element === entry.element);
  const { range } = services.time.get();
  const first = probes[0];
  if (first === undefined || run.newestSeconds <= 0) return stillOf(services, entry);
  if (first.type === 'events') {
    const view = await services.history.raster({ probe: first.id, ...range, columns, rows });
    return { kind: 'raster', view, range, cells: first.channels };
  }
  return { kind: 'lines', range, lines: await linesOf(services, probes, range, columns) };
}

function stillOf(services: Services, entry: Entry): PictureContent {
  if (entry.still === 'quiet') return { kind: 'quiet' };
  return {
    kind: 'connectivity',
    picture: connectivityPicture(entry.element, entry.cells, services.document.get().run.seed),
  };
}

/** A few channels of the first probe; for a readout its prediction against the target. */
async function linesOf(
  services: Services,
  probes: readonly ProbeInformation[],
  range: TimeRange,
  columns: number,
): Promise<(PictureContent & { kind: 'lines' })['lines']> {
  const prediction = probes.find((probe) => probe.target === 'prediction');
  const target = probes.find((probe) => probe.target === 'target');
  const first = prediction ?? probes[0];
  if (first === undefined || spanOf(range) <= 0) return [];
  const shown = prediction !== undefined && target !== undefined ? [target, prediction] : [first];
  const views = await Promise.all(
    shown.map((probe) => {
      const channels = Array.from(
        { length: Math.min(probe.channels, shown.length > 1 ? 1 : shownChannels) },
        (_, index) => index,
      );
      return services.history.trace({ probe: probe.id, ...range, columns: Math.ceil(columns / 2), channels });
    }),
  );
  return views.map((view, index) => ({ view, reference: shown[index] === target }));
}

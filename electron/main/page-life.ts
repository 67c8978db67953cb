/** The life of a window's page: one that died is loaded again with its journal, one that stands still may be. */
import type { Prompts } from './prompts.ts';
import type { WindowPart } from './parts.ts';

/** More ends than this within the time are no accident: the person decides. */
const mostEnds = 3;
const withinMilliseconds = 60_000;

export interface PageLifeOutside {
  readonly window: WindowPart;
  readonly prompts: Prompts;
  /** Milliseconds; only differences count. */
  now(): number;
  log(level: 'info' | 'warning' | 'error', message: string): void;
  /** The page is gone; a new one may come. */
  onGone(): void;
}

export function watchPage({ window, prompts, now, log, onGone }: PageLifeOutside): void {
  const { webContents } = window;
  let ends: number[] = [];
  let standstill: AbortController | undefined;

  async function recover(reason: string): Promise<void> {
    ends = [...ends.filter((time) => now() - time < withinMilliseconds), now()];
    if (ends.length >= mostEnds) {
      if (!(await prompts.warnOfCrashes(reason))) return window.destroy();
      ends = [];
    }
    if (window.isDestroyed()) return;
    webContents.reload();
    if (ends.length > 0) await prompts.tellOfCrash(reason);
  }

  webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    standstill?.abort();
    log('error', `the page ended: ${reason}, code ${exitCode}`);
    onGone();
    if (!window.isDestroyed() && reason !== 'clean-exit') void recover(reason);
  });
  window.on('unresponsive', () => {
    if (standstill?.signal.aborted === false) return;
    log('warning', 'the page does not react');
    const shown = (standstill = new AbortController());
    void prompts.warnOfStandstill(shown.signal).then((again) => {
      // The end of the process makes a new page, as any end does.
      if (again && !shown.signal.aborted && !window.isDestroyed()) webContents.forcefullyCrashRenderer();
      shown.abort();
    });
  });
  window.on('responsive', () => standstill?.abort());
}

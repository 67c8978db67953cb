/** Errors that nothing caught and that React does not see (timers, event handlers, drawing between frames): told once each, never swallowed. */
import { disposable, type Disposable } from '../../engine/base/disposable.ts';
import type { Host } from '../../engine/platform/host.ts';
import type { SessionStore } from '../stores/session-store.ts';

/** Different errors that are told; a fault in every frame must not flood the log. */
const mostTold = 20;

export function tellStrayErrors(host: Pick<Host, 'log'>, session: SessionStore): Disposable {
  const told = new Set<string>();
  const tell = (error: unknown): void => {
    const reason = error instanceof Error ? error.message : String(error);
    if (told.has(reason) || told.size >= mostTold) return;
    told.add(reason);
    host.log('error', `Nothing caught this: ${error instanceof Error ? (error.stack ?? reason) : reason}`);
    session.getState().notify('error', 'A part of the workbench failed. Your document is safe.', [reason]);
  };
  // The browser reports some things of its own here without an error, such as unfinished size observations.
  const onError = ({ error }: ErrorEvent): void => {
    if (error !== null && error !== undefined) tell(error);
  };
  const onRejection = ({ reason }: PromiseRejectionEvent): void => tell(reason);
  window.addEventListener('error', onError);
  window.addEventListener('unhandledrejection', onRejection);
  return disposable(() => {
    window.removeEventListener('error', onError);
    window.removeEventListener('unhandledrejection', onRejection);
  });
}

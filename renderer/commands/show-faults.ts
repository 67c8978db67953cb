/** Shows where a run stopped: the problem with its last values, and the element in view. */
import { disposable, type Disposable } from '../../engine/base/disposable.ts';
import type { Services } from '../stores/services.ts';

/** Listens until disposed. What is open already stays open. */
export function startShowingFaults({ problems, selection, session }: Services): Disposable {
  const stop = problems.subscribe((now, before) => {
    if (now.run === before.run) return;
    const found = now.run.find((each) => each.fault !== undefined && !before.run.includes(each));
    if (found === undefined) return;
    if (found.at?.element !== undefined) selection.getState().keepInView([found.at.element]);
    if (session.getState().dialog === undefined) session.getState().change({ dialog: { kind: 'problems' } });
  });
  return disposable(stop);
}

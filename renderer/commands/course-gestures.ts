/** What gestures do to the course of the run: go back, branch, take up a former course again. */
import { courseAhead, sameModel, type FormerCourse } from '../stores/courses.ts';
import type { Services } from '../stores/services.ts';

/** Whether there is anything before the present step to go back to. */
export function canGoBack({ run }: Pick<Services, 'run'>): boolean {
  const { progress, engine } = run.getState();
  return engine.kind === 'ready' && progress.backTo !== undefined && progress.backTo < progress.step;
}

/** Whether the run stands at an earlier time with a course ahead that it could leave. */
export function canBranch({ run }: Pick<Services, 'run'>): boolean {
  const { progress, courses } = run.getState();
  return progress.state !== 'running' && courseAhead(courses) !== undefined;
}

/** Goes back to a simulated time. */
export function goBackTo({ run, runs }: Services, seconds: number): void {
  const dt = run.getState().load?.timeStepSeconds;
  if (dt !== undefined && dt > 0) void runs.jump(Math.round(seconds / dt));
}

/** Edits that must be undone or done again for a former course; undefined where the history has lost them. */
export function editsBetween(
  { document }: Pick<Services, 'document'>,
  course: Pick<FormerCourse, 'document' | 'entry'>,
): number | undefined {
  const { history, document: present } = document.getState();
  if (sameModel(course.document, present)) return 0;
  const entry = history.findIndex(({ seq }) => seq === course.entry);
  if (entry < 0 && course.entry !== 0) return undefined;
  return Math.abs(history.filter((each) => each.present).length - (entry + 1));
}

/** Why a former course cannot be taken up again; undefined when it can. */
export function hindranceOf(services: Pick<Services, 'document'>, course: FormerCourse): string | undefined {
  if (course.lost) return 'An edit lies before or within it, so running again does not lead there.';
  if (editsBetween(services, course) === undefined) return 'The edits it was run with are no longer in the history.';
  return undefined;
}

/** Goes back to where the course was left, makes the document what it was then, and runs to the end of the course. */
export async function takeUp(services: Services, course: FormerCourse): Promise<void> {
  const { runs, documents } = services;
  if (course.parted) await runs.jump(course.fromStep);
  if ((editsBetween(services, course) ?? 0) > 0) documents.jumpTo(course.entry);
  await runs.runAgain(course.id);
}

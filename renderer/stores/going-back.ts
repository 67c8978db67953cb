/** Going back: the run returns to an earlier step and can go on from there; what it leaves is noted as a former course. */
import { branchedOff, forgotten, rejoined, wentBack, type Bar } from './courses.ts';
import type { RunParts } from './run-actions.ts';

export interface GoingBack {
  /** Goes back to a step executed before and pauses there; later ones change nothing. */
  jump(step: number): Promise<void>;
  /** Goes back so many steps from where the run stands. */
  stepBack(steps: number): Promise<void>;
  /** Runs on from here, apart from what lies ahead. */
  branch(): Promise<void>;
  /** Runs along a former course to its end; the run stands on it, and the document is as it was then. */
  runAgain(id: number): Promise<void>;
  forget(id: number): void;
}

/** What it shares with the other actions. */
interface Turns {
  enqueue(task: () => Promise<void>): Promise<void>;
  /** An engine that has the document as it is now. */
  present(): Promise<void>;
  begin(): Promise<void>;
}

export function createGoingBack(parts: RunParts, { enqueue, present, begin }: Turns): GoingBack {
  const { link, run, problems } = parts;

  async function goBack(target: (step: number) => number): Promise<void> {
    await present();
    if (run.getState().load?.loaded !== true) return;
    if (run.getState().progress.state === 'running') await link.engine().pause({});
    const { step: from } = run.getState().progress;
    const wanted = Math.max(0, Math.round(target(from)));
    if (wanted >= from) return;
    const bars = await whatHappened(parts, wanted, from);
    const { step, exact } = await link.engine().jump({ step: wanted });
    if (step < from) {
      problems.getState().clearRun();
      leave(parts, from, step, bars);
    }
    tell(parts, step, step < from, exact);
  }

  return {
    jump: (step) => enqueue(() => goBack(() => step)),
    stepBack: (steps) => enqueue(() => goBack((step) => step - steps)),
    branch: () =>
      enqueue(async () => {
        run.setState(({ courses, progress }) => ({ courses: branchedOff(courses, progress.step) }));
        await present();
        await begin();
      }),
    runAgain: (id) =>
      enqueue(async () => {
        await present();
        const { courses, progress, load } = run.getState();
        const course = courses.former.find((each) => each.id === id);
        if (course === undefined || load?.loaded !== true) return;
        run.setState({ courses: rejoined(courses, id, progress.step) });
        problems.getState().clearRun();
        await link.engine().step({ steps: course.toStep - progress.step });
      }),
    forget: (id) => run.setState(({ courses }) => ({ courses: forgotten(courses, id) })),
  };
}

function leave({ run, document }: RunParts, from: number, step: number, bars: readonly Bar[]): void {
  const { document: left, history } = document.getState();
  const entry = history.findLast(({ present }) => present)?.seq ?? 0;
  const timeStepSeconds = run.getState().load?.timeStepSeconds ?? 0;
  const way = { fromStep: from, toStep: step, timeStepSeconds, document: left, entry, bars };
  run.setState(({ courses }) => ({ courses: wentBack(courses, way) }));
}

/** About so many bars make a picture of the whole run. */
const barsOfRun = 600;

/** The picture of the steps that are about to be left; [] where the history does not answer. */
async function whatHappened({ link, run }: RunParts, first: number, end: number): Promise<readonly Bar[]> {
  const dt = run.getState().load?.timeStepSeconds ?? 0;
  const columns = Math.min(end - first, Math.max(1, Math.ceil((barsOfRun * (end - first)) / end)));
  const [fromSeconds, toSeconds] = [first * dt, end * dt];
  const width = (toSeconds - fromSeconds) / columns;
  const counted = link.ask('overview', { fromSeconds, toSeconds, columns }).then(
    ({ counts }) => [...counts],
    () => [],
  );
  return (await counted).map((count, column) => ({
    fromSeconds: fromSeconds + column * width,
    toSeconds: fromSeconds + (column + 1) * width,
    count,
  }));
}

function tell({ run, session }: RunParts, step: number, went: boolean, exact: boolean): void {
  const at = `${Number((step * (run.getState().load?.timeStepSeconds ?? 0)).toFixed(6))} s`;
  if (!went) {
    session.getState().notify('info', 'The run cannot go back', ['Nothing that it could go back to is kept.']);
  } else if (exact) {
    session.getState().change({ announcement: `Back at ${at}` });
  } else {
    const why = 'Times before the last edit are reached only where a checkpoint lies, about every 100 ms.';
    session.getState().notify('info', `Went back to ${at}`, [why]);
  }
}

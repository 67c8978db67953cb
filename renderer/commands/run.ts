/** Commands on the run. */
import type { Services } from '../stores/services.ts';
import type { Command } from './command.ts';
import { canBranch, canGoBack, goBackTo, hindranceOf, takeUp } from './course-gestures.ts';

/** Runs or pauses; a network that cannot run shows what is missing. */
export async function toggleRun({ runs, run, session }: Services): Promise<void> {
  await runs.toggle();
  const { engine, load } = run.getState();
  if (engine.kind === 'ready' && load?.loaded === false) session.getState().change({ dialog: { kind: 'problems' } });
}

/** The former course that was left last, if it can be run again. */
function lastCourse(services: Services) {
  const course = services.run.getState().courses.former.at(-1);
  return course === undefined || hindranceOf(services, course) !== undefined ? undefined : course;
}

/** The time of the cursor of the plots, where the run can go back to it. */
function cursorBefore({ run, session }: Services): number | undefined {
  const { cursorSeconds } = session.getState();
  return cursorSeconds !== undefined && cursorSeconds < run.getState().progress.simulatedSeconds
    ? cursorSeconds
    : undefined;
}

const backCommands: readonly Command[] = [
  {
    id: 'run.stepBack',
    title: 'Go back one step',
    group: 'Run',
    keys: [','],
    repeats: true,
    words: ['previous', 'undo step', 'rewind', 'earlier'],
    enabled: canGoBack,
    run: ({ runs }) => void runs.stepBack(1),
  },
  {
    id: 'run.stepBack100',
    title: 'Go back 100 steps',
    group: 'Run',
    keys: ['Shift+,'],
    repeats: true,
    words: ['previous', 'rewind', 'earlier'],
    enabled: canGoBack,
    run: ({ runs }) => void runs.stepBack(100),
  },
  {
    id: 'run.jump',
    title: 'Go back to a time…',
    group: 'Run',
    keys: ['J'],
    words: ['jump', 'time', 'rewind', 'checkpoint'],
    enabled: canGoBack,
    run: ({ session }) => session.getState().change({ dialog: { kind: 'jump' } }),
  },
  {
    id: 'run.jumpToCursor',
    title: 'Go back to the cursor of the plots',
    group: 'Run',
    keys: ['Shift+J'],
    words: ['jump', 'time', 'rewind'],
    enabled: (services) => canGoBack(services) && cursorBefore(services) !== undefined,
    run: (services) => goBackTo(services, cursorBefore(services) ?? 0),
  },
  {
    id: 'run.branch',
    title: 'Branch from here',
    group: 'Run',
    keys: ['B'],
    words: ['fork', 'jump', 'what if', 'time strip'],
    enabled: canBranch,
    run: ({ runs }) => void runs.branch(),
  },
  {
    id: 'run.takeUp',
    title: 'Run the former course again',
    group: 'Run',
    words: ['branch', 'return', 'jump', 'redo'],
    enabled: (services) => lastCourse(services) !== undefined,
    run(services) {
      const course = lastCourse(services);
      if (course !== undefined) void takeUp(services, course);
    },
  },
];

export const runCommands: readonly Command[] = [
  {
    id: 'run.toggle',
    title: 'Run or pause',
    group: 'Run',
    keys: ['Space'],
    words: ['play', 'start', 'stop'],
    run: (services) => void toggleRun(services),
  },
  {
    id: 'run.step',
    title: 'Run one step',
    group: 'Run',
    keys: ['.'],
    repeats: true,
    words: ['single'],
    run: ({ runs }) => void runs.step(1),
  },
  {
    id: 'run.step100',
    title: 'Run 100 steps',
    group: 'Run',
    keys: ['Shift+.'],
    run: ({ runs }) => void runs.step(100),
  },
  ...backCommands,
  {
    id: 'run.reset',
    title: 'Reset to the start',
    group: 'Run',
    keys: ['Mod+Shift+R'],
    words: ['restart', 'zero'],
    run: ({ runs }) => void runs.reset(),
  },
  {
    id: 'run.reload',
    title: 'Build again from the start',
    group: 'Run',
    words: ['reload', 'engine'],
    run: ({ runs }) => void runs.connect(false),
  },
];

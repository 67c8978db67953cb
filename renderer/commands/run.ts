/** Commands on the run. */
import type { Services } from '../stores/services.ts';
import type { Command } from './command.ts';

/** Runs or pauses; a network that cannot run shows what is missing. */
export async function toggleRun({ runs, run, session }: Services): Promise<void> {
  await runs.toggle();
  const { engine, load } = run.getState();
  if (engine.kind === 'ready' && load?.loaded === false) session.getState().change({ dialog: { kind: 'problems' } });
}

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

/** Commands on the run. */
import type { Command } from './command.ts';

export const runCommands: readonly Command[] = [
  { id: 'run.toggle', title: 'Run or pause', group: 'Run', keys: ['Space'], words: ['play', 'start', 'stop'], run: ({ runs }) => void runs.toggle() },
  { id: 'run.step', title: 'Run one step', group: 'Run', keys: ['.'], words: ['single'], run: ({ runs }) => void runs.step(1) },
  {
    id: 'run.step100',
    title: 'Run 100 steps',
    group: 'Run',
    keys: ['Shift+.'],
    run: ({ runs }) => void runs.step(100),
  },
  { id: 'run.reset', title: 'Reset to the start', group: 'Run', keys: ['Mod+Shift+R'], words: ['restart', 'zero'], run: ({ runs }) => void runs.reset() },
  { id: 'run.reload', title: 'Build again from the start', group: 'Run', words: ['reload', 'engine'], run: ({ runs }) => void runs.connect(false) },
];

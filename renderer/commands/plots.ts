/** Commands on the window of time that plots and time strip share, and on their cursor. */
import type { Services } from '../stores/services.ts';
import type { ViewRequest } from '../stores/session-store.ts';
import type { Command } from './command.ts';

interface PlotCommand {
  readonly what: ViewRequest;
  readonly title: string;
  readonly keys: readonly string[];
  readonly words?: readonly string[];
}

const plots: readonly PlotCommand[] = [
  { what: 'plots.earlier', title: 'Look back', keys: ['ArrowLeft', 'A'], words: ['pan', 'earlier', 'past'] },
  { what: 'plots.later', title: 'Look on', keys: ['ArrowRight', 'D'], words: ['pan', 'later'] },
  { what: 'plots.zoomIn', title: 'Show a shorter time', keys: ['+', '=', 'W'], words: ['zoom in'] },
  { what: 'plots.zoomOut', title: 'Show a longer time', keys: ['-', 'S'], words: ['zoom out'] },
  { what: 'plots.start', title: 'Go to the first samples', keys: ['Home'], words: ['beginning'] },
  { what: 'plots.end', title: 'Go to the newest samples and follow them', keys: ['End'], words: ['now', 'follow'] },
  { what: 'plots.cursorBack', title: 'Move the cursor back and read the values', keys: ['Shift+ArrowLeft'] },
  { what: 'plots.cursorOn', title: 'Move the cursor on and read the values', keys: ['Shift+ArrowRight'] },
];

export const plotCommands: readonly Command[] = plots.map(({ what, title, keys, words = [] }) => ({
  id: what,
  title,
  group: 'Plots',
  keys,
  where: 'plots',
  repeats: true,
  words: ['plots', 'time', ...words],
  run: ({ session }: Services) => session.getState().ask(what),
}));

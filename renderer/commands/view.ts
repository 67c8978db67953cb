/** Commands on what is shown. */
import type { SelectionState } from '../stores/selection-store.ts';
import { shownTheme, type OpenDialog } from '../stores/session-store.ts';
import type { Command } from './command.ts';
import { goToRegion } from './regions.ts';

/** The explanation starts at what is selected, if that is one thing. */
function explainOf({ elements, connections }: Pick<SelectionState, 'elements' | 'connections'>): OpenDialog {
  const [part, ...others] = [...elements, ...connections];
  return part === undefined || others.length > 0 ? { kind: 'explain' } : { kind: 'explain', part };
}

export const viewCommands: readonly Command[] = [
  {
    id: 'view.search',
    title: 'Search commands and blocks',
    group: 'View',
    keys: ['Mod+K', 'Mod+Shift+P'],
    whileTyping: true,
    run: ({ session }) => session.getState().change({ dialog: { kind: 'search' } }),
  },
  {
    id: 'view.nextRegion',
    title: 'Go to the next part of the window',
    group: 'View',
    keys: ['F6'],
    whileTyping: true,
    words: ['region', 'panel', 'focus'],
    run: () => goToRegion(1),
  },
  {
    id: 'view.previousRegion',
    title: 'Go to the part of the window before',
    group: 'View',
    keys: ['Shift+F6'],
    whileTyping: true,
    words: ['region', 'panel', 'focus'],
    run: () => goToRegion(-1),
  },
  {
    id: 'view.canvas',
    title: 'Go back to the canvas',
    group: 'View',
    keys: ['Escape'],
    where: 'panels',
    whileTyping: true,
    run: ({ session }) => session.getState().focusOn('canvas'),
  },
  {
    id: 'view.theme',
    title: 'Switch between light and dark',
    group: 'View',
    words: ['theme', 'dark', 'light', 'colour'],
    run({ session }) {
      session.getState().change({ theme: shownTheme(session.getState()) === 'light' ? 'dark' : 'light' });
    },
  },
  {
    id: 'view.themeSystem',
    title: 'Use the theme of the system',
    group: 'View',
    words: ['dark', 'light'],
    run: ({ session }) => session.getState().change({ theme: 'system' }),
  },
  {
    id: 'view.left',
    title: 'Show or hide the palette',
    group: 'View',
    keys: ['['],
    run: ({ session }) => session.getState().change({ leftOpen: !session.getState().leftOpen }),
  },
  {
    id: 'view.right',
    title: 'Show or hide the inspector',
    group: 'View',
    keys: [']'],
    run: ({ session }) => session.getState().change({ rightOpen: !session.getState().rightOpen }),
  },
  {
    id: 'view.palette',
    title: 'Search blocks in the palette',
    group: 'View',
    keys: ['/'],
    run: ({ session }) => session.getState().focusOn('palette'),
  },
  {
    id: 'view.history',
    title: 'Show the history',
    group: 'View',
    keys: ['Mod+Shift+H'],
    words: ['undo', 'edits'],
    run: ({ session }) => session.getState().change({ leftOpen: true, sidePanel: 'history' }),
  },
  {
    id: 'view.problems',
    title: 'Show the problems',
    group: 'View',
    words: ['errors', 'warnings'],
    run: ({ session }) => session.getState().change({ dialog: { kind: 'problems' } }),
  },
  {
    id: 'view.explain',
    title: 'Explain the running network',
    group: 'View',
    keys: ['Mod+E'],
    words: ['program', 'operators', 'kernels', 'bytes', 'memory', 'compile', 'code'],
    enabled: ({ run }) => run.getState().load?.loaded === true,
    run: ({ session, selection }) => session.getState().change({ dialog: explainOf(selection.getState()) }),
  },
  {
    id: 'view.equations',
    title: 'Show the equations of the selected block',
    group: 'View',
    keys: ['Mod+Shift+E'],
    words: ['equation', 'editor', 'neuron', 'model'],
    enabled: ({ selection }) => selection.getState().elements.length === 1,
    run({ session }) {
      session.getState().change({ inspectorTab: 'equations' });
      session.getState().focusOn('inspector');
    },
  },
  {
    id: 'view.wideInspector',
    title: 'Make the inspector wide or narrow',
    group: 'View',
    words: ['equation', 'editor', 'width'],
    run: ({ session }) =>
      session.getState().change({ rightOpen: true, inspectorWide: !session.getState().inspectorWide }),
  },
  {
    id: 'view.follow',
    title: 'Follow the newest samples',
    group: 'View',
    keys: ['Mod+End'],
    run: ({ session }) => session.getState().change({ timeWindow: { ...session.getState().timeWindow, follow: true } }),
  },
];

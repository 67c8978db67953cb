/** Commands on what is shown. */
import { shownTheme } from '../stores/session-store.ts';
import type { Command } from './command.ts';
import { goToRegion } from './regions.ts';

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
    id: 'view.follow',
    title: 'Follow the newest samples',
    group: 'View',
    keys: ['Mod+End'],
    run: ({ session }) => session.getState().change({ timeWindow: { ...session.getState().timeWindow, follow: true } }),
  },
];

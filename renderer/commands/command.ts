/** Command: something a person can do, from menu, keyboard or search; one registry entry. */
import type { Services } from '../stores/services.ts';

export const commandGroups = ['File', 'Edit', 'Canvas', 'Run', 'View', 'Plots', 'Help'] as const;

/** Part of the window in which keys can mean something of their own. */
export type KeyPlace = 'canvas' | 'plots' | 'panels';

export interface Command {
  /** `edit.undo`. */
  readonly id: string;
  readonly title: string;
  readonly group: (typeof commandGroups)[number];
  /** Shortcuts such as `Mod+Shift+Z`, before anybody changed them; the first is shown. `Mod` is ⌘ on a Mac, Ctrl elsewhere. */
  readonly keys?: readonly string[];
  /** The keys mean this only while the keyboard is there; everywhere when left out. */
  readonly where?: KeyPlace;
  /** The keys mean this even while a field is being typed into. */
  readonly whileTyping?: boolean;
  /** A held key does it again and again. */
  readonly repeats?: boolean;
  /** Further words under which search finds it. */
  readonly words?: readonly string[];
  enabled?(services: Services): boolean;
  run(services: Services): void;
}

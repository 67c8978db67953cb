/** Command: something a person can do, from menu, keyboard or search; one registry entry. */
import type { Services } from '../stores/services.ts';

export interface Command {
  /** `edit.undo`. */
  readonly id: string;
  readonly title: string;
  readonly group: 'File' | 'Edit' | 'Run' | 'View' | 'Help';
  /** Shortcuts such as `Mod+Shift+Z`; the first is shown. `Mod` is ⌘ on a Mac, Ctrl elsewhere. */
  readonly keys?: readonly string[];
  /** Further words under which search finds it. */
  readonly words?: readonly string[];
  enabled?(services: Services): boolean;
  run(services: Services): void;
}

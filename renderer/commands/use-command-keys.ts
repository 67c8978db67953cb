/** The keys of a command as menus, tooltips and hints show them; drawn again when a person chooses others. */
import { useSession } from '../stores/services.ts';
import { shownKeys } from './key-map.ts';

/** Undefined when the command has none. */
export function useCommandKeys(id: string): string | undefined {
  return useSession((state) => shownKeys(state.keys, id));
}

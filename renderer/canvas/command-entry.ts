/** A command as an entry of a menu. */
import { shownKeys } from '../commands/key-map.ts';
import { commandOf, isEnabled } from '../commands/registry.ts';
import type { Services } from '../stores/services.ts';
import type { IconName } from '../ui/icons.tsx';
import type { MenuEntry } from '../ui/Menu.tsx';

/** Greyed where it cannot be run now; its own title unless the menu says it in other words. */
export function commandEntry(
  services: Services,
  id: string,
  { icon, title }: { readonly icon?: IconName; readonly title?: string } = {},
): MenuEntry {
  const command = commandOf(id);
  return {
    id,
    title: title ?? command.title,
    disabled: !isEnabled(command, services),
    ...(icon === undefined ? {} : { icon }),
    keys: shownKeys(services.session.getState().keys, id),
    run: () => command.run(services),
  };
}

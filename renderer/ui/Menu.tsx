/** A menu that drops from a button. */
import { Menu as Base } from '@base-ui/react/menu';
import type { ReactElement, ReactNode } from 'react';
import { backToTrigger } from './back-to-trigger.ts';
import { Icon, type IconName } from './icons.tsx';
import { Kbd } from './Kbd.tsx';

export interface MenuEntry {
  readonly id: string;
  readonly title: string;
  readonly detail?: string;
  readonly icon?: IconName;
  readonly keys?: string | undefined;
  readonly disabled?: boolean;
  readonly checked?: boolean;
  run(): void;
}

export interface MenuGroup {
  readonly title?: string;
  readonly entries: readonly MenuEntry[];
}

interface MenuProps {
  readonly trigger: ReactElement;
  readonly children?: ReactNode;
  readonly groups: readonly MenuGroup[];
  readonly align?: 'start' | 'end';
}

export function Menu({ trigger, groups, align = 'start' }: MenuProps) {
  return (
    <Base.Root modal={false}>
      <Base.Trigger render={trigger as ReactElement<Record<string, unknown>>} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align={align} className="layer">
          <Base.Popup className="menu" finalFocus={backToTrigger}>
            {groups.map((group, index) => (
              <MenuSection key={group.title ?? index} group={group} first={index === 0} />
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** Entries under a title, set apart from those before. */
export function MenuSection({ group, first }: { readonly group: MenuGroup; readonly first: boolean }) {
  if (group.entries.length === 0) return null;
  return (
    <Base.Group className="menu-group" data-first={first || undefined}>
      {group.title !== undefined && <Base.GroupLabel className="menu-title">{group.title}</Base.GroupLabel>}
      {group.entries.map((entry) => (
        <Base.Item key={entry.id} className="menu-item" disabled={entry.disabled ?? false} onClick={() => entry.run()}>
          <span className="menu-icon">
            {entry.checked === true ? (
              <Icon name="check" size={14} />
            ) : (
              entry.icon !== undefined && <Icon name={entry.icon} size={14} />
            )}
          </span>
          <span className="menu-words">
            {entry.title}
            {entry.detail !== undefined && <small>{entry.detail}</small>}
          </span>
          {entry.keys !== undefined && <Kbd keys={entry.keys} />}
        </Base.Item>
      ))}
    </Base.Group>
  );
}

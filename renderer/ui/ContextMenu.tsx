/** A menu where the pointer is: right click, long press, or the menu key. */
import { ContextMenu as Base } from '@base-ui/react/context-menu';
import type { MouseEvent, ReactNode } from 'react';
import { MenuSection, type MenuGroup } from './Menu.tsx';

interface ContextMenuProps {
  readonly className: string;
  readonly children: ReactNode;
  /** Asked when it opens. */
  readonly groups: readonly MenuGroup[];
  /** The pointer asks for the menu at an element of the page. */
  onAsk(at: Element): void;
}

export function ContextMenu({ className, children, groups, onAsk }: ContextMenuProps) {
  const ask = ({ target }: MouseEvent): void => {
    if (target instanceof Element) onAsk(target);
  };
  return (
    <Base.Root>
      <Base.Trigger className={className} onContextMenuCapture={ask}>
        {children}
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner className="layer">
          <Base.Popup className="menu">
            {groups.map((group, index) => (
              <MenuSection key={group.title ?? index} group={group} first={index === 0} />
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

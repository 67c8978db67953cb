/** A small window that hangs from a button and closes when the person turns elsewhere. */
import { Popover as Base } from '@base-ui/react/popover';
import type { ReactElement, ReactNode } from 'react';
import { backToTrigger } from './back-to-trigger.ts';

interface PopoverProps {
  readonly trigger: ReactElement;
  readonly title: string;
  readonly align?: 'start' | 'center' | 'end';
  readonly children: ReactNode;
  readonly open?: boolean;
  onOpenChange?(open: boolean): void;
}

/** One that opens by itself leaves the keyboard with who is typing. */
function nobodyTypes(): boolean {
  return document.activeElement?.matches('input, textarea, [contenteditable="true"]') !== true;
}

export function Popover({ trigger, title, align = 'end', children, open, onOpenChange }: PopoverProps) {
  return (
    <Base.Root
      {...(open === undefined ? {} : { open })}
      {...(onOpenChange === undefined ? {} : { onOpenChange: (next: boolean) => onOpenChange(next) })}
    >
      <Base.Trigger render={trigger as ReactElement<Record<string, unknown>>} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} align={align} className="layer">
          <Base.Popup className="popover" initialFocus={nobodyTypes} finalFocus={backToTrigger}>
            <Base.Title className="popover-title">{title}</Base.Title>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

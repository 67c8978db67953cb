/** A dialog over the workbench; Escape and a press outside close it. */
import { Dialog as Base } from '@base-ui/react/dialog';
import type { ReactNode } from 'react';
import { IconButton } from './Button.tsx';

interface DialogProps {
  readonly open: boolean;
  readonly title: string;
  readonly description?: string;
  readonly wide?: boolean;
  /** The title is for screen readers only: the content says it in its own way. */
  readonly bare?: boolean;
  readonly children: ReactNode;
  onClose(): void;
}

export function Dialog({ open, title, description, wide = false, bare = false, children, onClose }: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="backdrop" />
        <Base.Popup className="dialog" data-wide={wide || undefined} data-bare={bare || undefined}>
          <header className={bare ? 'visually-hidden' : 'dialog-head'}>
            <Base.Title className="dialog-title">{title}</Base.Title>
            {!bare && <IconButton icon="close" label="Close" look="quiet" onClick={onClose} />}
          </header>
          {description !== undefined && (
            <Base.Description className="dialog-description">{description}</Base.Description>
          )}
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

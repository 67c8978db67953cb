/** A dialog over the workbench; Escape and a press outside close it. */
import { Dialog as Base } from '@base-ui/react/dialog';
import { useRef, type ReactNode } from 'react';
import { Icon } from './icons.tsx';
import { useFocusReturn } from './use-focus-return.ts';

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

/** Where the keyboard goes first: what the dialog asks for, then what it offers; the closing button only when there is nothing else. */
const firstStops =
  'input:not([disabled]), [data-first-stop], .dialog-body select, .dialog-body button:not([disabled]), .dialog-actions .button-primary:not([disabled]), .dialog-actions button:not([disabled])';

export function Dialog({ open, title, description, wide = false, bare = false, children, onClose }: DialogProps) {
  const popup = useRef<HTMLDivElement>(null);
  useFocusReturn();
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="backdrop" />
        <Base.Popup
          ref={popup}
          className="dialog"
          data-wide={wide || undefined}
          data-bare={bare || undefined}
          initialFocus={() => popup.current?.querySelector<HTMLElement>(firstStops) ?? true}
          finalFocus={false}
        >
          <header className={bare ? 'visually-hidden' : 'dialog-head'}>
            <Base.Title className="dialog-title">{title}</Base.Title>
            {!bare && <CloseButton onClose={onClose} />}
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

/** Without a tooltip, which would take the first Escape for itself. */
function CloseButton({ onClose }: Pick<DialogProps, 'onClose'>) {
  return (
    <button type="button" aria-label="Close" className="icon-button button-quiet" onClick={onClose}>
      <Icon name="close" size={14} />
    </button>
  );
}

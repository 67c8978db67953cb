/** Sentences that appear at the lower edge; errors stay until they are closed, others while the pointer is on them. */
import { useEffect, useState } from 'react';
import { IconButton } from './Button.tsx';
import { Icon } from './icons.tsx';

export interface ToastContent {
  readonly id: number;
  readonly tone: 'info' | 'error';
  readonly title: string;
  readonly details: readonly string[];
}

/** How long sentences that are no error stay, milliseconds: long enough to read them. */
function shownFor({ title, details }: ToastContent): number {
  return Math.max(5000, 60 * [title, ...details].join(' ').length);
}

export function Toasts({
  toasts,
  onDismiss,
}: {
  readonly toasts: readonly ToastContent[];
  onDismiss(id: number): void;
}) {
  return (
    <section className="toasts" aria-label="Messages">
      {toasts.map((toast) => (
        <Toast key={toast.id} toast={toast} onDismiss={onDismiss} />
      ))}
    </section>
  );
}

function Toast({ toast, onDismiss }: { readonly toast: ToastContent; onDismiss(id: number): void }) {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (toast.tone === 'error' || held) return undefined;
    const timer = setTimeout(() => onDismiss(toast.id), shownFor(toast));
    return () => clearTimeout(timer);
  }, [toast, held, onDismiss]);
  return (
    <div
      className="toast"
      data-tone={toast.tone}
      role={toast.tone === 'error' ? 'alert' : 'status'}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
    >
      <Icon name={toast.tone === 'error' ? 'error' : 'info'} />
      <div>
        <p className="toast-title">{toast.title}</p>
        {toast.details.map((detail) => (
          <p key={detail}>{detail}</p>
        ))}
      </div>
      <IconButton icon="close" label="Dismiss" look="quiet" onClick={() => onDismiss(toast.id)} />
    </div>
  );
}

/** Sentences that appear at the lower edge; errors stay until they are closed. */
import { useEffect } from 'react';
import { IconButton } from './Button.tsx';
import { Icon } from './icons.tsx';

export interface ToastContent {
  readonly id: number;
  readonly tone: 'info' | 'error';
  readonly title: string;
  readonly details: readonly string[];
}

/** How long a sentence that is no error stays, milliseconds. */
const shownFor = 5000;

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
  useEffect(() => {
    if (toast.tone === 'error') return undefined;
    const timer = setTimeout(() => onDismiss(toast.id), shownFor);
    return () => clearTimeout(timer);
  }, [toast, onDismiss]);
  return (
    <div className="toast" data-tone={toast.tone} role={toast.tone === 'error' ? 'alert' : 'status'}>
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

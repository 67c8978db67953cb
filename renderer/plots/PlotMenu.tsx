/** The small menu of a plot: its badge opens probes, kind, export and removal. */
import { useEffect, useRef, useState, type ReactNode } from 'react';

export interface PlotMenuProps {
  readonly label: string;
  /** What stands on the button. */
  readonly text: string;
  children(close: () => void): ReactNode;
}

/** Closes on Escape and on a press outside; the focus goes back to the button. */
export function PlotMenu({ label, text, children }: PlotMenuProps) {
  const [open, setOpen] = useState(false);
  const whole = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!open) return undefined;
    const outside = (event: PointerEvent): void => {
      if (!whole.current?.contains(event.target as Node)) setOpen(false);
    };
    window.addEventListener('pointerdown', outside, true);
    return () => window.removeEventListener('pointerdown', outside, true);
  }, [open]);
  useEffect(() => {
    const trigger = button.current;
    return open ? () => trigger?.focus() : undefined;
  }, [open]);
  return (
    <div
      ref={whole}
      className="plot-menu"
      onKeyDown={(event) => {
        if (!open || event.key !== 'Escape') return;
        event.stopPropagation();
        setOpen(false);
      }}
    >
      <button
        ref={button}
        type="button"
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-label={text === '' ? label : `${text}. ${label}`}
        onClick={() => setOpen(!open)}
      >
        <span>{text}</span>
        <span aria-hidden="true">▾</span>
      </button>
      {open && (
        <div className="plot-menu-card" role="dialog" aria-label={label}>
          {children(() => setOpen(false))}
        </div>
      )}
    </div>
  );
}

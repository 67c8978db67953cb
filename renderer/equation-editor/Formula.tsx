/** TeX set as mathematics. */
import katex from 'katex';
import 'katex/dist/katex.min.css';
import { useEffect, useRef } from 'react';

interface FormulaProps {
  readonly tex: string;
  /** What it says in words: shown when it cannot be set, and a tooltip otherwise. */
  readonly text: string;
  readonly display?: boolean;
}

export function Formula({ tex, text, display = false }: FormulaProps) {
  const host = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (host.current === null) return;
    try {
      katex.render(tex, host.current, { displayMode: display, throwOnError: true, trust: false, strict: 'ignore' });
    } catch {
      host.current.textContent = text;
    }
  }, [tex, text, display]);
  return <span ref={host} className="formula" title={text} />;
}

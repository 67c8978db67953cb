/** TeX set as mathematics. */
import 'katex/dist/katex.min.css';
import { useEffect, useRef } from 'react';
import { setFormula } from './set-formula.ts';

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
      setFormula(host.current, tex, display);
    } catch {
      host.current.textContent = text;
    }
  }, [tex, text, display]);
  return <span ref={host} className="formula" title={text} />;
}

/** The equations of a built-in kind, as mathematics where they can be set. */
import type { KindDescriptor } from '../../engine/model/kind.ts';
import { describedLine, type RenderedLine } from './rendered-lines.ts';
import { RenderedEquations } from './RenderedEquations.tsx';
import './equation-editor.css';

export function KindEquations({ kind }: { readonly kind: KindDescriptor }) {
  const lines = kind.equations.map((line) => ({ line, rendered: describedLine(line) }));
  const rendered = lines.flatMap(({ rendered: found }): readonly RenderedLine[] =>
    found === undefined ? [] : [found],
  );
  const plain = lines.flatMap(({ line, rendered: found }) => (found === undefined ? [line] : []));
  return (
    <>
      {rendered.length > 0 && <RenderedEquations label="Equations as mathematics" lines={rendered} />}
      {plain.length > 0 && <pre className="equations mono">{plain.join('\n')}</pre>}
    </>
  );
}

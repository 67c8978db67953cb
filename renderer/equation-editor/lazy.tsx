/** The editor and the formulas, loaded when they are first shown: the workbench starts without them. */
import { lazy, Suspense, type ComponentProps } from 'react';

const Editor = lazy(async () => ({ default: (await import('./EquationEditor.tsx')).EquationEditor }));
const Kind = lazy(async () => ({ default: (await import('./KindEquations.tsx')).KindEquations }));

const Field = lazy(async () => ({ default: (await import('./CodeField.tsx')).CodeField }));

/** A field for a text in the equation language; the text alone until the editor is there. */
export function CodeField(props: ComponentProps<typeof Field>) {
  return (
    <Suspense fallback={<pre className="equations mono">{props.text}</pre>}>
      <Field {...props} />
    </Suspense>
  );
}

export function EquationEditor(props: ComponentProps<typeof Editor>) {
  return (
    <Suspense fallback={<p className="inspector-quiet">Loading the editor…</p>}>
      <Editor {...props} />
    </Suspense>
  );
}

export function KindEquations(props: ComponentProps<typeof Kind>) {
  return (
    <Suspense fallback={<pre className="equations mono">{props.kind.equations.join('\n')}</pre>}>
      <Kind {...props} />
    </Suspense>
  );
}

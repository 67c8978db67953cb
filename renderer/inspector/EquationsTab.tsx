/** Equations of a block: those people write, in their editor; those of a built-in kind, rendered, with where they come from. */
import type { ElementRecord } from '../../engine/model/document.ts';
import type { KindDescriptor } from '../../engine/model/kind.ts';
import { EquationEditor, KindEquations } from '../equation-editor/lazy.tsx';
import { hasOwnEquations } from '../equation-editor/population-fields.ts';
import { useServices, useSession } from '../stores/services.ts';
import { Button } from '../ui/Button.tsx';
import { ExplainButton } from './ExplainButton.tsx';

interface EquationsTabProps {
  readonly element: ElementRecord;
  readonly kind: KindDescriptor;
}

export function EquationsTab({ element, kind }: EquationsTabProps) {
  if (hasOwnEquations(kind)) {
    return (
      <>
        <EditorTools element={element.id} />
        <EquationEditor key={element.id} element={element} kind={kind} />
      </>
    );
  }
  return (
    <div className="inspector-text">
      {kind.equations.length === 0 ? (
        <p className="inspector-quiet">This block has no equations.</p>
      ) : (
        <KindEquations kind={kind} />
      )}
      <h3 className="parameter-group">Source</h3>
      <p>{kind.source}</p>
      <div className="inspector-actions">
        <ExplainButton part={element.id} />
      </div>
    </div>
  );
}

/** Room for the editor, and help with the language. */
function EditorTools({ element }: { readonly element: string }) {
  const { session } = useServices();
  const wide = useSession((state) => state.inspectorWide);
  return (
    <div className="editor-tools">
      <Button
        icon={wide ? 'narrow' : 'wide'}
        aria-pressed={wide}
        onClick={() => session.getState().change({ inspectorWide: !wide })}
      >
        {wide ? 'Less room' : 'More room'}
      </Button>
      <Button icon="help" look="quiet" onClick={() => session.getState().change({ dialog: { kind: 'equationHelp' } })}>
        Help
      </Button>
      <ExplainButton part={element} />
    </div>
  );
}

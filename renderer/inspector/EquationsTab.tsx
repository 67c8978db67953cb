/** Equations of a block: those people write, in their editor; those of a built-in kind, rendered, with where they come from. */
import type { ElementRecord } from '../../engine/model/document.ts';
import type { KindDescriptor } from '../../engine/model/kind.ts';
import { EquationEditor, KindEquations } from '../equation-editor/lazy.tsx';
import { hasOwnEquations } from '../equation-editor/population-fields.ts';
import { makeOwn } from '../commands/equation-gestures.ts';
import { useDocument, useServices, useSession } from '../stores/services.ts';
import { Button } from '../ui/Button.tsx';
import { Tooltip } from '../ui/Tooltip.tsx';
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
        {kind.asEquations !== undefined && <MakeOwnButton element={element.id} />}
        <ExplainButton part={element.id} />
      </div>
    </div>
  );
}

/** The way from a ready-made neuron to one that can be changed. */
function MakeOwnButton({ element }: { readonly element: string }) {
  const services = useServices();
  const readOnly = useDocument((state) => state.readOnly !== undefined);
  return (
    <Tooltip text="Turns the block into an equation block with the same values, wires and plots">
      <Button icon="edit" disabled={readOnly} onClick={() => makeOwn(services, element)}>
        Make it your own
      </Button>
    </Tooltip>
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
      <Button
        icon="help"
        look="quiet"
        onClick={() => session.getState().change({ dialog: { kind: 'help', page: 'equations' } })}
      >
        Help
      </Button>
      <ExplainButton part={element} />
    </div>
  );
}

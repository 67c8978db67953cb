/** The editor of an equation neuron: its texts with problems underlined, its equations rendered, its units listed. */
import { useMemo, useState } from 'react';
import type { PopulationTextName } from '../../engine/equations/population-text.ts';
import { looksLikeBrian, readBrianNeuron } from '../../engine/formats/brian-neuron.ts';
import type { ElementRecord } from '../../engine/model/document.ts';
import type { KindDescriptor } from '../../engine/model/kind.ts';
import { takeBrianNeuron } from '../commands/equation-gestures.ts';
import { useDocument, useServices } from '../stores/services.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { CodeField } from './CodeField.tsx';
import { assignedNames, nameSuggestions } from './name-suggestions.ts';
import { populationFields, type PopulationField } from './population-fields.ts';
import { definedNames, definitionsOf, equationLines, ruleLines } from './rendered-lines.ts';
import { DefinedNames, RenderedEquations } from './RenderedEquations.tsx';
import { useEquationTexts, type EquationTexts } from './use-equation-texts.ts';
import './equation-editor.css';

interface EquationEditorProps {
  readonly element: ElementRecord;
  readonly kind: KindDescriptor;
}

export function EquationEditor({ element, kind }: EquationEditorProps) {
  const services = useServices();
  const edited = useEquationTexts(element, kind);
  const [pasted, setPasted] = useState<readonly string[]>();
  const takePaste = (text: string): boolean => {
    const neuron = looksLikeBrian(text) ? readBrianNeuron(text) : undefined;
    if (neuron === undefined) return false;
    edited.forget();
    setPasted(takeBrianNeuron(services, element.id, neuron));
    return true;
  };
  return (
    <div className="equation-editor">
      {pasted !== undefined && <PasteNote notTaken={pasted} onClose={() => setPasted(undefined)} />}
      <div className="equation-parts">
        <Fields edited={edited} onPaste={takePaste} />
        <Rendered edited={edited} />
      </div>
    </div>
  );
}

function Fields({ edited, onPaste }: { readonly edited: EquationTexts; onPaste(text: string): boolean }) {
  const [asked, setAsked] = useState<readonly PopulationTextName[]>([]);
  const readOnly = useDocument((state) => state.readOnly !== undefined);
  const { texts, found } = edited;
  const suggestions = useMemo(
    () => nameSuggestions(definitionsOf(texts.model) ?? [], assignedNames(texts.constants)),
    [texts.model, texts.constants],
  );
  const hidden = (field: PopulationField): boolean =>
    field.rare === true && texts[field.name].trim() === '' && !asked.includes(field.name);
  return (
    <div className="equation-fields">
      {populationFields
        .filter((field) => !hidden(field))
        .map((field) => (
          <CodeField
            key={field.name}
            {...field}
            text={texts[field.name]}
            readOnly={readOnly}
            problems={found.problems.get(field.name) ?? []}
            suggestions={suggestions}
            onChange={(text) => edited.change(field.name, text)}
            onDone={edited.done}
            {...(field.name === 'model' ? { onPaste } : {})}
          />
        ))}
      {!readOnly && (
        <div className="equation-more">
          {populationFields.filter(hidden).map(({ name, title }) => (
            <Button key={name} icon="add" look="quiet" onClick={() => setAsked([...asked, name])}>
              {title}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}

/** What can be read is shown, also while something is wrong elsewhere; the last sound model stays until it can be read again. */
function Rendered({ edited: { texts } }: { readonly edited: EquationTexts }) {
  const definitions = useMemo(() => definitionsOf(texts.model), [texts.model]);
  const [last, setLast] = useState({ model: texts.model, definitions });
  if (definitions !== undefined && last.definitions !== definitions) setLast({ model: texts.model, definitions });
  const shown = definitions === undefined ? last : { model: texts.model, definitions };
  const lines = useMemo(() => equationLines(shown.model, shown.definitions ?? []), [shown.model, shown.definitions]);
  const rules = useMemo(() => ruleLines(texts), [texts]);
  if (shown.definitions === undefined || shown.definitions.length === 0) {
    return (
      <div className="equation-rendered">
        <p className="inspector-quiet">
          Write a model, or paste one from Brian 2: a model string, or a whole NeuronGroup with its threshold and reset.
        </p>
      </div>
    );
  }
  return (
    <div className="equation-rendered" data-stale={definitions === undefined || undefined}>
      <RenderedEquations label="Equations as mathematics" lines={[...lines, ...rules]} />
      <DefinedNames names={definedNames(shown.definitions)} />
    </div>
  );
}

function PasteNote({ notTaken, onClose }: { readonly notTaken: readonly string[]; onClose(): void }) {
  return (
    <div className="paste-note" role="status" data-partly={notTaken.length > 0 || undefined}>
      <div>
        {notTaken.length === 0 ? 'The whole Brian snippet was taken over.' : 'Taken over from Brian, except:'}
        {notTaken.length > 0 && (
          <ul>
            {notTaken.map((part, index) => (
              <li key={index} className="mono">
                {part}
              </li>
            ))}
          </ul>
        )}
      </div>
      <IconButton icon="close" label="Close this note" look="quiet" iconSize={12} onClick={onClose} />
    </div>
  );
}

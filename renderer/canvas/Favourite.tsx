/** Favourite parameter on a block: symbol and value; pressing the value edits it in place. A wrong entry stays and says why. */
import { memo, useId, useRef, useState, type KeyboardEvent } from 'react';
import type { ElementRecord } from '../../engine/model/document.ts';
import type { ParameterSpec } from '../../engine/model/kind.ts';
import { useCanvasServices, type CanvasServices } from './canvas-services.ts';
import { focusBlock } from './focus-block.ts';
import { editableInPlace, shownValue, typedValue } from './favourite-value.ts';

interface FavouriteProps {
  readonly element: ElementRecord;
  readonly parameter: ParameterSpec;
  /** The Tab key stops at it. */
  readonly reachable: boolean;
}

export const Favourite = memo(function Favourite({ element, parameter, reachable }: FavouriteProps) {
  const [editing, setEditing] = useState(false);
  const value = element.parameters[parameter.name];
  const text = shownValue(parameter, value);
  const editable = editableInPlace(parameter, value);
  return (
    <div className="block-row">
      <span className="block-row-name" title={`${parameter.title}. ${parameter.description}`}>
        {parameter.name}
      </span>
      {editing ? (
        <FavouriteField element={element} parameter={parameter} text={text} close={() => setEditing(false)} />
      ) : (
        <button
          type="button"
          className="block-row-value nodrag"
          disabled={!editable}
          tabIndex={reachable ? 0 : -1}
          title={editable ? `Change ${parameter.title}` : `${text}; change it in the inspector`}
          aria-label={`${parameter.title} ${text}`}
          onClick={() => setEditing(true)}
        >
          {text}
        </button>
      )}
    </div>
  );
});

function FavouriteField({
  element,
  parameter,
  text,
  close,
}: Omit<FavouriteProps, 'reachable'> & { readonly text: string; close(): void }) {
  const services = useCanvasServices();
  const id = useId();
  const [typed, setTyped] = useState(text);
  const [reason, setReason] = useState('');
  const settled = useRef(false);
  const keep = (): boolean => {
    const wrong = typed.trim() === text ? undefined : tryValue(services, element, parameter, typed);
    if (wrong === undefined) close();
    else setReason(wrong);
    return wrong === undefined;
  };
  const key = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === 'Enter') settled.current = keep();
    if (event.key === 'Escape') settled.current = true;
    if (settled.current) leave(event.currentTarget);
  };
  const leave = (field: Element): void => {
    close();
    focusBlock(field);
  };
  return (
    <span className="block-row-edit nodrag nopan">
      <input
        value={typed}
        aria-label={parameter.title}
        aria-invalid={reason !== ''}
        aria-describedby={reason === '' ? undefined : id}
        autoFocus
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={() => settled.current || keep()}
        onKeyDown={key}
      />
      {reason !== '' && (
        <span id={id} role="alert" className="block-row-reason">
          {reason}
        </span>
      )}
    </span>
  );
}

/** Sets the parameter, or says in a sentence why it cannot be that. */
function tryValue(
  { commands }: CanvasServices,
  element: ElementRecord,
  parameter: ParameterSpec,
  text: string,
): string | undefined {
  const value = typedValue(parameter, element.parameters[parameter.name], text);
  const refused = value.ok ? commands.setParameter(element.id, parameter.name, value.value) : value.problems;
  const first = refused[0];
  return first === undefined ? undefined : [first.message, first.hint].filter(Boolean).join(' ');
}

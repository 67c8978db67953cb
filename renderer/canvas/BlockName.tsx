/** Name of a block: double-click or F2 renames in place; Enter or leaving keeps, Escape drops. */
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { ElementRecord } from '../../engine/model/document.ts';
import { useCanvasServices } from './canvas-services.ts';
import { renameEvent } from './canvas-events.ts';
import { focusBlock } from './focus-block.ts';

export function BlockName({ element }: { readonly element: ElementRecord }) {
  const { commands } = useCanvasServices();
  const [text, setText] = useState<string | undefined>(undefined);
  const settled = useRef(false);
  useEffect(() => renameEvent.listen((id) => id === element.id && setText(element.name)), [element]);
  if (text === undefined) {
    return (
      <span className="block-name" title={element.name} onDoubleClick={() => setText(element.name)}>
        {element.name}
      </span>
    );
  }
  const keep = (): void => {
    if (settled.current) return;
    setText(undefined);
    const name = text.trim().slice(0, 200);
    if (name !== '' && name !== element.name) commands.rename(element.id, name);
  };
  const key = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === 'Enter') keep();
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    settled.current = true;
    setText(undefined);
    focusBlock(event.currentTarget);
  };
  return (
    <input
      className="block-name nodrag nopan"
      aria-label="Name"
      value={text}
      maxLength={200}
      autoFocus
      onFocus={(event) => {
        settled.current = false;
        event.currentTarget.select();
      }}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={key}
    />
  );
}

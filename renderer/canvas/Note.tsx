/** Note: a sheet with a person's words beside the blocks. Double-click changes them; without words it is gone. */
import { memo, useRef, useState, type KeyboardEvent } from 'react';
import type { NodeProps } from 'reactflow';
import type { NoteRecord } from '../../engine/model/document.ts';
import { Icon } from '../ui/icons.tsx';
import type { NoteNode } from './canvas-nodes.ts';
import { useCanvasServices } from './canvas-services.ts';

export const Note = memo(function Note({ data: { note } }: NodeProps<NoteNode>) {
  const { commands } = useCanvasServices();
  const [writing, setWriting] = useState(false);
  if (writing) return <Words note={note} done={() => setWriting(false)} />;
  return (
    <div className="note" onDoubleClick={() => setWriting(true)}>
      {note.text.split('\n').map((line, place) => (
        <p key={place}>{line}</p>
      ))}
      <div className="note-tools nodrag">
        <button type="button" aria-label="Change this note" onClick={() => setWriting(true)}>
          <Icon name="edit" size={12} />
        </button>
        <button type="button" aria-label="Remove this note" onClick={() => commands.setNote({ ...note, text: '' })}>
          <Icon name="close" size={12} />
        </button>
      </div>
    </div>
  );
});

/** The words while they are written: leaving keeps them, Escape drops what was typed. */
function Words({ note, done }: { readonly note: NoteRecord; readonly done: () => void }) {
  const { commands } = useCanvasServices();
  const [text, setText] = useState(note.text);
  const settled = useRef(false);
  const keep = (): void => {
    if (settled.current) return;
    done();
    const words = text.trim();
    if (words !== note.text) commands.setNote({ ...note, text: words });
  };
  const key = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key !== 'Escape') return;
    settled.current = true;
    done();
  };
  return (
    <textarea
      className="note nodrag nopan nowheel"
      aria-label="Note"
      value={text}
      maxLength={4000}
      autoFocus
      rows={text.split('\n').length + 4}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={key}
    />
  );
}

/** Note: a sheet with a person's words beside the blocks. Double-click or Enter changes them; without words it is gone. */
import { memo, useEffect, useState, type KeyboardEvent } from 'react';
import type { NodeProps } from 'reactflow';
import type { NoteRecord } from '../../engine/model/document.ts';
import { Icon } from '../ui/icons.tsx';
import { writeNoteEvent } from './canvas-events.ts';
import type { NoteNode } from './canvas-nodes.ts';
import { useCanvasServices, type CanvasCommands } from './canvas-services.ts';
import { NoteEdge } from './NoteEdge.tsx';
import { NoteWords } from './NoteWords.tsx';

export const Note = memo(function Note({ data: { note } }: NodeProps<NoteNode>) {
  const { commands } = useCanvasServices();
  const [writing, setWriting] = useState(false);
  const [width, setWidth] = useState<number | undefined>(undefined);
  useEffect(() => writeNoteEvent.listen((id) => id === note.id && setWriting(true)), [note.id]);
  if (writing)
    return (
      <NoteWords
        text={note.text}
        write={(text) => commands.setNote({ ...note, text })}
        done={() => setWriting(false)}
      />
    );
  const resized = (next: number): void => {
    setWidth(undefined);
    if (next !== note.width) commands.setNote({ ...note, width: next });
  };
  return (
    <div
      className="note"
      style={width === undefined ? undefined : { width }}
      tabIndex={0}
      role="group"
      aria-label={`Note: ${note.text.split('\n')[0]}`}
      onDoubleClick={() => setWriting(true)}
      onKeyDown={(event) => pressed(event, note, commands, () => setWriting(true))}
    >
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
      <NoteEdge width={note.width} onMove={setWidth} onEnd={resized} />
    </div>
  );
});

/** Pixels of the canvas that Alt and an arrow key move a note. */
const step = 16;
const directions: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-step, 0],
  ArrowRight: [step, 0],
  ArrowUp: [0, -step],
  ArrowDown: [0, step],
};

/** The keys of blocks, for the note that has the keyboard. */
function pressed(event: KeyboardEvent, note: NoteRecord, commands: CanvasCommands, write: () => void): void {
  if (event.target !== event.currentTarget) return;
  const direction = event.altKey ? directions[event.key] : undefined;
  if (direction !== undefined) commands.setNote({ ...note, x: note.x + direction[0], y: note.y + direction[1] });
  else if (event.key === 'Enter' || event.key === 'F2') write();
  else if (event.key === 'Delete' || event.key === 'Backspace') commands.setNote({ ...note, text: '' });
  else return;
  event.preventDefault();
  event.stopPropagation();
}

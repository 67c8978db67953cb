/** The words of a note while they are written: leaving keeps them, Escape drops what was typed. */
import { useRef, useState, type KeyboardEvent } from 'react';

interface NoteWordsProps {
  /** What was there before. */
  readonly text: string;
  /** Called when other words are left behind; with none the note is not wanted. */
  write(text: string): void;
  done(): void;
}

export function NoteWords({ text: before, write, done }: NoteWordsProps) {
  const [text, setText] = useState(before);
  const settled = useRef(false);
  const keep = (): void => {
    if (settled.current) return;
    settled.current = true;
    done();
    const words = text.trim();
    if (words !== before) write(words);
  };
  const key = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) return keep();
    if (event.key !== 'Escape') return;
    settled.current = true;
    done();
  };
  return (
    <textarea
      className="note nodrag nopan nowheel"
      aria-label="Note"
      placeholder="The first line is the heading"
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

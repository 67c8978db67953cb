/** The program as text, with a search that marks what it finds and goes from place to place. */
import { useEffect, useMemo, useRef, useState } from 'react';
import { IconButton } from '../../ui/Button.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { count } from '../figures.ts';
import { foundLines, markedParts } from './program-search.ts';

export function ProgramText({ program }: { readonly program: string }) {
  const lines = useMemo(() => program.split('\n'), [program]);
  const [wanted, setWanted] = useState('');
  const [at, setAt] = useState(0);
  const found = useMemo(() => foundLines(lines, wanted), [lines, wanted]);
  const current = found[at];
  const text = useRef<HTMLPreElement>(null);
  useEffect(() => {
    if (current === undefined) return;
    text.current?.querySelector(`[data-line="${current}"]`)?.scrollIntoView({ block: 'center' });
  }, [current]);
  const go = (by: number): void => setAt(found.length === 0 ? 0 : (at + by + found.length) % found.length);
  return (
    <>
      <div className="explain-search" role="search">
        <TextField
          label="Find in the program"
          placeholder="Find in the program"
          value={wanted}
          onChange={(event) => {
            setWanted(event.target.value);
            setAt(0);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter') go(event.shiftKey ? -1 : 1);
          }}
        />
        <IconButton icon="previous" label="Previous place" disabled={found.length === 0} onClick={() => go(-1)} />
        <IconButton icon="next" label="Next place" disabled={found.length === 0} onClick={() => go(1)} />
        <span role="status">{placesText(wanted, at, found.length, lines.length)}</span>
      </div>
      <pre ref={text} className="explain-text mono" tabIndex={0} aria-label="Program as text">
        {lines.map((line, index) => (
          <span key={index} data-line={index} data-current={index === current || undefined}>
            {markedParts(line, wanted).map((part, place) =>
              part.marked ? <mark key={place}>{part.text}</mark> : part.text,
            )}
          </span>
        ))}
      </pre>
    </>
  );
}

function placesText(wanted: string, at: number, found: number, lines: number): string {
  if (wanted.trim() === '') return `${count(lines)} lines`;
  return found === 0 ? 'not found' : `line ${at + 1} of ${count(found)}`;
}

/** A field whose entry is committed by Enter or by leaving it. A wrong entry stays, marked, with the reason and a way out. */
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import type { Problem } from '../../engine/base/problem.ts';
import type { Result } from '../../engine/base/result.ts';
import { Button } from '../ui/Button.tsx';
import { TextField } from '../ui/TextField.tsx';
import { offeredEntry } from './quantity-entry.ts';

interface EntryFieldProps<T> {
  readonly label: string;
  /** What the field shows while nobody edits it. */
  readonly text: string;
  readonly suffix?: string;
  readonly placeholder?: string;
  readonly mono?: boolean;
  readonly disabled?: boolean;
  /** What is known to be wrong with the stored value itself. */
  readonly known?: Problem | undefined;
  read(text: string): Result<T>;
  /** Takes the value; what it returns was refused. */
  commit(value: T): readonly Problem[];
}

export function EntryField<T>({ label, text, suffix, placeholder, mono = true, disabled = false, known, read, commit }: EntryFieldProps<T>) {
  const [entry, setEntry] = useState<string>();
  const [refusal, setRefusal] = useState<Problem>();
  const input = useRef<HTMLInputElement>(null);
  const reasonId = useId();
  const shown = entry ?? text;

  // The value changed elsewhere (undo, a slider): a refused entry no longer answers anything.
  useEffect(() => {
    setEntry(undefined);
    setRefusal(undefined);
  }, [text]);

  function take(typed: string | undefined): void {
    if (typed === undefined || typed === text) {
      setEntry(undefined);
      setRefusal(undefined);
      return;
    }
    const result = read(typed);
    const refused = result.ok ? commit(result.value)[0] : result.problems[0];
    setRefusal(refused);
    setEntry(refused === undefined ? undefined : typed);
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.key === 'Enter') {
      event.preventDefault();
      take(entry);
      input.current?.select();
    }
    if (event.key === 'Escape' && entry !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      setEntry(undefined);
      setRefusal(undefined);
    }
  }

  const found = refusal ?? (entry === undefined ? known : undefined);
  return (
    <>
      <TextField
        ref={input}
        label={label}
        mono={mono}
        value={shown}
        disabled={disabled}
        placeholder={placeholder}
        wrong={found !== undefined}
        reasonId={reasonId}
        {...(suffix === undefined || hasUnit(entry) ? {} : { suffix })}
        onChange={(event) => setEntry(event.target.value)}
        onBlur={() => take(entry)}
        onKeyDown={onKeyDown}
      />
      {found !== undefined && <Reason id={reasonId} found={found} onTake={take} />}
    </>
  );
}

/** Whether what is being typed brings its own unit, so that the unit of the field would say the wrong thing. */
function hasUnit(entry: string | undefined): boolean {
  return entry !== undefined && /[\d.\s][A-Za-zµΩ%°]/.test(entry) && !/^[-+\d.]+e[-+\d]*$/i.test(entry);
}

function Reason({ id, found, onTake }: { readonly id: string; readonly found: Problem; onTake(entry: string): void }) {
  const offered = offeredEntry(found);
  return (
    <p id={id} className="entry-reason" role="alert">
      {found.message}{' '}
      {offered === undefined ? found.hint : (
        <Button look="link" className="entry-offer" onMouseDown={(event) => event.preventDefault()} onClick={() => onTake(offered)}>
          {found.hint}
        </Button>
      )}
    </p>
  );
}

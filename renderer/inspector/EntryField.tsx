/** A field whose entry is committed by Enter or by leaving it. A wrong entry stays, marked, with the reason and a way out. */
import { useId, useRef, type KeyboardEvent } from 'react';
import type { Problem } from '../../engine/base/problem.ts';
import { Button } from '../ui/Button.tsx';
import { TextField } from '../ui/TextField.tsx';
import { offeredEntry } from './quantity-entry.ts';
import { useEntry, type EntryRequest } from './use-entry.ts';

interface EntryFieldProps<T> extends EntryRequest<T> {
  readonly label: string;
  readonly suffix?: string;
  readonly placeholder?: string;
  readonly mono?: boolean;
  readonly disabled?: boolean;
  /** What is known to be wrong with the stored value itself. */
  readonly known?: Problem | undefined;
}

export function EntryField<T>(props: EntryFieldProps<T>) {
  const { label, text, suffix, placeholder, mono = true, disabled = false, known } = props;
  const entry = useEntry(props);
  const input = useRef<HTMLInputElement>(null);
  const reasonId = useId();

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.key === 'Enter') {
      entry.take();
      input.current?.select();
    } else if (event.key === 'Escape' && entry.typed !== undefined) {
      entry.forget();
      event.stopPropagation();
    } else return;
    event.preventDefault();
  }

  const found = entry.refusal ?? (entry.typed === undefined ? known : undefined);
  return (
    <>
      <TextField
        ref={input}
        label={label}
        mono={mono}
        value={entry.typed ?? text}
        disabled={disabled}
        placeholder={placeholder}
        wrong={found !== undefined}
        reasonId={reasonId}
        {...(suffix === undefined || bringsUnit(entry.typed) ? {} : { suffix })}
        onChange={(event) => entry.type(event.target.value)}
        onBlur={() => entry.take()}
        onKeyDown={onKeyDown}
      />
      {found !== undefined && <Reason id={reasonId} found={found} onTake={entry.take} />}
    </>
  );
}

/** Whether what is being typed brings its own unit, so that the unit of the field would say the wrong thing. */
function bringsUnit(typed: string | undefined): boolean {
  return typed !== undefined && /[\d.\s][A-Za-zµΩ%°]/.test(typed) && !/^[-+\d.]+e[-+\d]*$/i.test(typed);
}

function Reason({ id, found, onTake }: { readonly id: string; readonly found: Problem; onTake(entry: string): void }) {
  const offered = offeredEntry(found);
  return (
    <p id={id} className="entry-reason" role="alert">
      {found.message}{' '}
      {offered === undefined ? (
        found.hint
      ) : (
        <Button
          look="link"
          className="entry-offer"
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onTake(offered)}
        >
          {found.hint}
        </Button>
      )}
    </p>
  );
}

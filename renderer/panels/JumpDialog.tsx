/** Go back to a time: a field for it, how far back the run can go, and why an entry is none. */
import { useId, useState } from 'react';
import type { Quantity } from '../../engine/model/value.ts';
import { checkDimension } from '../../engine/units/convert.ts';
import { parseQuantity } from '../../engine/units/parse-quantity.ts';
import { goBackTo } from '../commands/course-gestures.ts';
import { useRun, useServices } from '../stores/services.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { TextField } from '../ui/TextField.tsx';
import { simulatedTime } from './figures.ts';

export function JumpDialog({ onClose }: { readonly onClose: () => void }) {
  const services = useServices();
  const range = useJumpRange();
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState<string | undefined>(undefined);
  const [id, reasonId] = [useId(), useId()];
  const go = (): void => {
    const read = readTime(text, range);
    if (typeof read === 'string') return setWrong(read);
    onClose();
    goBackTo(services, read);
  };
  return (
    <Dialog
      open
      title="Go back to a time"
      description="The run pauses there. What comes after is kept on the time strip as the former course."
      onClose={onClose}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          go();
        }}
      >
        <div className="dialog-body">
          <label htmlFor={id}>
            Simulated time, from {simulatedTime(range.fromSeconds)} to {simulatedTime(range.toSeconds)}
          </label>
          <TextField
            id={id}
            autoFocus
            mono
            suffix="s"
            placeholder="such as 0.25 or 250 ms"
            value={text}
            wrong={wrong !== undefined}
            reasonId={reasonId}
            onChange={(event) => {
              setText(event.target.value);
              setWrong(undefined);
            }}
          />
          {wrong !== undefined && (
            <p id={reasonId} className="entry-reason" role="alert">
              {wrong}
            </p>
          )}
        </div>
        <div className="dialog-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" disabled={text.trim() === ''}>
            Go back
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface JumpRange {
  readonly fromSeconds: number;
  readonly toSeconds: number;
}

function useJumpRange(): JumpRange {
  const dt = useRun(({ load }) => load?.timeStepSeconds ?? 0);
  const backTo = useRun(({ progress }) => progress.backTo ?? progress.step);
  const toSeconds = useRun(({ progress }) => progress.simulatedSeconds);
  return { fromSeconds: backTo * dt, toSeconds };
}

/** A time within the range, seconds, or the sentence that says why it is none; a bare number counts as seconds. */
function readTime(text: string, { fromSeconds, toSeconds }: JumpRange): number | string {
  const typed = parseQuantity(text);
  const si = typed.ok ? checkDimension(inSeconds(typed.value), 's', 'a time') : typed;
  if (!si.ok) return si.problems.map(({ message, hint = '' }) => `${message} ${hint}`.trim()).join(' ');
  if (si.value < fromSeconds) return `Nothing is kept of times before ${simulatedTime(fromSeconds)}.`;
  if (si.value >= toSeconds) return `The run is at ${simulatedTime(toSeconds)}; it can only go back.`;
  return si.value;
}

function inSeconds(typed: Quantity): Quantity {
  return typed.unit === '' ? { ...typed, unit: 's' } : typed;
}

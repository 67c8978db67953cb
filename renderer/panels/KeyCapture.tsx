/** Key capture: the next keys pressed become those of the command; keys that another command has are taken only when the person says so. */
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { Command } from '../commands/command.ts';
import { ownersOf, refusedKeys, withKeys, withoutKeys } from '../commands/key-map.ts';
import { keysOf } from '../commands/key-press.ts';
import { useServices, useSession } from '../stores/services.ts';
import { Button } from '../ui/Button.tsx';
import { isApple, printKeys } from '../ui/Kbd.tsx';

interface KeyCaptureProps {
  readonly command: Command;
  end(): void;
}

export function KeyCapture({ command, end }: KeyCaptureProps) {
  const { session } = useServices();
  const chosen = useSession((state) => state.keys);
  const [pressed, setPressed] = useState<string>();
  const field = useRef<HTMLDivElement>(null);
  useEffect(() => field.current?.focus(), []);
  const refusal = pressed === undefined ? undefined : refusedKeys(command, pressed);
  const owners = pressed === undefined || refusal !== undefined ? [] : ownersOf(chosen, command, pressed);

  function leave(): void {
    // The button that opened this takes the keyboard back.
    field.current?.closest('li')?.querySelector<HTMLElement>('.shortcut-keys')?.focus();
    end();
  }

  function take(keys: string | undefined): void {
    const { change, say } = session.getState();
    change({ keys: keys === undefined ? withoutKeys(chosen, command) : withKeys(chosen, command, keys) });
    say(`${command.title}: ${keys === undefined ? 'no keys' : printKeys(keys)}.`);
    leave();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    event.nativeEvent.stopImmediatePropagation();
    if (event.key === 'Escape') return leave();
    const keys = event.repeat ? undefined : keysOf(event.nativeEvent, isApple);
    if (keys === undefined) return;
    const free = refusedKeys(command, keys) === undefined && ownersOf(chosen, command, keys).length === 0;
    if (free) take(keys);
    else setPressed(keys);
  }

  return (
    <div className="key-capture">
      <div
        ref={field}
        className="key-capture-field"
        role="textbox"
        aria-readonly="true"
        aria-label={`New keys for ${command.title}`}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        {pressed === undefined ? 'Press the new keys; Esc keeps the old ones' : printKeys(pressed)}
      </div>
      {pressed !== undefined && (
        <p role="alert" className="key-capture-reason">
          {refusal ?? takenWords(pressed, owners)}
        </p>
      )}
      <div className="key-capture-actions">
        {pressed !== undefined && owners.length > 0 && (
          <Button look="primary" onClick={() => take(pressed)}>
            Take it
          </Button>
        )}
        <Button onClick={() => take(undefined)}>No keys</Button>
        <Button onClick={leave}>Cancel</Button>
      </div>
    </div>
  );
}

function takenWords(pressed: string, owners: readonly Command[]): string {
  const names = owners.map(({ title }) => `“${title}”`).join(' and ');
  return `${printKeys(pressed)} is ${names}. Take it from there, or press other keys.`;
}

/** Sheet of shortcuts: every command by group with its keys, which a person may choose anew; and what the mouse does. */
import { Fragment, useState } from 'react';
import { commandGroups, type Command } from '../commands/command.ts';
import { isChosen, keysOfCommand, withUsualKeys } from '../commands/key-map.ts';
import { mouseGestures } from '../commands/mouse-gestures.ts';
import { commands } from '../commands/registry.ts';
import { useServices, useSession } from '../stores/services.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { TextField } from '../ui/TextField.tsx';
import { KeyCapture } from './KeyCapture.tsx';

export function ShortcutsDialog({ onClose }: { onClose(): void }) {
  const { session } = useServices();
  const [text, setText] = useState('');
  const chosen = useSession((state) => state.keys);
  const shown = commands.entries.filter((command) => matches(command, text));
  return (
    <Dialog
      open
      wide
      title="Keyboard shortcuts"
      description="Press the keys of a command to choose others."
      onClose={onClose}
    >
      <div className="dialog-body shortcuts">
        <div className="shortcuts-tools">
          <TextField
            label="Search shortcuts"
            placeholder="Search shortcuts"
            autoFocus
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <Button
            icon="reset"
            disabled={Object.keys(chosen).length === 0}
            onClick={() => session.getState().change({ keys: {} })}
          >
            Reset all
          </Button>
        </div>
        {commandGroups.map((group) => (
          <ShortcutGroup key={group} title={group} members={shown.filter((command) => command.group === group)} />
        ))}
        {shown.length === 0 && <p className="search-none">No command is called “{text}”.</p>}
        {text === '' && <Gestures />}
      </div>
    </Dialog>
  );
}

function matches({ title, words = [], group }: Command, text: string): boolean {
  const wanted = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
  return wanted.every((word) => [title, group, ...words].some((each) => each.toLowerCase().includes(word)));
}

function ShortcutGroup({ title, members }: { readonly title: string; readonly members: readonly Command[] }) {
  if (members.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3 className="section-title">{title}</h3>
      <ul>
        {members.map((command) => (
          <ShortcutRow key={command.id} command={command} />
        ))}
      </ul>
    </section>
  );
}

function ShortcutRow({ command }: { readonly command: Command }) {
  const { session } = useServices();
  const chosen = useSession((state) => state.keys);
  const [capturing, setCapturing] = useState(false);
  const keys = keysOfCommand(chosen, command);
  return (
    <li data-command={command.id}>
      <span className="shortcut-title">
        {command.title}
        {command.where !== undefined && <small>{placeWords[command.where]}</small>}
      </span>
      {isChosen(chosen, command.id) && (
        <IconButton
          icon="reset"
          iconSize={11}
          look="quiet"
          label={`Reset the keys of ${command.title}`}
          onClick={() => session.getState().change({ keys: withUsualKeys(chosen, command) })}
        />
      )}
      <button
        type="button"
        className="shortcut-keys"
        aria-expanded={capturing}
        onClick={() => setCapturing(!capturing)}
      >
        <span className="visually-hidden">{command.title}: </span>
        {keys.length === 0 && <span className="shortcut-none">none</span>}
        {keys.map((each, index) => (
          <Fragment key={each}>
            {index > 0 && <span className="visually-hidden"> or </span>}
            <Kbd keys={each} />
          </Fragment>
        ))}
        <span className="visually-hidden">. Change</span>
      </button>
      {capturing && <KeyCapture command={command} end={() => setCapturing(false)} />}
    </li>
  );
}

const placeWords = { canvas: 'on the canvas', plots: 'in the plots', panels: 'in a panel' } as const;

function Gestures() {
  return (
    <section aria-label="Mouse">
      <h3 className="section-title">Mouse</h3>
      <ul>
        {mouseGestures.map(({ title, gesture }) => (
          <li key={title}>
            <span className="shortcut-title">{title}</span>
            <span className="shortcut-gesture">{gesture}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

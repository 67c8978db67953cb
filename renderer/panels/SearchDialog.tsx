/** Search: commands, blocks to insert and blocks that are there, by typing; the arrow keys choose, Enter does it. */
import { useState, type KeyboardEvent } from 'react';
import { useServices } from '../stores/services.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { FamilyGlyph } from '../ui/FamilyGlyph.tsx';
import { Icon } from '../ui/icons.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { searchEntries, type SearchEntry } from './search-entries.ts';

export function SearchDialog({ onClose }: { onClose(): void }) {
  const services = useServices();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const found = searchEntries(services, text);
  const active = Math.min(chosen, found.length - 1);

  function run(entry: SearchEntry | undefined): void {
    if (entry === undefined) return;
    onClose();
    entry.run();
  }

  function onKeyDown(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (event.key === 'Enter') run(found[active]);
    else if (step !== undefined) setChosen(Math.max(0, Math.min(found.length - 1, active + step)));
    else return;
    event.preventDefault();
  }

  return (
    <Dialog open bare title="Search commands and blocks" onClose={onClose}>
      <div className="search-field">
        <Icon name="search" />
        <input
          autoFocus
          type="text"
          role="combobox"
          aria-expanded="true"
          aria-controls="search-found"
          aria-activedescendant={found.length > 0 ? `search-${active}` : undefined}
          aria-label="Search commands and blocks"
          placeholder="Search commands and blocks"
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setChosen(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <ul className="search-found" id="search-found" role="listbox" aria-label="Found">
        {found.map((entry, index) => (
          <SearchRow
            key={entry.id}
            entry={entry}
            index={index}
            active={index === active}
            onRun={() => run(entry)}
            onPoint={() => setChosen(index)}
          />
        ))}
      </ul>
      {found.length === 0 && <p className="search-none">Nothing is called “{text}”.</p>}
    </Dialog>
  );
}

interface SearchRowProps {
  readonly entry: SearchEntry;
  readonly index: number;
  readonly active: boolean;
  onRun(): void;
  onPoint(): void;
}

function SearchRow({ entry, index, active, onRun, onPoint }: SearchRowProps) {
  return (
    <li
      id={`search-${index}`}
      role="option"
      aria-selected={active}
      className="search-row"
      ref={(row) => {
        if (active) row?.scrollIntoView({ block: 'nearest' });
      }}
      onPointerMove={onPoint}
      onClick={onRun}
    >
      {entry.family === undefined ? (
        <span className="search-group">{entry.group}</span>
      ) : (
        <FamilyGlyph family={entry.family} size={18} />
      )}
      <span className="search-title">{entry.title}</span>
      <span className="search-note">{entry.note}</span>
      {entry.keys !== undefined && <Kbd keys={entry.keys} />}
    </li>
  );
}

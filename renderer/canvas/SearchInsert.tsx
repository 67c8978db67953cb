/** Search-insert: a small list at the pointer; type to filter, arrows choose, Enter inserts. With a wire in hand it offers what fits. */
import { useId, useMemo, useState, type KeyboardEvent } from 'react';
import { FamilyGlyph } from '../ui/FamilyGlyph.tsx';
import { useCanvasServices } from './canvas-services.ts';
import { searchKinds, type Candidate, type LooseWire } from './insert-search.ts';

export interface SearchInsertProps {
  /** Pixels inside the canvas. */
  readonly left: number;
  readonly top: number;
  readonly wire: LooseWire | undefined;
  choose(candidate: Candidate): void;
  close(): void;
}

export function SearchInsert({ left, top, wire, choose, close }: SearchInsertProps) {
  const { catalogue } = useCanvasServices();
  const id = useId();
  const [text, setText] = useState('');
  const [index, setIndex] = useState(0);
  const found = useMemo(() => searchKinds(catalogue, text, wire), [catalogue, text, wire]);
  const chosen = Math.min(index, Math.max(found.length - 1, 0));
  const key = (event: KeyboardEvent): void => {
    event.stopPropagation();
    const candidate = found[chosen];
    if (event.key === 'ArrowDown') setIndex((chosen + 1) % Math.max(found.length, 1));
    else if (event.key === 'ArrowUp') setIndex((chosen - 1 + found.length) % Math.max(found.length, 1));
    else if (event.key === 'Escape') close();
    else if (event.key === 'Enter' && candidate !== undefined) choose(candidate);
    else return;
    event.preventDefault();
  };
  return (
    <div
      className="search-insert nowheel"
      role="dialog"
      aria-label={wire === undefined ? 'Insert a block' : 'Insert a block that fits the wire'}
      style={{ left, top }}
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && close()}
    >
      <input
        role="combobox"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={found.length > 0 ? `${id}-${chosen}` : undefined}
        aria-label="Search blocks"
        placeholder={wire === undefined ? 'Insert a block' : 'Connect to a new block'}
        autoFocus
        value={text}
        onChange={(event) => (setText(event.currentTarget.value), setIndex(0))}
        onKeyDown={key}
      />
      <ul id={`${id}-list`} role="listbox" aria-label="Blocks">
        {found.map((candidate, at) => (
          <li
            key={candidate.kind.id}
            id={`${id}-${at}`}
            role="option"
            aria-selected={at === chosen}
            ref={at === chosen ? scrollIntoView : undefined}
            onPointerEnter={() => setIndex(at)}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => choose(candidate)}
          >
            <FamilyGlyph family={candidate.kind.family} size={18} />
            <span>{candidate.kind.title}</span>
            <small>{candidate.kind.summary}</small>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p>{wire === undefined ? 'No block is called that.' : 'No block of that name fits this wire.'}</p>}
    </div>
  );
}

function scrollIntoView(item: HTMLLIElement | null): void {
  item?.scrollIntoView({ block: 'nearest' });
}

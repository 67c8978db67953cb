/** Search-insert: a small list at the pointer; type to filter, arrows choose, Enter inserts. With a wire in hand it offers what fits. */
import { useId, useMemo, useState, type CSSProperties, type KeyboardEvent } from 'react';
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
      style={{ '--left': `${left}px`, '--top': `${top}px` } as CSSProperties}
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
          <Option
            key={candidate.kind.id}
            id={`${id}-${at}`}
            candidate={candidate}
            chosen={at === chosen}
            point={() => setIndex(at)}
            choose={() => choose(candidate)}
          />
        ))}
      </ul>
      {found.length === 0 && (
        <p>{wire === undefined ? 'No block is called that.' : 'No block of that name fits this wire.'}</p>
      )}
    </div>
  );
}

interface OptionProps {
  readonly id: string;
  readonly candidate: Candidate;
  readonly chosen: boolean;
  point(): void;
  choose(): void;
}

function Option({ id, candidate: { kind }, chosen, point, choose }: OptionProps) {
  return (
    <li
      id={id}
      role="option"
      aria-selected={chosen}
      ref={chosen ? scrollIntoView : undefined}
      onPointerMove={point}
      onPointerDown={(event) => event.preventDefault()}
      onClick={choose}
    >
      <FamilyGlyph family={kind.family} size={18} />
      <span>{kind.title}</span>
      <small>{kind.summary}</small>
    </li>
  );
}

function scrollIntoView(item: HTMLLIElement | null): void {
  item?.scrollIntoView({ block: 'nearest' });
}

/** Pick list: a small list over the canvas; type to filter, arrows choose, Enter takes, Escape closes. */
import { useId, useState, type CSSProperties, type KeyboardEvent } from 'react';
import type { Family } from '../../engine/model/kind.ts';
import { FamilyGlyph } from '../ui/FamilyGlyph.tsx';

export interface PickOption {
  readonly key: string;
  readonly family: Family;
  readonly title: string;
  readonly note: string;
  /** It can be chosen only to hear why not. */
  readonly refused?: boolean;
}

export interface PickListProps {
  /** Pixels inside the canvas. */
  readonly left: number;
  readonly top: number;
  /** Name of the whole for screen readers. */
  readonly label: string;
  readonly fieldLabel: string;
  readonly listLabel: string;
  readonly placeholder: string;
  readonly none: string;
  readonly text: string;
  readonly options: readonly PickOption[];
  onText(text: string): void;
  choose(index: number): void;
  close(): void;
}

export function PickList(props: PickListProps) {
  const { options, text, none, choose, close } = props;
  const id = useId();
  const [index, setIndex] = useState(0);
  const chosen = Math.min(index, Math.max(options.length - 1, 0));
  const key = (event: KeyboardEvent): void => {
    event.stopPropagation();
    const count = Math.max(options.length, 1);
    if (event.key === 'ArrowDown') setIndex((chosen + 1) % count);
    else if (event.key === 'ArrowUp') setIndex((chosen - 1 + count) % count);
    else if (event.key === 'Escape') close();
    else if (event.key === 'Enter' && options.length > 0) choose(chosen);
    else return;
    event.preventDefault();
  };
  return (
    <div
      className="search-insert nowheel"
      role="dialog"
      aria-label={props.label}
      style={{ '--left': `${props.left}px`, '--top': `${props.top}px` } as CSSProperties}
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && close()}
    >
      <input
        role="combobox"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={options.length > 0 ? `${id}-${chosen}` : undefined}
        aria-label={props.fieldLabel}
        placeholder={props.placeholder}
        autoFocus
        value={text}
        onChange={(event) => (props.onText(event.currentTarget.value), setIndex(0))}
        onKeyDown={key}
      />
      <ul id={`${id}-list`} role="listbox" aria-label={props.listLabel}>
        {options.map((option, at) => (
          <Option
            key={option.key}
            id={`${id}-${at}`}
            option={option}
            chosen={at === chosen}
            point={() => setIndex(at)}
            choose={() => choose(at)}
          />
        ))}
      </ul>
      {options.length === 0 && <p>{none}</p>}
    </div>
  );
}

interface OptionProps {
  readonly id: string;
  readonly option: PickOption;
  readonly chosen: boolean;
  point(): void;
  choose(): void;
}

function Option({ id, option, chosen, point, choose }: OptionProps) {
  return (
    <li
      id={id}
      role="option"
      aria-selected={chosen}
      aria-disabled={option.refused}
      ref={chosen ? scrollIntoView : undefined}
      onPointerMove={point}
      onPointerDown={(event) => event.preventDefault()}
      onClick={choose}
    >
      <FamilyGlyph family={option.family} size={18} />
      <span>{option.title}</span>
      <small>{option.note}</small>
    </li>
  );
}

function scrollIntoView(item: HTMLLIElement | null): void {
  item?.scrollIntoView({ block: 'nearest' });
}

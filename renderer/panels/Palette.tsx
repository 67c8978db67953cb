/** Palette: every kind of element, searched with `/`, dragged onto the canvas or inserted by a press. */
import { useEffect, useRef, useState, type DragEvent, type KeyboardEvent } from 'react';
import type { KindDescriptor } from '../../engine/model/kind.ts';
import { kindDragType } from '../canvas/kind-drag.ts';
import { freePlace, insertElement } from '../commands/element-gestures.ts';
import { useCommandKeys } from '../commands/use-command-keys.ts';
import { useServices, useSession, type Services } from '../stores/services.ts';
import { FamilyGlyph } from '../ui/FamilyGlyph.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { TextField } from '../ui/TextField.tsx';
import { bestMatch, familyTitles, paletteFamilies } from './palette-search.ts';

export function Palette() {
  const services = useServices();
  const [text, setText] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const keys = useCommandKeys('view.palette');
  const focusSerial = useSession((state) => (state.focus?.target === 'palette' ? state.focus.serial : 0));
  useEffect(() => {
    if (focusSerial > 0) field.current?.focus();
  }, [focusSerial]);
  const found = paletteFamilies(services.catalogue, text);
  const best = bestMatch(services.catalogue, text);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Enter' && best !== undefined) insertKind(services, best.id);
    // Escape goes back to the canvas; the search is over.
    if (event.key === 'Escape') setText('');
    if (event.key !== 'ArrowDown') return;
    event.preventDefault();
    list.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }

  return (
    <div className="palette">
      <div className="palette-search">
        <TextField
          ref={field}
          type="search"
          label="Search blocks"
          placeholder="Search blocks"
          value={text}
          {...(keys === undefined ? {} : { suffix: <Kbd keys={keys} /> })}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
        />
      </div>
      <div className="palette-list" ref={list} onKeyDown={(event) => goThroughItems(event, list.current)}>
        {found.map(({ family, kinds }) => (
          <section key={family} aria-label={familyTitles[family]}>
            <h2 className="palette-family">{familyTitles[family]}</h2>
            {kinds.map((kind) => (
              <PaletteItem
                key={kind.id}
                kind={kind}
                best={kind === best}
                stop={kind === (best ?? found[0]?.kinds[0])}
              />
            ))}
          </section>
        ))}
        {found.length === 0 && <p className="palette-none">No block is called “{text}”.</p>}
      </div>
    </div>
  );
}

/** The list is one stop of the Tab key; the arrow keys go through it. */
function goThroughItems(event: KeyboardEvent, list: HTMLElement | null): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const items = [...(list?.querySelectorAll<HTMLElement>('.palette-item') ?? [])];
  const at = items.findIndex((item) => item === document.activeElement);
  if (step === undefined || at < 0) return;
  event.preventDefault();
  items.at((at + step) % items.length)?.focus();
}

interface PaletteItemProps {
  readonly kind: KindDescriptor;
  readonly best: boolean;
  /** The item at which the Tab key enters the list. */
  readonly stop: boolean;
}

function PaletteItem({ kind, best, stop }: PaletteItemProps) {
  const services = useServices();
  const start = (event: DragEvent): void => {
    event.dataTransfer.setData(kindDragType, kind.id);
    event.dataTransfer.effectAllowed = 'copy';
  };
  return (
    <button
      type="button"
      className="palette-item"
      draggable
      tabIndex={stop ? 0 : -1}
      data-best={best || undefined}
      data-kind={kind.id}
      title={`${kind.summary} Drag it onto the canvas, or press to insert it.`}
      onDragStart={start}
      onClick={() => insertKind(services, kind.id)}
    >
      <FamilyGlyph family={kind.family} />
      <span className="palette-title">{kind.title}</span>
      {kind.parameters.some((spec) => spec.type === 'series') && <span className="palette-note">CSV npz</span>}
    </button>
  );
}

/** Inserts the kind where there is room and brings it into view. */
export function insertKind(services: Services, kind: string): void {
  const id = insertElement(services, kind, freePlace(services));
  if (id in services.document.getState().document.elements) services.selection.getState().revealOne(id, 'element');
}

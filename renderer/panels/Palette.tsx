/** Palette: every kind of element, searched with `/`, dragged onto the canvas or inserted by a press. */
import { useEffect, useRef, useState, type DragEvent, type KeyboardEvent } from 'react';
import type { KindDescriptor } from '../../engine/model/kind.ts';
import { kindDragType } from '../canvas/kind-drag.ts';
import { freePlace, insertElement } from '../commands/element-gestures.ts';
import { useServices, useSession, type Services } from '../stores/services.ts';
import { FamilyGlyph } from '../ui/FamilyGlyph.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { TextField } from '../ui/TextField.tsx';
import { bestMatch, familyTitles, paletteFamilies } from './palette-search.ts';

export function Palette() {
  const services = useServices();
  const [text, setText] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const focusSerial = useSession((state) => (state.focus?.target === 'palette' ? state.focus.serial : 0));
  useEffect(() => {
    if (focusSerial > 0) field.current?.focus();
  }, [focusSerial]);
  const found = paletteFamilies(services.catalogue, text);
  const best = bestMatch(services.catalogue, text);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Enter' && best !== undefined) insertKind(services, best.id);
    if (event.key === 'Escape') {
      setText('');
      field.current?.blur();
    }
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
          suffix={<Kbd keys="/" />}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
        />
      </div>
      <div className="palette-list">
        {found.map(({ family, kinds }) => (
          <section key={family} aria-label={familyTitles[family]}>
            <h2 className="palette-family">{familyTitles[family]}</h2>
            {kinds.map((kind) => (
              <PaletteItem key={kind.id} kind={kind} best={kind === best} />
            ))}
          </section>
        ))}
        {found.length === 0 && <p className="palette-none">No block is called “{text}”.</p>}
      </div>
    </div>
  );
}

function PaletteItem({ kind, best }: { readonly kind: KindDescriptor; readonly best: boolean }) {
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
      data-best={best || undefined}
      data-kind={kind.id}
      title={`${kind.summary} Drag it onto the canvas, or press to insert it.`}
      onDragStart={start}
      onClick={(event) => {
        event.currentTarget.blur();
        insertKind(services, kind.id);
      }}
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

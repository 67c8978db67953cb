/** Keys of the canvas, beside the commands of the workbench: arrows, Enter, F2, F and fit; P for a block that is not selected. */
import { renameEvent } from './canvas-events.ts';
import type { CanvasControl, CanvasServices, Place } from './canvas-services.ts';

interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

const smallStep = 5;
const largeStep = 20;
const arrows: Readonly<Record<string, Place>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** Does what the key means; false when it means nothing here. `focused` is the element whose block has the focus. */
export function pressKey(
  press: KeyPress,
  focused: string | undefined,
  services: CanvasServices,
  control: CanvasControl,
): boolean {
  if (press.altKey) return false;
  if (press.ctrlKey || press.metaKey) return withControl(press.key, control);
  const arrow = arrows[press.key];
  if (arrow !== undefined) return moveBy(arrow, press.shiftKey ? largeStep : smallStep, focused, services);
  const element = focused ?? services.selection.get().elements.at(-1);
  return plainKey(press.key, element, services, control);
}

function withControl(key: string, control: CanvasControl): boolean {
  if (key === '1') control.fit();
  else if (key === '0') control.actualSize();
  else return false;
  return true;
}

function plainKey(key: string, element: string | undefined, services: CanvasServices, control: CanvasControl): boolean {
  if (key.toLowerCase() === 'f') control.fit();
  else if (element === undefined) return false;
  else if (key === 'Enter') openInspector(element, services);
  else if (key === 'F2') renameEvent.send(element);
  else if (key.toLowerCase() === 'p' && !services.selection.get().elements.includes(element))
    services.commands.plotElement(element);
  else return false;
  return true;
}

function openInspector(element: string, services: CanvasServices): void {
  if (!services.selection.get().elements.includes(element)) services.select({ elements: [element], connections: [] });
  services.openInspector();
}

/** Moves the selected blocks; the focused one alone when it is not selected. */
function moveBy(direction: Place, step: number, focused: string | undefined, services: CanvasServices): boolean {
  const selected = services.selection.get().elements;
  const moved = focused !== undefined && !selected.includes(focused) ? [focused] : selected;
  const { elements, view } = services.document.get();
  const places = moved
    .filter((id) => id in elements)
    .map((id): [string, Place] => {
      const place = view.positions[id] ?? { x: 0, y: 0 };
      return [id, { x: place.x + direction.x * step, y: place.y + direction.y * step }];
    });
  if (places.length === 0) return false;
  services.commands.moveElements(Object.fromEntries(places), 'arrow keys');
  return true;
}

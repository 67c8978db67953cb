/** Going from block to block, along wires, and moving blocks, as the keyboard does it. */
import type { ConnectionRecord, SpikeloomDocument } from '../../engine/model/document.ts';
import type { Services } from '../stores/services.ts';
import type { Place } from './element-gestures.ts';

export type Direction = 'left' | 'right' | 'up' | 'down';

const steps: Readonly<Record<Direction, Place>> = {
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
  up: { x: 0, y: -1 },
  down: { x: 0, y: 1 },
};

/** Selects the nearest block in the direction, or adds it to the selection. From a wire it goes to the block at that end. */
export function goToward({ document, selection, session }: Services, direction: Direction, extend: boolean): void {
  const { document: open } = document.getState();
  const { elements, connections } = selection.getState();
  const from = elements.at(-1);
  const wire = open.connections[connections.at(-1) ?? ''];
  const next =
    from === undefined && wire !== undefined ? endToward(wire, direction) : nearestBlock(open, from, direction);
  if (next === undefined) return;
  selection.getState().select(extend ? [...elements.filter((id) => id !== next), next] : [next]);
  session.getState().focusOn('canvas');
}

function endToward(wire: ConnectionRecord, direction: Direction): string {
  return direction === 'left' || direction === 'up' ? wire.from.element : wire.to.element;
}

/** The block nearest in the direction, what lies aside counting double; without a start the first one in reading order. */
export function nearestBlock(
  document: SpikeloomDocument,
  from: string | undefined,
  direction: Direction,
): string | undefined {
  const places = Object.keys(document.elements).map((id) => ({ id, place: placeOf(document, id) }));
  const start = places.find(({ id }) => id === from);
  if (start === undefined) return places.sort((left, right) => readingOrder(left.place, right.place))[0]?.id;
  const step = steps[direction];
  const ranked = places.flatMap(({ id, place }) => {
    const [x, y] = [place.x - start.place.x, place.y - start.place.y];
    const along = x * step.x + y * step.y;
    const aside = Math.abs(x * step.y) + Math.abs(y * step.x);
    return along > 0 ? [{ id, cost: along + 2 * aside }] : [];
  });
  return ranked.sort((left, right) => left.cost - right.cost)[0]?.id;
}

function readingOrder(left: Place, right: Place): number {
  return left.x + left.y - (right.x + right.y) || left.x - right.x;
}

function placeOf({ view }: SpikeloomDocument, id: string): Place {
  return view.positions[id] ?? { x: 0, y: 0 };
}

/** Moves of the same blocks that follow each other this fast are one step of the history, milliseconds. */
const burstPause = 1000;
const bursts = new WeakMap<object, { readonly blocks: string; readonly number: number; readonly at: number }>();

/** Moves the selected blocks by so many pixels of the canvas. */
export function moveSelected(
  { document, documents, selection, clock }: Services,
  direction: Direction,
  by: number,
): void {
  const { document: open } = document.getState();
  const ids = selection.getState().elements;
  if (ids.length === 0) return;
  const step = steps[direction];
  const positions = Object.fromEntries(
    ids.map((id) => {
      const place = placeOf(open, id);
      return [id, { x: place.x + step.x * by, y: place.y + step.y * by }];
    }),
  );
  const [blocks, at, last] = [ids.join(' '), clock.now(), bursts.get(document)];
  const goesOn = last?.blocks === blocks && at - last.at < burstPause;
  const number = goesOn ? last.number : (last?.number ?? 0) + 1;
  bursts.set(document, { blocks, number, at });
  documents.dispatch({ type: 'element.move', positions }, `move ${number} ${blocks}`);
}

/** Selects the wires of the selected block one after the other; from a wire it goes on to its neighbours. */
export function goAlongWires({ document, selection, session }: Services, step: 1 | -1): void {
  const { elements, connections } = document.getState().document;
  const { elements: chosen, connections: wires } = selection.getState();
  const present = connections[wires.at(-1) ?? ''];
  const block = chosen.at(-1) ?? present?.from.element ?? Object.keys(elements)[0];
  const own = Object.values(connections).filter(({ from, to }) => from.element === block || to.element === block);
  const start = present === undefined ? (step === 1 ? -1 : 0) : own.indexOf(present);
  const next = own.at((start + step + own.length) % Math.max(own.length, 1));
  if (next === undefined) return session.getState().say('No wire leads here.');
  selection.getState().select([], [next.id]);
  session.getState().focusOn('canvas');
}

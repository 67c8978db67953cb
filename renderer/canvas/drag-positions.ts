/** Drag positions: where blocks are while they are dragged. Not in the document until they are dropped, and never after. */
import type { NodeChange } from 'reactflow';
import type { CanvasNode } from './canvas-nodes.ts';
import type { Place } from './canvas-services.ts';

/** Positions by the id of the node; empty when nothing is dragged. */
export type DragPositions = Readonly<Record<string, Place>>;

export const nothingDragged: DragPositions = {};

export interface DragOutcome {
  readonly dragged: DragPositions;
  /** Positions to write into the document; undefined when there is nothing to write. */
  readonly dropped: Readonly<Record<string, Place>> | undefined;
}

/** Takes React Flow's changes: positions under way are held, positions at their end are handed out to be written. */
export function followDrag(dragged: DragPositions, changes: readonly NodeChange<CanvasNode>[]): DragOutcome {
  const moves = changes.filter((change) => change.type === 'position');
  if (moves.length === 0) return { dragged, dropped: undefined };
  const places: Record<string, Place> = { ...dragged };
  for (const move of moves) if (move.position !== undefined) places[move.id] = rounded(move.position);
  if (moves.some((move) => move.dragging === true)) return { dragged: places, dropped: undefined };
  const moved = Object.keys(places).length > 0;
  return { dragged: nothingDragged, dropped: moved ? places : undefined };
}

/** The nodes as shown: those of the document, except where a drag is under way. Nodes not dragged stay the same objects. */
export function nodesShown(nodes: readonly CanvasNode[], dragged: DragPositions): CanvasNode[] {
  if (dragged === nothingDragged) return [...nodes];
  return nodes.map((node) => {
    const position = dragged[node.id];
    return position === undefined ? node : { ...node, position, dragging: true };
  });
}

/** Only what really moved, and only what is still there. */
export function changedPlaces(
  nodes: readonly CanvasNode[],
  dropped: Readonly<Record<string, Place>>,
): Record<string, Place> {
  const changed = nodes.flatMap((node): [string, Place][] => {
    const place = dropped[node.id];
    const same = place === undefined || (place.x === node.position.x && place.y === node.position.y);
    return same ? [] : [[node.id, place]];
  });
  return Object.fromEntries(changed);
}

function rounded(place: Place): Place {
  return { x: Math.round(place.x), y: Math.round(place.y) };
}

/** Insertion by search: where the list is open, with which wire in hand, and what choosing does. */
import { useCallback, useState, type RefObject } from 'react';
import { useReactFlow } from 'reactflow';
import { blockWidth, headerHeight, pictureHeight } from './block-geometry.ts';
import { useCanvasServices, type CanvasServices, type FirstWire, type Place } from './canvas-services.ts';
import type { Candidate, LooseWire } from './insert-search.ts';
import type { OpenSearch } from './use-wiring.ts';

export interface OpenInsert {
  /** Pixels of the canvas. */
  readonly left: number;
  readonly top: number;
  readonly wire: LooseWire | undefined;
  /** Where the block will stand; under the pointer when left out. */
  readonly place?: Place;
}

export interface Insert {
  readonly at: OpenInsert | undefined;
  readonly open: OpenSearch;
  /** Opens the list for a block at a free place. */
  openAtFreePlace(): void;
  choose(candidate: Candidate): void;
  close(): void;
}

export function useInsert(surface: RefObject<HTMLDivElement | null>): Insert {
  const services = useCanvasServices();
  const flow = useReactFlow();
  const [at, setAt] = useState<OpenInsert | undefined>(undefined);
  const open = useCallback((left: number, top: number, wire?: LooseWire) => setAt({ left, top, wire }), []);
  const openAtFreePlace = useCallback(() => {
    const place = services.freePlace();
    const box = surface.current?.getBoundingClientRect();
    const corner = flow.flowToScreenPosition(place);
    setAt({ left: corner.x - (box?.left ?? 0), top: corner.y - (box?.top ?? 0), wire: undefined, place });
  }, [services, flow, surface]);
  const close = useCallback(() => {
    setAt(undefined);
    services.focusCanvas();
  }, [services]);
  const choose = (candidate: Candidate): void => {
    if (at === undefined) return;
    const box = surface.current?.getBoundingClientRect();
    const pointer = flow.screenToFlowPosition({ x: at.left + (box?.left ?? 0), y: at.top + (box?.top ?? 0) });
    insertCandidate(services, candidate, at.wire, at.place ?? placeAt(pointer, at.wire));
    close();
  };
  return { at, open, openAtFreePlace, choose, close };
}

function insertCandidate(
  services: CanvasServices,
  candidate: Candidate,
  wire: LooseWire | undefined,
  place: Place,
): void {
  const id = services.commands.addElement(candidate.kind.id, place, { wire: firstWire(candidate, wire) });
  if (id !== undefined) services.select({ elements: [id], connections: [] });
}

/** The header under the pointer; with a wire in hand its port there. */
function placeAt(pointer: Place, wire: LooseWire | undefined): Place {
  const [left, top] =
    wire === undefined
      ? [blockWidth / 2, headerHeight / 2]
      : [wire.side === 'input' ? blockWidth : 0, headerHeight + pictureHeight / 2];
  return { x: Math.round(pointer.x - left), y: Math.round(pointer.y - top) };
}

function firstWire(candidate: Candidate, wire: LooseWire | undefined): FirstWire | undefined {
  if (wire === undefined || candidate.port === undefined) return undefined;
  const there = { element: wire.element, port: wire.port.name };
  return wire.side === 'output' ? { from: there, port: candidate.port } : { to: there, port: candidate.port };
}

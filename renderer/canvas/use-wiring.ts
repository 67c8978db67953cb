/** Wiring: legal wires become connections, illegal ones are refused with the reason, loose ones open search-insert or a plot. */
import { useCallback, useMemo, useState, type RefObject } from 'react';
import type { Connection, FinalConnectionState } from 'reactflow';
import { canConnect } from '../../engine/model/connections.ts';
import type { ConnectionEnd } from '../../engine/model/document.ts';
import type { WireEdge } from './canvas-nodes.ts';
import { useCanvasServices, type CanvasServices } from './canvas-services.ts';
import { connectionOf, firstLegalEnds, looseWire } from './connection-gesture.ts';
import type { LooseWire } from './insert-search.ts';
import type { Refusal } from './RefusalBubble.tsx';

interface Point {
  readonly clientX: number;
  readonly clientY: number;
}

export type OpenSearch = (left: number, top: number, wire?: LooseWire) => void;

export function useWiring(surface: RefObject<HTMLDivElement | null>, openSearch: OpenSearch) {
  const services = useCanvasServices();
  const [refusal, setRefusal] = useState<Refusal | undefined>(undefined);
  const forget = useCallback(() => setRefusal(undefined), []);
  const handlers = useMemo(() => {
    const end = (state: FinalConnectionState, point: Point): void => {
      const [left, top] = withinSurface(surface.current, point);
      const outcome = outcomeOf(services, state, point);
      if (outcome === undefined) return;
      if (outcome.kind === 'search') return openSearch(left, top, outcome.wire);
      if (outcome.kind === 'plot') return services.commands.plotOutput(outcome.output, outcome.plot);
      if (outcome.kind === 'connect') return services.commands.connect(outcome.from, outcome.to);
      setRefusal({ reason: outcome.reason, left, top });
      services.announce(outcome.reason);
    };
    return {
      isValidConnection: (wire: Connection | WireEdge): boolean => {
        const { from, to } = endsOf(wire);
        return canConnect(services.document.get(), services.catalogue, from, to) === undefined;
      },
      onConnectStart: forget,
      onConnect: (wire: Connection): void => {
        const { from, to } = endsOf(wire);
        services.commands.connect(from, to);
      },
      onConnectEnd: (event: globalThis.MouseEvent | TouchEvent, state: FinalConnectionState): void => {
        const point = 'clientX' in event ? event : event.changedTouches[0];
        if (state.isValid !== true && point !== undefined) end(state, point);
      },
    };
  }, [services, surface, openSearch, forget]);
  return { handlers, refusal, forget };
}

/** The point of an event in pixels of the canvas. */
export function withinSurface(surface: HTMLElement | null, point: Point): [number, number] {
  const box = surface?.getBoundingClientRect();
  return [point.clientX - (box?.left ?? 0), point.clientY - (box?.top ?? 0)];
}

function endsOf(wire: Connection | WireEdge): { readonly from: ConnectionEnd; readonly to: ConnectionEnd } {
  return {
    from: { element: wire.source, port: wire.sourceHandle ?? '' },
    to: { element: wire.target, port: wire.targetHandle ?? '' },
  };
}

type Outcome =
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'search'; readonly wire: LooseWire }
  | { readonly kind: 'plot'; readonly output: ConnectionEnd; readonly plot: string | undefined }
  | { readonly kind: 'connect'; readonly from: ConnectionEnd; readonly to: ConnectionEnd };

/** What letting go means: over an illegal port, or with a loose wire over something else. */
function outcomeOf(services: CanvasServices, state: FinalConnectionState, point: Point): Outcome | undefined {
  const document = services.document.get();
  const ends = connectionOf(state);
  if (ends !== undefined) {
    const refused = canConnect(document, services.catalogue, ends.from, ends.to);
    return refused === undefined ? undefined : { kind: 'refused', reason: refused.message };
  }
  const wire = looseWire(document, services.catalogue, state);
  const over = globalThis.document.elementFromPoint(point.clientX, point.clientY);
  return wire === undefined || over === null || state.toHandle !== null
    ? undefined
    : looseOutcome(services, wire, over);
}

/** A loose wire over a plot, over the body of a block, or over nothing. */
function looseOutcome(services: CanvasServices, wire: LooseWire, over: Element): Outcome | undefined {
  if (over.closest('.plot-dock') !== null) return plotOutcome(wire, over);
  const body = over.closest<HTMLElement>('.react-flow__node')?.dataset['id'];
  if (body !== undefined) return bodyOutcome(services, wire, body);
  return over.closest('.canvas') === null ? undefined : { kind: 'search', wire };
}

/** An output let go over the plots is recorded and shown there. */
function plotOutcome(wire: LooseWire, over: Element): Outcome | undefined {
  if (wire.side === 'input') return undefined;
  const plot = over.closest<HTMLElement>('[data-plot]')?.dataset['plot'];
  return { kind: 'plot', output: { element: wire.element, port: wire.port.name }, plot };
}

function bodyOutcome(services: CanvasServices, wire: LooseWire, body: string): Outcome | undefined {
  const document = services.document.get();
  const fitting = firstLegalEnds(document, services.catalogue, wire, body);
  if (fitting !== undefined) return { kind: 'connect', ...fitting };
  if (body === wire.element) return undefined;
  return { kind: 'refused', reason: `No port of ${document.elements[body]?.name ?? body} takes this wire.` };
}

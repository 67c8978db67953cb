/** Canvas: the network as blocks and wires. Controlled by the document; every gesture ends in a command. */
import { useCallback, useMemo, useRef, useState, type DragEvent, type KeyboardEvent, type MouseEvent } from 'react';
import {
  Background,
  BackgroundVariant,
  MiniMap,
  ReactFlow,
  ReactFlowProvider,
  SelectionMode,
  useReactFlow,
  type Connection,
  type FinalConnectionState,
} from 'reactflow';
import 'reactflow/dist/base.css';
import { canConnect } from '../../engine/model/connections.ts';
import { usePart } from '../plots/readable.ts';
import { Block } from './Block.tsx';
import { blockWidth } from './block-geometry.ts';
import { pressKey } from './canvas-keys.ts';
import type { BlockNode, WireEdge } from './canvas-nodes.ts';
import { useCanvasServices, type Place } from './canvas-services.ts';
import { connectionOf, firstLegalEnds, looseWire } from './connection-gesture.ts';
import type { Candidate, LooseWire } from './insert-search.ts';
import { RefusalBubble, type Refusal } from './RefusalBubble.tsx';
import { SearchInsert } from './SearchInsert.tsx';
import { fitOptions, useCanvasControl } from './use-canvas-control.ts';
import { useFlowContent } from './use-flow-content.ts';
import { isTwoFingerPan } from './wheel.ts';
import { Wire } from './Wire.tsx';
import './canvas.css';

const nodeTypes = { block: Block };
const edgeTypes = { wire: Wire };

export function Canvas() {
  return (
    <ReactFlowProvider>
      <Surface />
    </ReactFlowProvider>
  );
}

interface OpenInsert {
  /** Pixels of the canvas. */
  readonly left: number;
  readonly top: number;
  readonly wire: LooseWire | undefined;
}

function Surface() {
  const services = useCanvasServices();
  const flow = useReactFlow<BlockNode, WireEdge>();
  const surface = useRef<HTMLDivElement>(null);
  const content = useFlowContent();
  const [insert, setInsert] = useState<OpenInsert | undefined>(undefined);
  const openInsert = useCallback((left: number, top: number, wire?: LooseWire) => setInsert({ left, top, wire }), []);
  const control = useCanvasControl(surface, openInsert);
  const wiring = useWiring(surface, openInsert);
  const drop = useDrop();
  const closeInsert = useCallback(() => {
    setInsert(undefined);
    surface.current?.focus();
  }, []);
  const chooseInsert = (candidate: Candidate): void => {
    if (insert === undefined) return;
    const box = surface.current?.getBoundingClientRect();
    const place = flow.screenToFlowPosition({ x: insert.left + (box?.left ?? 0), y: insert.top + (box?.top ?? 0) });
    insertCandidate(services, candidate, insert.wire, place);
    closeInsert();
  };
  const doubleClick = (event: MouseEvent): void => {
    if (!(event.target instanceof Element) || !event.target.classList.contains('react-flow__pane')) return;
    openInsert(...withinSurface(surface.current, event));
  };
  const key = (event: KeyboardEvent): void => {
    if (event.target instanceof HTMLElement && event.target.closest('input, textarea, select, button') !== null) return;
    const focused = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('.react-flow__node')?.dataset['id'] : undefined;
    if (pressKey(event, focused, services, control)) event.preventDefault();
  };
  const wheel = (event: React.WheelEvent): void => {
    if (!isTwoFingerPan(event) || (event.target instanceof Element && event.target.closest('.nowheel') !== null)) return;
    event.stopPropagation();
    const { x, y, zoom } = flow.getViewport();
    void flow.setViewport({ x: x - event.deltaX, y: y - event.deltaY, zoom });
  };
  return (
    <div ref={surface} className="canvas" tabIndex={-1} role="region" aria-label="Canvas" onDoubleClick={doubleClick} onKeyDown={key} onWheelCapture={wheel}>
      <ReactFlow
        nodes={content.nodes}
        edges={content.edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={content.changeNodes}
        onEdgesChange={content.changeEdges}
        {...wiring.handlers}
        {...drop}
        {...fixedBehaviour}
      >
        <Background variant={BackgroundVariant.Dots} gap={20} size={1.5} color="var(--line-strong)" />
        <MiniMap pannable zoomable className="canvas-map" ariaLabel="Overview" nodeColor={mapColour} nodeBorderRadius={4} />
      </ReactFlow>
      <EmptyHint />
      <RefusalBubble last={wiring.refusal} forget={wiring.forget} />
      {insert !== undefined && <SearchInsert key={`${insert.left} ${insert.top}`} {...insert} choose={chooseInsert} close={closeInsert} />}
    </div>
  );
}

/** React Flow's own keys are off: deleting, selecting all and moving go through commands. */
const fixedBehaviour = {
  deleteKeyCode: null,
  disableKeyboardA11y: true,
  selectionOnDrag: true,
  selectionMode: SelectionMode.Partial,
  multiSelectionKeyCode: ['Shift', 'Control', 'Meta'],
  selectionKeyCode: null,
  panOnDrag: [1],
  panActivationKeyCode: 'Space',
  zoomOnDoubleClick: false,
  zoomActivationKeyCode: null,
  minZoom: 0.1,
  maxZoom: 2.5,
  fitView: true,
  fitViewOptions: fitOptions,
  connectionRadius: 24,
  edgesReconnectable: false,
  elevateEdgesOnSelect: true,
  nodeDragThreshold: 3,
  proOptions: { hideAttribution: true },
};

function mapColour(node: BlockNode): string {
  return `var(--family-${node.data.kind?.family ?? 'connectors'})`;
}

/** The point of an event in pixels of the canvas. */
function withinSurface(surface: HTMLElement | null, point: { readonly clientX: number; readonly clientY: number }): [number, number] {
  const box = surface?.getBoundingClientRect();
  return [point.clientX - (box?.left ?? 0), point.clientY - (box?.top ?? 0)];
}

function insertCandidate(services: ReturnType<typeof useCanvasServices>, candidate: Candidate, wire: LooseWire | undefined, pointer: Place): void {
  const backwards = wire?.side === 'input';
  const place = { x: Math.round(pointer.x - (backwards ? blockWidth : wire === undefined ? blockWidth / 2 : 0)), y: Math.round(pointer.y - (wire === undefined ? 18 : 66)) };
  const id = services.commands.addElement(candidate.kind.id, place, { wire: firstWire(candidate, wire) });
  if (id === undefined) return;
  services.select({ elements: [id], connections: [] });
  services.announce(`${candidate.kind.title} inserted${wire === undefined ? '' : ' and connected'}`);
}

function firstWire(candidate: Candidate, wire: LooseWire | undefined) {
  if (wire === undefined || candidate.port === undefined) return undefined;
  const there = { element: wire.element, port: wire.port.name };
  return wire.side === 'output' ? { from: there, port: candidate.port } : { to: there, port: candidate.port };
}

/** Wires: legal ones become connections, illegal ones are refused with the reason, loose ones open search-insert. */
function useWiring(surface: React.RefObject<HTMLDivElement | null>, openInsert: (left: number, top: number, wire?: LooseWire) => void) {
  const services = useCanvasServices();
  const [refusal, setRefusal] = useState<Refusal | undefined>(undefined);
  const forget = useCallback(() => setRefusal(undefined), []);
  const handlers = useMemo(() => {
    const legal = ({ source, sourceHandle, target, targetHandle }: Connection | WireEdge): boolean => {
      const [from, to] = [{ element: source, port: sourceHandle ?? '' }, { element: target, port: targetHandle ?? '' }];
      return canConnect(services.document.get(), services.catalogue, from, to) === undefined;
    };
    return {
      isValidConnection: legal,
      onConnectStart: forget,
      onConnect: ({ source, sourceHandle, target, targetHandle }: Connection) =>
        services.commands.connect({ element: source, port: sourceHandle ?? '' }, { element: target, port: targetHandle ?? '' }),
      onConnectEnd(event: globalThis.MouseEvent | TouchEvent, state: FinalConnectionState) {
        if (state.isValid === true) return;
        const point = 'clientX' in event ? event : event.changedTouches[0];
        if (point === undefined) return;
        const [left, top] = withinSurface(surface.current, point);
        const document = services.document.get();
        const refused = (reason: string): void => {
          setRefusal({ reason, left, top });
          services.announce(reason);
        };
        const ends = connectionOf(state);
        if (ends !== undefined) return refused(canConnect(document, services.catalogue, ends.from, ends.to)?.message ?? '');
        const wire = looseWire(document, services.catalogue, state);
        if (wire === undefined || state.toHandle !== null) return;
        const over = globalThis.document.elementFromPoint(point.clientX, point.clientY);
        const plots = over?.closest<HTMLElement>('.plot-dock');
        if (plots !== null && plots !== undefined) return plotWire(services, wire, over?.closest<HTMLElement>('[data-plot]')?.dataset['plot']);
        const body = over?.closest<HTMLElement>('.react-flow__node')?.dataset['id'];
        if (body === undefined) return openInsert(left, top, wire);
        const fitting = firstLegalEnds(document, services.catalogue, wire, body);
        if (fitting !== undefined) services.commands.connect(fitting.from, fitting.to);
        else if (body !== wire.element) refused(`No port of ${document.elements[body]?.name ?? body} takes this wire.`);
      },
    };
  }, [services, surface, openInsert, forget]);
  return { handlers, refusal, forget };
}

/** A wire let go over the plots: its output is recorded and shown there. */
function plotWire(services: ReturnType<typeof useCanvasServices>, wire: LooseWire, plot: string | undefined): void {
  if (wire.side === 'output') services.commands.plotOutput({ element: wire.element, port: wire.port.name }, plot);
}

/** The type under which a palette entry carries the id of its kind. */
export const kindDragType = 'application/x-spikeloom-kind';

/** Palette entries and files dropped on the canvas; on a wire a block is spliced into it. */
function useDrop() {
  const services = useCanvasServices();
  const flow = useReactFlow<BlockNode, WireEdge>();
  return useMemo(
    () => ({
      onDragOver(event: DragEvent) {
        const { types } = event.dataTransfer;
        if (!types.includes(kindDragType) && !types.includes('Files')) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
      },
      onDrop(event: DragEvent) {
        const kind = event.dataTransfer.getData(kindDragType);
        const pointer = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
        const place = { x: Math.round(pointer.x - blockWidth / 2), y: Math.round(pointer.y - 18) };
        if (kind === '' && event.dataTransfer.files.length === 0) return;
        event.preventDefault();
        event.stopPropagation();
        if (kind === '') return services.dropFiles([...event.dataTransfer.files], place);
        const wire = globalThis.document.elementFromPoint(event.clientX, event.clientY)?.closest<HTMLElement>('.react-flow__edge')?.dataset['id'];
        const id = services.commands.addElement(kind, place, { splice: wire });
        if (id !== undefined) services.select({ elements: [id], connections: [] });
      },
    }),
    [services, flow],
  );
}

/** What to do on an empty canvas. */
function EmptyHint() {
  const empty = usePart(useCanvasServices().document, (document) => Object.keys(document.elements).length === 0);
  if (!empty) return null;
  return (
    <div className="canvas-empty">
      <h2>Nothing here yet</h2>
      <p>Drag a block from the palette, or double-click here and type what you need.</p>
      <p>Then draw a wire from a port on the right of one block to a port on the left of another, and press Space to run.</p>
    </div>
  );
}

/** Canvas: the network as blocks and wires. Controlled by the document; every gesture ends in a command. */
import { useEffect, useRef, type KeyboardEvent, type MouseEvent, type WheelEvent } from 'react';
import { Background, BackgroundVariant, ReactFlow, ReactFlowProvider, SelectionMode, useReactFlow } from 'reactflow';
import 'reactflow/dist/base.css';
import { usePart } from '../plots/readable.ts';
import { Block } from './Block.tsx';
import { pressKey } from './canvas-keys.ts';
import { useCanvasServices, type CanvasControl, type CanvasServices } from './canvas-services.ts';
import { Overview } from './Overview.tsx';
import { RefusalBubble } from './RefusalBubble.tsx';
import { SearchInsert } from './SearchInsert.tsx';
import { useCanvasControl } from './use-canvas-control.ts';
import { useDrop } from './use-drop.ts';
import { useFlowContent } from './use-flow-content.ts';
import { useInsert } from './use-insert.ts';
import { useWiring, withinSurface } from './use-wiring.ts';
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

function Surface() {
  const services = useCanvasServices();
  const surface = useRef<HTMLDivElement>(null);
  const control = useCanvasControl();
  const content = useFlowContent();
  const insert = useInsert(surface);
  const wiring = useWiring(surface, insert.open);
  const drop = useDrop();
  const pan = useTwoFingerPan();
  useKeysOfPage(services, control);
  const doubleClick = (event: MouseEvent): void => {
    const onPane = event.target instanceof Element && event.target.classList.contains('react-flow__pane');
    if (onPane) insert.open(...withinSurface(surface.current, event));
  };
  return (
    <div
      ref={surface}
      className="canvas"
      tabIndex={-1}
      role="region"
      aria-label="Canvas"
      onDoubleClick={doubleClick}
      onKeyDown={(event) => keyDown(event, services, control)}
      onWheelCapture={pan}
    >
      <ReactFlow
        nodes={content.nodes}
        edges={content.edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={content.changeNodes}
        onEdgesChange={content.changeEdges}
        onInit={control.fit}
        {...wiring.handlers}
        {...drop}
        {...fixedBehaviour}
      >
        <Background variant={BackgroundVariant.Dots} gap={20} size={1.5} color="var(--line-strong)" />
        <Overview />
      </ReactFlow>
      <EmptyHint />
      <RefusalBubble last={wiring.refusal} forget={wiring.forget} />
      {insert.at !== undefined && <SearchInsert {...insert.at} choose={insert.choose} close={insert.close} />}
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
  connectionRadius: 24,
  edgesReconnectable: false,
  elevateEdgesOnSelect: true,
  nodeDragThreshold: 3,
  attributionPosition: 'bottom-left' as const,
};

/** Fields and buttons inside a block keep their keys. */
function keyDown(event: KeyboardEvent, services: CanvasServices, control: CanvasControl): void {
  if (!(event.target instanceof HTMLElement) || event.target.closest('input, textarea, select, button') !== null)
    return;
  const focused = event.target.closest<HTMLElement>('.react-flow__node')?.dataset['id'];
  if (pressKey(event, focused, services, control)) event.preventDefault();
}

/** While nothing has the focus, keys mean the canvas. */
function useKeysOfPage(services: CanvasServices, control: CanvasControl): void {
  useEffect(() => {
    const key = (event: globalThis.KeyboardEvent): void => {
      if (event.target === document.body && pressKey(event, undefined, services, control)) event.preventDefault();
    };
    window.addEventListener('keydown', key);
    return () => window.removeEventListener('keydown', key);
  }, [services, control]);
}

function useTwoFingerPan(): (event: WheelEvent) => void {
  const flow = useReactFlow();
  return (event) => {
    const scrolls = event.target instanceof Element && event.target.closest('.nowheel') !== null;
    if (scrolls || !isTwoFingerPan(event)) return;
    event.stopPropagation();
    const { x, y, zoom } = flow.getViewport();
    void flow.setViewport({ x: x - event.deltaX, y: y - event.deltaY, zoom });
  };
}

/** What to do on an empty canvas. */
function EmptyHint() {
  const empty = usePart(useCanvasServices().document, (document) => Object.keys(document.elements).length === 0);
  if (!empty) return null;
  return (
    <div className="canvas-empty">
      <h2>Nothing here yet</h2>
      <p>Drag a block from the palette, or double-click here and type what you need.</p>
      <p>
        Then draw a wire from a port on the right of one block to a port on the left of another, and press Space to run.
      </p>
    </div>
  );
}

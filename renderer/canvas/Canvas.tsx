/** Canvas: the network as blocks and wires. Controlled by the document; every gesture ends in a command. */
import { useRef, type MouseEvent, type WheelEvent } from 'react';
import { Background, BackgroundVariant, ReactFlow, ReactFlowProvider, SelectionMode, useReactFlow } from 'reactflow';
import 'reactflow/dist/base.css';
import { useCommandKeys } from '../commands/use-command-keys.ts';
import { usePart } from '../plots/readable.ts';
import { printKeys } from '../ui/Kbd.tsx';
import { Block } from './Block.tsx';
import { useCanvasServices } from './canvas-services.ts';
import { ConnectList } from './ConnectList.tsx';
import { Note } from './Note.tsx';
import { NoteDraft } from './NoteDraft.tsx';
import { Overview } from './Overview.tsx';
import { RefusalBubble } from './RefusalBubble.tsx';
import { SearchInsert } from './SearchInsert.tsx';
import { useBlockFocus } from './use-block-focus.ts';
import { useCanvasControl } from './use-canvas-control.ts';
import { useConnect } from './use-connect.ts';
import { useDrop } from './use-drop.ts';
import { useFlowContent } from './use-flow-content.ts';
import { useInsert } from './use-insert.ts';
import { useRequests } from './use-requests.ts';
import { useWiring, withinSurface } from './use-wiring.ts';
import { isTwoFingerPan } from './wheel.ts';
import { Wire } from './Wire.tsx';
import './canvas.css';
import './note.css';

const nodeTypes = { block: Block, note: Note };
const edgeTypes = { wire: Wire };

export function Canvas() {
  return (
    <ReactFlowProvider>
      <Surface />
    </ReactFlowProvider>
  );
}

function Surface() {
  const { selection } = useCanvasServices();
  const surface = useRef<HTMLDivElement>(null);
  const control = useCanvasControl(surface);
  const content = useFlowContent();
  const insert = useInsert(surface);
  const wiring = useWiring(surface, insert.open);
  const drop = useDrop();
  const pan = useTwoFingerPan(control.moved);
  const connect = useConnect(surface);
  const noBlock = usePart(selection, ({ elements }) => elements.length === 0);
  useRequests(control, { insert: insert.openAtFreePlace, connect: connect.open });
  useBlockFocus(surface);
  const doubleClick = (event: MouseEvent): void => {
    const onPane = event.target instanceof Element && event.target.classList.contains('react-flow__pane');
    if (onPane) insert.open(...withinSurface(surface.current, event));
  };
  return (
    <div
      ref={surface}
      className="canvas"
      tabIndex={noBlock ? 0 : -1}
      role="region"
      aria-label="Canvas"
      onDoubleClick={doubleClick}
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
        onMoveStart={(event) => event !== null && control.moved()}
        {...wiring.handlers}
        {...drop}
        {...fixedBehaviour}
      >
        <Background variant={BackgroundVariant.Dots} gap={20} size={1.5} color="var(--line-strong)" />
        <Overview moved={control.moved} />
        <NoteDraft surface={surface} />
      </ReactFlow>
      <EmptyHint />
      <RefusalBubble last={wiring.refusal} forget={wiring.forget} />
      {insert.at !== undefined && <SearchInsert {...insert.at} choose={insert.choose} close={insert.close} />}
      {connect.at !== undefined && <ConnectList {...connect.at} choose={connect.choose} close={connect.close} />}
    </div>
  );
}

/** React Flow's own keys are off: deleting, selecting all and moving go through commands. The Tab key stops at one block. */
const fixedBehaviour = {
  deleteKeyCode: null,
  disableKeyboardA11y: true,
  nodesFocusable: false,
  edgesFocusable: false,
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

function useTwoFingerPan(moved: () => void): (event: WheelEvent) => void {
  const flow = useReactFlow();
  return (event) => {
    const scrolls = event.target instanceof Element && event.target.closest('.nowheel') !== null;
    if (scrolls || !isTwoFingerPan(event)) return;
    event.stopPropagation();
    const { x, y, zoom } = flow.getViewport();
    moved();
    void flow.setViewport({ x: x - event.deltaX, y: y - event.deltaY, zoom });
  };
}

/** What to do on an empty canvas. */
function EmptyHint() {
  const empty = usePart(useCanvasServices().document, (document) => Object.keys(document.elements).length === 0);
  const insertKeys = useHint('canvas.insert', (keys) => ` (or press ${keys})`);
  const connectKeys = useHint('canvas.connect', (keys) => ` (or press ${keys} on the first)`);
  const runKeys = useHint('run.toggle', (keys) => `, and press ${keys} to run`);
  if (!empty) return null;
  return (
    <div className="canvas-empty">
      <h2>Nothing here yet</h2>
      <p>Drag a block from the palette, or double-click here{insertKeys} and type what you need.</p>
      <p>
        Then draw a wire from a port on the right of one block to a port on the left of another{connectKeys}
        {runKeys}.
      </p>
    </div>
  );
}

/** Words with the keys of a command in them; nothing when it has none. */
function useHint(command: string, words: (keys: string) => string): string {
  const keys = useCommandKeys(command);
  return keys === undefined ? '' : words(printKeys(keys));
}

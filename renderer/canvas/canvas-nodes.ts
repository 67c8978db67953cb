/** What React Flow is shown: nodes and edges, a pure picture of the document. Nothing on the canvas is true that is not in it. */
import { Position, type Edge, type Node } from 'reactflow';
import type {
  ConnectionEnd,
  ConnectionRecord,
  ElementRecord,
  NoteRecord,
  SpikeloomDocument,
} from '../../engine/model/document.ts';
import { kindOf, type KindCatalogue, type KindDescriptor } from '../../engine/model/kind.ts';
import { blockHeight, blockWidth, portCentre, portSize } from './block-geometry.ts';
import { wireLook, type WireLook } from './wire-look.ts';
import type { PortPlace, WireBlocks } from './wire-path.ts';

export interface BlockData extends Record<string, unknown> {
  readonly element: ElementRecord;
  /** undefined: a kind this version does not know; the block is a placeholder. */
  readonly kind: KindDescriptor | undefined;
  readonly mark: BlockMark | undefined;
}

export interface WireData extends Record<string, unknown> {
  readonly connection: ConnectionRecord;
  readonly look: WireLook;
  /** Where its ports sit on their blocks, round which it goes. */
  readonly blocks: WireBlocks;
  readonly mark: BlockMark | undefined;
}

export interface NoteData extends Record<string, unknown> {
  readonly note: NoteRecord;
}

export type BlockNode = Node<BlockData, 'block'>;
export type NoteNode = Node<NoteData, 'note'>;
export type CanvasNode = BlockNode | NoteNode;
export type WireEdge = Edge<WireData, 'wire'>;

/** The worst problem of an element or a connection: shown in the status line of the block, and on the wire. */
export interface BlockMark {
  readonly severity: 'error' | 'warning';
  readonly text: string;
  /** The run stopped here. */
  readonly stopped?: boolean;
}

export interface CanvasState {
  readonly document: SpikeloomDocument;
  readonly catalogue: KindCatalogue;
  /** Ids of selected elements and connections. */
  readonly selected: ReadonlySet<string>;
  /** The block at which the Tab key stops: the one selected last. */
  readonly current?: string | undefined;
  readonly marks: ReadonlyMap<string, BlockMark>;
}

const noPosition = { x: 0, y: 0 };

/** One node per element, in document order; elements without a stored position stand at 0, 0. */
export function nodesOf(state: CanvasState): BlockNode[] {
  return Object.values(state.document.elements).map((element) => nodeOf(state, element));
}

const notePrefix = 'note/';

/** The id of the note that a node of React Flow shows; undefined for blocks. */
export function noteIdOf(node: string): string | undefined {
  return node.startsWith(notePrefix) ? node.slice(notePrefix.length) : undefined;
}

/** One node per note, below the blocks; its height follows from its words. */
export function noteNodesOf({ view }: SpikeloomDocument): NoteNode[] {
  return (view.notes ?? []).map((note) => ({
    id: `${notePrefix}${note.id}`,
    type: 'note',
    position: { x: note.x, y: note.y },
    width: note.width,
    selectable: false,
    zIndex: -1,
    ariaRole: 'note',
    domAttributes: { tabIndex: -1 },
    data: { note },
  }));
}

function nodeOf(state: CanvasState, element: ElementRecord): BlockNode {
  const kind = kindOf(state.catalogue, element);
  const mark = state.marks.get(element.id);
  const height = blockHeight(kind, mark !== undefined || kind === undefined);
  return {
    id: element.id,
    type: 'block',
    position: state.document.view.positions[element.id] ?? noPosition,
    selected: state.selected.has(element.id),
    width: blockWidth,
    height,
    measured: { width: blockWidth, height },
    handles: handlesOf(kind, element, state.document),
    ariaRole: 'group',
    domAttributes: { tabIndex: state.current === element.id ? 0 : -1 },
    ariaLabel: [element.name, kind?.title ?? `unknown kind ${element.kind}`, mark?.text].filter(Boolean).join(', '),
    data: { element, kind, mark },
  };
}

function handlesOf(
  kind: KindDescriptor | undefined,
  element: ElementRecord,
  document: SpikeloomDocument,
): NonNullable<BlockNode['handles']> {
  const { inputs, outputs } = portsOf(kind, element, document);
  const handle = (id: string, index: number, count: number, side: 'source' | 'target') => ({
    id,
    type: side,
    position: side === 'source' ? Position.Right : Position.Left,
    x: (side === 'source' ? blockWidth : 0) - portSize / 2,
    y: portCentre(index, count) - portSize / 2,
    width: portSize,
    height: portSize,
  });
  return [
    ...inputs.map((name, index) => handle(name, index, inputs.length, 'target')),
    ...outputs.map((name, index) => handle(name, index, outputs.length, 'source')),
  ];
}

/** Port names of an element. A placeholder has the ports that its connections name, so that no wire is lost. */
export function portsOf(
  kind: KindDescriptor | undefined,
  element: ElementRecord,
  document: SpikeloomDocument,
): { readonly inputs: readonly string[]; readonly outputs: readonly string[] } {
  if (kind !== undefined)
    return { inputs: kind.inputs.map((port) => port.name), outputs: kind.outputs.map((port) => port.name) };
  const connections = Object.values(document.connections);
  const named = (ends: readonly { element: string; port: string }[]): string[] => [
    ...new Set(ends.filter((end) => end.element === element.id).map((end) => end.port)),
  ];
  return { inputs: named(connections.map((each) => each.to)), outputs: named(connections.map((each) => each.from)) };
}

/** One edge per connection whose elements both exist; the others are Problems, not wires. */
export function edgesOf(state: CanvasState): WireEdge[] {
  const { document } = state;
  return Object.values(document.connections)
    .filter((connection) => connection.from.element in document.elements && connection.to.element in document.elements)
    .map((connection) => edgeOf(state, connection));
}

function edgeOf(state: CanvasState, connection: ConnectionRecord): WireEdge {
  const name = (id: string): string => state.document.elements[id]?.name ?? id;
  const look = wireLook(state.document, state.catalogue, connection);
  const mark = state.marks.get(connection.id);
  return {
    id: connection.id,
    type: 'wire',
    source: connection.from.element,
    sourceHandle: connection.from.port,
    target: connection.to.element,
    targetHandle: connection.to.port,
    selected: state.selected.has(connection.id),
    ariaRole: 'group',
    ariaLabel: [`${name(connection.from.element)} to ${name(connection.to.element)}`, look.label, mark?.text]
      .filter((part) => part !== undefined)
      .join(', '),
    data: { connection, look, blocks: blocksOf(state, connection), mark },
  };
}

function blocksOf(state: CanvasState, { from, to }: ConnectionRecord): WireBlocks {
  return {
    source: portPlace(state, from, 'outputs'),
    target: portPlace(state, to, 'inputs'),
    recurrent: from.element === to.element,
  };
}

function portPlace(state: CanvasState, end: ConnectionEnd, side: 'inputs' | 'outputs'): PortPlace {
  const element = state.document.elements[end.element];
  const kind = kindOf(state.catalogue, element);
  const ports = kind?.[side].map((port) => port.name) ?? [end.port];
  const hasStatus = kind === undefined || state.marks.has(end.element);
  const centre = portCentre(Math.max(ports.indexOf(end.port), 0), ports.length);
  return { above: centre, below: blockHeight(kind, hasStatus) - centre };
}

/** Flow content: what React Flow is given now, and what its changes do. Controlled: it keeps nothing of its own. */
import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { EdgeChange, NodeChange } from 'reactflow';
import { useReadable } from '../plots/readable.ts';
import { edgesOf, nodesOf, noteIdOf, noteNodesOf, type CanvasNode, type WireEdge } from './canvas-nodes.ts';
import { useCanvasServices, type CanvasSelection, type CanvasServices, type Place } from './canvas-services.ts';
import { changedPlaces, followDrag, nodesShown, nothingDragged } from './drag-positions.ts';
import { createKeeper } from './keep-unchanged.ts';

export interface FlowContent {
  readonly nodes: CanvasNode[];
  readonly edges: WireEdge[];
  changeNodes(changes: NodeChange<CanvasNode>[]): void;
  changeEdges(changes: EdgeChange<WireEdge>[]): void;
}

export function useFlowContent(): FlowContent {
  const services = useCanvasServices();
  const document = useReadable(services.document);
  const selection = useReadable(services.selection);
  const marks = useReadable(services.marks);
  const [dragged, setDragged] = useState(nothingDragged);
  const [keepers] = useState(() => ({ nodes: createKeeper<CanvasNode>(), edges: createKeeper<WireEdge>() }));
  const state = useMemo(
    () => ({
      document,
      catalogue: services.catalogue,
      selected: new Set([...selection.elements, ...selection.connections]),
      current: selection.elements.at(-1),
      marks,
    }),
    [document, services.catalogue, selection, marks],
  );
  const settled = useMemo(() => keepers.nodes([...noteNodesOf(state.document), ...nodesOf(state)]), [keepers, state]);
  const edges = useMemo(() => keepers.edges(edgesOf(state)), [keepers, state]);
  const nodes = useMemo(() => nodesShown(settled, dragged), [settled, dragged]);
  const now = useRef({ settled, dragged });
  useLayoutEffect(() => {
    now.current = { settled, dragged };
  }, [settled, dragged]);
  const changeNodes = useCallback(
    (changes: NodeChange<CanvasNode>[]) => {
      const outcome = followDrag(now.current.dragged, changes);
      if (outcome.dragged !== now.current.dragged) {
        now.current.dragged = outcome.dragged;
        setDragged(outcome.dragged);
      }
      const places = outcome.dropped === undefined ? {} : changedPlaces(now.current.settled, outcome.dropped);
      const [notes, elements] = parted(Object.entries(places), ([id]) => noteIdOf(id) !== undefined);
      if (elements.length > 0) services.commands.moveElements(Object.fromEntries(elements));
      for (const [id, place] of notes) moveNote(services, id, place);
      const selected = changedSelection(services.selection.get().elements, changes);
      if (selected !== undefined) services.select({ ...services.selection.get(), elements: selected });
    },
    [services],
  );
  const changeEdges = useCallback(
    (changes: EdgeChange<WireEdge>[]) => {
      const connections = changedSelection(services.selection.get().connections, changes);
      if (connections !== undefined) services.select({ ...services.selection.get(), connections });
    },
    [services],
  );
  return { nodes, edges, changeNodes, changeEdges };
}

/** What fits, and the rest. */
function parted<T>(all: readonly T[], fits: (each: T) => boolean): readonly [fitting: T[], others: T[]] {
  return [all.filter(fits), all.filter((each) => !fits(each))];
}

function moveNote({ document, commands }: CanvasServices, node: string, place: Place): void {
  const note = document.get().view.notes?.find(({ id }) => id === noteIdOf(node));
  if (note !== undefined) commands.setNote({ ...note, ...place });
}

/** The selection after React Flow's changes, in the order things were selected; undefined when it stays. */
export function changedSelection(
  selected: CanvasSelection['elements'],
  changes: readonly (NodeChange<CanvasNode> | EdgeChange<WireEdge>)[],
): readonly string[] | undefined {
  const selects = changes.filter((change) => change.type === 'select');
  if (selects.length === 0) return undefined;
  const without = new Set(selects.filter((change) => !change.selected).map((change) => change.id));
  const kept = selected.filter((id) => !without.has(id));
  const added = selects.filter((change) => change.selected && !kept.includes(change.id)).map((change) => change.id);
  return [...kept, ...added];
}

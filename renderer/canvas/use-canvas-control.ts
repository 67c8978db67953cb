/** Canvas control: fits, resets and moves the view; brings into view what the problems panel and search ask for. */
import { useEffect, useMemo, type RefObject } from 'react';
import { useReactFlow, type ReactFlowInstance } from 'reactflow';
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import type { Readable } from '../plots/readable.ts';
import type { CanvasNode, WireEdge } from './canvas-nodes.ts';
import { useCanvasServices, type CanvasControl } from './canvas-services.ts';
import { isBlockShown } from './is-block-shown.ts';

const fitOptions = { padding: 0.12, maxZoom: 1, minZoom: 0.2 } as const;

const emptyView = { x: 0, y: 0, zoom: 1 };

/** A control that knows whether the view is still as it was fitted. */
interface KeptControl extends CanvasControl {
  isFitted(): boolean;
}

export function useCanvasControl(surface: RefObject<HTMLElement | null>): CanvasControl {
  const flow = useReactFlow<CanvasNode, WireEdge>();
  const services = useCanvasServices();
  const { reveal, document, project } = services;
  const control = useMemo(() => createControl(flow, document), [flow, document]);
  useEffect(() => onNextFrame(project.subscribe, control.fit), [project, control]);
  useEffect(
    () =>
      reveal.subscribe(() => {
        const { ids = [], onlyHidden = false } = reveal.get() ?? {};
        const isShown = (id: string): boolean => isBlockShown(id, surface.current, flow, services);
        if (!onlyHidden || !blocksAt(ids, document.get()).every(isShown)) control.reveal(ids);
      }),
    [reveal, control, surface, flow, services, document],
  );
  useEffect(() => fitWhenResized(surface.current, control), [surface, control]);
  return control;
}

type Flow = ReactFlowInstance<CanvasNode, WireEdge>;

function createControl(flow: Flow, document: Readable<SpikeloomDocument>): KeptControl {
  let fitted = false;
  const byHand = (change: () => unknown) => (): void => {
    fitted = false;
    change();
  };
  return {
    isFitted: () => fitted,
    moved: byHand(() => undefined),
    fit() {
      fitted = true;
      void (flow.getNodes().length > 0 ? flow.fitView(fitOptions) : flow.setViewport(emptyView));
    },
    actualSize: byHand(() => flow.zoomTo(1)),
    zoomIn: byHand(() => flow.zoomIn()),
    zoomOut: byHand(() => flow.zoomOut()),
    reveal(all) {
      fitted = false;
      const ids = blocksAt(all, document.get());
      const minZoom = all.length > 1 ? fitOptions.minZoom : Math.min(flow.getZoom(), 1);
      void flow.fitView({ ...fitOptions, nodes: ids.map((id) => ({ id })), minZoom });
    },
  };
}

/** The elements, and those at the ends of the connections. */
function blocksAt(ids: readonly string[], { connections }: SpikeloomDocument): readonly string[] {
  return ids.flatMap((id) => {
    const connection = connections[id];
    return connection === undefined ? [id] : [connection.from.element, connection.to.element];
  });
}

/** A view that was fitted is fitted again when the canvas has another size, unless something is being dragged on it. */
function fitWhenResized(surface: HTMLElement | null, control: KeptControl): (() => void) | undefined {
  if (surface === null) return undefined;
  let size = '';
  const observer = new ResizeObserver(() => {
    const now = `${surface.clientWidth} ${surface.clientHeight}`;
    const changed = size !== '' && size !== now;
    size = now;
    if (changed && control.isFitted() && !surface.matches(':active')) requestAnimationFrame(control.fit);
  });
  observer.observe(surface);
  return () => observer.disconnect();
}

/** Acts a frame after each change, when React Flow has taken the new nodes. */
function onNextFrame(subscribe: (listener: () => void) => () => void, act: () => void): () => void {
  let frame = 0;
  const stop = subscribe(() => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => (frame = requestAnimationFrame(act)));
  });
  return () => {
    stop();
    cancelAnimationFrame(frame);
  };
}

/** Canvas control: fits, resets and moves the view; brings into view what the problems panel and search ask for. */
import { useEffect, useMemo, type RefObject } from 'react';
import { useReactFlow } from 'reactflow';
import type { CanvasNode, WireEdge } from './canvas-nodes.ts';
import { useCanvasServices, type CanvasControl } from './canvas-services.ts';
import { isBlockShown } from './is-block-shown.ts';

const fitOptions = { padding: 0.12, maxZoom: 1, minZoom: 0.2 } as const;

const emptyView = { x: 0, y: 0, zoom: 1 };

export function useCanvasControl(surface: RefObject<HTMLElement | null>): CanvasControl {
  const flow = useReactFlow<CanvasNode, WireEdge>();
  const services = useCanvasServices();
  const { reveal, document, project } = services;
  const control = useMemo(
    (): CanvasControl => ({
      fit: () => void (flow.getNodes().length > 0 ? flow.fitView(fitOptions) : flow.setViewport(emptyView)),
      actualSize: () => void flow.zoomTo(1),
      zoomIn: () => void flow.zoomIn(),
      zoomOut: () => void flow.zoomOut(),
      reveal(id) {
        const connection = document.get().connections[id];
        const ids = connection === undefined ? [id] : [connection.from.element, connection.to.element];
        void flow.fitView({
          ...fitOptions,
          nodes: ids.map((each) => ({ id: each })),
          minZoom: Math.min(flow.getZoom(), 1),
        });
      },
    }),
    [flow, document],
  );
  useEffect(() => onNextFrame(project.subscribe, control.fit), [project, control]);
  useEffect(
    () =>
      reveal.subscribe(() => {
        const { id = '', onlyHidden = false } = reveal.get() ?? {};
        if (!onlyHidden || !isBlockShown(id, surface.current, flow, services)) control.reveal(id);
      }),
    [reveal, control, surface, flow, services],
  );
  return control;
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

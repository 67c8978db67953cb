/** Canvas control: lets commands, the problems panel and keys move the view. Lives while the canvas is mounted. */
import { useEffect, useMemo, type RefObject } from 'react';
import { useReactFlow } from 'reactflow';
import { blockWidth } from './block-geometry.ts';
import type { BlockNode, WireEdge } from './canvas-nodes.ts';
import { useCanvasServices, type CanvasControl } from './canvas-services.ts';

export const fitOptions = { padding: 0.12, maxZoom: 1, minZoom: 0.2 } as const;

export function useCanvasControl(surface: RefObject<HTMLDivElement | null>, openInsert: (left: number, top: number) => void): CanvasControl {
  const flow = useReactFlow<BlockNode, WireEdge>();
  const { register, document } = useCanvasServices();
  const control = useMemo((): CanvasControl => {
    const middle = (): { left: number; top: number; x: number; y: number } => {
      const box = surface.current?.getBoundingClientRect();
      const [left, top] = [(box?.width ?? 0) / 2, (box?.height ?? 0) / 2];
      return { left, top, ...flow.screenToFlowPosition({ x: (box?.left ?? 0) + left, y: (box?.top ?? 0) + top }) };
    };
    return {
      fit: () => void flow.fitView(fitOptions),
      actualSize: () => void flow.zoomTo(1),
      reveal(id) {
        const connection = document.get().connections[id];
        const ids = connection === undefined ? [id] : [connection.from.element, connection.to.element];
        void flow.fitView({ ...fitOptions, nodes: ids.map((each) => ({ id: each })), minZoom: Math.min(flow.getZoom(), 1) });
      },
      insert() {
        const { left, top } = middle();
        openInsert(left - blockWidth / 2, top - 60);
      },
      centre() {
        const { x, y } = middle();
        return { x: Math.round(x - blockWidth / 2), y: Math.round(y - 60) };
      },
    };
  }, [flow, surface, document, openInsert]);
  useEffect(() => {
    register(control);
    return () => register(undefined);
  }, [register, control]);
  return control;
}

/** Drops: palette entries become blocks, on a wire they are spliced into it; files go to whoever reads files. */
import { useMemo, type DragEvent } from 'react';
import { useReactFlow } from 'reactflow';
import { blockWidth, headerHeight } from './block-geometry.ts';
import { useCanvasServices } from './canvas-services.ts';
import { canSplice } from './connection-gesture.ts';
import { kindDragType } from './kind-drag.ts';

export function useDrop() {
  const services = useCanvasServices();
  const flow = useReactFlow();
  return useMemo(() => {
    const insert = (kind: string, event: DragEvent): void => {
      const pointer = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
      const place = { x: Math.round(pointer.x - blockWidth / 2), y: Math.round(pointer.y - headerHeight / 2) };
      const under = document.elementFromPoint(event.clientX, event.clientY);
      const wire = under?.closest<HTMLElement>('.react-flow__edge')?.dataset['id'];
      const fits = wire !== undefined && canSplice(services.document.get(), services.catalogue, kind, wire);
      const id = services.commands.addElement(kind, place, { splice: fits ? wire : undefined });
      if (id !== undefined) services.select({ elements: [id], connections: [] });
    };
    return {
      onDragOver(event: DragEvent) {
        const { types } = event.dataTransfer;
        if (!types.includes(kindDragType) && !types.includes('Files')) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
      },
      onDrop(event: DragEvent) {
        const kind = event.dataTransfer.getData(kindDragType);
        const { files } = event.dataTransfer;
        if (kind === '' && files.length === 0) return;
        event.preventDefault();
        event.stopPropagation();
        if (kind === '') services.dropFiles([...files]);
        else insert(kind, event);
      },
    };
  }, [services, flow]);
}

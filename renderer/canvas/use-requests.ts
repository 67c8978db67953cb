/** Requests: what commands ask of the canvas, done where the view is known. */
import { useEffect } from 'react';
import type { ViewRequest } from '../stores/session-store.ts';
import { renameEvent } from './canvas-events.ts';
import { useCanvasServices, type CanvasControl } from './canvas-services.ts';

export interface Opened {
  insert(): void;
  connect(): void;
}

export function useRequests(control: CanvasControl, { insert, connect }: Opened): void {
  const { request, selection } = useCanvasServices();
  useEffect(() => {
    const rename = (): void => {
      const last = selection.get().elements.at(-1);
      if (last !== undefined) renameEvent.send(last);
    };
    const actions: Partial<Record<ViewRequest, () => void>> = {
      'canvas.fit': control.fit,
      'canvas.actualSize': control.actualSize,
      'canvas.zoomIn': control.zoomIn,
      'canvas.zoomOut': control.zoomOut,
      'canvas.insert': insert,
      'canvas.connect': connect,
      'canvas.rename': rename,
    };
    return request.subscribe(() => actions[request.get()?.what ?? 'canvas.fit']?.());
  }, [request, selection, control, insert, connect]);
}

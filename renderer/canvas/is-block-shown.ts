/** Whether a block stands inside the part of the canvas that is seen. */
import type { ReactFlowInstance } from 'reactflow';
import { kindOf } from '../../engine/model/kind.ts';
import { blockHeight, blockWidth } from './block-geometry.ts';
import type { CanvasServices } from './canvas-services.ts';

/** True for what has no place of its own, such as a wire. */
export function isBlockShown(
  id: string,
  surface: HTMLElement | null,
  flow: Pick<ReactFlowInstance, 'flowToScreenPosition'>,
  { document, catalogue }: Pick<CanvasServices, 'document' | 'catalogue'>,
): boolean {
  const place = document.get().view.positions[id];
  const box = surface?.getBoundingClientRect();
  if (place === undefined || box === undefined) return true;
  const kind = kindOf(catalogue, document.get().elements[id]);
  const start = flow.flowToScreenPosition(place);
  const end = flow.flowToScreenPosition({ x: place.x + blockWidth, y: place.y + blockHeight(kind, false) });
  return start.x >= box.left && start.y >= box.top && end.x <= box.right && end.y <= box.bottom;
}

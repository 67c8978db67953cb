/** Block focus: while the keyboard is on the canvas it stands on the block selected last, which is kept in view. */
import { useEffect, type RefObject } from 'react';
import { useReactFlow } from 'reactflow';
import { blockHeight, blockWidth } from './block-geometry.ts';
import { useCanvasServices, type CanvasServices } from './canvas-services.ts';

export function useBlockFocus(surface: RefObject<HTMLDivElement | null>): void {
  const services = useCanvasServices();
  const flow = useReactFlow();
  useEffect(() => {
    const show = (id: string): void => {
      const place = services.document.get().view.positions[id];
      const box = surface.current?.getBoundingClientRect();
      if (place === undefined || box === undefined) return;
      const kind = services.catalogue.find(services.document.get().elements[id]?.kind ?? '');
      const [width, height] = [blockWidth, blockHeight(kind, true)];
      const start = flow.flowToScreenPosition(place);
      const end = flow.flowToScreenPosition({ x: place.x + width, y: place.y + height });
      const inside = start.x >= box.left && start.y >= box.top && end.x <= box.right && end.y <= box.bottom;
      if (!inside) void flow.setCenter(place.x + width / 2, place.y + height / 2, { zoom: flow.getZoom() });
    };
    const go = (): void => {
      const target = focusTarget(surface.current, services);
      target?.focus({ preventScroll: true });
      const id = target?.dataset['id'];
      if (id !== undefined && target?.matches(':focus-visible') === true) show(id);
    };
    // The blocks are drawn after the stores have changed.
    let frame = 0;
    const later = (still: () => boolean): void => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => still() && go());
    };
    const here = (): boolean => isHere(surface.current);
    const stops = [
      services.selection.subscribe(() => here() && later(here)),
      // Until then the keyboard may have been sent elsewhere.
      services.focus.subscribe(() => later(() => services.focus.get() !== 0)),
    ];
    return () => {
      cancelAnimationFrame(frame);
      for (const stop of stops) stop();
    };
  }, [surface, services, flow]);
}

/** Whether the keyboard is on the canvas or nowhere; a field in a block keeps it. */
function isHere(surface: HTMLElement | null): boolean {
  const focused = document.activeElement;
  if (focused === null || focused === document.body) return true;
  return surface?.contains(focused) === true && !focused.matches('input');
}

/** The block selected last, else the canvas itself. */
function focusTarget(surface: HTMLElement | null, { selection }: CanvasServices): HTMLElement | null {
  const last = selection.get().elements.at(-1);
  const block = [...(surface?.querySelectorAll<HTMLElement>('.react-flow__node') ?? [])].find(
    (node) => node.dataset['id'] === last,
  );
  return block ?? surface;
}

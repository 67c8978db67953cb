/** Block focus: while the keyboard is on the canvas it stands on the block selected last, which is kept in view. */
import { useEffect, type RefObject } from 'react';
import { useReactFlow } from 'reactflow';
import { useCanvasServices, type CanvasServices } from './canvas-services.ts';
import { isBlockShown } from './is-block-shown.ts';

export function useBlockFocus(surface: RefObject<HTMLDivElement | null>): void {
  const services = useCanvasServices();
  const flow = useReactFlow();
  useEffect(() => {
    const isShown = (id: string): boolean => isBlockShown(id, surface.current, flow, services);
    const show = (ids: readonly string[]): void => {
      const zoom = flow.getZoom();
      const nodes = ids.map((id) => ({ id }));
      if (!ids.every(isShown)) void flow.fitView({ nodes, maxZoom: zoom, minZoom: Math.min(zoom, 0.5), padding: 0.2 });
    };
    const go = (): void => {
      const target = focusTarget(surface.current, services);
      target?.focus({ preventScroll: true });
      if (target?.matches(':focus-visible') === true) show(selectedBlocks(services));
    };
    // The blocks are drawn after the stores have changed.
    let frame = 0;
    const later = (still: () => boolean): void => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => still() && go());
    };
    const here = (): boolean => isHere(surface.current);
    const sentHere = (): boolean => services.focus.get() !== 0 && !isTyping(surface.current);
    const stops = [
      services.selection.subscribe(() => here() && later(here)),
      // Until then the keyboard may have been sent elsewhere.
      services.focus.subscribe(() => later(sentHere)),
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
  return surface?.contains(focused) === true && !isTyping(surface);
}

/** A name, a value or a list on the canvas is being typed into. */
function isTyping(surface: HTMLElement | null): boolean {
  const focused = document.activeElement;
  return focused !== null && surface?.contains(focused) === true && focused.matches('input');
}

/** The block selected last, else the canvas itself. */
function focusTarget(surface: HTMLElement | null, { selection }: CanvasServices): HTMLElement | null {
  const last = selection.get().elements.at(-1);
  const block = [...(surface?.querySelectorAll<HTMLElement>('.react-flow__node') ?? [])].find(
    (node) => node.dataset['id'] === last,
  );
  return block ?? surface;
}

/** The block selected last, or both ends of the wire. */
function selectedBlocks({ selection, document }: CanvasServices): readonly string[] {
  const { elements, connections } = selection.get();
  const wire = document.get().connections[connections.at(-1) ?? ''];
  return wire === undefined ? elements.slice(-1) : [wire.from.element, wire.to.element];
}

/** Connecting by name: where the list is open, and what choosing a target does. */
import { useCallback, useState, type RefObject } from 'react';
import { useReactFlow } from 'reactflow';
import { blockWidth } from './block-geometry.ts';
import { useCanvasServices } from './canvas-services.ts';
import type { ConnectTarget } from './connect-targets.ts';

interface OpenConnect {
  readonly element: string;
  /** Pixels of the canvas. */
  readonly left: number;
  readonly top: number;
}

export interface Connect {
  readonly at: OpenConnect | undefined;
  /** Opens the list beside the block selected last. */
  open(): void;
  choose(target: ConnectTarget): void;
  close(): void;
}

export function useConnect(surface: RefObject<HTMLDivElement | null>): Connect {
  const services = useCanvasServices();
  const flow = useReactFlow();
  const [at, setAt] = useState<OpenConnect | undefined>(undefined);
  const open = useCallback(() => {
    const element = services.selection.get().elements.at(-1);
    const box = surface.current?.getBoundingClientRect();
    if (element === undefined || box === undefined) return;
    const place = services.document.get().view.positions[element] ?? { x: 0, y: 0 };
    const corner = flow.flowToScreenPosition({ x: place.x + blockWidth, y: place.y });
    setAt({ element, left: corner.x - box.left + 8, top: corner.y - box.top });
  }, [services, flow, surface]);
  const close = useCallback(() => {
    setAt(undefined);
    services.focusCanvas();
  }, [services]);
  const choose = (target: ConnectTarget): void => {
    if (target.refusal !== undefined) return services.announce(target.refusal);
    services.commands.connect(target.from, target.to);
    // The block stays selected: the next wire often starts here too.
    services.select({ elements: [target.from.element], connections: [] });
    close();
  };
  return { at, open, choose, close };
}

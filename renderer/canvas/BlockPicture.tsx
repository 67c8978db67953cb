/** Picture of a block: a place that the live pictures paint while it is near enough to be read. */
import { useEffect, useRef } from 'react';
import { useStore } from 'reactflow';
import type { KindDescriptor } from '../../engine/model/kind.ts';
import { cellsOf } from './wire-look.ts';
import { useCanvasServices } from './canvas-services.ts';

/** Below this zoom a picture cannot be read. */
const leastZoom = 0.45;

export function BlockPicture({ element, kind }: { readonly element: string; readonly kind: KindDescriptor }) {
  const { pictures, document, catalogue } = useCanvasServices();
  const near = useStore((flow) => flow.transform[2] >= leastZoom);
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const target = host.current;
    if (target === null || !near) return undefined;
    const painting = pictures.add({
      element,
      host: target,
      still: kind.family === 'layers' ? 'connectivity' : 'quiet',
      cells: cellsOf(document.get(), catalogue, element) ?? 24,
      colours() {
        const style = getComputedStyle(target);
        const token = (name: string): string => style.getPropertyValue(name).trim();
        return {
          family: token(`--family-${kind.family}`),
          reference: token('--ink-third'),
          quiet: token('--line-strong'),
        };
      },
    });
    return () => painting.dispose();
  }, [pictures, document, catalogue, element, kind, near]);
  return <div ref={host} className="block-picture" data-far={near ? undefined : true} aria-hidden="true" />;
}

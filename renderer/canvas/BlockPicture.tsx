/** Picture of a block: a canvas that the live pictures paint. */
import { useEffect, useRef } from 'react';
import type { KindDescriptor } from '../../engine/model/kind.ts';
import { cellsOf } from './wire-look.ts';
import { useCanvasServices } from './canvas-services.ts';

export function BlockPicture({ element, kind }: { readonly element: string; readonly kind: KindDescriptor }) {
  const { pictures, document, catalogue } = useCanvasServices();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const target = canvas.current;
    if (target === null) return undefined;
    const painting = pictures.add({
      element,
      canvas: target,
      still: kind.family === 'layers' ? 'connectivity' : 'quiet',
      cells: cellsOf(document.get(), catalogue, element) ?? 24,
      colours() {
        const style = getComputedStyle(target);
        const token = (name: string): string => style.getPropertyValue(name).trim();
        return {
          family: token(`--family-${kind.family}`),
          reference: token('--ink-second'),
          quiet: token('--line-strong'),
        };
      },
    });
    return () => painting.dispose();
  }, [pictures, document, catalogue, element, kind]);
  return <canvas ref={canvas} className="block-picture" aria-hidden="true" />;
}

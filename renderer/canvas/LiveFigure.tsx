/** Live figure of a block: its rate or score, written into the page without React, several times a second. */
import { useEffect, useRef } from 'react';
import type { ElementRecord } from '../../engine/model/document.ts';
import type { KindDescriptor } from '../../engine/model/kind.ts';
import { significant } from '../../engine/units/format-quantity.ts';
import type { RunView } from '../plots/plot-services.ts';
import { useCanvasServices } from './canvas-services.ts';

export function LiveFigure({ element, kind }: { readonly element: ElementRecord; readonly kind: KindDescriptor | undefined }) {
  const { run } = useCanvasServices();
  const target = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const write = (): void => {
      const text = figureOf(run.get(), element, kind);
      if (target.current !== null && target.current.textContent !== text) target.current.textContent = text;
    };
    write();
    return run.subscribe(write);
  }, [run, element, kind]);
  return <span ref={target} className="block-figure" />;
}

/** "12.4 Hz" for what spikes, "NRMSE 0.083" for a scored readout, else the number of cells or nothing. */
export function figureOf(run: RunView, element: ElementRecord, kind: KindDescriptor | undefined): string {
  const readout = run.readouts.find((each) => each.element === element.id);
  if (readout?.nrmse !== undefined) return `NRMSE ${significant(readout.nrmse).replace(/^0\./, '.')}`;
  if (readout !== undefined && run.newestSeconds > 0) return readout.phase;
  const rate = run.rates[element.id];
  if (rate !== undefined && run.newestSeconds > 0) return `${significant(rate)} Hz`;
  const size = element.parameters['size'] ?? kind?.parameters.find((parameter) => parameter.name === 'size')?.default;
  return typeof size === 'number' ? `${size.toLocaleString('en')} ${size === 1 ? 'cell' : 'cells'}` : '';
}

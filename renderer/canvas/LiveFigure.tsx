/** Live figure of a block: its rate or score, written into the page without React, several times a second. */
import { useEffect, useRef } from 'react';
import type { ElementRecord } from '../../engine/model/document.ts';
import type { KindDescriptor } from '../../engine/model/kind.ts';
import { significant } from '../../engine/units/format-quantity.ts';
import type { RunView } from '../plots/plot-services.ts';
import { useCanvasServices } from './canvas-services.ts';

export function LiveFigure({
  element,
  kind,
}: {
  readonly element: ElementRecord;
  readonly kind: KindDescriptor | undefined;
}) {
  const { figures } = useCanvasServices();
  const target = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const write = (): void => {
      const text = figureOf(figures.get(), element, kind);
      if (target.current === null) return;
      if (target.current.textContent !== text) target.current.textContent = text;
      writeScore(target.current, figures.get(), element.id);
    };
    write();
    return figures.subscribe(write);
  }, [figures, element, kind]);
  return <span ref={target} className="block-figure" />;
}

/** The score with all its digits, for whoever compares runs. */
function writeScore(target: HTMLElement, run: RunView, element: string): void {
  const score = run.readouts.find((each) => each.element === element)?.nrmse;
  if (score === undefined) delete target.dataset['nrmse'];
  else if (target.dataset['nrmse'] !== String(score)) target.dataset['nrmse'] = String(score);
}

/** "12.4 Hz" for what spikes, "NRMSE .083" for a scored readout, else the number of cells or nothing. */
export function figureOf(run: RunView, element: ElementRecord, kind: KindDescriptor | undefined): string {
  return (run.newestSeconds > 0 ? liveFigure(run, element.id) : undefined) ?? sizeFigure(element, kind);
}

function liveFigure(run: RunView, element: string): string | undefined {
  const readout = run.readouts.find((each) => each.element === element);
  if (readout !== undefined) {
    return readout.nrmse === undefined ? readout.phase : `NRMSE ${significant(readout.nrmse).replace(/^0\./, '.')}`;
  }
  const rate = run.rates[element];
  return rate === undefined ? undefined : `${significant(rate)} Hz`;
}

function sizeFigure(element: ElementRecord, kind: KindDescriptor | undefined): string {
  const specified = kind?.parameters.find((parameter) => parameter.name === 'size' || parameter.name === 'units');
  const size = element.parameters[specified?.name ?? ''] ?? specified?.default;
  return typeof size === 'number' ? `${size.toLocaleString('en')} ${size === 1 ? 'cell' : 'cells'}` : '';
}

/** Measures of a layer with recurrent weights: their spectral radii, and the way to its memory capacity. */
import { useState } from 'react';
import { recurrentWeights } from '../../engine/library/recurrent-layers.ts';
import type { ElementRecord } from '../../engine/model/document.ts';
import type { Measured, Radii } from '../../engine/protocol/measures.ts';
import { significant } from '../../engine/units/format-quantity.ts';
import { radiiOf } from '../commands/measure-gestures.ts';
import { useServices } from '../stores/services.ts';
import { Button } from '../ui/Button.tsx';

export function LayerMeasures({ element }: { readonly element: ElementRecord }) {
  return recurrentWeights(element.kind) === undefined ? null : <RecurrentMeasures element={element} />;
}

interface Answer {
  /** What was measured: another record has other weights. */
  readonly of: ElementRecord;
  /** Undefined while it is being measured. */
  readonly measured: Measured<Radii> | undefined;
}

function RecurrentMeasures({ element }: { readonly element: ElementRecord }) {
  const services = useServices();
  const [answer, setAnswer] = useState<Answer>();
  const shown = answer?.of === element ? answer : undefined;
  const measure = async (): Promise<void> => {
    setAnswer({ of: element, measured: undefined });
    const measured = await radiiOf(services, element);
    setAnswer((now) => (now?.of === element ? { of: element, measured } : now));
  };
  const open = (): void =>
    services.session.getState().change({ dialog: { kind: 'memoryCapacity', element: element.id } });
  return (
    <section className="layer-measures" aria-label="Measures">
      <h3>Measures</h3>
      <RadiiRows answer={shown} />
      <div className="state-actions">
        <Button disabled={shown !== undefined && shown.measured === undefined} onClick={() => void measure()}>
          Spectral radius
        </Button>
        <Button onClick={open}>Memory capacity…</Button>
      </div>
    </section>
  );
}

function RadiiRows({ answer }: { readonly answer: Answer | undefined }) {
  if (answer === undefined)
    return <p className="measures-words">How strongly the recurrent weights keep activity going.</p>;
  if (answer.measured === undefined)
    return (
      <p className="measures-words" role="status">
        Measuring…
      </p>
    );
  const { value, problems } = answer.measured;
  if (value === undefined)
    return (
      <div role="alert">
        {problems.map(({ message, hint }) => (
          <p key={message} className="entry-reason">
            {message} {hint}
          </p>
        ))}
      </div>
    );
  return (
    <>
      <dl className="measures-values">
        <dt>spectral radius</dt>
        <dd className="mono">{significant(value.spectralRadius)}</dd>
        {value.effective !== null && (
          <>
            <dt>effective, with the leak</dt>
            <dd className="mono">{significant(value.effective)}</dd>
          </>
        )}
      </dl>
      <p className="measures-words">
        {value.effective === null
          ? 'Largest absolute eigenvalue of the recurrent weights.'
          : 'Above 1 the effective radius lets small activity grow; the nearer to 1 below it, the longer the layer remembers.'}
      </p>
    </>
  );
}

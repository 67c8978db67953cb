/** The step of an element: its own, or that of the run. */
import type { Problem } from '../../engine/base/problem.ts';
import { ok, type Result } from '../../engine/base/result.ts';
import type { ElementRecord } from '../../engine/model/document.ts';
import type { ParameterSpec } from '../../engine/model/kind.ts';
import type { Quantity } from '../../engine/model/value.ts';
import { printQuantity } from '../../engine/units/quantity.ts';
import { setOwnStep } from '../commands/parameter-gestures.ts';
import { useDocument, useServices } from '../stores/services.ts';
import { EntryField } from './EntryField.tsx';
import { readQuantity, unitOfField } from './quantity-entry.ts';
import { RunRow } from './RunRow.tsx';
import { ownStepPath } from './tab-problems.ts';

const spec: ParameterSpec = {
  name: 'dt',
  title: 'Step',
  description: '',
  type: 'quantity',
  unit: 'ms',
  default: null,
  exclusiveMinimum: 0,
};

export function OwnStepRow({
  element,
  problems,
}: {
  readonly element: ElementRecord;
  readonly problems: readonly Problem[];
}) {
  const services = useServices();
  const run = useDocument((state) => state.document.run.timeStep);
  const disabled = useDocument((state) => state.readOnly !== undefined);
  const { id, timeStep } = element;
  return (
    <section className="parameter-form" aria-label="Time">
      <RunRow
        name="dt"
        title="Step"
        description="Empty: the step of the run. Else a whole multiple of it: inputs are taken, and spikes counted, when it is due; outputs are held in between."
      >
        <EntryField<Quantity | null>
          label="Step"
          text={timeStep === undefined ? '' : String(timeStep.value)}
          placeholder={printQuantity(run)}
          {...(timeStep === undefined ? {} : { suffix: timeStep.unit })}
          disabled={disabled}
          known={problems.find(({ at }) => at?.path === ownStepPath)}
          read={(text) => readStep(text, timeStep)}
          commit={(value) => setOwnStep(services, id, value)}
        />
      </RunRow>
    </section>
  );
}

function readStep(text: string, present: Quantity | undefined): Result<Quantity | null> {
  return text.trim() === '' ? ok(null) : readQuantity(text, spec, unitOfField(spec, present ?? null));
}

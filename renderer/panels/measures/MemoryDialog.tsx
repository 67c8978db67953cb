/** Memory capacity of a layer: what it is measured with, how far the measurement is, and the recall at every delay. */
import { useState } from 'react';
import type { Problem } from '../../../engine/base/problem.ts';
import type { ElementRecord } from '../../../engine/model/document.ts';
import { kindOf, type KindDescriptor } from '../../../engine/model/kind.ts';
import { elementName } from '../../../engine/model/names.ts';
import { findRecord } from '../../../engine/model/records.ts';
import type { Recall } from '../../../engine/protocol/measures.ts';
import type { EngineEvent } from '../../../engine/protocol/messages.ts';
import { siNumber } from '../../../engine/units/convert.ts';
import { significant } from '../../../engine/units/format-quantity.ts';
import { recallOf, type RecallWishes } from '../../commands/measure-gestures.ts';
import { CurveChart } from '../../plots/CurveChart.tsx';
import { useDocument, useServices } from '../../stores/services.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { Select } from '../../ui/Select.tsx';
import { NumberArgument } from '../NumberArgument.tsx';
import { SeriesProblems } from '../SeriesProblems.tsx';
import { useEngineTask } from '../use-engine-task.ts';
import { inputUnit, memoryFields, wishesOf, type GivenWishes } from './memory-form.ts';
import { TableButtons } from './TableButtons.tsx';
import './measures.css';

export function MemoryDialog({ id, onClose }: { readonly id: string; onClose(): void }) {
  const { catalogue } = useServices();
  const element = useDocument((state) => findRecord(state.document.elements, id));
  const kind = kindOf(catalogue, element);
  if (element === undefined || kind === undefined) return null;
  return (
    <Dialog
      open
      wide
      title={`Memory capacity: ${elementName(element)}`}
      description="The layer is driven by noise on its own, beside the run. A ridge readout of its outputs recalls what was played 1, 2, 3 … values ago."
      onClose={onClose}
    >
      <MemoryForm element={element} kind={kind} onClose={onClose} />
    </Dialog>
  );
}

interface MemoryFormProps {
  readonly element: ElementRecord;
  readonly kind: KindDescriptor;
  onClose(): void;
}

function MemoryForm({ element, kind, onClose }: MemoryFormProps) {
  const [given, setGiven] = useState<GivenWishes>({});
  const wishes = wishesOf(given, kind);
  const unit = inputUnit(kind);
  const measurement = useMeasurement(element);
  const { state } = measurement;
  const measure = (): void => {
    const [lowest, highest] = [siNumber(wishes.lowest, unit), siNumber(wishes.highest, unit)];
    void measurement.start({ ...wishes, lowest, highest });
  };
  return (
    <>
      <div className="dialog-body measure-form">
        {memoryFields(unit).map((spec) => (
          <div key={spec.name} className="measure-field" data-argument={spec.name}>
            <span title={spec.description}>{spec.title}</span>
            <div>
              <NumberArgument
                spec={spec}
                value={wishes[spec.name]}
                give={(value) => setGiven({ ...given, [spec.name]: value })}
              />
            </div>
            <small>{spec.description}</small>
          </div>
        ))}
        {kind.outputs.length > 1 && (
          <div className="measure-field">
            <span>recalled from</span>
            <Select
              label="recalled from"
              value={wishes.output}
              choices={kind.outputs.map(({ name, title }) => ({ value: name, title }))}
              onChange={(output) => setGiven({ ...given, output })}
            />
            <small>The output that the readout sees.</small>
          </div>
        )}
      </div>
      <div className="dialog-body measure-result" aria-live="polite">
        {state.kind === 'working' && <Progress label="Measuring" fraction={state.share} />}
        {state.kind === 'refused' && <SeriesProblems title="Nothing was measured." problems={state.problems} />}
        {state.kind === 'measured' && <RecallResult recall={state.recall} name={elementName(element)} />}
      </div>
      <div className="dialog-actions">
        {state.kind === 'working' ? (
          <Button onClick={measurement.stop}>Stop</Button>
        ) : (
          <Button onClick={onClose}>Close</Button>
        )}
        <Button look="primary" disabled={state.kind === 'working'} onClick={measure}>
          Measure
        </Button>
      </div>
    </>
  );
}

type MeasurementState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'working'; readonly share: number }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] }
  | { readonly kind: 'measured'; readonly recall: Recall };

function heard(now: MeasurementState, event: EngineEvent): MeasurementState {
  return event.kind === 'measuring' && now.kind === 'working' ? { kind: 'working', share: event.share } : now;
}

/** One measurement at a time; closing the dialog ends it. */
function useMeasurement(element: ElementRecord) {
  const services = useServices();
  const { state, setState, begin, abort } = useEngineTask<MeasurementState>({ kind: 'idle' }, heard);
  return {
    state,
    async start(wishes: RecallWishes): Promise<void> {
      const signal = begin();
      setState({ kind: 'working', share: 0 });
      const answer = await recallOf(services, element, wishes, signal);
      if (answer === undefined) return;
      const { value, problems } = answer;
      setState(value === undefined ? { kind: 'refused', problems } : { kind: 'measured', recall: value });
    },
    stop(): void {
      abort();
      setState({ kind: 'idle' });
    },
  };
}

function RecallResult({ recall, name }: { readonly recall: Recall; readonly name: string }) {
  const { capacities, total, trainRows, testRows } = recall;
  const delays = Array.from(capacities, (_, place) => place + 1);
  const rows = [['delay', 'recall'], ...delays.map((delay, place) => [String(delay), String(capacities[place])])];
  return (
    <>
      <div className="measure-total">
        <p>
          <strong className="mono">{significant(total)}</strong> memory capacity, over {capacities.length} delays
        </p>
        <p>
          trained on {trainRows} values, tested on {testRows}
        </p>
        <TableButtons name={`${name} memory capacity.csv`} rows={rows} />
      </div>
      <CurveChart
        label={`Recall over delay, from ${significant(capacities[0] ?? 0)} at delay 1; total ${significant(total)}.`}
        across="delay (values)"
        up="recall (r²)"
        x={delays}
        y={capacities}
        least={0}
      />
    </>
  );
}

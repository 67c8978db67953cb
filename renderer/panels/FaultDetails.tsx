/** What is known of a number that stopped the run: its last values as a table, and what can be done about it. */
import type { NumberFault, Problem } from '../../engine/base/problem.ts';
import { kindOf } from '../../engine/model/kind.ts';
import { printQuantity } from '../../engine/units/quantity.ts';
import { canGoBack } from '../commands/course-gestures.ts';
import { setParameter, setRun } from '../commands/parameter-gestures.ts';
import { axisUnit } from '../plots/axis-unit.ts';
import { useDocument, useRun, useServices, type Services } from '../stores/services.ts';
import { Button } from '../ui/Button.tsx';
import { betterMethod } from './better-method.ts';

interface FaultDetailsProps {
  readonly found: Problem;
  readonly fault: NumberFault;
  show(): void;
}

export function FaultDetails({ found, fault, show }: FaultDetailsProps) {
  return (
    <div className="fault">
      <FaultTable fault={fault} />
      <FaultActions found={found} fault={fault} show={show} />
    </div>
  );
}

function FaultTable({ fault }: { readonly fault: NumberFault }) {
  const { before, step, timeStepSeconds, variable, of, index } = fault;
  const largest = Math.max(...before.map(Math.abs).filter(Number.isFinite), 0);
  const unit = axisUnit(fault.unit, Math.min(largest, 1));
  const rows = [...before, fault.value].map((value, place) => ({ value, at: step - before.length + place }));
  return (
    <table>
      <caption>
        Last values of <span className="mono">{variable}</span>, {of} {index}
      </caption>
      <thead>
        <tr>
          <th scope="col">Step</th>
          <th scope="col">Time</th>
          <th scope="col">{unit.label === '' ? 'Value' : `Value (${unit.label})`}</th>
        </tr>
      </thead>
      <tbody className="mono">
        {rows.map(({ value, at }) => (
          <tr key={at} data-wrong={at === step || undefined}>
            <td>{at}</td>
            <td>{timeText(at, timeStepSeconds)}</td>
            <td>{valueText(value, unit.scale)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function timeText(step: number, timeStepSeconds: number): string {
  return `${Number((1000 * step * timeStepSeconds).toPrecision(7))} ms`;
}

function valueText(value: number, scale: number): string {
  if (Number.isNaN(value)) return '✕ not a number';
  if (!Number.isFinite(value)) return value > 0 ? '✕ ∞' : '✕ −∞';
  return String(Number((value * scale).toPrecision(5))).replace('-', '−');
}

/** How far back the action goes, seconds. */
const backSeconds = 0.02;

/** Each closes the list; nothing is changed before one is chosen. */
function FaultActions({ found, fault, show }: FaultDetailsProps) {
  const services = useServices();
  const back = useRun(() => canGoBack(services));
  const readOnly = useDocument((state) => state.readOnly !== undefined);
  const timeStep = useDocument((state) => state.document.run.timeStep);
  const method = useOtherMethod(services, found);
  const then = (action: () => unknown) => () => {
    services.session.getState().change({ dialog: undefined });
    void action();
  };
  const steps = Math.max(1, Math.round(backSeconds / fault.timeStepSeconds));
  const halved = { value: timeStep.value / 2, unit: timeStep.unit };
  return (
    <div className="fault-actions">
      <Button onClick={show}>Show element</Button>
      <Button disabled={!back} onClick={then(() => services.runs.stepBack(steps))}>
        Step back 20 ms
      </Button>
      <Button
        disabled={readOnly}
        title="The run starts over, since all its steps are others. Undo takes it back."
        onClick={then(() => setRun(services, { timeStep: halved }))}
      >
        Time step {printQuantity(halved)}
      </Button>
      {method !== undefined && (
        <Button
          disabled={readOnly}
          title="How its equations are integrated. Undo takes it back."
          onClick={then(() => setParameter(services, 'element', [method.element], 'method', method.value))}
        >
          Use {method.title}
        </Button>
      )}
    </div>
  );
}

interface OtherMethod {
  readonly element: string;
  readonly value: string;
  readonly title: string;
}

/** A steadier way to integrate the equations of the element; undefined where it has none to choose. */
function useOtherMethod({ catalogue }: Services, { at }: Problem): OtherMethod | undefined {
  const record = useDocument((state) => state.document.elements[at?.element ?? '']);
  const spec = kindOf(catalogue, record)?.parameters.find(({ name }) => name === 'method');
  if (record === undefined || spec === undefined) return undefined;
  const better = betterMethod(record.parameters['method'] ?? spec.default, spec.choices ?? []);
  return better === undefined ? undefined : { element: record.id, ...better };
}

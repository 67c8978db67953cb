/** Run settings: time step, duration, seed and speed. Shown when nothing is selected. */
import { problem } from '../../engine/base/problem.ts';
import { andThen, failed, ok, type Result } from '../../engine/base/result.ts';
import type { RunSettings } from '../../engine/model/document.ts';
import type { Quantity } from '../../engine/model/value.ts';
import type { ParameterSpec } from '../../engine/model/kind.ts';
import { setRun } from '../commands/parameter-gestures.ts';
import { useDocument, useProblems, useServices } from '../stores/services.ts';
import { Button } from '../ui/Button.tsx';
import { EntryField } from './EntryField.tsx';
import { InspectorHead } from './InspectorHead.tsx';
import { MemoryLimitRow } from './MemoryLimitRow.tsx';
import { readInteger, readQuantity, unitOfField } from './quantity-entry.ts';
import { RunRow } from './RunRow.tsx';
import { StateActions } from './StateActions.tsx';

const timeStep: ParameterSpec = {
  name: 'dt',
  title: 'time step',
  description: '',
  type: 'quantity',
  unit: 'ms',
  default: 0.1,
  exclusiveMinimum: 0,
};
const duration: ParameterSpec = {
  name: 'duration',
  title: 'duration',
  description: '',
  type: 'quantity',
  unit: 's',
  default: null,
  exclusiveMinimum: 0,
};
const seed: ParameterSpec = { name: 'seed', title: 'seed', description: '', type: 'integer', default: 1, minimum: 0 };
/** Seeds offered by the button; few enough digits to be read out. */
const seedRange = 1_000_000;

export function RunForm() {
  const services = useServices();
  const readOnly = useDocument((state) => state.readOnly !== undefined);
  const drawSeed = (): void => {
    const bytes = services.random.bytes(4);
    setRun(services, { seed: new DataView(bytes.buffer, bytes.byteOffset).getUint32(0) % seedRange });
  };
  return (
    <>
      <InspectorHead family={undefined} name="Run settings">
        Nothing is selected. These hold for the whole network.
      </InspectorHead>
      <div className="inspector-scroll parameter-form">
        <TimeRows />
        <NumberRows />
        <MemoryLimitRow />
        <StateActions of="network" />
        {!readOnly && (
          <div className="inspector-actions">
            <Button icon="seed" onClick={drawSeed}>
              Draw another seed
            </Button>
          </div>
        )}
      </div>
    </>
  );
}

/** What a field of the run settings needs beside its value. */
function useRunField(path: string) {
  const services = useServices();
  const disabled = useDocument((state) => state.readOnly !== undefined);
  const known = useProblems((state) =>
    state.all.find((found) => found.at?.element === undefined && found.at?.path === `run.${path}`),
  );
  return { disabled, known, commit: (changes: Partial<RunSettings>) => setRun(services, changes) };
}

function TimeRows() {
  const run = useDocument((state) => state.document.run);
  const { commit: setStep, ...step } = useRunField('timeStep');
  const { commit: setLength, ...length } = useRunField('duration');
  return (
    <>
      <RunRow
        name="dt"
        title="time step"
        description="One step of the simulation. A smaller step is more exact and slower."
      >
        <EntryField<Quantity>
          label="Time step"
          text={String(run.timeStep.value)}
          suffix={run.timeStep.unit}
          {...step}
          read={(text) => readQuantity(text, timeStep, unitOfField(timeStep, run.timeStep))}
          commit={(value) => setStep({ timeStep: value })}
        />
      </RunRow>
      <RunRow name="T" title="duration" description="Empty: the run goes on until it is paused.">
        <EntryField<Quantity | null>
          label="Duration"
          text={run.duration === null ? '' : String(run.duration.value)}
          placeholder="open-ended"
          {...(run.duration === null ? {} : { suffix: run.duration.unit })}
          {...length}
          read={(text) => readDuration(text, run.duration)}
          commit={(value) => setLength({ duration: value })}
        />
      </RunRow>
    </>
  );
}

function NumberRows() {
  const run = useDocument((state) => state.document.run);
  const { commit: setSeed, ...seedField } = useRunField('seed');
  const { commit: setSpeed, ...speedField } = useRunField('speed');
  return (
    <>
      <RunRow
        name="seed"
        title="run seed"
        description="The same seed gives the same run, to the last bit, on every machine."
      >
        <EntryField<number>
          label="Run seed"
          text={String(run.seed)}
          {...seedField}
          read={(text) => readInteger(text, seed)}
          commit={(value) => setSeed({ seed: value })}
        />
      </RunRow>
      <RunRow name="v" title="speed" description="Simulated seconds per second. Empty: as fast as this machine can.">
        <EntryField<number | null>
          label="Speed"
          text={run.speed === null ? '' : String(run.speed)}
          placeholder="full speed"
          {...(run.speed === null ? {} : { suffix: '×' })}
          {...speedField}
          read={readSpeed}
          commit={(value) => setSpeed({ speed: value })}
        />
      </RunRow>
    </>
  );
}

function readDuration(text: string, present: Quantity | null): Result<Quantity | null> {
  if (text.trim() === '') return ok(null);
  return readQuantity(text, duration, unitOfField(duration, present));
}

function readSpeed(text: string): Result<number | null> {
  const typed = text.trim().replace(/\s*[x×]$/i, '');
  if (typed === '') return ok(null);
  const value = Number(typed.replace(',', '.'));
  const refused = (): Result<number> =>
    failed(
      problem('model/parameter-range', 'The speed must be a number greater than 0.', {
        hint: 'Write 1 for real time, or leave it empty for full speed.',
      }),
    );
  return andThen(Number.isFinite(value) && value > 0 ? ok(value) : refused(), (speed) => ok<number | null>(speed));
}

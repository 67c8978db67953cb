/** Number watch: asks the guard now and then, and on a fault goes back to the last sound state to find the very step. */
import { assert, defined } from '../base/assert.ts';
import type { Problem } from '../base/problem.ts';
import { problem } from '../base/problem.ts';
import type { Program, Signal } from '../build/program.ts';
import { lengthOf } from '../codegen/layout.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { Fault, Guard } from './guard.ts';
import type { SignalMemory } from './signal-memory.ts';

/** What the watch needs of a run. */
export interface WatchedRun {
  readonly step: () => number;
  capture(): Checkpoint;
  restore(checkpoint: Checkpoint): void;
  /** Executes so many steps again; nothing of them is handed out. */
  replay(steps: number): void;
}

export interface NumberWatch {
  /** To be called before steps are executed: remembers a state to go back to. */
  before(): void;
  /**
   * To be called after steps were executed; looks when enough of them were, or at once when nothing follows. On a fault
   * the run stands right behind the step in which it came about.
   */
  after(last: boolean): Problem | undefined;
  /** The state was changed from outside: what was remembered is no way to it. */
  forget(): void;
}

/** Steps between looks at the variables of cells. */
const stepsPerLook = 32;
/** Steps between looks at everything, after each of which the state is remembered. */
const stepsPerBase = 1024;

/** A watch that never finds anything: what a run costs without the guard, and what it would miss. */
export const unguarded: NumberWatch = {
  before: () => undefined,
  after: () => undefined,
  forget: () => undefined,
};

export function createNumberWatch(program: Program, memory: SignalMemory, guard: Guard, run: WatchedRun): NumberWatch {
  let base: Checkpoint | undefined;
  let looked = 0;

  function locate(sound: Checkpoint): Problem {
    const found = findStep(sound, guard, run);
    const values = lastValues(found, memory, run);
    base = undefined;
    return notFinite(program, found.fault, run.step() - 1, values);
  }

  return {
    before() {
      if (base !== undefined) return;
      base = run.capture();
      looked = base.step;
    },
    after(last) {
      const sound = defined(base, 'a watch begins before the steps');
      const step = run.step();
      const whole = last || step - sound.step >= stepsPerBase;
      if (!whole && step - looked < stepsPerLook) return undefined;
      looked = step;
      if (!(whole ? guard.isSound() : guard.cellsAreSound())) return locate(sound);
      if (step - sound.step >= stepsPerBase) base = run.capture();
      return undefined;
    },
    forget() {
      base = undefined;
    },
  };
}

interface FoundStep {
  readonly fault: Fault;
  /** A sound state a few steps before it. */
  readonly before: Checkpoint;
  /** Steps from there to right behind the fault. */
  readonly steps: number;
}

/** Replays in strides up to the first unsound one, then step by step. */
function findStep(base: Checkpoint, guard: Guard, run: WatchedRun): FoundStep {
  const end = run.step();
  run.restore(base);
  let [before, sound] = [base, base];
  while (guard.isSound()) {
    assert(run.step() < end, 'a fault shows again when the steps are repeated');
    [before, sound] = [sound, run.capture()];
    run.replay(Math.min(stepsPerLook, end - run.step()));
  }
  run.restore(sound);
  while (guard.isSound()) run.replay(1);
  const fault = defined(guard.find(), 'the fault that was seen');
  return { fault, before, steps: run.step() - before.step };
}

/** Steps of which the values are told. */
const toldSteps = 3;

/** What the cell had at the end of the last steps before the fault, oldest first. Leaves the run behind the fault. */
function lastValues({ fault, before, steps }: FoundStep, memory: SignalMemory, run: WatchedRun): readonly number[] {
  const values: number[] = [];
  const told = Math.min(toldSteps, steps);
  run.restore(before);
  if (steps > told) run.replay(steps - told);
  for (let count = 0; count < told; count += 1) {
    values.push(memory.view(fault.signal.id)[fault.index] as number);
    run.replay(1);
  }
  return values;
}

function notFinite(
  program: Program,
  { signal, index, value }: Fault,
  step: number,
  values: readonly number[],
): Problem {
  const { elements, timeStepSeconds } = program;
  const element = elements.find(({ id }) => id === signal.element);
  const of = element === undefined ? 'synapse' : 'cell';
  const { cell, member } = inBatch(program, signal, index);
  const place = `${of} ${cell} of "${element?.name ?? signal.element}"${member}`;
  const became = Number.isNaN(value) ? 'not a number' : 'infinite';
  const time = Number((step * timeStepSeconds).toPrecision(9));
  const had = values.length === 0 ? '' : ` Its last values were ${values.map(short).join(', ')}.`;
  return problem(
    'run/not-finite',
    `${signal.name} of ${place} became ${became} in step ${step}, t = ${time} s.${had}`,
    {
      hint: 'Use a smaller time step or another integration method, or check weights and parameters that may let it explode.',
      at: { element: signal.element, path: `states.${signal.name}` },
      fault: {
        variable: signal.name,
        of,
        index: cell,
        step,
        timeStepSeconds,
        unit: signal.unit,
        value,
        before: values,
      },
    },
  );
}

/** The cell of an element of a signal, and in words the member of the batch that it belongs to. */
function inBatch({ members = 1 }: Program, { shape }: Signal, index: number): { cell: number; member: string } {
  if (members === 1) return { cell: index, member: '' };
  const cells = lengthOf(shape) / members;
  return { cell: index % cells, member: ` in member ${Math.floor(index / cells)} of the batch` };
}

function short(value: number): string {
  return String(Number(value.toPrecision(6)));
}

/** A run in chunks: each row of numbers goes to the live inputs, the network runs for a while, and what was recorded comes out. */
import { problem, type Problem } from '../../engine/base/problem.ts';
import { failed, mapResult, ok, type Result } from '../../engine/base/result.ts';
import { prepareRun } from '../../engine/library/prepare-run.ts';
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import type { MemoryProvider } from '../../engine/platform/seams.ts';
import type { Target } from '../../engine/protocol/messages.ts';
import { admitWithin } from '../../engine/runtime/memory-need.ts';
import { createSimulation, type Simulation } from '../../engine/runtime/simulation.ts';
import { createLiveRidge } from '../../engine/training/live-ridge.ts';
import { defaultMemoryLimitBytes, lengthOf } from '../../engine/codegen/layout.ts';

export interface StreamRequest {
  readonly document: SpikeloomDocument;
  readonly target: Target;
  readonly precision: 'f64' | 'f32';
  readonly memory: MemoryProvider;
  readonly memoryLimitBytes?: number;
  /** How long a row holds, seconds; default: one time step. */
  readonly rowSeconds?: number;
}

/** What came out while a row held. */
export interface StreamRow {
  /** Simulated seconds at the end of it. */
  readonly t: number;
  /** The last sample of every continuous probe, and [time, cell] of every event, by `element.target`. */
  readonly probes: Readonly<Record<string, readonly number[] | readonly (readonly [number, number])[]>>;
}

export interface StreamedRun {
  /** Numbers that a row has: the channels of all live inputs, in the order of the project. */
  readonly channels: number;
  /** Runs while the row holds; undefined when the run has reached its end. */
  feed(row: readonly number[]): Result<StreamRow | undefined>;
  readonly step: number;
  dispose(): void;
}

/** Builds the network; a Problem where it has no live input. */
export function createStreamedRun(request: StreamRequest): Result<StreamedRun> {
  const limitBytes = request.memoryLimitBytes ?? defaultMemoryLimitBytes;
  const prepared = prepareRun(
    request.document,
    admitWithin(limitBytes, () => []),
  );
  if (!prepared.ok) return prepared;
  const { program } = prepared.value;
  const { target, precision, memory } = request;
  const inputs = program.signals.filter(
    ({ element, name }) => name === 'live' && kindOf(request, element) === liveKind,
  );
  if (inputs.length === 0) return failed(noInput());
  const made = createSimulation({ program, target, precision, memory, limitBytes, trainerFor: createLiveRidge });
  return mapResult(made, (simulation) =>
    streamOver(
      simulation,
      inputs.map(({ id, shape }) => ({ id, length: lengthOf(shape) })),
      request,
    ),
  );
}

const liveKind = 'stimuli/live';

function kindOf({ document }: StreamRequest, element: string): string | undefined {
  return document.elements[element]?.kind;
}

function noInput(): Problem {
  return problem('model/missing-input', 'The project has no Live input that rows could go to.', {
    hint: 'Add a Live input from the stimuli and wire it to the network.',
  });
}

interface LiveSignal {
  readonly id: string;
  readonly length: number;
}

function streamOver(simulation: Simulation, inputs: readonly LiveSignal[], { rowSeconds }: StreamRequest): StreamedRun {
  const { timeStepSeconds, steps: mostSteps = Infinity } = simulation.program;
  const channels = inputs.reduce((sum, { length }) => sum + length, 0);
  const stepsOfRow = rowSeconds === undefined ? 1 : Math.max(1, Math.round(rowSeconds / timeStepSeconds));
  const collected = collect(simulation);
  return {
    channels,
    get step() {
      return simulation.step;
    },
    feed(row) {
      if (row.length !== channels) return failed(wrongRow(row.length, channels));
      const steps = Math.min(stepsOfRow, mostSteps - simulation.step);
      if (steps <= 0) return ok(undefined);
      let first = 0;
      for (const { id, length } of inputs) {
        simulation.writeSignal(id, row.slice(first, first + length));
        first += length;
      }
      const problems = simulation.advance(steps);
      return problems.length > 0
        ? failed(...problems)
        : ok({ t: simulation.step * timeStepSeconds, probes: collected.take() });
    },
    dispose: () => simulation.dispose(),
  };
}

function wrongRow(given: number, wanted: number): Problem {
  return problem(
    'model/parameter-shape',
    `A row has ${given} numbers; the live inputs have ${wanted} channels together.`,
    {
      hint: `Write ${wanted} numbers in each line, separated by commas, tabs or spaces.`,
    },
  );
}

type Records = number[] | [number, number][];

/** Sinks that keep what is recorded until it is taken. */
function collect(simulation: Simulation) {
  const { probes, elements, timeStepSeconds } = simulation.program;
  const named = probes.map((probe) => {
    const owner = elements.find(({ id }) => id === probe.element)?.name ?? probe.element;
    return { ...probe, name: `${owner}.${probe.target}` };
  });
  const records = new Map<string, Records>(named.map(({ name }) => [name, []]));
  for (const { id, name } of named) {
    simulation.setSink(id, {
      samples: (_, rows, values) => void records.set(name, [...values.slice(values.length - values.length / rows)]),
      events(steps, cells, count) {
        const found = (records.get(name) ?? []) as [number, number][];
        for (let event = 0; event < count; event += 1)
          found.push([(steps[event] as number) * timeStepSeconds, cells[event] as number]);
      },
    });
  }
  return {
    take(): StreamRow['probes'] {
      const taken = Object.fromEntries(records);
      for (const { name, type } of named) if (type === 'events') records.set(name, []);
      return taken;
    },
  };
}

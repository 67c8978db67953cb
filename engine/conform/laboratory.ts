/** Laboratory: runs one element of the library on given inputs, step by step, and hands out what it did. */
import type { Result } from '../base/result.ts';
import { ok } from '../base/result.ts';
import { buildProgram } from '../build/build-program.ts';
import { wire } from '../library/connectors/wire.ts';
import { elementKinds, library } from '../library/library.ts';
import { defined } from '../base/assert.ts';
import { kindOf } from '../model/kind.ts';
import { defaultValue } from '../model/parameters.ts';
import type { NumericArray, ResolvedValue, ValidatedElement, ValidatedModel } from '../model/validated.ts';
import type { Program } from '../build/program.ts';
import type { MemoryProvider } from '../platform/seams.ts';
import { readSettled } from '../runtime/settled.ts';
import { createSimulation } from '../runtime/simulation.ts';
import { memberOf } from './systems/batches.ts';

/** Where cases are run. */
export interface Laboratory {
  readonly target: 'wasm' | 'interpreter';
  readonly memory: MemoryProvider;
  /** Called instead of executing steps, and executes them: where their time is to be taken. */
  readonly around?: (advance: () => void, steps: number) => void;
}

/** One element under test. */
export interface Experiment {
  readonly kind: string;
  /** Parameters in SI units; the others keep their defaults. */
  readonly parameters: Readonly<Record<string, ResolvedValue>>;
  /** Rows [steps, channels], one per step, for the port `in`; of a batch [steps, members, channels]. */
  readonly input: NumericArray | undefined;
  /** Members of a batch, run as one program. Default 1; with more, what is read and recorded is that of all. */
  readonly members?: number;
  /** The same for further ports. */
  readonly moreInputs?: Readonly<Record<string, NumericArray>>;
  readonly timeStepSeconds: number;
  readonly seed?: number;
  /** Output ports and state variables to be recorded. */
  readonly record: readonly string[];
}

/** An experiment under way. */
export interface Trial {
  /** Executes further steps. */
  advance(steps: number): void;
  /** Rows recorded of a port or state so far, as [rows, channels]: ports after the step, states before it. */
  samples(target: string): NumericArray;
  /** Whether a port or state is recorded. */
  records(target: string): boolean;
  /** Spikes recorded so far: step numbers and cells, step by step, cells ascending. */
  events(target: string): { readonly steps: readonly number[]; readonly cells: readonly number[] };
  /** Contents of a signal of the element. */
  read(signal: string): NumericArray;
  write(signal: string, values: ArrayLike<number>): void;
  dispose(): void;
}

const subject = 'subject';
/** The rows of a source, by the name of their signal. */
const table = 'out_table';

/** Builds and compiles the element with its input. */
export function prepareTrial(laboratory: Laboratory, experiment: Experiment): Result<Trial> {
  const { members = 1 } = experiment;
  const { around = (advance: () => void) => advance() } = laboratory;
  const inputs = inputsOf(experiment, members);
  const built = buildProgram(modelOf({ ...experiment, input: inputs[0] }), library);
  if (!built.ok) return built;
  const { program } = built.value;
  const own = program.signals.filter(({ name, element }) => name === table && element !== subject).map(({ id }) => id);
  const made = createSimulation({ ...laboratory, program, members, own });
  if (!made.ok) return made;
  const simulation = made.value;
  if (members > 1)
    inputs.forEach(({ values }, member) => own.forEach((id) => simulation.writeSignal(id, values, member)));
  const recorders = new Map(
    program.probes.map((probe) => [probe.target, createRecorder(members * widthOf(program, probe))]),
  );
  for (const probe of program.probes) simulation.setSink(probe.id, defined(recorders.get(probe.target), 'a recorder'));
  const shapeOf = (signal: string) =>
    defined(
      simulation.program.signals.find((candidate) => candidate.id === `${subject}/${signal}`),
      `signal ${signal}`,
    ).shape;
  return ok({
    advance: (steps) => around(() => void simulation.advance(steps), steps),
    samples: (target) => defined(recorders.get(target), `nothing recorded of ${target}`).recordedSamples(),
    records: (target) => recorders.has(target),
    events: (target) => defined(recorders.get(target), `nothing recorded of ${target}`).recordedEvents(),
    read: (signal) => ({
      shape: shapeOf(signal),
      values: new Float64Array(readSettled(simulation, `${subject}/${signal}`)),
    }),
    write: (signal, values) => simulation.writeSignal(`${subject}/${signal}`, Float64Array.from(values)),
    dispose: () => simulation.dispose(),
  });
}

/** Rows of a state after every one of `steps` steps: those recorded before the steps, shifted by one, then the final state. */
export function statesAfter(trial: Trial, state: string, steps: number): NumericArray {
  const final = trial.read(state).values;
  const values = new Float64Array(steps * final.length);
  if (steps === 0) return { shape: [0, final.length], values };
  values.set(trial.samples(state).values.subarray(final.length, steps * final.length));
  values.set(final, (steps - 1) * final.length);
  return { shape: [steps, final.length], values };
}

/** The input of every member; rows without members are those of one. */
function inputsOf({ input }: Experiment, members: number): NumericArray[] {
  if (input === undefined) return [];
  if (input.shape.length < 3) return [input];
  const [steps = 0, , channels = 0] = input.shape;
  return Array.from({ length: members }, (_, member) => ({
    shape: [steps, channels],
    values: memberOf(input, member),
  }));
}

/** A source needs a row to play; one of zeros where a case runs no step. */
function someRows(series: NumericArray): NumericArray {
  const [steps, ...row] = series.shape;
  if (steps !== 0) return series;
  return { shape: [1, ...row], values: new Float64Array(row.reduce((product, extent) => product * extent, 1)) };
}

function modelOf(experiment: Experiment): ValidatedModel {
  const { input, moreInputs = {}, record } = experiment;
  const inputs = Object.entries({ ...(input === undefined ? {} : { in: input }), ...moreInputs });
  const sources = inputs.map(([port, series]) =>
    element(`source_${port}`, 'stimuli/series', { series: someRows(series), after: 'hold' }),
  );
  const wires = inputs.map(([port]) => ({
    record: {
      id: `wire_${port}`,
      kind: wire.id,
      from: { element: `source_${port}`, port: 'out' },
      to: { element: subject, port },
      parameters: {},
    },
    kind: wire,
    parameters: { delay: 0 },
  }));
  return {
    name: 'experiment',
    timeStepSeconds: experiment.timeStepSeconds,
    durationSeconds: undefined,
    seed: experiment.seed ?? 1,
    elements: [...sources, element(subject, experiment.kind, experiment.parameters)],
    connections: wires,
    probes: record.map((target) => ({ id: `probe_${target}`, element: subject, target, cells: null })),
    warnings: [],
  };
}

/** An element of the library with these parameters, numbers of switches as off or on; the others keep their defaults. */
export function element(id: string, kindId: string, given: Readonly<Record<string, ResolvedValue>>): ValidatedElement {
  const texts = Object.entries(given).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const kind = defined(kindOf(elementKinds, { kind: kindId, parameters: Object.fromEntries(texts) }), `kind ${kindId}`);
  const defaults = Object.fromEntries(kind.parameters.map((spec) => [spec.name, defaultValue(spec)]));
  const flags = kind.parameters.filter((spec) => spec.type === 'boolean' && typeof given[spec.name] === 'number');
  const switched = Object.fromEntries(flags.map(({ name }) => [name, given[name] !== 0]));
  const parameters = { ...defaults, ...given, ...switched };
  return { record: { id, kind: kindId, name: id, parameters: {} }, kind, parameters };
}

/** Columns of what a probe records. */
function widthOf({ signals }: Program, { signal }: Program['probes'][number]): number {
  return signals.find(({ id }) => id === signal)?.shape.reduce((product, extent) => product * extent, 1) ?? 0;
}

/** Keeps what a probe hands out; a recorder of nothing has the width that it was made with. Samples are handed out, not copied. */
export interface Recorder {
  samples(firstStep: number, rows: number, values: Float64Array): void;
  events(steps: Int32Array, cells: Int32Array, count: number): void;
  recordedSamples(): NumericArray;
  recordedEvents(): { steps: readonly number[]; cells: readonly number[] };
}

export function createRecorder(width = 0): Recorder {
  const parts: Float64Array[] = [];
  let recordedRows = 0;
  const steps: Int32Array[] = [];
  const cells: Int32Array[] = [];
  return {
    samples(_, rows, values) {
      parts.push(values.slice());
      recordedRows += rows;
    },
    events(newSteps, newCells, count) {
      steps.push(newSteps.slice(0, count));
      cells.push(newCells.slice(0, count));
    },
    recordedSamples() {
      const values = parts.length === 1 ? (parts[0] as Float64Array) : joined(parts);
      parts.splice(0, parts.length, values);
      return { shape: [recordedRows, recordedRows === 0 ? width : values.length / recordedRows], values };
    },
    recordedEvents: () => ({ steps: listed(steps), cells: listed(cells) }),
  };
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const values = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    values.set(part, offset);
    offset += part.length;
  }
  return values;
}

/** The entries of all parts as a list. */
function listed(parts: readonly Int32Array[]): number[] {
  const entries: number[] = [];
  for (const part of parts) for (let index = 0; index < part.length; index += 1) entries.push(part[index] as number);
  return entries;
}

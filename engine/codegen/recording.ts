/** Turns probes and readouts into recordings: buffers and operators of the program that copy what is recorded in every step. */
import { assert, defined } from '../base/assert.ts';
import {
  add,
  and,
  greater,
  greaterEqual,
  i32,
  i32Local,
  less,
  load,
  loadI32,
  multiply,
  notEqual,
  step,
  toF64,
  toI32,
} from '../build/ir/expressions.ts';
import { assign, letI32, loop, store, when } from '../build/ir/statements.ts';
import type { Expression, SignalId, Statement } from '../build/ir/types.ts';
import type { SpikeList } from '../build/operators/spike-list.ts';
import { spikeListIds } from '../build/operators/spike-list.ts';
import type { Operator, Program, ProgramProbe, ProgramReadout, Signal } from '../build/program.ts';
import { isFloat } from '../build/program.ts';
import { lengthOf } from './layout.ts';

/** A chunk is never longer, so no buffer of rows needs more. */
export const maximumChunkSteps = 1024;

const defaultRecordingBytes = 0x100000;

/** Set to 1 by a recording that has no room for another step: the step loop ends after the step. */
export const stopSignal: SignalId = 'run/stop';

/** What is copied, and the signals it is copied into. */
export interface Recording {
  /** Probe id, or `element/features`, `element/target`, `element/prediction` for a readout. */
  readonly id: string;
  readonly signal: SignalId;
  readonly type: 'samples' | 'events';
  readonly when: 'start' | 'end';
  readonly cells: readonly number[] | null;
  /** Cells recorded in a row (samples), or cells that may fire in a step (events). */
  readonly channels: number;
  /** Rows (samples) or events that fit. */
  readonly capacity: number;
  /** Recorded from this step on (samples only)… */
  readonly fromStep: number;
  /** …and before this one; null = without end. */
  readonly toStep: number | null;
  /** Rows or events recorded since last drained: i32. */
  readonly count: SignalId;
  /** Samples: f64 [capacity, channels]. Events: the steps, i32 [capacity]. */
  readonly buffer: SignalId;
  /** Events: the cells, i32 [capacity]. */
  readonly cellBuffer: SignalId;
  /** Events whose signal tells how many there are of each cell: these numbers, i32 [capacity]. */
  readonly repeatBuffer: SignalId | undefined;
}

/** Recordings of a readout: rows of features while it collects, of target and prediction in every step. */
export interface ReadoutRecordings {
  readonly plan: ProgramReadout;
  readonly features: Recording;
  readonly target: Recording;
  readonly prediction: Recording;
}

/** A program with its recordings worked in. */
export interface RecordedProgram {
  readonly program: Program;
  readonly probes: readonly Recording[];
  readonly readouts: readonly ReadoutRecordings[];
}

export interface RecordingOptions {
  /** Bytes of one buffer, rounded up to what a single step needs. Default 1 MiB. */
  readonly recordingBytes?: number;
}

/**
 * The program with a buffer and an operator for every recording. An operator for `start` comes right after the last
 * operator that sets or adds to its signal, one for `end` after all operators: the place that `reads` and
 * `readsUpdated` would give it, too.
 */
export function scheduleProbes(program: Program, options: RecordingOptions = {}): RecordedProgram {
  const signals = new Map(program.signals.map((signal) => [signal.id, signal]));
  const { probes, readouts, added } = planRecordings(program, options);
  const all = recordingsOf(probes, readouts);
  return {
    program: {
      ...program,
      signals: [...program.signals, ...added],
      operators: insertRecordings(program.operators, all, signals),
    },
    probes,
    readouts,
  };
}

/** What is recorded, and the signals that are added for it. Looks at no operator. */
export interface RecordingPlan extends Pick<RecordedProgram, 'probes' | 'readouts'> {
  readonly added: readonly Signal[];
}

/** The recordings of a program without working them in: what they need. */
export function planRecordings(program: Program, options: RecordingOptions = {}): RecordingPlan {
  const signals = new Map(program.signals.map((signal) => [signal.id, signal]));
  const bytes = options.recordingBytes ?? defaultRecordingBytes;
  const plan = (request: RecordingRequest): Recording => planRecording(request, signals, bytes);
  const probes = program.probes.map((probe) => plan({ ...probe, fromStep: 0, toStep: null }));
  const readouts = program.readouts.map((readout) => planReadout(readout, plan));
  const added = recordingsOf(probes, readouts).flatMap((recording) => bufferSignals(recording));
  return { probes, readouts, added: [...added, makeSignal(stopSignal, 'i32', [])] };
}

function recordingsOf(probes: readonly Recording[], readouts: readonly ReadoutRecordings[]): readonly Recording[] {
  return [...probes, ...readouts.flatMap(({ features, target, prediction }) => [features, target, prediction])];
}

type RecordingRequest = Pick<ProgramProbe, 'id' | 'signal' | 'type' | 'when' | 'cells'> &
  Pick<Recording, 'fromStep' | 'toStep'>;

function planReadout(plan: ProgramReadout, record: (request: RecordingRequest) => Recording): ReadoutRecordings {
  const common = { type: 'samples', when: 'start', cells: null, fromStep: 0, toStep: null } as const;
  const of = (name: 'features' | 'target' | 'prediction'): RecordingRequest => ({
    ...common,
    id: `${plan.element}/${name}`,
    signal: plan[name],
  });
  return {
    plan,
    features: record({ ...of('features'), fromStep: plan.washoutSteps, toStep: plan.trainUntilStep }),
    target: record(of('target')),
    prediction: record(of('prediction')),
  };
}

function planRecording(request: RecordingRequest, signals: ReadonlyMap<SignalId, Signal>, bytes: number): Recording {
  const { id, signal, type, when: moment, cells, fromStep, toStep } = request;
  const recorded = defined(signals.get(signal), `probe ${id} records the unknown signal ${signal}`);
  const length = lengthOf(recorded.shape);
  const channels = cells === null ? length : cells.length;
  assert(
    cells === null || cells.every((cell) => cell >= 0 && cell < length),
    `probe ${id} records cells that ${signal} lacks`,
  );
  const fitting = Math.floor(bytes / 8 / (type === 'samples' ? Math.max(1, channels) : 1));
  const capacity =
    type === 'samples' ? Math.max(1, Math.min(maximumChunkSteps, fitting)) : channels + Math.max(1, fitting);
  const prefix = `recording/${id}`;
  return {
    id,
    signal,
    type,
    when: moment,
    cells,
    channels,
    capacity,
    fromStep,
    toStep,
    count: `${prefix}/count`,
    buffer: `${prefix}/${type === 'samples' ? 'rows' : 'steps'}`,
    cellBuffer: `${prefix}/cells`,
    repeatBuffer: type === 'events' && isFloat(recorded.type) ? `${prefix}/repeats` : undefined,
  };
}

function bufferSignals(recording: Recording): Signal[] {
  const count = makeSignal(recording.count, 'i32', []);
  const list =
    recording.cells === null
      ? []
      : [
          {
            ...makeSignal(chosenCells(recording), 'i32', [recording.channels]),
            initial: Int32Array.from(recording.cells),
            role: 'constant' as const,
          },
        ];
  if (recording.type === 'samples')
    return [count, makeSignal(recording.buffer, 'f64', [recording.capacity, recording.channels]), ...list];
  const { buffer, cellBuffer, repeatBuffer, capacity } = recording;
  const columns = [buffer, cellBuffer, ...(repeatBuffer === undefined ? [] : [repeatBuffer])];
  return [count, ...columns.map((column) => makeSignal(column, 'i32', [capacity])), ...list];
}

function makeSignal(id: SignalId, type: Signal['type'], shape: readonly number[]): Signal {
  return { id, element: '', name: id, type, shape, initial: 0, unit: '1', role: 'transient' };
}

/** Id of the table of chosen cells. */
function chosenCells(recording: Recording): SignalId {
  return `recording/${recording.id}/chosen`;
}

function insertRecordings(
  operators: readonly Operator[],
  recordings: readonly Recording[],
  signals: ReadonlyMap<SignalId, Signal>,
): Operator[] {
  const following: Operator[][] = [[], ...operators.map(() => [])];
  for (const recording of recordings) {
    const position = recording.when === 'end' ? operators.length : placeOfStart(operators, recording);
    const type = (signals.get(recording.signal) as Signal).type;
    const list = listFor(recording, operators, signals);
    defined(following[position], 'place of a recording').push(recordingOperator(recording, type, list));
  }
  return following.flatMap((list, position) =>
    position === 0 ? list : [operators[position - 1] as Operator, ...list],
  );
}

/** Number of operators that come before a recording of the start of the step. */
function placeOfStart(operators: readonly Operator[], { id, signal }: Recording): number {
  const place =
    operators.findLastIndex((operator) => operator.sets.includes(signal) || operator.adds.includes(signal)) + 1;
  const updated = operators.findIndex((operator) => operator.updates.includes(signal));
  assert(
    updated === -1 || updated >= place,
    `${id}: an update of ${signal} is scheduled before the signal is complete`,
  );
  return place;
}

/** The list that tells the events of a mask at the end of a step: made from the whole mask, which nobody changes afterwards. */
function listFor(
  { signal, type, when: moment, cells }: Recording,
  operators: readonly Operator[],
  signals: ReadonlyMap<SignalId, Signal>,
): SpikeList | undefined {
  const ids = spikeListIds(signal);
  const lasting = operators.every(({ updates }) => !updates.includes(signal));
  const whole = type === 'events' && moment === 'end' && cells === null;
  const count = signals.get(ids.count);
  return whole && lasting && count !== undefined && lengthOf(count.shape) === 1 ? ids : undefined;
}

function recordingOperator(recording: Recording, type: Signal['type'], list: SpikeList | undefined): Operator {
  const { id, signal, count, buffer, cellBuffer } = recording;
  const atStart = recording.when === 'start';
  const tables = recording.cells === null ? [] : [chosenCells(recording)];
  if (list !== undefined) tables.push(list.list, list.count);
  const body = recording.type === 'samples' ? copyRow(recording, type) : eventBody(recording, type, list);
  return {
    id: `recording/${id}`,
    element: '',
    slot: atStart ? 'start' : 'end',
    reads: atStart ? [signal, ...tables] : tables,
    sets: [],
    adds: [],
    updates: [
      ...[count, buffer, stopSignal, ...(recording.type === 'events' ? [cellBuffer] : [])],
      ...(recording.repeatBuffer === undefined ? [] : [recording.repeatBuffer]),
    ],
    readsUpdated: atStart ? [] : [signal],
    body: limitSteps(recording, body),
  };
}

/** Wraps a body so that it acts only within the steps of the recording. */
function limitSteps(recording: Recording, body: readonly Statement[]): readonly Statement[] {
  const limits: Expression[] = [];
  if (recording.fromStep > 0) limits.push(greaterEqual(step, i32(recording.fromStep)));
  if (recording.toStep !== null) limits.push(less(step, i32(recording.toStep)));
  const [first, ...rest] = limits;
  return first === undefined ? body : [when(and(first, ...rest), body)];
}

function cellAt(recording: Recording, position: Expression): Expression {
  return recording.cells === null ? position : loadI32(chosenCells(recording), position);
}

function copyRow(recording: Recording, type: Signal['type']): Statement[] {
  const position = i32Local('position');
  const cell = cellAt(recording, position);
  const value = isFloat(type) ? load(recording.signal, cell) : toF64(loadI32(recording.signal, cell));
  return [
    letI32('row', loadI32(recording.count)),
    letI32('base', multiply(i32Local('row'), i32(recording.channels))),
    loop('position', 0, recording.channels, [store(recording.buffer, add(i32Local('base'), position), value)]),
    letI32('rows', add(i32Local('row'), i32(1))),
    store(recording.count, 0, i32Local('rows')),
    when(greaterEqual(i32Local('rows'), i32(recording.capacity)), [store(stopSignal, 0, i32(1))]),
  ];
}

function eventBody(recording: Recording, type: Signal['type'], list: SpikeList | undefined): Statement[] {
  return list === undefined ? copyEvents(recording, type) : copyList(recording, list);
}

/** Copies a list of cells: the work grows with the events, not with the cells. */
function copyList(recording: Recording, { list, count }: SpikeList): Statement[] {
  const [events, added, position] = [i32Local('events'), i32Local('added'), i32Local('position')];
  return [
    letI32('events', loadI32(recording.count)),
    letI32('added', loadI32(count)),
    loop('position', 0, added, [
      store(recording.buffer, add(events, position), step),
      store(recording.cellBuffer, add(events, position), loadI32(list, position)),
    ]),
    letI32('sum', add(events, added)),
    store(recording.count, 0, i32Local('sum')),
    when(greater(i32Local('sum'), i32(recording.capacity - recording.channels)), [store(stopSignal, 0, i32(1))]),
  ];
}

function copyEvents(recording: Recording, type: Signal['type']): Statement[] {
  const position = i32Local('position');
  const events = i32Local('events');
  const cell = i32Local('cell');
  const repeats = isFloat(type) ? toI32(load(recording.signal, cell)) : loadI32(recording.signal, cell);
  const { repeatBuffer } = recording;
  return [
    letI32('events', loadI32(recording.count)),
    loop('position', 0, recording.channels, [
      letI32('cell', cellAt(recording, position)),
      letI32('repeats', repeats),
      when(notEqual(i32Local('repeats'), i32(0)), [
        store(recording.buffer, events, step),
        store(recording.cellBuffer, events, cell),
        ...(repeatBuffer === undefined ? [] : [store(repeatBuffer, events, i32Local('repeats'))]),
        assign('events', add(events, i32(1))),
      ]),
    ]),
    store(recording.count, 0, events),
    when(greater(events, i32(recording.capacity - recording.channels)), [store(stopSignal, 0, i32(1))]),
  ];
}

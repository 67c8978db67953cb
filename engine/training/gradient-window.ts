/** A window of steps in memory: executed forward part by part, and undone from the last step to the first. */
import { assert, defined } from '../base/assert.ts';
import type { Program, SignalId } from '../build/program.ts';
import type { StepFunction } from '../codegen/compiled.ts';
import { lengthOf } from '../codegen/layout.ts';
import type { BatchedAdjoint } from '../codegen/members/batched-adjoint.ts';
import type { SignalMemory } from '../runtime/signal-memory.ts';

/** What every step left in an observed signal: [steps, length]. */
export type Outcome = (observed: SignalId) => Float64Array;

/** Derivatives of a loss by its outcome, [steps, length]; what is missing counts as 0. */
export type Slopes = ReadonlyMap<SignalId, Float64Array>;

export interface Window {
  readonly program: Program;
  readonly steps: number;
  readonly observed: readonly SignalId[];
  /** Members of a batch that are computed side by side. */
  readonly members: number;
  readonly adjoint: BatchedAdjoint;
  /** Steps that the tape holds. */
  readonly rows: number;
  readonly signals: SignalMemory;
  /** Executes steps forward. */
  readonly ahead: StepFunction;
  /** Undoes a step. */
  readonly back: StepFunction;
  /** Ids of what changes in a step. */
  readonly changing: readonly SignalId[];
}

export type Contents = ReadonlyMap<SignalId, ReturnType<SignalMemory['view']>>;

/** Copies of signals. */
export function contentsOf(ids: readonly SignalId[], signals: SignalMemory): Contents {
  return new Map(ids.map((id) => [id, signals.view(id).slice()]));
}

export function putBack(contents: Contents, signals: SignalMemory): void {
  for (const [id, values] of contents) signals.view(id).set(values);
}

/** Elements of a signal in one member. */
export function lengthIn({ program }: Pick<Window, 'program'>, id: SignalId): number {
  const signal = program.signals.find((candidate) => candidate.id === id);
  return lengthOf(defined(signal, `signal ${id}`).shape);
}

/** What a member has of a signal, or of its adjoint, that each has for itself. */
export function partOf(window: Window, id: SignalId, member: number, of = id): Float64Array {
  const length = lengthIn(window, id);
  return Float64Array.from(window.signals.view(of).subarray(member * length, (member + 1) * length));
}

/** Before a window is undone the adjoints of what members have for themselves are 0; those of others add up from the first on. */
export function clearAdjoints({ program, adjoint, signals }: Window, first: boolean): void {
  for (const { id } of program.signals) {
    const found = adjoint.adjointOf(id);
    if (found !== undefined && (first || adjoint.isOwn(id))) signals.view(found).fill(0);
  }
}

/** Fills the matrices with rows and columns exchanged whose constants have been written since. */
export function turnMatrices({ adjoint, signals }: Window, stale: Set<SignalId>): void {
  for (const id of stale) {
    const turned = defined(adjoint.turned.get(id), 'a turned matrix');
    const from = signals.view(id);
    const to = from.slice();
    const [columns = 1, rows = 1] = defined(
      adjoint.backward.signals.find((signal) => signal.id === turned),
      'its signal',
    ).shape;
    for (let row = 0; row < rows; row += 1)
      for (let column = 0; column < columns; column += 1)
        to[column * rows + row] = from[row * columns + column] as number;
    signals.write(turned, to);
  }
  stale.clear();
}

export interface Course {
  /** Of each member. */
  readonly outcomes: readonly Outcome[];
  /** The state at the start of every part. */
  readonly starts: readonly Contents[];
}

/** Executes the window part by part; keeps what the loss looks at, and the state at the start of every part. */
export function goAhead(window: Window): Course {
  const { steps, observed, adjoint, rows, signals, ahead, changing, members } = window;
  const records = observed.map((id) => {
    const length = lengthIn(window, id);
    return { id, length, values: Array.from({ length: members }, () => new Float64Array(steps * length)) };
  });
  const starts: Contents[] = [];
  for (let first = 0; first < steps; first += rows) {
    starts.push(rows < steps ? contentsOf(changing, signals) : new Map());
    const count = Math.min(rows, steps - first);
    execute(ahead, first, count);
    for (const { id, length, values } of records) {
      const record = signals.view(adjoint.recordOf(id));
      values.forEach((kept, member) => {
        const begin = member * rows * length;
        kept.set(record.subarray(begin, begin + count * length), first * length);
      });
    }
  }
  const outcomes = Array.from({ length: members }, (_, member): Outcome => (id) => {
    const found = records.find((record) => record.id === id);
    return defined(found?.values[member], `${id} is observed`);
  });
  return { outcomes, starts };
}

/** Undoes the window part by part, with the slopes of each member; each part but the last one executed is executed again. */
export function goBack(window: Window, starts: readonly Contents[], slopes: readonly Slopes[]): void {
  const { steps, rows, signals, ahead, back } = window;
  for (let part = starts.length - 1; part >= 0; part -= 1) {
    const first = part * rows;
    const count = Math.min(rows, steps - first);
    if (part < starts.length - 1) {
      putBack(defined(starts[part], 'the start of a part'), signals);
      execute(ahead, first, count);
    }
    slopes.forEach((given, member) => sow(window, given, member, { first, count }));
    for (let step = first + count - 1; step >= first; step -= 1) execute(back, step, 1);
  }
}

/** Gives the program the slopes of a member in a part of the window. */
function sow(window: Window, slopes: Slopes, member: number, part: { first: number; count: number }): void {
  for (const id of window.observed) {
    const seed = window.adjoint.seedOf(id);
    if (seed === undefined) continue;
    const length = lengthIn(window, id);
    const begin = member * window.rows * length;
    const [view, given] = [window.signals.view(seed), slopes.get(id)];
    if (given === undefined) view.fill(0, begin, begin + window.rows * length);
    else view.set(given.subarray(part.first * length, (part.first + part.count) * length), begin);
  }
}

function execute(run: StepFunction, first: number, count: number): void {
  assert(run(first, count) === count, 'nothing stops a window');
}

/** Gradients of a loss over a window of steps: runs a program forward, asks the loss for its slopes, and goes back through time. */
import { assert, defined } from '../base/assert.ts';
import { problem } from '../base/problem.ts';
import type { Result } from '../base/result.ts';
import { andThen, failed, mapResult, ok } from '../base/result.ts';
import type { Program, Signal, SignalId } from '../build/program.ts';
import type { SurrogateDeclaration } from '../build/surrogates.ts';
import { differentiateProgram, type AdjointPrograms } from '../codegen/adjoint/adjoint-program.ts';
import { compile } from '../codegen/compile.ts';
import type { CompiledProgram, CompileTarget, StepFunction } from '../codegen/compiled.ts';
import type { Precision } from '../codegen/ir/lower.ts';
import { elementBytes, lengthOf, placeOf } from '../codegen/layout.ts';
import { stopSignal } from '../codegen/recording.ts';
import type { SimulationRequest } from '../runtime/simulation.ts';
import { createSignalMemory, type SignalMemory } from '../runtime/signal-memory.ts';

export interface GradientRequest {
  readonly program: Program;
  readonly target: CompileTarget;
  readonly memory: SimulationRequest['memory'];
  /** Default f64. */
  readonly precision?: Precision;
  /** Steps of the window. */
  readonly steps: number;
  /** Constants (weights, parameters, tables of input) and states (their initial values) whose gradients are wanted. */
  readonly wrt: readonly SignalId[];
  /** Signals that the loss looks at, as every step leaves them. */
  readonly observed: readonly SignalId[];
  /** What stands for the derivative of decisions into these signals (spikes of equations); over what they declare themselves. */
  readonly surrogates?: Readonly<Record<SignalId, SurrogateDeclaration>>;
  /** Bytes of the tape; with less than the window needs, parts of it are executed twice. Default 256 MiB. */
  readonly tapeBytes?: number;
}

/** What every step left in an observed signal: [steps, length]. */
export type Outcome = (observed: SignalId) => Float64Array;

export interface LossValue {
  readonly value: number;
  /** Derivatives of the value by the outcome, [steps, length]; what is missing counts as 0. */
  readonly slopes: ReadonlyMap<SignalId, Float64Array>;
}

/** A loss with its derivatives. */
export type Loss = (outcome: Outcome) => LossValue;

export interface Gradients {
  readonly value: number;
  readonly outcome: Outcome;
  readonly gradients: ReadonlyMap<SignalId, Float64Array>;
}

/** A member of a batch: what it writes before it begins (its input, its initial states), and its loss. */
export interface Member {
  readonly contents: ReadonlyMap<SignalId, ArrayLike<number>>;
  readonly loss: Loss;
}

export interface BatchGradients {
  /** Sum over the members. */
  readonly value: number;
  readonly outcomes: readonly Outcome[];
  /** Of constants summed over the members in their order; of initial states those of the last member. */
  readonly gradients: ReadonlyMap<SignalId, Float64Array>;
}

export interface GradientRun {
  /** Contents of a signal; of a state after the last step executed. */
  read(id: SignalId): Float64Array;
  /** Gives a constant its contents, or a state those with which a window begins. */
  write(id: SignalId, values: ArrayLike<number>): void;
  /** Value and gradients from the initial state on. Problem `training/not-finite` where they are not finite. */
  evaluate(loss: Loss): Result<Gradients>;
  /** The same for one member after the other, with the gradients of constants summed. */
  evaluateBatch(members: readonly Member[]): Result<BatchGradients>;
}

const defaultTapeBytes = 0x10000000;

/** Differentiates and compiles. Problems: `training/not-differentiable`, `run/memory`, `run/unknown-target`. */
export function createGradientRun(given: GradientRequest): Result<GradientRun> {
  const request = { ...given, program: withSurrogates(given) };
  const { target, memory, steps, precision = 'f64' } = request;
  assert(steps >= 1, 'a window has at least one step');
  return andThen(rowsOfTape(request), (rows) =>
    andThen(differentiateProgram(request.program, { ...request, rows }), (adjoint) =>
      andThen(compile(adjoint.forward, target, { precision }), (forward) =>
        mapResult(compile(besides(adjoint, forward), target, { precision }), (backward) => {
          const given = memory.allocate(backward.layout.totalBytes, false);
          const signals = createSignalMemory(backward, given);
          signals.initialise('fresh');
          const [ahead, back] = [forward.instantiate(given), backward.instantiate(given)];
          return runOf({ request, adjoint, rows, signals, ahead, back });
        }),
      ),
    ),
  );
}

/** The program whose signals declare the surrogates asked for. */
function withSurrogates({ program, surrogates = {} }: GradientRequest): Program {
  for (const id of Object.keys(surrogates))
    assert(
      program.signals.some((signal) => signal.id === id),
      `signal ${id}`,
    );
  const declared = (signal: Signal): Signal => {
    const surrogate = surrogates[signal.id];
    return surrogate === undefined ? signal : { ...signal, surrogate };
  };
  return { ...program, signals: program.signals.map(declared) };
}

/** As many as fit, but not fewer than the root of the steps: the starts of as many parts are kept besides. */
function rowsOfTape({ program, steps, tapeBytes = defaultTapeBytes, ...request }: GradientRequest): Result<number> {
  return mapResult(differentiateProgram(program, { ...request, rows: 1 }), ({ backward }) => {
    const perStep = backward.signals
      .slice(program.signals.length)
      .filter(({ id }) => id.startsWith('tape/') || id.startsWith('seed/'))
      .reduce((sum, { shape, type }) => sum + lengthOf(shape) * elementBytes[type], 0);
    const fitting = Math.floor(tapeBytes / Math.max(1, perStep));
    return Math.min(steps, Math.max(Math.ceil(Math.sqrt(steps)), fitting));
  });
}

/** The backward program with room left for what the code of the forward one keeps behind the common signals. */
function besides({ forward, backward }: AdjointPrograms, { layout }: CompiledProgram): Program {
  const room = layout.totalBytes - placeOf(layout, stopSignal).offset;
  const id = 'forward/room';
  const reserve: Signal = {
    ...{ id, element: '', name: id, type: 'u8', shape: [Math.max(1, room)], initial: 0, unit: '1', role: 'state' },
  };
  const common = forward.signals.length;
  return { ...backward, signals: [...forward.signals, reserve, ...backward.signals.slice(common)] };
}

interface Window {
  readonly request: GradientRequest;
  readonly adjoint: AdjointPrograms;
  readonly rows: number;
  readonly signals: SignalMemory;
  /** Executes steps forward. */
  readonly ahead: StepFunction;
  /** Undoes a step. */
  readonly back: StepFunction;
}

function runOf(window: Window): GradientRun {
  const { request, signals } = window;
  const changing = request.program.signals.filter(({ role }) => role !== 'constant').map(({ id }) => id);
  const start = contentsOf(changing, signals);
  const stale = new Set(window.adjoint.turned.keys());
  const write = (id: SignalId, values: ArrayLike<number>): void => {
    signals.view(id).set(values);
    start.get(id)?.set(values);
    if (window.adjoint.turned.has(id)) stale.add(id);
  };
  const evaluateMembers = (members: readonly Member[]): Result<BatchGradients> => {
    const found = members.map(({ contents, loss }, number) => {
      for (const [id, values] of contents) write(id, values);
      putBack(start, signals);
      const { outcome, starts } = goAhead(window, changing);
      const { value, slopes } = loss(outcome);
      turnMatrices(window, stale);
      clearAdjoints(window, number === 0);
      const final = contentsOf(changing, signals);
      goBack(window, starts, slopes);
      putBack(final, signals);
      return { value, outcome };
    });
    const value = found.reduce((sum, member) => sum + member.value, 0);
    const gradients = new Map(request.wrt.map((id) => [id, gradientOf(id, window)]));
    if (Number.isFinite(value) && [...gradients.values()].every(allFinite))
      return ok({ value, gradients, outcomes: found.map(({ outcome }) => outcome) });
    return failed(
      problem('training/not-finite', 'The loss or its gradient is not a finite number.', {
        hint: 'Lower the learning rate, clip gradients, or choose a flatter surrogate gradient.',
      }),
    );
  };
  return {
    read: (id) => Float64Array.from(signals.view(id)),
    write,
    evaluate: (loss) =>
      mapResult(evaluateMembers([{ contents: new Map(), loss }]), ({ value, gradients, outcomes }) => ({
        ...{ value, gradients },
        outcome: defined(outcomes[0], 'an outcome'),
      })),
    evaluateBatch: evaluateMembers,
  };
}

function allFinite(values: Float64Array): boolean {
  let nothing = 0;
  for (const value of values) nothing += value - value; // not 0 for what is infinite or no number
  return nothing === 0;
}

/** Fills the matrices with rows and columns exchanged whose constants have been written since. */
function turnMatrices({ adjoint, signals }: Window, stale: Set<SignalId>): void {
  for (const id of stale) {
    const turned = defined(adjoint.turned.get(id), 'a turned matrix');
    const [from, to] = [signals.view(id), signals.view(turned)];
    const [columns = 1, rows = 1] = defined(
      adjoint.backward.signals.find((signal) => signal.id === turned),
      'its signal',
    ).shape;
    for (let row = 0; row < rows; row += 1)
      for (let column = 0; column < columns; column += 1)
        to[column * rows + row] = from[row * columns + column] as number;
  }
  stale.clear();
}

/** Before a member of a batch the adjoints of states are 0; those of constants add up from the first one on. */
function clearAdjoints({ request, adjoint, signals }: Window, first: boolean): void {
  for (const { id, role } of request.program.signals) {
    const found = adjoint.adjointOf(id);
    if (found !== undefined && (first || role !== 'constant')) signals.view(found).fill(0);
  }
}

type Contents = ReadonlyMap<SignalId, ReturnType<SignalMemory['view']>>;

function contentsOf(ids: readonly SignalId[], signals: SignalMemory): Contents {
  return new Map(ids.map((id) => [id, signals.view(id).slice()]));
}

function putBack(contents: Contents, signals: SignalMemory): void {
  for (const [id, values] of contents) signals.view(id).set(values);
}

function gradientOf(id: SignalId, { adjoint, signals }: Window): Float64Array {
  const found = adjoint.adjointOf(id);
  return found === undefined ? new Float64Array(signals.view(id).length) : Float64Array.from(signals.view(found));
}

/** Executes the window part by part; keeps what the loss looks at, and the state at the start of every part. */
function goAhead(
  { request: { steps, observed }, adjoint, rows, signals, ahead }: Window,
  changing: readonly SignalId[],
): { readonly outcome: Outcome; readonly starts: readonly Contents[] } {
  const records = new Map(observed.map((id) => [id, new Float64Array(steps * signals.view(id).length)]));
  const starts: Contents[] = [];
  for (let first = 0; first < steps; first += rows) {
    starts.push(rows < steps ? contentsOf(changing, signals) : new Map());
    const count = Math.min(rows, steps - first);
    execute(ahead, first, count);
    for (const [id, values] of records) {
      const { length } = signals.view(id);
      values.set(signals.view(adjoint.recordOf(id)).subarray(0, count * length), first * length);
    }
  }
  return { outcome: (id) => defined(records.get(id), `${id} is observed`), starts };
}

/** Undoes the window part by part; each but the last one executed is executed again. */
function goBack(
  { request: { steps, observed }, adjoint, rows, signals, ahead, back }: Window,
  starts: readonly Contents[],
  slopes: LossValue['slopes'],
): void {
  for (let part = starts.length - 1; part >= 0; part -= 1) {
    const first = part * rows;
    const count = Math.min(rows, steps - first);
    if (part < starts.length - 1) {
      putBack(defined(starts[part], 'the start of a part'), signals);
      execute(ahead, first, count);
    }
    for (const id of observed) {
      const seed = adjoint.seedOf(id);
      if (seed === undefined) continue;
      const { length } = signals.view(id);
      const given = slopes.get(id);
      if (given === undefined) signals.view(seed).fill(0);
      else signals.view(seed).set(given.subarray(first * length, (first + count) * length));
    }
    for (let step = first + count - 1; step >= first; step -= 1) execute(back, step, 1);
  }
}

function execute(run: StepFunction, first: number, count: number): void {
  assert(run(first, count) === count, 'nothing stops a window');
}

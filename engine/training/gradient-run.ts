/** Gradients of a loss over a window of steps: runs a program forward, asks the loss for its slopes, and goes back through time. */
import { assert, defined } from '../base/assert.ts';
import { problem } from '../base/problem.ts';
import type { Result } from '../base/result.ts';
import { andThen, failed, mapResult, ok } from '../base/result.ts';
import type { Program, Signal, SignalId } from '../build/program.ts';
import type { SurrogateDeclaration } from '../build/surrogates.ts';
import { differentiateProgram, type AdjointPrograms } from '../codegen/adjoint/adjoint-program.ts';
import { compile } from '../codegen/compile.ts';
import type { CompiledProgram, CompileTarget } from '../codegen/compiled.ts';
import type { Precision } from '../codegen/ir/lower.ts';
import { elementBytes, lengthOf, placeOf } from '../codegen/layout.ts';
import { batchedAdjoint } from '../codegen/members/batched-adjoint.ts';
import { stopSignal } from '../codegen/recording.ts';
import type { SimulationRequest } from '../runtime/simulation.ts';
import { createSignalMemory, writeMembers } from '../runtime/signal-memory.ts';
import {
  clearAdjoints,
  contentsOf,
  goAhead,
  goBack,
  lengthIn,
  partOf,
  putBack,
  turnMatrices,
  type Outcome,
  type Slopes,
  type Window,
} from './gradient-window.ts';

export type { Outcome } from './gradient-window.ts';

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
  /** So many members of a batch are computed side by side. Default 1. */
  readonly members?: number;
  /** Constants whose contents differ between members: tables of input. */
  readonly own?: readonly SignalId[];
  /** Elements that draw the same random numbers in all members. */
  readonly alike?: ReadonlySet<string>;
  /** Bytes of the tape; with less than the window needs, parts of it are executed twice. Default 256 MiB. */
  readonly tapeBytes?: number;
}

export interface LossValue {
  readonly value: number;
  /** Derivatives of the value by the outcome. */
  readonly slopes: Slopes;
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
  /**
   * Of constants summed over the members: where they are computed side by side, step by step in their order, else in their
   * order. Of initial states those of the last member.
   */
  readonly gradients: ReadonlyMap<SignalId, Float64Array>;
  /** Of each member: gradients of its initial states and of the constants that are its own. */
  readonly own: readonly ReadonlyMap<SignalId, Float64Array>[];
}

export interface GradientRun {
  /** Contents of a signal in the first member; of a state after the last step executed. */
  read(id: SignalId): Float64Array;
  /** Gives a constant its contents, or a state those with which a window begins, in all members. */
  write(id: SignalId, values: ArrayLike<number>): void;
  /** Value and gradients from the initial state on. Problem `training/not-finite` where they are not finite. */
  evaluate(loss: Loss): Result<Gradients>;
  /** The same for the members of a batch, as many at a time as are computed side by side, with the gradients of constants summed. */
  evaluateBatch(members: readonly Member[]): Result<BatchGradients>;
}

const defaultTapeBytes = 0x10000000;

/** Differentiates and compiles. Problems: `training/not-differentiable`, `run/memory`, `run/unknown-target`. */
export function createGradientRun(given: GradientRequest): Result<GradientRun> {
  const request = { ...given, program: withSurrogates(given) };
  const { program, target, memory, steps, precision = 'f64', observed, members = 1, own = [], alike } = request;
  assert(steps >= 1, 'a window has at least one step');
  return andThen(rowsOfTape(request), (rows) =>
    andThen(differentiateProgram(program, { ...request, rows }), (single) => {
      assert(!own.some((id) => single.turned.has(id)), 'members share their weights');
      const adjoint = batchedAdjoint(program, single, { members, own, ...(alike === undefined ? {} : { alike }) });
      return andThen(compile(adjoint.forward, target, { precision }), (forward) =>
        mapResult(compile(besides(adjoint, forward), target, { precision }), (backward) => {
          const room = memory.allocate(backward.layout.totalBytes, false);
          const signals = createSignalMemory(backward, room);
          signals.initialise('fresh');
          const [ahead, back] = [forward.instantiate(room), backward.instantiate(room)];
          const changing = program.signals.filter(({ role }) => role !== 'constant').map(({ id }) => id);
          const window = { program, steps, observed, members, adjoint, rows, signals, ahead, back, changing };
          return runOf(window, request);
        }),
      );
    }),
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
function rowsOfTape({ tapeBytes = defaultTapeBytes, members = 1, ...request }: GradientRequest): Result<number> {
  const { program, steps } = request;
  return mapResult(differentiateProgram(program, { ...request, rows: 1 }), ({ backward }) => {
    const perStep = backward.signals
      .slice(program.signals.length)
      .filter(({ id }) => id.startsWith('tape/') || id.startsWith('seed/'))
      .reduce((sum, { shape, type }) => sum + lengthOf(shape) * elementBytes[type], 0);
    const fitting = Math.floor(tapeBytes / Math.max(1, members * perStep));
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

type GradientMap = ReadonlyMap<SignalId, Float64Array>;

function runOf(window: Window, { wrt, own = [] }: GradientRequest): GradientRun {
  const { signals, adjoint, changing } = window;
  const start = contentsOf(changing, signals);
  const stale = new Set(adjoint.turned.keys());
  const write = (id: SignalId, values: ArrayLike<number>, member?: number): void => {
    writeMembers(signals, id, values, member);
    const state = start.get(id);
    if (state !== undefined) state.set(signals.view(id));
    if (adjoint.turned.has(id)) stale.add(id);
  };
  const ownIds = wrt.filter((id) => start.has(id) || own.includes(id));
  /** Some members side by side; those missing are copies of the last one whose loss does not count. */
  const evaluateSome = (some: readonly Member[], totals: Map<SignalId, Float64Array>, first: boolean): Some => {
    putBack(start, signals);
    for (let place = 0; place < window.members; place += 1)
      for (const [id, values] of (some[place] ?? some[some.length - 1])?.contents ?? []) write(id, values, place);
    putBack(start, signals);
    const { outcomes, starts } = goAhead(window);
    const losses = some.map(({ loss }, place) => loss(outcomes[place] as Outcome));
    // Where no gradient is wanted there is nothing to go back for.
    if (wrt.length > 0) {
      turnMatrices(window, stale);
      clearAdjoints(window, first);
      const final = contentsOf(changing, signals);
      const slopes = outcomes.map((_, place): Slopes => losses[place]?.slopes ?? new Map());
      goBack(window, starts, slopes);
      putBack(final, signals);
    }
    some.forEach((_, place) => addOwn(window, place, totals));
    const found = some.map((_, place): GradientMap => new Map(ownIds.map((id) => [id, gradientOf(window, id, place)])));
    return { values: losses.map(({ value }) => value), outcomes: outcomes.slice(0, some.length), own: found };
  };
  const evaluateMembers = (members: readonly Member[]): Result<BatchGradients> => {
    const sums = wrt.filter((id) => !start.has(id) && adjoint.isOwn(id));
    const totals = new Map(sums.map((id) => [id, gradientOf(window, id, 0).fill(0)]));
    const parts = [...chunksOf(members, window.members)].map((some, part) => evaluateSome(some, totals, part === 0));
    const all: Some = {
      values: parts.flatMap(({ values }) => values),
      outcomes: parts.flatMap(({ outcomes }) => outcomes),
      own: parts.flatMap((part) => part.own),
    };
    const last = all.own[all.own.length - 1];
    const gradients = new Map(
      wrt.map((id) => [id, totals.get(id) ?? (start.has(id) ? last?.get(id) : undefined) ?? gradientOf(window, id, 0)]),
    );
    return finite({ ...all, gradients, value: all.values.reduce((sum, value) => sum + value, 0) });
  };
  return {
    read: (id) => partOf(window, id, 0),
    write,
    evaluate: (loss) =>
      mapResult(evaluateMembers([{ contents: new Map(), loss }]), ({ value, gradients, outcomes }) => ({
        ...{ value, gradients },
        outcome: defined(outcomes[0], 'an outcome'),
      })),
    evaluateBatch: evaluateMembers,
  };
}

interface Some extends Pick<BatchGradients, 'outcomes' | 'own'> {
  readonly values: readonly number[];
}

function* chunksOf<T>(all: readonly T[], size: number): Generator<readonly T[]> {
  for (let first = 0; first < all.length; first += size) yield all.slice(first, first + size);
}

/** The adjoint of a signal: that of a member where each has its own. 0 where the loss does not depend on it. */
function gradientOf(window: Window, id: SignalId, member: number): Float64Array {
  const found = window.adjoint.adjointOf(id);
  if (found === undefined) return new Float64Array(lengthIn(window, id));
  return partOf(window, id, window.adjoint.isOwn(id) ? member : 0, found);
}

/** Adds the gradients of a member of what each member has for itself. */
function addOwn(window: Window, member: number, totals: ReadonlyMap<SignalId, Float64Array>): void {
  for (const [id, total] of totals) {
    gradientOf(window, id, member).forEach((slope, place) => (total[place] = (total[place] as number) + slope));
  }
}

function finite(found: BatchGradients): Result<BatchGradients> {
  const all = [...found.gradients.values(), ...found.own.flatMap((own) => [...own.values()])];
  if (Number.isFinite(found.value) && all.every(allFinite)) return ok(found);
  return failed(
    problem('training/not-finite', 'The loss or its gradient is not a finite number.', {
      hint: 'Lower the learning rate, clip gradients, or choose a flatter surrogate gradient.',
    }),
  );
}

function allFinite(values: Float64Array): boolean {
  let nothing = 0;
  for (const value of values) nothing += value - value; // not 0 for what is infinite or no number
  return nothing === 0;
}

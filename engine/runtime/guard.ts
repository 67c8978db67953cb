/** The guard against runaway models: which state variables must stay finite, and whether they are. Rule R8 of SPEC.md. */
import { isWritten } from '../base/written.ts';
import type { Program, Signal } from '../build/program.ts';
import { lengthOf } from '../codegen/layout.ts';
import type { SignalMemory } from './signal-memory.ts';

/** A number that must not be. */
export interface Fault {
  readonly signal: Signal;
  readonly index: number;
  readonly value: number;
}

export interface Guard {
  /** Whether all is well with the variables of cells: little work, so it can be asked often. */
  cellsAreSound(): boolean;
  /** Whether all is well with every guarded variable. */
  isSound(): boolean;
  /** The first fault, in the order in which operators change the variables. */
  find(): Fault | undefined;
}

interface Guarded {
  readonly signal: Signal;
  /** It starts infinite ("never spiked"), so it may be infinite again; not a number it may not become. */
  readonly mayBeInfinite: boolean;
}

/** Watches the state variables of a program; one that starts as not a number is left alone. */
export function createGuard(program: Program, memory: SignalMemory): Guard {
  const guarded = guardedSignals(program);
  const most = Math.max(fewestCells, ...program.elements.map(({ size }) => size));
  const ofCells = guarded.filter(({ signal }) => lengthOf(signal.shape) <= most);
  const isSound = ({ signal, mayBeInfinite }: Guarded): boolean => {
    const values = memory.view(signal.id) as Float64Array | Float32Array;
    return mayBeInfinite ? hasNoNaN(values) : isFinite(values);
  };
  return {
    cellsAreSound: () => ofCells.every(isSound),
    isSound: () => guarded.every(isSound),
    find() {
      const found = guarded.find((each) => !isSound(each));
      if (found === undefined) return undefined;
      const { signal, mayBeInfinite } = found;
      const values = memory.view(signal.id) as Float64Array;
      const wrong = (value: number): boolean => (mayBeInfinite ? Number.isNaN(value) : !Number.isFinite(value));
      const index = values.findIndex(wrong);
      return { signal, index, value: values[index] as number };
    },
  };
}

/** Variables up to this long count as those of cells, however few cells there are. */
const fewestCells = 1024;

function guardedSignals({ signals, operators }: Program): readonly Guarded[] {
  const changed = operators.flatMap(({ sets, adds, updates }) => [...sets, ...adds, ...updates]);
  const order = new Map([...changed.entries()].reverse().map(([place, id]) => [id, place]));
  return signals
    .filter(({ role, type }) => role === 'state' && (type === 'f64' || type === 'f32'))
    .map((signal) => ({ signal, ...startOf(signal) }))
    .filter(({ startsNaN }) => !startsNaN)
    .sort((left, right) => (order.get(left.signal.id) ?? 0) - (order.get(right.signal.id) ?? 0));
}

function startOf({ initial }: Signal): { readonly startsNaN: boolean; readonly mayBeInfinite: boolean } {
  const values = typeof initial === 'number' ? [initial] : isWritten(initial) ? [] : initial;
  let [startsNaN, mayBeInfinite] = [false, false];
  for (const value of values) {
    if (Number.isNaN(value)) startsNaN = true;
    else if (!Number.isFinite(value)) mayBeInfinite = true;
  }
  return { startsNaN, mayBeInfinite };
}

/** Zero times a number is zero unless it is infinite or not a number; four sums, so that one need not wait for the other. */
function isFinite(values: Float64Array | Float32Array): boolean {
  let [a, b, c, d] = [0, 0, 0, 0];
  const whole = values.length & ~3;
  for (let index = 0; index < whole; index += 4) {
    a += (values[index] as number) * 0;
    b += (values[index + 1] as number) * 0;
    c += (values[index + 2] as number) * 0;
    d += (values[index + 3] as number) * 0;
  }
  for (let index = whole; index < values.length; index += 1) a += (values[index] as number) * 0;
  return a + b + c + d === 0;
}

function hasNoNaN(values: Float64Array | Float32Array): boolean {
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] as number;
    if (value !== value) return false;
  }
  return true;
}

/** Code remembered by what it is made from: a program whose operators and signals are the same but for contents has the same code. */
import type { Operator, Program, Signal } from '../build/program.ts';

/** What code is made from, besides the options of its maker. */
type Source = Pick<Program, 'operators' | 'signals' | 'timeStepSeconds'>;

/** Of a signal what its code depends on: not its contents, which may be large and are let go. */
type Shape = Pick<Signal, 'id' | 'type' | 'shape' | 'role' | 'ring'>;

interface Made<O, T> {
  readonly options: O;
  readonly timeStepSeconds: number;
  readonly operators: readonly Operator[];
  readonly shapes: readonly Shape[];
  readonly code: T;
}

/**
 * `make`, or what it gave for one of the last `capacity` sources with equal operators and shapes. `make` must look at
 * nothing else than operators, time step, the shapes of signals, and the options.
 */
export function rememberingCode<S extends Source, O, T>(
  capacity: number,
  make: (source: S, options: O) => T,
): (source: S, options: O) => T {
  const kept: Made<O, T>[] = [];
  return (source, options) => {
    const { operators, signals, timeStepSeconds } = source;
    const found = kept.find(
      (made) =>
        sameValue(made.options, options) &&
        made.timeStepSeconds === timeStepSeconds &&
        sameShapes(made.shapes, signals) &&
        sameValue(made.operators, operators),
    );
    if (found !== undefined) {
      kept.splice(kept.indexOf(found), 1);
      kept.unshift(found);
      return found.code;
    }
    const shapes = signals.map(shapeOf);
    const code = make(source, options);
    kept.unshift({ options, timeStepSeconds, operators, shapes, code });
    kept.length = Math.min(kept.length, capacity);
    return code;
  };
}

function shapeOf({ id, type, shape, role, ring }: Shape): Shape {
  return { id, type, shape, role, ...(ring === undefined ? {} : { ring }) };
}

function sameShapes(shapes: readonly Shape[], signals: readonly Signal[]): boolean {
  return (
    shapes.length === signals.length &&
    shapes.every((known, index) => {
      return sameValue(known, shapeOf(signals[index] as Signal));
    })
  );
}

/** Equal through and through; numbers as `Object.is` has it, so that −0 and NaN are what they are. */
function sameValue(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (Array.isArray(one)) return Array.isArray(other) && sameList(one, other);
  return isPlain(one) && isPlain(other) && sameObject(one, other);
}

function sameList(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((part, index) => sameValue(part, other[index]));
}

function sameObject(one: Record<string, unknown>, other: Record<string, unknown>): boolean {
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && sameValue(one[name], other[name]))
  );
}

/** Plain objects alone are compared by what is in them. */
function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

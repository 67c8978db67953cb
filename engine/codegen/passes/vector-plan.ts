/** Whether the turns of a loop can be done several at a time, and why not if not. */
import type { SignalId } from '../../build/ir/types.ts';
import { bodiesOf, touchedBy } from '../ir/access.ts';
import type { Item, Loop, Region, Value } from '../ir/value.ts';
import { constantOf } from '../ir/value.ts';

/** How a value goes with the index: the same in every turn, index + something that is the same, or free. */
export type Course = 'same' | 'counting' | 'free';

export interface VectorPlan {
  readonly lanes: number;
  readonly courses: ReadonlyMap<Value, Course>;
}

/** Number of elements of a signal. */
export type LengthOf = (signal: SignalId) => number;

/** The plan, or in words why there is none. */
export function planVectors(loop: Loop, lengthOf: LengthOf): VectorPlan | string {
  if (loop.carried.length > 0) return 'hands a value from turn to turn';
  const range = rangeOf(loop);
  const planning: Planning = {
    loop,
    courses: new Map([[loop.index, 'counting']]),
    written: touchedBy(loop.body).writes,
    writtenAt: new Map(),
    numbers: new Set(),
    within: (signal) => range !== undefined && range.from >= 0 && range.to <= lengthOf(signal),
  };
  const refused = planRegion(loop.body, planning, false) ?? checkWritten(loop.body, planning);
  if (refused !== undefined) return refused;
  const lanes = planning.numbers.has('f64') ? 2 : 4;
  if (lanes === 2 && planning.numbers.has('f32')) return 'mixes double and single precision';
  if (range !== undefined && range.to - range.from < lanes) return 'has fewer turns than lanes';
  return { lanes, courses: planning.courses };
}

/** The bounds, where they are constants. */
function rangeOf(loop: Loop): { readonly from: number; readonly to: number } | undefined {
  const [from, to] = [constantOf(loop.from), constantOf(loop.to)];
  return from === undefined || to === undefined ? undefined : { from, to };
}

interface Planning {
  readonly loop: Loop;
  readonly courses: Map<Value, Course>;
  readonly written: ReadonlySet<SignalId>;
  /** The one index at which a signal is written. */
  readonly writtenAt: Map<SignalId, Value>;
  /** Types of the values that differ between lanes. */
  readonly numbers: Set<string>;
  /** Whether every index of the loop lies within a signal. */
  within(signal: SignalId): boolean;
}

/** `guarded`: executed only for some of the lanes. */
function planRegion(region: Region, planning: Planning, guarded: boolean): string | undefined {
  for (const item of region) {
    const refused = planItem(item, planning, guarded);
    if (refused !== undefined) return refused;
  }
  return undefined;
}

function planItem(item: Item, planning: Planning, guarded: boolean): string | undefined {
  switch (item.kind) {
    case 'value':
      return planValue(item.value, planning, guarded);
    case 'store': {
      const { signal, index, value } = item;
      if (courseOf(index, planning) !== 'counting') return `writes ${signal} at scattered places`;
      if (guarded && !isWithin(signal, index, planning)) return `writes ${signal} only for some cells`;
      if ((planning.writtenAt.get(signal) ?? index) !== index) return `writes ${signal} at several places`;
      planning.writtenAt.set(signal, index);
      planning.numbers.add(value.type);
      return undefined;
    }
    case 'if': {
      const inner = guarded || courseOf(item.condition, planning) !== 'same';
      const refused = planRegion(item.then, planning, inner) ?? planRegion(item.else, planning, inner);
      for (const { result } of item.merges) {
        planning.courses.set(result, 'free');
        planning.numbers.add(result.type);
      }
      return refused;
    }
    case 'loop':
      return 'has a loop inside';
    case 'kernel':
      return 'has a kernel inside';
  }
}

function isWithin(signal: SignalId, index: Value, planning: Planning): boolean {
  return index === planning.loop.index && planning.within(signal);
}

function courseOf(value: Value, { courses }: Planning): Course {
  return courses.get(value) ?? 'same';
}

function planValue(value: Value, planning: Planning, guarded: boolean): string | undefined {
  const course = findCourse(value, planning);
  planning.courses.set(value, course);
  if (course === 'free') planning.numbers.add(value.type);
  if (value.operation.kind !== 'load') return undefined;
  const { signal } = value.operation;
  const index = value.inputs[0] as Value;
  const at = courseOf(index, planning);
  if (at !== 'counting')
    return planning.written.has(signal) ? `reads and writes ${signal} at different places` : undefined;
  return guarded && !isWithin(signal, index, planning) ? `reads ${signal} only for some cells` : undefined;
}

function findCourse({ operation, inputs, type }: Value, planning: Planning): Course {
  const courses = inputs.map((input) => courseOf(input, planning));
  if (courses.every((course) => course === 'same')) return 'same';
  if (operation.kind !== 'binary' || type !== 'i32') return 'free';
  const [left, right] = courses;
  if (operation.operator === 'add' && courses.includes('same') && courses.includes('counting')) return 'counting';
  return operation.operator === 'subtract' && left === 'counting' && right === 'same' ? 'counting' : 'free';
}

/** A signal that is written may be read only where it is written. */
function checkWritten(region: Region, planning: Planning): string | undefined {
  for (const item of region) {
    if (item.kind === 'value' && item.value.operation.kind === 'load') {
      const { signal } = item.value.operation;
      const place = planning.writtenAt.get(signal);
      if (place !== undefined && place !== item.value.inputs[0])
        return `reads and writes ${signal} at different places`;
    }
    for (const body of bodiesOf(item)) {
      const refused = checkWritten(body, planning);
      if (refused !== undefined) return refused;
    }
  }
  return undefined;
}

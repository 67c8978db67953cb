/** Vectoriser: a loop becomes one over several turns at a time and a scalar one for what is left. */
import { bodiesOf } from '../ir/access.ts';
import type { Branch, Item, Loop, Operation, Region, Value, ValueType } from '../ir/value.ts';
import { constant, constantOf, define, makeValue, parameter } from '../ir/value.ts';
import type { LengthOf, VectorPlan } from './vector-plan.ts';
import { planVectors } from './vector-plan.ts';

/** What became of a loop. */
export interface LoopReport {
  readonly loop: Loop;
  /** Turns done at a time; 1 for a loop that stays as it is. */
  readonly lanes: number;
  /** Why it stays. */
  readonly reason?: string;
}

/** The region with its innermost loops in lanes where that leaves every bit as it is. */
export function vectorise(region: Region, lengthOf: LengthOf, report: (loop: LoopReport) => void): Region {
  return region.flatMap((item): Item[] => {
    if (item.kind === 'if') {
      const sides = [item.then, item.else].map((side) => vectorise(side, lengthOf, report)) as [Region, Region];
      return [{ ...item, then: sides[0], else: sides[1] }];
    }
    if (item.kind !== 'loop') return [item];
    if (item.body.some((inner) => containsLoop(inner)))
      return [{ ...item, body: vectorise(item.body, lengthOf, report) }];
    const plan = planVectors(item, lengthOf);
    if (typeof plan === 'string') {
      report({ loop: item, lanes: 1, reason: plan });
      return [item];
    }
    report({ loop: item, lanes: plan.lanes });
    return vectorLoop(item, plan);
  });
}

function containsLoop(item: Item): boolean {
  return item.kind === 'loop' || bodiesOf(item).some((body) => body.some(containsLoop));
}

interface Vectoring {
  readonly plan: VectorPlan;
  readonly known: Map<Value, Value>;
  readonly items: Item[];
  /** Lanes in which something happens; all without it. */
  readonly mask: Value | undefined;
}

function vectorLoop(loop: Loop, plan: VectorPlan): Item[] {
  const items: Item[] = [];
  const place = (operation: Operation, inputs: readonly Value[]): Value => {
    const value = makeValue(operation, 'i32', inputs);
    items.push(define(value));
    return value;
  };
  const main = mainEnd(loop, plan.lanes, place);
  const index = parameter('i32');
  const vectoring: Vectoring = { plan, known: new Map([[loop.index, index]]), items: [], mask: undefined };
  vectorRegion(loop.body, vectoring);
  items.push({ ...loop, index, to: main, lanes: plan.lanes, body: vectoring.items });
  const [end, to] = [constantOf(main), constantOf(loop.to)];
  if (end === undefined || end !== to) items.push({ ...loop, from: main });
  return items;
}

/** Where the last whole vector ends. */
function mainEnd(
  { from, to }: Loop,
  lanes: number,
  place: (operation: Operation, inputs: readonly Value[]) => Value,
): Value {
  const [first, end] = [constantOf(from), constantOf(to)];
  if (first !== undefined && end !== undefined) return constant('i32', end - ((end - first) % lanes));
  const turns = place({ kind: 'binary', operator: 'subtract' }, [to, from]);
  const some = place({ kind: 'binary', operator: 'maximum' }, [turns, constant('i32', 0)]);
  const rest = place({ kind: 'binary', operator: 'remainder' }, [some, constant('i32', lanes)]);
  const whole = place({ kind: 'binary', operator: 'subtract' }, [some, rest]);
  return place({ kind: 'binary', operator: 'add' }, [from, whole]);
}

function vectorRegion(region: Region, vectoring: Vectoring): void {
  for (const item of region) vectorItem(item, vectoring);
}

function vectorItem(item: Item, vectoring: Vectoring): void {
  switch (item.kind) {
    case 'value':
      vectoring.known.set(item.value, vectorValue(item.value, vectoring));
      return;
    case 'store': {
      const index = scalar(item.index, vectoring);
      const value = asVector(item.value, vectoring);
      const stored = vectoring.mask === undefined ? value : blendStored(item.signal, index, value, vectoring);
      vectoring.items.push({ kind: 'store', signal: item.signal, index, value: stored });
      return;
    }
    case 'if':
      if (courseOf(item.condition, vectoring) === 'same') uniformBranch(item, vectoring);
      else guardedBranch(item, vectoring);
      return;
    default:
      throw new Error(`Bug: a ${item.kind} inside a loop in lanes`);
  }
}

function courseOf(value: Value, { plan }: Vectoring): string {
  return plan.courses.get(value) ?? 'same';
}

function scalar(value: Value, { known }: Vectoring): Value {
  return known.get(value) ?? value;
}

function place(
  operation: Operation,
  type: ValueType,
  inputs: readonly Value[],
  { items, plan }: Vectoring,
  lanes = plan.lanes,
): Value {
  const value = makeValue(operation, type, inputs, lanes);
  items.push(define(value));
  return value;
}

/** A value in lanes: as it is, spread, or counted up. */
function asVector(value: Value, vectoring: Vectoring): Value {
  const { lanes } = vectoring.plan;
  const fixed = constantOf(value);
  if (fixed !== undefined) return constant(value.type, fixed, lanes);
  const course = courseOf(value, vectoring);
  const now = scalar(value, vectoring);
  if (course === 'free') return now;
  return place({ kind: course === 'same' ? 'splat' : 'iota' }, value.type, [now], vectoring);
}

function vectorValue(value: Value, vectoring: Vectoring): Value {
  const { operation, type, inputs } = value;
  if (courseOf(value, vectoring) !== 'free') {
    return place(
      operation,
      type,
      inputs.map((input) => scalar(input, vectoring)),
      vectoring,
      1,
    );
  }
  const indexed = operation.kind === 'load' || operation.kind === 'draw';
  const consecutive = indexed && courseOf(inputs[0] as Value, vectoring) === 'counting';
  const parts = inputs.map((input, position) =>
    consecutive && position === 0 ? scalar(input, vectoring) : asVector(input, vectoring),
  );
  return place(operation, type, parts, vectoring);
}

/** What stands in memory stays where the mask is not set. */
function blendStored(signal: string, index: Value, value: Value, vectoring: Vectoring): Value {
  const before = place({ kind: 'load', signal }, value.type, [index], vectoring);
  return place({ kind: 'select' }, value.type, [vectoring.mask as Value, value, before], vectoring);
}

/** All lanes take the same side. */
function uniformBranch(branch: Branch, vectoring: Vectoring): void {
  const condition = scalar(branch.condition, vectoring);
  const sides = (['then', 'else'] as const).map((side) => {
    const inner: Vectoring = { ...vectoring, items: [] };
    vectorRegion(branch[side], inner);
    return { items: inner.items, values: branch.merges.map((merge) => asVector(merge[side], inner)) };
  });
  const [then, otherwise] = sides as [(typeof sides)[0], (typeof sides)[0]];
  const merges = branch.merges.map(({ result }, position) => {
    const merged = vectorParameter(result.type, vectoring);
    vectoring.known.set(result, merged);
    return { result: merged, then: then.values[position] as Value, else: otherwise.values[position] as Value };
  });
  vectoring.items.push({ kind: 'if', condition, then: then.items, else: otherwise.items, merges });
}

function vectorParameter(type: ValueType, { plan }: Vectoring): Value {
  return makeValue({ kind: 'parameter' }, type, [], plan.lanes);
}

/** Items up to which doing a side for nothing is cheaper than asking whether any lane needs it. */
const cheapItems = 8;

/** Lanes may take different sides: each side is done under its mask, if any lane takes it. */
function guardedBranch(branch: Branch, vectoring: Vectoring): void {
  const condition = asVector(branch.condition, vectoring);
  const chosen = (['then', 'else'] as const).map((side) => {
    const mask = side === 'then' ? condition : place({ kind: 'not' }, 'bool', [condition], vectoring);
    const { mask: outer } = vectoring;
    const both =
      outer === undefined ? mask : place({ kind: 'binary', operator: 'and' }, 'bool', [outer, mask], vectoring);
    return guardedSide(branch, side, { ...vectoring, mask: both });
  });
  const [then, otherwise] = chosen as [readonly Value[], readonly Value[]];
  branch.merges.forEach(({ result }, position) => {
    const sides = [condition, then[position] as Value, otherwise[position] as Value];
    vectoring.known.set(result, place({ kind: 'select' }, result.type, sides, vectoring));
  });
}

/** Does one side and gives its values of the merges. */
function guardedSide(branch: Branch, side: 'then' | 'else', vectoring: Vectoring): readonly Value[] {
  const region = branch[side];
  if (isCheap(region)) {
    vectorRegion(region, vectoring);
    return branch.merges.map((merge) => asVector(merge[side], vectoring));
  }
  const inner: Vectoring = { ...vectoring, items: [] };
  vectorRegion(region, inner);
  const merges = branch.merges.map((merge) => ({
    result: vectorParameter(merge.result.type, vectoring),
    then: asVector(merge[side], inner),
    else: constant(merge.result.type, 0, vectoring.plan.lanes),
  }));
  const condition = place({ kind: 'any' }, 'bool', [vectoring.mask as Value], vectoring, 1);
  vectoring.items.push({ kind: 'if', condition, then: inner.items, else: [], merges });
  return merges.map(({ result }) => result);
}

function isCheap(region: Region): boolean {
  const plain = region.every(
    (item) => item.kind === 'value' && item.value.operation.kind !== 'call' && item.value.operation.kind !== 'draw',
  );
  return plain && region.length <= cheapItems;
}

/** The order of operators, computed from what they declare; nothing else decides it. */
import type { Problem } from '../base/problem.ts';
import { problem } from '../base/problem.ts';
import type { Result } from '../base/result.ts';
import { failed, ok } from '../base/result.ts';
import type { Operator, SignalId } from './program.ts';
import { slots } from './program.ts';

/** The five ways to touch a signal, in the order in which they must happen within a step. */
const accessOrder = ['sets', 'adds', 'reads', 'updates', 'readsUpdated'] as const;

/**
 * Sorts operators so that per signal: sets → adds → reads → updates → readsUpdated, and several updates of one
 * signal go by slot, order, tie, then by declaration. Operators not bound by that keep that order, too, within a pace.
 * A circle becomes the Problem `model/algebraic-loop` naming the elements on it.
 */
export function schedule(operators: readonly Operator[], nameOf: (element: string) => string): Result<Operator[]> {
  const ordered = [...operators].sort(byMoment);
  const followers = followersOf(ordered);
  const sorted = sortStably(
    followers,
    ordered.map(({ pace }) => pace?.every ?? 1),
  );
  if (sorted.length === ordered.length) return ok(sorted.map((index) => ordered[index] as Operator));
  return failed(loopProblem(ordered, followers, new Set(sorted), nameOf));
}

/** By slot, order and tie; equal ones stay in the order of declaration. */
function byMoment(left: Operator, right: Operator): number {
  return (
    slots.indexOf(left.slot) - slots.indexOf(right.slot) ||
    (left.order ?? 0) - (right.order ?? 0) ||
    compareText(left.tie ?? '', right.tie ?? '')
  );
}

function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** For each operator the set of operators that must come later. */
function followersOf(operators: readonly Operator[]): Set<number>[] {
  const followers = operators.map(() => new Set<number>());
  const groups = new Map<SignalId, number[][]>();
  operators.forEach((operator, index) => {
    accessOrder.forEach((access, stage) => {
      for (const signal of operator[access]) stagesOf(groups, signal)[stage]?.push(index);
    });
  });
  for (const stages of groups.values()) {
    link(stages, followers);
    chain(stages[accessOrder.indexOf('updates')] ?? [], followers);
  }
  return followers;
}

function stagesOf(groups: Map<SignalId, number[][]>, signal: SignalId): number[][] {
  const known = groups.get(signal);
  if (known !== undefined) return known;
  const stages: number[][] = accessOrder.map(() => []);
  groups.set(signal, stages);
  return stages;
}

/** Every operator of a stage comes before every operator of the next stage that has any. */
function link(stages: readonly number[][], followers: readonly Set<number>[]): void {
  const filled = stages.filter((stage) => stage.length > 0);
  for (let position = 1; position < filled.length; position += 1) {
    for (const earlier of filled[position - 1] ?? []) {
      for (const later of filled[position] ?? []) if (earlier !== later) followers[earlier]?.add(later);
    }
  }
}

/** Updates of one signal keep their order. */
function chain(indices: readonly number[], followers: readonly Set<number>[]): void {
  for (let position = 1; position < indices.length; position += 1) {
    const earlier = indices[position - 1] as number;
    const later = indices[position] as number;
    if (earlier !== later) followers[earlier]?.add(later);
  }
}

/**
 * Topological order that takes the lowest free index first, of the pace of the one before where there is one, so that few
 * pieces of code come about; shorter than the input when there is a circle.
 */
function sortStably(followers: readonly Set<number>[], paces: readonly number[]): number[] {
  const waiting = followers.map(() => 0);
  for (const set of followers) for (const index of set) waiting[index] = (waiting[index] as number) + 1;
  const free = waiting.flatMap((count, index) => (count === 0 ? [index] : []));
  const sorted: number[] = [];
  while (free.length > 0) {
    const alike = free.findIndex((index) => paces[index] === paces[sorted.at(-1) ?? index]);
    const [next] = free.splice(Math.max(0, alike), 1) as [number];
    sorted.push(next);
    for (const index of followers[next] ?? []) {
      waiting[index] = (waiting[index] as number) - 1;
      if (waiting[index] === 0) insertSorted(free, index);
    }
  }
  return sorted;
}

function insertSorted(list: number[], value: number): void {
  let position = list.length;
  while (position > 0 && (list[position - 1] as number) > value) position -= 1;
  list.splice(position, 0, value);
}

function loopProblem(
  operators: readonly Operator[],
  followers: readonly Set<number>[],
  sorted: ReadonlySet<number>,
  nameOf: (element: string) => string,
): Problem {
  const circle = findCircle(followers, sorted);
  const elements = [...new Set(circle.map((index) => (operators[index] as Operator).element))];
  const names = elements.map((element) => `"${nameOf(element)}"`).join(' → ');
  return problem('model/algebraic-loop', `The loop through ${names} has no delay, so no order of evaluation exists.`, {
    hint: 'Give one of the connections of the loop a delay of at least one time step.',
    at: { element: elements[0] ?? '' },
  });
}

/** Follows unsorted operators until one repeats. */
function findCircle(followers: readonly Set<number>[], sorted: ReadonlySet<number>): number[] {
  const predecessors = followers.map((): number[] => []);
  followers.forEach((set, index) => {
    if (!sorted.has(index)) for (const later of set) predecessors[later]?.push(index);
  });
  let current = followers.findIndex((_, index) => !sorted.has(index));
  const path: number[] = [];
  while (!path.includes(current)) {
    path.push(current);
    current = predecessors[current]?.[0] ?? current;
  }
  return path.slice(path.indexOf(current)).reverse();
}

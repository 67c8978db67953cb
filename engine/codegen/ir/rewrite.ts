/** Walks regions in order of execution and builds them anew: what most passes are made of. */
import type { Branch, Item, KernelItem, Loop, Region, Store, Value } from './value.ts';
import { constantOf, define, isFloating, makeValue } from './value.ts';

/** What a pass does with what the walk meets. All are optional. */
export interface Rewriter {
  /**
   * The value to use for one whose inputs have been rewritten. Giving back `candidate` has it computed here; other values
   * must be there already, or be placed by `place`.
   */
  value?(candidate: Value, place: (value: Value) => Value): Value;
  /** Before and after a store, with its parts rewritten. */
  store?(store: Store): void;
  kernel?(item: KernelItem): void;
  /** Before the body of a loop, and after it. */
  enterLoop?(loop: Loop): void;
  leaveLoop?(loop: Loop): void;
  /** Before each side of a branch, and after both. */
  enterSide?(branch: Branch, side: 'then' | 'else'): void;
  leaveBranch?(branch: Branch): void;
}

/** A walk under way: what stands for the values of the old region. */
export interface Walk {
  readonly rewriter: Rewriter;
  readonly known: Map<Value, Value>;
}

/** The region as the rewriter wants it. Conditions that became constant choose their branch. */
export function rewriteRegion(region: Region, rewriter: Rewriter, known = new Map<Value, Value>()): Item[] {
  const out: Item[] = [];
  for (const item of region) rewriteItem(item, { rewriter, known }, out);
  return out;
}

/** The value that stands for `value`. */
export function lookUp({ known }: Walk, value: Value): Value {
  return known.get(value) ?? value;
}

function rewriteItem(item: Item, walk: Walk, out: Item[]): void {
  switch (item.kind) {
    case 'value':
      walk.known.set(item.value, rewriteValue(item.value, walk, out));
      return;
    case 'store': {
      const store: Store = { ...item, index: lookUp(walk, item.index), value: lookUp(walk, item.value) };
      walk.rewriter.store?.(store);
      out.push(store);
      return;
    }
    case 'loop':
      rewriteLoop(item, walk, out);
      return;
    case 'if':
      rewriteBranch(item, walk, out);
      return;
    case 'kernel':
      walk.rewriter.kernel?.(item);
      out.push(item);
  }
}

function rewriteValue(value: Value, walk: Walk, out: Item[]): Value {
  const inputs = value.inputs.map((input) => lookUp(walk, input));
  const same = inputs.every((input, position) => input === value.inputs[position]);
  const candidate = same ? value : makeValue(value.operation, value.type, inputs, value.lanes);
  const place = (placed: Value): Value => {
    if (!isFloating(placed)) out.push(define(placed));
    return placed;
  };
  const given = walk.rewriter.value?.(candidate, place) ?? candidate;
  return given === candidate ? place(given) : given;
}

function rewriteLoop(loop: Loop, walk: Walk, out: Item[]): void {
  const { rewriter, known } = walk;
  const initials = loop.carried.map(({ initial }) => lookUp(walk, initial));
  const ends = { from: lookUp(walk, loop.from), to: lookUp(walk, loop.to) };
  rewriter.enterLoop?.(loop);
  const body = rewriteRegion(loop.body, rewriter, known);
  const carried = loop.carried.map((one, position) => ({
    ...one,
    initial: initials[position] as Value,
    next: lookUp(walk, one.next),
  }));
  const made: Loop = { ...loop, ...ends, carried, body };
  rewriter.leaveLoop?.(made);
  out.push(made);
}

function rewriteBranch(branch: Branch, walk: Walk, out: Item[]): void {
  const { rewriter, known } = walk;
  const condition = lookUp(walk, branch.condition);
  const decided = constantOf(condition);
  if (decided !== undefined) {
    for (const item of decided !== 0 ? branch.then : branch.else) rewriteItem(item, walk, out);
    for (const merge of branch.merges) {
      known.set(merge.result, lookUp(walk, decided !== 0 ? merge.then : merge.else));
    }
    return;
  }
  rewriter.enterSide?.(branch, 'then');
  const then = rewriteRegion(branch.then, rewriter, known);
  rewriter.enterSide?.(branch, 'else');
  const otherwise = rewriteRegion(branch.else, rewriter, known);
  const merges = branch.merges.map((merge) => ({
    result: merge.result,
    then: lookUp(walk, merge.then),
    else: lookUp(walk, merge.else),
  }));
  const made: Branch = { kind: 'if', condition, then, else: otherwise, merges };
  rewriter.leaveBranch?.(made);
  out.push(made);
}

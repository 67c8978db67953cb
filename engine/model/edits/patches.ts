/** Patches: the difference of two documents as data, and its application. They keep the order of records, which the model depends on. */
import { z } from '../../base/schema.ts';
import type { SpikeloomDocument } from '../document.ts';
import { isSafeKey } from '../foreign-limits.ts';
import { dropRecord } from '../records.ts';

const path = z.array(z.string().refine(isSafeKey)).min(1).max(16);

/**
 * One change at a path of keys. `add` puts the key before the key `before` (at the end without it). Lists are
 * replaced as a whole.
 */
export const patchSchema = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('add'), path, value: z.unknown(), before: z.string().optional() }),
  z.strictObject({ op: z.literal('replace'), path, value: z.unknown() }),
  z.strictObject({ op: z.literal('remove'), path }),
]);
export type Patch = Readonly<z.infer<typeof patchSchema>>;

type Group = Readonly<Record<string, unknown>>;

function isGroup(value: unknown): value is Group {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Patches that lead from one document to the other; [] when they are equal. Parts that both share are not looked into. */
export function differences(from: SpikeloomDocument, to: SpikeloomDocument): Patch[] {
  return groupDifferences(from, to, []);
}

function groupDifferences(from: Group, to: Group, path: readonly string[]): Patch[] {
  if (from === to) return [];
  const removed = Object.keys(from).filter((key) => !Object.hasOwn(to, key));
  const changed = Object.keys(from).flatMap((key) =>
    Object.hasOwn(to, key) ? valueDifferences(from[key], to[key], [...path, key]) : [],
  );
  const removals = removed.map((key): Patch => ({ op: 'remove', path: [...path, key] }));
  return [...removals, ...changed, ...additions(from, to, path)];
}

function valueDifferences(from: unknown, to: unknown, path: string[]): Patch[] {
  if (Object.is(from, to)) return [];
  if (isGroup(from) && isGroup(to) && sameOrder(from, to)) return groupDifferences(from, to, path);
  return sameList(from, to) ? [] : [{ op: 'replace', path, value: to }];
}

/** Added keys from the last to the first, so that each finds the key it stands before. */
function additions(from: Group, to: Group, path: readonly string[]): Patch[] {
  const patches: Patch[] = [];
  let before: string | undefined;
  for (const key of Object.keys(to).reverse()) {
    if (!Object.hasOwn(from, key)) {
      const patch = { op: 'add' as const, path: [...path, key], value: to[key] };
      patches.push(before === undefined ? patch : { ...patch, before });
    }
    before = key;
  }
  return patches;
}

/** Whether the keys that both have stand in the same order. */
function sameOrder(left: Group, right: Group): boolean {
  const shared = Object.keys(right).filter((key) => Object.hasOwn(left, key));
  let at = 0;
  for (const key of Object.keys(left)) {
    if (Object.hasOwn(right, key) && shared[at++] !== key) return false;
  }
  return true;
}

function sameList(left: unknown, right: unknown): boolean {
  return Array.isArray(left) && Array.isArray(right) && JSON.stringify(left) === JSON.stringify(right);
}

/** The document after the patches; undefined when they do not fit it. Shares with the old one what did not change. */
export function applyPatches(document: SpikeloomDocument, patches: readonly Patch[]): SpikeloomDocument | undefined {
  let result: Group | undefined = document;
  for (const together of byParent(patches)) {
    const parent = together[0]?.path.slice(0, -1) ?? [];
    result = changeAt(result, parent, (group) => changeGroup(group, together));
    if (result === undefined) return undefined;
  }
  return result as SpikeloomDocument;
}

/** Runs of patches that change the same group, so that it is copied once for all of them. */
function byParent(patches: readonly Patch[]): Patch[][] {
  const runs: Patch[][] = [];
  for (const patch of patches) {
    const run = runs.at(-1);
    const first = run?.[0];
    if (run !== undefined && first !== undefined && sameParent(first.path, patch.path)) run.push(patch);
    else runs.push([patch]);
  }
  return runs;
}

function sameParent(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((key, at) => at === left.length - 1 || key === right[at]);
}

function changeAt(
  group: Group,
  path: readonly string[],
  change: (group: Group) => Group | undefined,
): Group | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return change(group);
  const inner = Object.hasOwn(group, key) ? group[key] : undefined;
  const changed = isGroup(inner) ? changeAt(inner, rest, change) : undefined;
  return changed && { ...group, [key]: changed };
}

/** Keys that are to be added, with the key each stands before (undefined = the end). */
interface Additions {
  readonly values: Map<string, unknown>;
  readonly before: Map<string | undefined, string[]>;
}

function changeGroup(group: Group, patches: readonly Patch[]): Group | undefined {
  const copy: Record<string, unknown> = { ...group };
  const added: Additions = { values: new Map(), before: new Map() };
  for (const patch of patches) {
    const key = patch.path.at(-1) as string;
    if (Object.hasOwn(copy, key) === (patch.op === 'add')) return undefined;
    if (patch.op === 'remove') dropRecord(copy, key);
    else if (patch.op === 'replace') copy[key] = patch.value;
    else if (!takeIn(added, copy, key, patch.value, patch.before)) return undefined;
  }
  return added.values.size === 0 ? copy : inserted(copy, added);
}

/** Notes an added key; false when it is there twice or stands before a key that is not there. */
function takeIn(added: Additions, group: Group, key: string, value: unknown, before: string | undefined): boolean {
  if (added.values.has(key)) return false;
  if (before !== undefined && !Object.hasOwn(group, before) && !added.values.has(before)) return false;
  added.values.set(key, value);
  const together = added.before.get(before) ?? [];
  together.push(key);
  added.before.set(before, together);
  return true;
}

/** The group with the added keys at their places. */
function inserted(group: Group, added: Additions): Group {
  const result: Record<string, unknown> = {};
  for (const key of [...Object.keys(group), undefined]) {
    // Added keys may stand before added keys: a chain of any length, walked without recursion.
    const chain: string[] = [];
    const waiting = [...(added.before.get(key) ?? [])];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      chain.push(next);
      waiting.push(...(added.before.get(next) ?? []));
    }
    for (const each of chain.reverse()) result[each] = added.values.get(each);
    if (key !== undefined) result[key] = group[key];
  }
  return result;
}

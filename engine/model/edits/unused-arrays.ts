/** Arrays that an edit made unused leave the document with it; undoing the edit brings them back. */
import { referencedArray } from '../consistency.ts';
import type { SpikeloomDocument } from '../document.ts';
import type { ParameterValue } from '../value.ts';

interface Owner {
  readonly parameters: Readonly<Record<string, ParameterValue>>;
}

/** `next` without the arrays that the step from `before` to `next` left without reference. Others stay, used or not. */
export function withoutUnusedArrays(before: SpikeloomDocument, next: SpikeloomDocument): SpikeloomDocument {
  const candidates = new Set([
    ...dropped(before.elements, next.elements),
    ...dropped(before.connections, next.connections),
  ]);
  for (const id of Object.keys(next.arrays)) {
    if (next.arrays !== before.arrays && !Object.hasOwn(before.arrays, id)) candidates.add(id);
  }
  if (candidates.size === 0) return next;
  for (const owner of [...Object.values(next.elements), ...Object.values(next.connections)]) {
    for (const id of references(owner)) candidates.delete(id);
  }
  const unused = [...candidates].filter((id) => Object.hasOwn(next.arrays, id));
  if (unused.length === 0) return next;
  return { ...next, arrays: Object.fromEntries(Object.entries(next.arrays).filter(([id]) => !unused.includes(id))) };
}

/** Arrays that changed or removed records referred to. */
function dropped(before: Readonly<Record<string, Owner>>, next: Readonly<Record<string, Owner>>): string[] {
  if (before === next) return [];
  return Object.entries(before).flatMap(([id, owner]) => (next[id] === owner ? [] : references(owner)));
}

function references(owner: Owner): string[] {
  return Object.values(owner.parameters).flatMap((value) => referencedArray(value) ?? []);
}

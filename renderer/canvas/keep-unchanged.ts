/** Keeps the objects of the last picture where nothing changed, so that React Flow redraws only the blocks that did. */

/** A function that returns the new list with every equal entry replaced by the one given before. */
export function createKeeper<T extends { readonly id: string }>(): (entries: readonly T[]) => T[] {
  let before = new Map<string, T>();
  return (entries) => {
    const kept = entries.map((entry) => {
      const earlier = before.get(entry.id);
      return earlier !== undefined && sameValue(earlier, entry) ? earlier : entry;
    });
    before = new Map(kept.map((entry) => [entry.id, entry]));
    return kept;
  };
}

/** Equal in content. Records of the document are compared by identity first, which settles nearly every case. */
function sameValue(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  const leftKeys = Object.keys(left);
  if (leftKeys.length !== Object.keys(right).length) return false;
  return leftKeys.every(
    (key) => key in right && sameValue((left as Record<string, unknown>)[key], (right as Record<string, unknown>)[key]),
  );
}

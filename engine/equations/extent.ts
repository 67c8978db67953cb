/** How large trees are once subexpressions are written out; bounded, so that no text exhausts stack, memory or patience. */
import type { Definition, Flag } from './model-equations.ts';
import { children, type Tree } from './tree.ts';

export interface Extent {
  readonly nodes: number;
  /** Nodes on the longest way from the top down. */
  readonly height: number;
}

/** Most of both that an expression may have with all its subexpressions written out. */
const largest: Extent = { nodes: 20_000, height: 500 };
const leaf: Extent = { nodes: 1, height: 1 };

/** Subexpressions with these are values of their own. */
const keptFlags: readonly Flag[] = ['constant over dt', 'summed'];

export function isTooLarge({ nodes, height }: Extent): boolean {
  return nodes > largest.nodes || height > largest.height;
}

/** The extent of a tree whose names stand for trees themselves; undefined is a name as such. Safe for trees of any height. */
export function extentOf(tree: Tree, ofName: (name: string) => Extent | undefined = () => undefined): Extent {
  let [nodes, height] = [0, 0];
  const waiting: (readonly [Tree, number])[] = [[tree, 1]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [part, depth] = next;
    const own = (part.kind === 'name' ? ofName(part.name) : undefined) ?? leaf;
    nodes += own.nodes;
    height = Math.max(height, depth + own.height - 1);
    for (const child of children(part)) waiting.push([child, depth + 1]);
  }
  return { nodes, height };
}

/** The extents of all subexpressions that are written out where they are read. */
export function subexpressionExtents(definitions: readonly Definition[]): ReadonlyMap<string, Extent> {
  const written = new Map(
    definitions
      .filter(({ kind, flags }) => kind === 'subexpression' && !flags.some((flag) => keptFlags.includes(flag)))
      .map(({ name, expression }) => [name, expression]),
  );
  const extents = new Map<string, Extent>();
  const find = (name: string): Extent | undefined => {
    const known = extents.get(name);
    const expression = written.get(name);
    if (known !== undefined || expression === undefined) return known;
    // Circles end here; they are a problem of their own.
    extents.set(name, leaf);
    const found = extentOf(expression, find);
    extents.set(name, found);
    return found;
  };
  for (const name of written.keys()) find(name);
  return extents;
}

/** Putting trees in the place of names. */
import { children, mapChildren, type Tree } from './tree.ts';

/** The tree with every name for which `replacement` gives a tree replaced by it; arguments of calls included. */
export function substitute(tree: Tree, replacement: (name: string) => Tree | undefined): Tree {
  if (tree.kind === 'name') return replacement(tree.name) ?? tree;
  return mapChildren(tree, (child) => substitute(child, replacement));
}

/** Number of nodes of a tree as it is written out; parts that are shared count each time. */
export function treeSize(tree: Tree, sizes: Map<Tree, number> = new Map()): number {
  const known = sizes.get(tree);
  if (known !== undefined) return known;
  const size = children(tree).reduce((total, child) => total + treeSize(child, sizes), 1);
  sizes.set(tree, size);
  return size;
}

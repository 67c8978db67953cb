/** Putting trees in the place of names. */
import { mapChildren, type Tree } from './tree.ts';

/** The tree with every name for which `replacement` gives a tree replaced by it; arguments of calls included. */
export function substitute(tree: Tree, replacement: (name: string) => Tree | undefined): Tree {
  if (tree.kind === 'name') return replacement(tree.name) ?? tree;
  return mapChildren(tree, (child) => substitute(child, replacement));
}

/** Functions whose values are there only while a network runs: random numbers and numbers of steps. */
import { builtinFunctions } from './functions.ts';
import type { CallTree, Tree } from './tree.ts';

/** The first call in a tree that has no value before the run; undefined when all have one. */
export function runTimeCall(tree: Tree): CallTree | undefined {
  if (tree.kind === 'call' && isRunTime(tree.function)) return tree;
  for (const part of partsOf(tree)) {
    const found = runTimeCall(part);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isRunTime(name: string): boolean {
  return name === 'timestep' || builtinFunctions.get(name)?.random === true;
}

function partsOf(tree: Tree): readonly Tree[] {
  switch (tree.kind) {
    case 'call':
      return tree.arguments;
    case 'select':
      return [tree.condition, tree.whenTrue, tree.whenFalse];
    case 'unary':
      return [tree.operand];
    case 'binary':
      return [tree.left, tree.right];
    default:
      return [];
  }
}

/** Checking calls: number of arguments, their dimensions and what comes out (rule E16 of SPEC.md). */
import {
  describeDimension,
  dimensionless,
  dimensionOf,
  equalDimensions,
  isDimensionless,
  powerDimension,
  type Dimension,
} from '../units/dimension.ts';
import { isCondition, isNumber, note, noteUnknown, type Checker, type Typed } from './checker.ts';
import { builtinFunctions, type BuiltinFunction } from './functions.ts';
import { printTree } from './print.ts';
import type { ExternalFunction } from './scope.ts';
import type { CallTree, Tree } from './tree.ts';

const time = dimensionOf({ s: 1 });

/** Dimension and type of a call; undefined when something is wrong, which has been noted then. */
export function checkCall(checker: Checker, tree: CallTree): Typed | undefined {
  const found = tree.arguments.map(checker.infer);
  const builtin = builtinFunctions.get(tree.function);
  if (builtin !== undefined) {
    return hasArity(checker, tree, builtin.arity) && areTyped(found)
      ? checkBuiltin(checker, tree, builtin, found)
      : undefined;
  }
  const external = checker.scope.findFunction(tree.function);
  return external === undefined ? unknownFunction(checker, tree) : checkExternal(checker, tree, external, found);
}

function checkExternal(
  checker: Checker,
  tree: CallTree,
  external: ExternalFunction,
  found: readonly (Typed | undefined)[],
): Typed | undefined {
  const most = external.arguments.length;
  const given = tree.arguments.length;
  const arity = given < most && given >= most - (external.optional ?? 0) ? given : most;
  if (!hasArity(checker, tree, arity) || !areTyped(found)) return undefined;
  return argumentsFit(checker, tree, found, external.arguments.slice(0, arity))
    ? { dimension: external.dimension, type: 'float' }
    : undefined;
}

function areTyped(found: readonly (Typed | undefined)[]): found is readonly Typed[] {
  return !found.includes(undefined);
}

function unknownFunction(checker: Checker, tree: CallTree): undefined {
  const value = checker.scope.find(tree.function);
  if (value === undefined)
    return noteUnknown(checker, tree.function, tree.nameSpan, `The function "${tree.function}" does not exist.`);
  return note(
    checker,
    'equations/unknown-name',
    `"${tree.function}" is a value, not a function.`,
    tree.nameSpan,
    'Write * to multiply.',
  );
}

function hasArity(checker: Checker, tree: CallTree, arity: number): boolean {
  if (tree.arguments.length === arity) return true;
  const wanted = arity === 1 ? '1 argument' : `${arity} arguments`;
  note(checker, 'equations/syntax', `${tree.function} takes ${wanted}, not ${tree.arguments.length}.`, tree.span);
  return false;
}

function checkBuiltin(
  checker: Checker,
  tree: CallTree,
  builtin: BuiltinFunction,
  found: readonly Typed[],
): Typed | undefined {
  const { rule, type } = builtin;
  const first = found[0]?.dimension ?? dimensionless;
  switch (rule) {
    case 'dimensionless':
      return argumentsFit(
        checker,
        tree,
        found,
        found.map(() => dimensionless),
      )
        ? { dimension: dimensionless, type }
        : undefined;
    case 'timestep':
      return argumentsFit(checker, tree, found, [time, time]) ? { dimension: dimensionless, type } : undefined;
    case 'truncate':
      return plainNumber(checker, tree, first) ? { dimension: dimensionless, type } : undefined;
    case 'clip':
    case 'pair':
      return argumentsFit(
        checker,
        tree,
        found,
        found.map(() => first),
      )
        ? { dimension: first, type: commonType(found) }
        : undefined;
    case 'where':
      return checkChoice(checker, tree, found);
    default:
      return argumentsFit(checker, tree, found, [first])
        ? { dimension: keptDimension(rule, first), type: keptType(rule, type, found) }
        : undefined;
  }
}

/** `where(c, a, b)`: a where the condition c holds, else b. */
function checkChoice(checker: Checker, tree: CallTree, found: readonly Typed[]): Typed | undefined {
  const [condition, yes, no] = found as readonly [Typed, Typed, Typed];
  const [first, , last] = tree.arguments as [Tree, Tree, Tree];
  if (!isCondition(checker, first, condition)) return undefined;
  if (yes.type === 'boolean' && no.type === 'boolean') return yes;
  const numbers = [yes, no].map((typed, index) => isNumber(checker, tree.arguments[index + 1] as Tree, typed));
  if (numbers.includes(false)) return undefined;
  if (!equalDimensions(yes.dimension, no.dimension)) {
    const message = `where gives ${describeDimension(yes.dimension)} or "${printTree(last)}", which is ${describeDimension(no.dimension)}.`;
    return note(checker, 'equations/dimension', message, last.span);
  }
  return { dimension: yes.dimension, type: commonType([yes, no]) };
}

function commonType(found: readonly Typed[]): Typed['type'] {
  return found.every((typed) => typed.type === 'integer') ? 'integer' : 'float';
}

function keptDimension(rule: BuiltinFunction['rule'], dimension: Dimension): Dimension {
  if (rule === 'sign') return dimensionless;
  return rule === 'root' ? powerDimension(dimension, 0.5) : dimension;
}

function keptType(rule: BuiltinFunction['rule'], type: 'float' | 'integer', found: readonly Typed[]): Typed['type'] {
  return rule === 'keep' && found[0]?.type === 'integer' ? 'integer' : type;
}

function plainNumber(checker: Checker, tree: CallTree, dimension: Dimension): boolean {
  return isDimensionless(dimension) || noteArgument(checker, tree, 0, dimension, dimensionless);
}

/** Whether every argument is a number of the dimension wanted; the argument that is not is marked. */
function argumentsFit(
  checker: Checker,
  tree: CallTree,
  found: readonly Typed[],
  expected: readonly Dimension[],
): boolean {
  const fits = found.map((typed, index) => {
    const wanted = expected[index] ?? dimensionless;
    if (!isNumber(checker, tree.arguments[index] as Tree, typed)) return false;
    return equalDimensions(typed.dimension, wanted) || noteArgument(checker, tree, index, typed.dimension, wanted);
  });
  return !fits.includes(false);
}

function noteArgument(checker: Checker, tree: CallTree, index: number, found: Dimension, wanted: Dimension): false {
  const argument = tree.arguments[index] as Tree;
  const place = tree.arguments.length === 1 ? 'the argument' : `argument ${index + 1}`;
  const message = `${capital(place)} of ${tree.function} has to be ${describeDimension(wanted)}, but "${printTree(argument)}" is ${describeDimension(found)}.`;
  const hint = isDimensionless(wanted) ? `Divide it by a quantity of the same dimension.` : undefined;
  note(checker, 'equations/dimension', message, argument.span, hint);
  return false;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

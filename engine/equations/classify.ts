/** Classifying right-hand sides: linear in some names, with noise, conditionally linear (rules E25–E27 of SPEC.md). */
import { number } from './make-tree.ts';
import { difference, isNumber, negative, product, quotient, sum } from './simplify.ts';
import { namesIn, type BinaryTree, type Tree, type UnaryTree } from './tree.ts';

/** A tree as constant + Σ coefficient·name. */
export interface LinearForm {
  /** What does not multiply any of the names. */
  readonly constant: Tree;
  /** Factors of the names that occur; never the number zero. */
  readonly coefficients: ReadonlyMap<string, Tree>;
}

/**
 * Splits a tree by the first powers of `names`; undefined when it is not linear in them. With `opaque`, functions,
 * powers and denominators that hold the names count as constant (as the exponential Euler method takes exp(v)), but
 * x·x and x**2 are still refused.
 */
export function linearForm(tree: Tree, names: ReadonlySet<string>, opaque = false): LinearForm | undefined {
  if (tree.kind === 'name' && names.has(tree.name))
    return { constant: number(0), coefficients: new Map([[tree.name, number(1)]]) };
  if (!mentions(tree, names)) return constantForm(tree);
  if (tree.kind === 'unary' && tree.operator !== 'not') return signedForm(tree, names, opaque);
  if (tree.kind === 'binary') return binaryForm(tree, names, opaque);
  return opaque ? constantForm(tree) : undefined;
}

/** Whether any of the names occurs in the tree. */
export function mentions(tree: Tree, names: ReadonlySet<string>): boolean {
  return [...namesIn(tree)].some((found) => names.has(found));
}

/** Drift and noise of a right-hand side: f + Σ g·xi. Undefined when noise does not enter as a plain factor. */
export function splitNoise(tree: Tree, noises: readonly string[]): LinearForm | undefined {
  return linearForm(tree, new Set(noises));
}

function constantForm(tree: Tree): LinearForm {
  return { constant: tree, coefficients: new Map() };
}

function signedForm(tree: UnaryTree, names: ReadonlySet<string>, opaque: boolean): LinearForm | undefined {
  const form = linearForm(tree.operand, names, opaque);
  return tree.operator === '+' ? form : form && mapForm(form, negative);
}

function binaryForm(tree: BinaryTree, names: ReadonlySet<string>, opaque: boolean): LinearForm | undefined {
  switch (tree.operator) {
    case '+':
    case '-':
      return additiveForm(tree, names, opaque);
    case '*':
      return productForm(tree, names, opaque);
    case '/':
      return quotientForm(tree, names, opaque);
    case '**':
      return powerForm(tree, names, opaque);
    default:
      return opaque ? constantForm(tree) : undefined;
  }
}

function additiveForm(tree: BinaryTree, names: ReadonlySet<string>, opaque: boolean): LinearForm | undefined {
  const left = linearForm(tree.left, names, opaque);
  const right = linearForm(tree.right, names, opaque);
  if (left === undefined || right === undefined) return undefined;
  const join = tree.operator === '+' ? sum : difference;
  const coefficients = new Map<string, Tree>();
  for (const name of new Set([...left.coefficients.keys(), ...right.coefficients.keys()])) {
    const factor = join(left.coefficients.get(name) ?? number(0), right.coefficients.get(name) ?? number(0));
    if (!isNumber(factor, 0)) coefficients.set(name, factor);
  }
  return { constant: join(left.constant, right.constant), coefficients };
}

function productForm(tree: BinaryTree, names: ReadonlySet<string>, opaque: boolean): LinearForm | undefined {
  // A literal zero switches a term off, whatever it multiplies.
  if (isNumber(tree.left, 0) || isNumber(tree.right, 0)) return constantForm(number(0));
  const left = linearForm(tree.left, names, opaque);
  const right = linearForm(tree.right, names, opaque);
  if (left === undefined || right === undefined) return undefined;
  if (left.coefficients.size > 0 && right.coefficients.size > 0) return undefined;
  return right.coefficients.size > 0
    ? mapForm(right, (part) => product(left.constant, part))
    : mapForm(left, (part) => product(part, right.constant));
}

function quotientForm(tree: BinaryTree, names: ReadonlySet<string>, opaque: boolean): LinearForm | undefined {
  if (!opaque && mentions(tree.right, names)) return undefined;
  const left = linearForm(tree.left, names, opaque);
  return left && mapForm(left, (part) => quotient(part, tree.right));
}

/** Whole powers of a sum that holds the names are products; only the first is linear. Other powers are opaque. */
function powerForm(tree: BinaryTree, names: ReadonlySet<string>, opaque: boolean): LinearForm | undefined {
  if (isNumber(tree.right, 1)) return linearForm(tree.left, names, opaque);
  if (isNumber(tree.right, 0)) return constantForm(number(1));
  const base = linearForm(tree.left, names, opaque);
  const polynomial = tree.right.kind === 'number' && Number.isInteger(tree.right.value) && tree.right.value > 0;
  if (polynomial && (base === undefined || base.coefficients.size > 0)) return undefined;
  return opaque ? constantForm(tree) : undefined;
}

function mapForm(form: LinearForm, change: (part: Tree) => Tree): LinearForm {
  const coefficients = [...form.coefficients].map(([name, factor]) => [name, change(factor)] as const);
  return { constant: change(form.constant), coefficients: new Map(coefficients) };
}

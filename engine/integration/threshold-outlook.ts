/**
 * Whether a threshold may come to hold by itself: bounds of all that a linear system will ever be, from its present
 * state. Coefficients and drives are taken to stand still, as they do between events.
 */
import { defined } from '../base/assert.ts';
import { linearForm, mentions } from '../equations/classify.ts';
import { add, binary, call, divide, multiply, name, negate, number, select, subtract } from '../equations/make-tree.ts';
import type { Assignment } from '../equations/statement-sequence.ts';
import { isComparison, type BinaryTree, type Tree } from '../equations/tree.ts';
import { reach, type LinearRow } from './linear-system.ts';
import type { Outlook } from './method.ts';

/** Names of the least and the most that a variable will be. */
interface Bounds {
  readonly low: Tree;
  readonly high: Tree;
}

/** A proof under construction: bounds that were asked for, in an order in which they can be computed. */
interface Proof {
  readonly rows: readonly LinearRow[];
  readonly names: ReadonlySet<string>;
  readonly assignments: Assignment[];
  readonly known: Map<string, Bounds>;
}

/** Rounding may lift a value above its bound by far less than this part of it. */
const slack = 1e-9;

const infinity = number(Number.POSITIVE_INFINITY);

/** The outlook, or why nothing can be told, as the end of a sentence. */
export function thresholdOutlook(rows: readonly LinearRow[], threshold: Tree): Outlook | string {
  const names = new Set(rows.map(({ equation }) => equation.variable));
  const circle = circular(rows, threshold);
  if (circle !== undefined) return `${circle} depends on itself by way of others, so nothing tells how far it will get`;
  const proof: Proof = { rows, names, assignments: [], known: new Map() };
  const condition = mayHold(proof, threshold);
  return condition === undefined
    ? 'the threshold is not made of comparisons in which variables stand linearly'
    : { assignments: proof.assignments, condition };
}

/** A variable of which the threshold is made and that depends on itself by way of others. */
function circular(rows: readonly LinearRow[], threshold: Tree): string | undefined {
  const reached = reach(rows);
  const follows = (variable: string, other: string): boolean => reached.get(variable)?.has(other) === true;
  const asked = [...reached.keys()].filter((variable) => mentions(threshold, new Set([variable])));
  const needed = new Set(asked.flatMap((variable) => [...(reached.get(variable) ?? [])]));
  return [...needed].find((variable) =>
    [...needed].some((other) => other !== variable && follows(variable, other) && follows(other, variable)),
  );
}

/** True where the condition may hold now or later; undefined for conditions of other forms. */
function mayHold(proof: Proof, tree: Tree): Tree | undefined {
  if (!mentions(tree, proof.names)) return tree;
  if (tree.kind !== 'binary') return undefined;
  if (tree.operator === 'and' || tree.operator === 'or') {
    const [left, right] = [mayHold(proof, tree.left), mayHold(proof, tree.right)];
    return left === undefined || right === undefined ? undefined : binary(tree.operator, left, right);
  }
  return isComparison(tree.operator) ? mayCompare(proof, tree) : undefined;
}

/** Whether the larger side may get above the smaller: not so if the most of their difference is clearly below zero. */
function mayCompare(proof: Proof, { operator, left, right }: BinaryTree): Tree | undefined {
  if (operator === '==' || operator === '!=') return undefined;
  const [larger, smaller] = operator === '>' || operator === '>=' ? [left, right] : [right, left];
  const form = linearForm(subtract(larger, smaller), proof.names);
  if (form === undefined) return undefined;
  let most: Tree = form.constant;
  let size: Tree = call('abs', form.constant);
  for (const [variable, factor] of form.coefficients) {
    const { low, high } = scaled(factor, boundsOf(proof, variable));
    most = add(most, high);
    size = add(size, call('max', call('abs', low), call('abs', high)));
  }
  // Written so that what is no number counts as possible.
  const sure = binary('<', most, multiply(number(-slack), size));
  return { kind: 'unary', operator: 'not', operand: sure, span: larger.span };
}

function scaled(factor: Tree, { low, high }: Bounds): Bounds {
  const [one, other] = [multiply(factor, low), multiply(factor, high)];
  return { low: call('min', one, other), high: call('max', one, other) };
}

function boundsOf(proof: Proof, variable: string): Bounds {
  const known = proof.known.get(variable);
  if (known !== undefined) return known;
  const row = defined(
    proof.rows.find(({ equation }) => equation.variable === variable),
    variable,
  );
  const [low, high] = [lastingBound(proof, row, 'low'), lastingBound(proof, row, 'high')];
  const keep = (side: string, expression: Tree): Tree => {
    proof.assignments.push({ target: `_${side}_${variable}`, expression });
    return name(`_${side}_${variable}`);
  };
  const bounds = { low: keep('low', low), high: keep('high', high) };
  proof.known.set(variable, bounds);
  return bounds;
}

type Side = 'low' | 'high';

const outer = { low: 'min', high: 'max' } as const;
const inner = { low: 'max', high: 'min' } as const;

/** The bound of a variable on one side, from its own decay and the bounds of what drives it. */
function lastingBound(proof: Proof, row: LinearRow, side: Side): Tree {
  const { variable } = row.equation;
  const own = row.coefficients.get(variable);
  const sources = [...row.coefficients].filter(([source]) => source !== variable);
  const drive = row.drive ?? number(0);
  const push = sources.reduce<Tree>(
    (sum, [source, factor]) => add(sum, scaled(factor, boundsOf(proof, source))[side]),
    drive,
  );
  const far = side === 'high' ? infinity : negate(infinity);
  if (own === undefined) {
    if (sources.length === 0 && row.drive === undefined) return name(variable);
    return select(binary(side === 'high' ? '<=' : '>=', push, number(0)), name(variable), far);
  }
  // The variable moves towards what its drive holds it at, never past it.
  const held = call(outer[side], name(variable), divide(push, negate(own)));
  const fading = chargeBound(proof, row, own, side);
  const bound = fading === undefined ? held : call(inner[side], held, fading);
  return select(binary('<', own, number(0)), bound, far);
}

/**
 * Where all that drives the variable fades by itself: no more than all of it at once. Undefined where something else
 * drives it.
 */
function chargeBound(proof: Proof, row: LinearRow, own: Tree, side: Side): Tree | undefined {
  const { variable } = row.equation;
  let whole: Tree = number(0);
  for (const [source, factor] of row.coefficients) {
    if (source === variable) continue;
    const decay = fadingRate(proof, source);
    if (decay === undefined) return undefined;
    const charge = divide(multiply(factor, name(source)), negate(decay));
    const far = side === 'high' ? infinity : negate(infinity);
    whole = add(whole, select(binary('<', decay, number(0)), call(outer[side], charge, number(0)), far));
  }
  const still = call(outer[side], name(variable), divide(row.drive ?? number(0), negate(own)));
  return row.coefficients.size > 1 ? add(still, whole) : undefined;
}

/** The rate of a variable that only fades; undefined for others. */
function fadingRate({ rows }: Proof, variable: string): Tree | undefined {
  const row = rows.find(({ equation }) => equation.variable === variable);
  if (row === undefined || row.drive !== undefined || row.coefficients.size > 1) return undefined;
  return row.coefficients.get(variable);
}

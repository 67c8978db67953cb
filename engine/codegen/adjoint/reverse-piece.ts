/** The adjoint of a piece: its values once more, then in reverse order what each one's adjoint adds to those of its operands. */
import { defined } from '../../base/assert.ts';
import * as ir from '../../build/ir/expressions.ts';
import { letLocal, store, when } from '../../build/ir/statements.ts';
import type { Expression, SignalId, Statement } from '../../build/ir/types.ts';
import type { ElementType } from '../../build/program.ts';
import type { SurrogateDeclaration } from '../../build/surrogates.ts';
import { computeAround } from './compute-around.ts';
import { checkCells, type KnownTables } from './cell-rules.ts';
import { carriersOf, isMaskTest, type Carriers } from './carriers.ts';
import { ruleOfFunction, ruleOfOperator } from './derivatives.ts';
import { loadsOf, refer, type Node } from './node.ts';
import { NotDifferentiable } from './not-differentiable.ts';
import type { NestedPiece } from './pieces.ts';
import { surrogates } from '../../build/surrogates.ts';
import { tracePiece, type Cell } from './trace.ts';

/** What the adjoint of a piece asks about the program around it. */
export interface Surroundings extends KnownTables {
  /** The signal that holds the adjoint of a signal; undefined where none is kept. */
  adjointOf(signal: SignalId): SignalId | undefined;
  /** The signal that holds, in the reverse step, what the operator read in this one. */
  valueOf(signal: SignalId): SignalId;
  surrogateOf(signal: SignalId): SurrogateDeclaration | undefined;
  lengthOf(signal: SignalId): number;
  typeOf(signal: SignalId): ElementType;
}

interface Reversal {
  readonly around: Surroundings;
  readonly carriers: Carriers;
  readonly contributions: Map<Node, Expression[]>;
  /** Locals of adjoints, in order. */
  readonly statements: Statement[];
}

/** Statements of the reverse step that undo a piece. */
export function reversePiece(given: NestedPiece, around: Surroundings): Statement[] {
  const isActive = (signal: SignalId): boolean => around.adjointOf(signal) !== undefined;
  const piece = withoutMaskLevels(given, isActive);
  const trace = tracePiece(piece, (signal) => around.lengthOf(signal));
  const carriers = carriersOf(trace, { isActive, surrogateOf: (signal) => around.surrogateOf(signal) });
  const active = trace.cells.filter(({ signal }) => isActive(signal));
  checkCells(active, piece.levels, around);
  const reversal: Reversal = { around, carriers, contributions: new Map(), statements: [] };
  const incoming = active
    .filter(({ final }) => final !== undefined)
    .map((cell, number) => receive(cell, number, reversal));
  for (const node of [...trace.nodes].reverse()) reverseNode(node, reversal);
  const stores = active.flatMap((cell) => settle(cell, incoming, reversal));
  if (stores.length === 0) return [];
  return computeAround(piece, trace.nodes, [...reversal.statements, ...stores], (signal) => around.valueOf(signal));
}

/** A level that asks whether a cell spikes becomes a condition inside: the spike of a cell that does not has a slope as well. */
function withoutMaskLevels(piece: NestedPiece, isActive: (signal: SignalId) => boolean): NestedPiece {
  const conditions = piece.levels.flatMap((level) =>
    level.kind === 'when' && loadsOf(level.condition).some(isActive) ? [level.condition] : [],
  );
  if (conditions.length === 0) return piece;
  const levels = piece.levels.filter((level) => level.kind !== 'when' || !conditions.includes(level.condition));
  const body = conditions.reduceRight((inner, condition) => [when(condition, inner)], piece.body);
  return { ...piece, levels, body };
}

/** The adjoint of what a cell holds afterwards. */
function receive(cell: Cell, number: number, reversal: Reversal): Incoming {
  const name = `incoming#${number}`;
  const adjoint = defined(reversal.around.adjointOf(cell.signal), 'an adjoint');
  const index = refer(cell.index);
  reversal.statements.push(letLocal(name, 'f64', ir.load(adjoint, index)));
  contribute(cell.final as Node, ir.local(name), reversal);
  return { cell, name };
}

interface Incoming {
  readonly cell: Cell;
  readonly name: string;
}

/** The new adjoint of a cell: of what it held before, or more than there was where it was only read. */
function settle(cell: Cell, incoming: readonly Incoming[], reversal: Reversal): Statement[] {
  const adjoint = defined(reversal.around.adjointOf(cell.signal), 'an adjoint');
  const terms = cell.initial === undefined ? [] : (reversal.contributions.get(cell.initial) ?? []);
  const [only] = terms;
  const index = (): Expression => refer(cell.index);
  if (cell.final === undefined) {
    if (only === undefined) return [];
    return [store(adjoint, index(), ir.add(ir.load(adjoint, index()), sum(terms)))];
  }
  const name = incoming.find((found) => found.cell === cell)?.name;
  if (terms.length === 1 && only?.kind === 'local' && only.name === name) return [];
  return [store(adjoint, index(), sum(terms))];
}

function sum(terms: readonly Expression[]): Expression {
  const [first = ir.f64(0), ...rest] = terms;
  return ir.add(first, ...rest);
}

function contribute(node: Node, term: Expression, { contributions, carriers }: Reversal): void {
  if (!carriers.carries(node)) return;
  const terms = contributions.get(node) ?? [];
  terms.push(term);
  contributions.set(node, terms);
}

function reverseNode(node: Node, reversal: Reversal): void {
  const terms = reversal.contributions.get(node);
  if (terms === undefined || node.operation.kind === 'load') {
    if (terms !== undefined && terms.length > 1) reversal.contributions.set(node, [held(node, terms, reversal)]);
    return;
  }
  const adjoint = held(node, terms, reversal);
  const decision = reversal.carriers.decisionOf(node);
  if (decision === undefined) reverseOperation(node, adjoint, reversal);
  else reverseDecision(decision, adjoint, reversal);
}

/** The sum of the terms as a local. */
function held(node: Node, terms: readonly Expression[], { statements }: Reversal): Expression {
  const [only] = terms;
  if (terms.length === 1 && only !== undefined && (only.kind === 'local' || only.kind === 'f64')) return only;
  const name = `adjoint#${node.id}`;
  statements.push(letLocal(name, 'f64', sum(terms)));
  return ir.local(name);
}

function reverseDecision(
  { declaration, left, right }: NonNullable<ReturnType<Carriers['decisionOf']>>,
  adjoint: Expression,
  reversal: Reversal,
): void {
  const threshold = right === undefined ? ir.f64(1) : refer(right);
  const name = `distance#${reversal.statements.length}`;
  reversal.statements.push(letLocal(name, 'f64', ir.subtract(refer(left), threshold)));
  const surrogate = surrogates.find(declaration.id);
  if (surrogate === undefined) throw new NotDifferentiable(`it names the unknown surrogate "${declaration.id}"`);
  const slope = surrogate.derivative(ir.local(name), ir.f64(declaration.alpha));
  const product = `slope#${reversal.statements.length}`;
  reversal.statements.push(letLocal(product, 'f64', ir.multiply(adjoint, slope)));
  contribute(left, ir.local(product), reversal);
  if (right !== undefined) contribute(right, ir.negate(ir.local(product)), reversal);
}

function reverseOperation(node: Node, adjoint: Expression, reversal: Reversal): void {
  const { operation, operands } = node;
  switch (operation.kind) {
    case 'convert':
      return contribute(operands[0] as Node, adjoint, reversal);
    case 'unary':
      return contribute(operands[0] as Node, ir.negate(adjoint), reversal);
    case 'select':
      return reverseChoice(node, adjoint, reversal);
    case 'binary':
      return reverseBinary(node, adjoint, reversal);
    case 'call':
      return applyRule(node, ruleOfFunction(operation.function), adjoint, reversal);
    default:
      return;
  }
}

function reverseBinary(node: Node, adjoint: Expression, reversal: Reversal): void {
  const { operator } = node.operation as Extract<Expression, { kind: 'binary' }>;
  const [left, right] = node.operands as [Node, Node];
  if (isMaskTest(node)) return contribute(left, adjoint, reversal);
  if (operator === 'and' || operator === 'or') {
    const counts = operator === 'and' ? (side: Expression) => side : ir.not;
    const share = (other: Node): Expression => ir.select(counts(refer(other)), adjoint, ir.f64(0));
    if (reversal.carriers.carries(left)) contribute(left, share(right), reversal);
    if (reversal.carriers.carries(right)) contribute(right, share(left), reversal);
    return;
  }
  const rule = ruleOfOperator(operator);
  if (rule !== undefined) applyRule(node, rule, adjoint, reversal);
}

function applyRule(node: Node, rule: ReturnType<typeof ruleOfFunction>, adjoint: Expression, reversal: Reversal): void {
  const terms = rule({ adjoint, result: refer(node), operands: node.operands.map(refer) });
  node.operands.forEach((operand, position) => {
    const term = terms[position];
    if (term !== undefined && reversal.carriers.carries(operand)) contribute(operand, guarded(node, term), reversal);
  });
}

/** Where a value does not count, its adjoint is 0; times an infinite slope that would be no number. */
function guarded({ path, operation }: Node, term: Expression): Expression {
  const harmless = operation.kind === 'binary' && (operation.operator === 'add' || operation.operator === 'subtract');
  return path === undefined || harmless ? term : ir.select(refer(path), term, ir.f64(0));
}

function reverseChoice(node: Node, adjoint: Expression, reversal: Reversal): void {
  const [condition, whenTrue, whenFalse] = node.operands as [Node, Node, Node];
  const { carriers } = reversal;
  const test = refer(condition);
  if (carriers.carries(whenTrue)) contribute(whenTrue, ir.select(test, adjoint, ir.f64(0)), reversal);
  if (carriers.carries(whenFalse)) contribute(whenFalse, ir.select(test, ir.f64(0), adjoint), reversal);
  if (carriers.opens(condition)) contribute(condition, ir.multiply(adjoint, difference(whenTrue, whenFalse)), reversal);
}

/** left − right, without what was added to one to make the other. */
function difference(left: Node, right: Node): Expression {
  if (isSumWith(left, right)) return refer(left.operands[1] as Node);
  if (isSumWith(right, left)) return ir.negate(refer(right.operands[1] as Node));
  return ir.subtract(asNumber(left), asNumber(right));
}

function isSumWith({ operation, operands, type }: Node, start: Node): boolean {
  return type === 'f64' && operation.kind === 'binary' && operation.operator === 'add' && operands[0] === start;
}

function asNumber(node: Node): Expression {
  return node.type === 'f64' ? refer(node) : ir.toF64(refer(node));
}

/**
 * Trace of a piece: its statements without loops as values computed once. What is stored and loaded again is followed
 * as a value, branches become choices, so that nothing depends on the order of memory accesses.
 */
import * as ir from '../../build/ir/expressions.ts';
import { typeOf } from '../../build/ir/type-of.ts';
import type { Expression, SignalId, Statement } from '../../build/ir/types.ts';
import { isMaskTest } from './carriers.ts';
import { NotDifferentiable } from './not-differentiable.ts';
import type { Level, NestedPiece } from './pieces.ts';
import { labelOf, operandsOf, type Node } from './node.ts';

/** An element of a signal that the piece loads or stores. */
export interface Cell {
  readonly signal: SignalId;
  readonly index: Node;
  /** What it held before; undefined when nothing asked. */
  readonly initial: Node | undefined;
  /** What it holds afterwards; undefined when nothing was stored. */
  readonly final: Node | undefined;
}

export interface Trace {
  readonly nodes: readonly Node[];
  readonly cells: readonly Cell[];
}

interface Tracing {
  readonly nodes: Node[];
  locals: Map<string, Node>;
  /** Last value stored, by cell. */
  memory: Map<string, Node>;
  /** Where cells lie. */
  readonly places: Map<string, { readonly signal: SignalId; readonly index: Node }>;
  /** First loads, by cell. */
  readonly loads: Map<string, Node>;
  /** Nodes that can be recognised. */
  readonly known: Map<string, Node>;
  path: Node | undefined;
  /** The same without masks: an index is right for cells that do not spike, too. */
  reachable: Node | undefined;
  fits(signal: SignalId, index: Node): boolean;
}

/** Follows the statements of a piece. Indices of its loops stay names. */
export function tracePiece(piece: NestedPiece, lengthOf: (signal: SignalId) => number): Trace {
  const tracing: Tracing = {
    nodes: [],
    locals: new Map(),
    memory: new Map(),
    places: new Map(),
    loads: new Map(),
    known: new Map(),
    path: undefined,
    reachable: undefined,
    fits: fitsWithin(piece.levels, lengthOf),
  };
  for (const statement of [...piece.setting, ...piece.body]) traceStatement(statement, tracing);
  const cells = [...tracing.places].map(([key, place]) => ({
    ...place,
    initial: tracing.loads.get(key),
    final: tracing.memory.get(key),
  }));
  return { nodes: tracing.nodes, cells };
}

function traceStatement(statement: Statement, tracing: Tracing): void {
  switch (statement.kind) {
    case 'let':
    case 'assign':
      tracing.locals.set(statement.name, traceExpression(statement.value, tracing));
      return;
    case 'store': {
      const value = traceExpression(statement.value, tracing);
      const index = traceIndex(statement.signal, statement.index, tracing);
      tracing.memory.set(cellKey(statement.signal, index, tracing), value);
      return;
    }
    case 'if':
      return traceBranches(statement, tracing);
    case 'loop':
    case 'kernel':
      throw new NotDifferentiable('it has a loop inside a branch');
  }
}

/** Both branches are computed; what they leave differently is chosen between. */
function traceBranches(statement: Extract<Statement, { kind: 'if' }>, tracing: Tracing): void {
  const condition = traceExpression(statement.condition, tracing);
  const then = traceBranch(statement.then, condition, tracing);
  const otherwise = traceBranch(statement.else, negated(condition, tracing), tracing);
  for (const name of [...tracing.locals.keys()]) {
    const [left, right] = [then.locals.get(name), otherwise.locals.get(name)];
    if (left !== undefined && right !== undefined) tracing.locals.set(name, choose(condition, left, right, tracing));
  }
  for (const key of new Set([...then.memory.keys(), ...otherwise.memory.keys()])) {
    const [left, right] = [then.memory.get(key), otherwise.memory.get(key)];
    const { type } = (left ?? right) as Node;
    const chosen = choose(condition, left ?? held(key, type, tracing), right ?? held(key, type, tracing), tracing);
    tracing.memory.set(key, chosen);
  }
}

function traceBranch(
  statements: readonly Statement[],
  condition: Node,
  tracing: Tracing,
): Pick<Tracing, 'locals' | 'memory'> {
  const { locals, memory, path, reachable } = tracing;
  tracing.locals = new Map(locals);
  tracing.memory = new Map(memory);
  tracing.path = both(path, condition, tracing);
  if (!isMaskTest(condition)) tracing.reachable = both(reachable, condition, tracing);
  for (const statement of statements) traceStatement(statement, tracing);
  const left = { locals: tracing.locals, memory: tracing.memory };
  Object.assign(tracing, { locals, memory, path, reachable });
  return left;
}

function choose(condition: Node, whenTrue: Node, whenFalse: Node, tracing: Tracing): Node {
  if (whenTrue === whenFalse) return whenTrue;
  if (condition.operation.kind === 'bool') return condition.operation.value ? whenTrue : whenFalse;
  const operation = { kind: 'select', condition: nothing, whenTrue: nothing, whenFalse: nothing } as const;
  return addNode(operation, [condition, whenTrue, whenFalse], whenTrue.type, tracing);
}

const nothing = ir.i32(0);

function negated(condition: Node, tracing: Tracing): Node {
  return addNode({ kind: 'unary', operator: 'not', operand: nothing }, [condition], 'bool', tracing);
}

function both(path: Node | undefined, condition: Node, tracing: Tracing): Node {
  if (path === undefined) return condition;
  const operation = { kind: 'binary', operator: 'and', left: nothing, right: nothing } as const;
  return addNode(operation, [path, condition], 'bool', tracing);
}

function traceExpression(expression: Expression, tracing: Tracing): Node {
  if (expression.kind === 'local') return tracing.locals.get(expression.name) ?? addLeaf(expression, tracing);
  if (expression.kind === 'load') return traceLoad(expression, tracing);
  if (expression.kind === 'select') return traceSelect(expression, tracing);
  const operands = operandsOf(expression).map((operand) => traceExpression(operand, tracing));
  return addNode(expression, operands, typeOfNode(expression, operands), tracing);
}

/** Each side counts only where it is chosen. */
function traceSelect(expression: Extract<Expression, { kind: 'select' }>, tracing: Tracing): Node {
  const condition = traceExpression(expression.condition, tracing);
  const { path, reachable } = tracing;
  const within = (side: Node): void => {
    tracing.path = both(path, side, tracing);
    tracing.reachable = both(reachable, side, tracing);
  };
  within(condition);
  const whenTrue = traceExpression(expression.whenTrue, tracing);
  within(negated(condition, tracing));
  const whenFalse = traceExpression(expression.whenFalse, tracing);
  Object.assign(tracing, { path, reachable });
  return choose(condition, whenTrue, whenFalse, tracing);
}

function traceLoad({ signal, index: written, type }: Extract<Expression, { kind: 'load' }>, tracing: Tracing): Node {
  const index = traceIndex(signal, written, tracing);
  const key = cellKey(signal, index, tracing);
  const known = tracing.memory.get(key) ?? tracing.loads.get(key);
  if (known !== undefined) return known;
  return loadCell(key, type, tracing);
}

function loadCell(key: string, type: 'f64' | 'i32', tracing: Tracing): Node {
  const place = tracing.places.get(key) as { signal: SignalId; index: Node };
  const operation = { kind: 'load', signal: place.signal, index: nothing, type } as const;
  const { path } = tracing;
  tracing.path = undefined;
  const node = addNode(operation, [place.index], type, tracing);
  tracing.path = path;
  tracing.loads.set(key, node);
  return node;
}

/** What a cell holds that only one of two branches writes. */
function held(key: string, type: Node['type'], tracing: Tracing): Node {
  return tracing.memory.get(key) ?? tracing.loads.get(key) ?? loadCell(key, type === 'f64' ? 'f64' : 'i32', tracing);
}

/** An index; in a branch one that might lie outside the signal becomes 0 where the branch is not taken. */
function traceIndex(signal: SignalId, written: Expression, tracing: Tracing): Node {
  const index = traceExpression(written, tracing);
  const { reachable } = tracing;
  if (reachable === undefined || tracing.fits(signal, index)) return index;
  return choose(reachable, index, addNode(ir.i32(0), [], 'i32', tracing), tracing);
}

function cellKey(signal: SignalId, index: Node, tracing: Tracing): string {
  const key = `${signal}[${index.key}]`;
  tracing.places.set(key, tracing.places.get(key) ?? { signal, index });
  return key;
}

function addLeaf(expression: Expression, tracing: Tracing): Node {
  return addNode(expression, [], typeOf(expression), tracing);
}

function addNode(operation: Expression, operands: readonly Node[], type: Node['type'], tracing: Tracing): Node {
  const id = tracing.nodes.length;
  const exact = type !== 'f64' && operands.every((operand) => operand.type !== 'f64');
  const key = exact ? keyOf(operation, operands) : `#${id}`;
  const known = exact ? tracing.known.get(key) : undefined;
  if (known !== undefined) return known;
  const node = { id, type, operation, operands, key, path: tracing.path };
  tracing.nodes.push(node);
  if (exact) tracing.known.set(key, node);
  return node;
}

function keyOf(operation: Expression, operands: readonly Node[]): string {
  const label = labelOf(operation);
  return operands.length === 0 ? label : `${label}(${operands.map(({ key }) => key).join(', ')})`;
}

function typeOfNode(expression: Expression, operands: readonly Node[]): Node['type'] {
  const [first] = operands;
  const arithmetic = expression.kind === 'unary' || expression.kind === 'binary';
  return arithmetic && first !== undefined && typeOf(expression) !== 'bool' ? first.type : typeOf(expression);
}

/** Whether an index is that of a loop whose bounds lie within the signal. */
function fitsWithin(levels: readonly Level[], lengthOf: (signal: SignalId) => number): Tracing['fits'] {
  const ranges = new Map<string, number>();
  for (const level of levels) {
    if (level.kind !== 'loop' || level.from.kind !== 'i32' || level.to.kind !== 'i32' || level.from.value < 0) continue;
    ranges.set(level.index, level.to.value);
  }
  return (signal, { operation }) => {
    if (operation.kind === 'i32') return operation.value >= 0 && operation.value < lengthOf(signal);
    if (operation.kind !== 'local') return false;
    return (ranges.get(operation.name) ?? Number.POSITIVE_INFINITY) <= lengthOf(signal);
  };
}

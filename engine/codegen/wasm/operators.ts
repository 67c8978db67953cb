/** Spreads operators over functions of bounded size: small ones share a function, a huge one gets several. */
import type { Expression, ScalarType, Statement } from '../../build/ir/types.ts';
import type { Operator, Program } from '../../build/program.ts';
import type { MemoryLayout } from '../layout.ts';
import type { FunctionBody } from './function-body.ts';
import { createFunctionBody } from './function-body.ts';
import type { Variable } from './scope.ts';
import { wasmType } from './scope.ts';
import { emitBody } from './statements.ts';

/** Bytes of code after which the next operator starts a new function. */
const functionBytes = 0x4000;

/** Nodes of the IR after which an operator is cut between two of its statements. */
const pieceNodes = 4000;

export interface EmittedOperators {
  /** Each takes the step; to be called in this order. */
  readonly bodies: readonly FunctionBody[];
  /** Types of the mutable globals that carry locals between the pieces of one operator. */
  readonly globals: readonly ('i32' | 'f64')[];
}

/** Emits all operators in order. */
export function emitOperators(program: Program, layout: MemoryLayout): EmittedOperators {
  const bodies: FunctionBody[] = [];
  const globals: ('i32' | 'f64')[] = [];
  for (const operator of program.operators) {
    const pieces = cut(operator.body);
    const carried = carry(pieces, globals);
    for (const piece of pieces) {
      const body = roomIn(bodies, pieces.length > 1);
      emitBody(piece, {
        body,
        layout,
        timeStepSeconds: program.timeStepSeconds,
        operator: operator.id,
        variables: new Map(carried),
      });
    }
  }
  return { bodies, globals };
}

function roomIn(bodies: FunctionBody[], alone: boolean): FunctionBody {
  const last = bodies.at(-1);
  if (last !== undefined && !alone && last.code.length < functionBytes) return last;
  const body = createFunctionBody(1);
  bodies.push(body);
  return body;
}

/** Cuts a body between statements into pieces of about `pieceNodes`. */
function cut(statements: Operator['body']): Statement[][] {
  const pieces: Statement[][] = [];
  let room = 0;
  for (const statement of statements) {
    const size = countNodes(statement);
    if (room < size) {
      pieces.push([]);
      room = pieceNodes;
    }
    pieces.at(-1)?.push(statement);
    room -= size;
  }
  return pieces;
}

/** Globals for the locals that are declared in one piece and used in a later one. */
function carry(pieces: readonly (readonly Statement[])[], globals: ('i32' | 'f64')[]): Map<string, Variable> {
  const carried = new Map<string, Variable>();
  if (pieces.length < 2) return carried;
  const declared = new Map<string, ScalarType>();
  for (const piece of pieces) {
    const names = new Set<string>();
    for (const statement of piece) collectNames(statement, names);
    for (const name of names) {
      const origin = declared.get(name);
      if (origin === undefined || carried.has(name)) continue;
      const type = wasmType(origin);
      carried.set(name, { storage: 'global', index: globals.push(type) - 1, type });
    }
    for (const statement of piece) {
      if (statement.kind === 'let') declared.set(statement.name, statement.type);
    }
  }
  return carried;
}

/** Names of locals that a statement or expression reads or writes. */
function collectNames(node: Statement | Expression, names: Set<string>): void {
  if (node.kind === 'local' || node.kind === 'assign') names.add(node.name);
  for (const part of partsOf(node)) collectNames(part, names);
}

function countNodes(node: Statement | Expression): number {
  return partsOf(node).reduce((count, part) => count + countNodes(part), 1);
}

function partsOf(node: Statement | Expression): readonly (Statement | Expression)[] {
  switch (node.kind) {
    case 'let':
    case 'assign':
      return [node.value];
    case 'store':
      return [node.index, node.value];
    case 'loop':
      return [node.from, node.to, ...node.body];
    case 'if':
      return [node.condition, ...node.then, ...node.else];
    case 'load':
    case 'uniform':
    case 'normal':
      return [node.index];
    case 'unary':
    case 'convert':
      return [node.operand];
    case 'binary':
      return [node.left, node.right];
    case 'call':
      return node.arguments;
    case 'select':
      return [node.condition, node.whenTrue, node.whenFalse];
    default:
      return [];
  }
}

/** Type check of operator bodies: what a target may rely on. A finding is a bug in the code that made the operator. */
import type { Operator, Signal } from '../program.ts';
import { isFloat } from '../program.ts';
import { checkKernel } from './kernels.ts';
import type { BinaryOperator, Expression, FunctionName, ScalarType, SignalId, Statement } from './types.ts';

/** Number of f64 arguments of every function. */
export const functionArity: Readonly<Record<FunctionName, number>> = {
  exp: 1,
  expm1: 1,
  log: 1,
  log1p: 1,
  log10: 1,
  sqrt: 1,
  sin: 1,
  cos: 1,
  tan: 1,
  sinh: 1,
  cosh: 1,
  tanh: 1,
  arcsin: 1,
  arccos: 1,
  arctan: 1,
  pow: 2,
  floor: 1,
  ceil: 1,
  trunc: 1,
  roundHalfEven: 1,
  abs: 1,
  sign: 1,
  exprel: 1,
  mod: 2,
  floorDivide: 2,
};

interface Scope {
  readonly operator: Operator;
  readonly signals: ReadonlyMap<SignalId, Signal>;
  readonly readable: ReadonlySet<SignalId>;
  readonly writable: ReadonlySet<SignalId>;
  /** Locals in reach. */
  readonly locals: Map<string, ScalarType>;
  /** Indices of the loops around, which may not be assigned. */
  readonly indices: Set<string>;
  readonly everDeclared: Set<string>;
  report(message: string): void;
}

/** What is wrong with the body of an operator, in words; empty when sound. */
export function checkOperator(operator: Operator, signals: ReadonlyMap<SignalId, Signal>): string[] {
  const found: string[] = [];
  const writable = new Set([...operator.sets, ...operator.adds, ...operator.updates]);
  const scope: Scope = {
    operator,
    signals,
    writable,
    readable: new Set([...operator.reads, ...operator.readsUpdated, ...writable]),
    locals: new Map(),
    indices: new Set(),
    everDeclared: new Set(),
    report: (message) => found.push(`${operator.id}: ${message}`),
  };
  for (const id of scope.readable) {
    if (!signals.has(id)) scope.report(`declares the unknown signal ${id}`);
  }
  for (const id of writable) {
    if (signals.get(id)?.role === 'constant') scope.report(`writes the constant signal ${id}`);
  }
  checkBody(operator.body, scope);
  return found;
}

/** Names declared in a body go out of reach at its end. */
function checkBody(statements: readonly Statement[], scope: Scope): void {
  const before = new Set(scope.locals.keys());
  for (const statement of statements) checkStatement(statement, scope);
  for (const name of [...scope.locals.keys()]) {
    if (!before.has(name)) scope.locals.delete(name);
  }
}

function checkStatement(statement: Statement, scope: Scope): void {
  switch (statement.kind) {
    case 'let':
      expectType(statement.value, statement.type, `let ${statement.name}`, scope);
      declare(statement.name, statement.type, scope);
      return;
    case 'assign':
      checkAssign(statement.name, statement.value, scope);
      return;
    case 'store':
      checkStore(statement.signal, statement.index, statement.value, scope);
      return;
    case 'loop':
      expectType(statement.from, 'i32', `loop ${statement.index}`, scope);
      expectType(statement.to, 'i32', `loop ${statement.index}`, scope);
      declare(statement.index, 'i32', scope);
      scope.indices.add(statement.index);
      checkBody(statement.body, scope);
      scope.indices.delete(statement.index);
      scope.locals.delete(statement.index);
      return;
    case 'if':
      expectType(statement.condition, 'bool', 'if', scope);
      checkBody(statement.then, scope);
      checkBody(statement.else, scope);
      return;
    case 'kernel':
      checkKernel(statement, scope);
  }
}

function declare(name: string, type: ScalarType, scope: Scope): void {
  if (scope.everDeclared.has(name)) scope.report(`declares ${name} twice`);
  scope.everDeclared.add(name);
  scope.locals.set(name, type);
}

function checkAssign(name: string, value: Expression, scope: Scope): void {
  const type = scope.locals.get(name);
  if (type === undefined) scope.report(`assigns ${name}, which is not declared here`);
  else expectType(value, type, `assign ${name}`, scope);
  if (scope.indices.has(name)) scope.report(`assigns the loop index ${name}`);
}

function checkStore(id: SignalId, index: Expression, value: Expression, scope: Scope): void {
  if (!scope.writable.has(id)) scope.report(`stores to ${id} without declaring it in sets, adds or updates`);
  const signal = scope.signals.get(id);
  if (signal === undefined) return;
  checkIndex(signal, index, scope);
  expectType(value, elementType(signal), `store to ${id}`, scope);
}

function checkIndex(signal: Signal, index: Expression, scope: Scope): void {
  expectType(index, 'i32', `index of ${signal.id}`, scope);
  const length = signal.shape.reduce((product, size) => product * size, 1);
  if (index.kind === 'i32' && (index.value < 0 || index.value >= length)) {
    scope.report(`index ${index.value} is outside ${signal.id}, which has ${length} elements`);
  }
}

/** Type of an element as the IR sees it. */
function elementType(signal: Signal): 'f64' | 'i32' {
  return isFloat(signal.type) ? 'f64' : 'i32';
}

function expectType(expression: Expression, type: ScalarType, where: string, scope: Scope): void {
  const found = checkExpression(expression, scope);
  if (found !== undefined && found !== type) scope.report(`${where} needs ${type} and gets ${found}`);
}

/** The type of an expression after checking it and its parts; undefined when it could not be told. */
function checkExpression(expression: Expression, scope: Scope): ScalarType | undefined {
  switch (expression.kind) {
    case 'f64':
      return 'f64';
    case 'i32':
      if ((expression.value | 0) !== expression.value) scope.report(`${expression.value} is not an i32`);
      return 'i32';
    case 'bool':
      return 'bool';
    case 'step':
      return 'i32';
    case 'time':
      return 'f64';
    case 'local':
      return checkLocal(expression.name, expression.type, scope);
    case 'load':
      return checkLoad(expression.signal, expression.index, expression.type, scope);
    case 'uniform':
    case 'normal':
      expectType(expression.index, 'i32', expression.kind, scope);
      return 'f64';
    case 'poisson':
      expectType(expression.index, 'i32', expression.kind, scope);
      expectType(expression.mean, 'f64', expression.kind, scope);
      return 'f64';
    default:
      return checkOperation(expression, scope);
  }
}

function checkLocal(name: string, type: ScalarType, scope: Scope): ScalarType | undefined {
  const declared = scope.locals.get(name);
  if (declared === undefined) scope.report(`uses ${name}, which is not declared here`);
  else if (declared !== type) scope.report(`uses ${name} as ${type}, but it is ${declared}`);
  return declared;
}

function checkLoad(id: SignalId, index: Expression, type: 'f64' | 'i32', scope: Scope): ScalarType {
  if (!scope.readable.has(id)) scope.report(`loads ${id} without declaring it`);
  const signal = scope.signals.get(id);
  if (signal !== undefined) {
    checkIndex(signal, index, scope);
    if (elementType(signal) !== type) scope.report(`loads ${id} as ${type}, but it is ${signal.type}`);
  }
  return type;
}

type Operation = Extract<Expression, { kind: 'unary' | 'binary' | 'call' | 'select' | 'convert' }>;

function checkOperation(expression: Operation, scope: Scope): ScalarType | undefined {
  switch (expression.kind) {
    case 'unary': {
      const type = checkExpression(expression.operand, scope);
      if ((expression.operator === 'not') !== (type === 'bool')) scope.report(`${expression.operator} of ${type}`);
      return type;
    }
    case 'binary':
      return checkBinary(expression.operator, expression.left, expression.right, scope);
    case 'call':
      return checkCall(expression.function, expression.arguments, scope);
    case 'select': {
      expectType(expression.condition, 'bool', 'select', scope);
      const type = checkExpression(expression.whenTrue, scope);
      if (type !== undefined) expectType(expression.whenFalse, type, 'select', scope);
      return type;
    }
    case 'convert': {
      const from = checkExpression(expression.operand, scope);
      const known = from === undefined || conversions.has(`${from} ${expression.to}`);
      if (!known) scope.report(`converts ${from} to ${expression.to}`);
      return expression.to;
    }
  }
}

const conversions: ReadonlySet<string> = new Set(['i32 f64', 'bool f64', 'bool i32', 'f64 i32']);
const logical: ReadonlySet<BinaryOperator> = new Set(['and', 'or']);
const arithmetic: ReadonlySet<BinaryOperator> = new Set([
  'add',
  'subtract',
  'multiply',
  'divide',
  'remainder',
  'minimum',
  'maximum',
]);

function checkBinary(
  operator: BinaryOperator,
  left: Expression,
  right: Expression,
  scope: Scope,
): ScalarType | undefined {
  const type = checkExpression(left, scope);
  if (type === undefined) {
    checkExpression(right, scope);
    return arithmetic.has(operator) ? undefined : 'bool';
  }
  expectType(right, type, `right side of ${operator}`, scope);
  if (logical.has(operator) !== (type === 'bool')) scope.report(`${operator} of ${type}`);
  return arithmetic.has(operator) ? type : 'bool';
}

function checkCall(name: FunctionName, parameters: readonly Expression[], scope: Scope): ScalarType {
  const arity = functionArity[name];
  if (parameters.length !== arity) scope.report(`${name} takes ${arity} arguments and gets ${parameters.length}`);
  for (const parameter of parameters) expectType(parameter, 'f64', name, scope);
  return 'f64';
}

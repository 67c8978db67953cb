/** Structured IR → static single assignment: locals become values, assignments become merges and carried values. */
import { defined } from '../../base/assert.ts';
import type { Expression, ScalarType, Statement } from '../../build/ir/types.ts';
import type { Operator } from '../../build/program.ts';
import type { Item, Merge, Region, Value, ValueType } from './value.ts';
import { constant, define, makeValue, parameter, stepValue } from './value.ts';

/** Precision in which a program calculates. */
export type Precision = 'f64' | 'f32';

interface Scope {
  readonly operator: string;
  readonly number: Precision;
  readonly timeStepSeconds: number;
  /** Present values of the locals in reach. */
  readonly locals: Map<string, Value>;
  readonly items: Item[];
}

/** The body of an operator. In single precision every number is one. */
export function lowerOperator(operator: Operator, timeStepSeconds: number, number: Precision): Region {
  const scope: Scope = { operator: operator.id, number, timeStepSeconds, locals: new Map(), items: [] };
  lowerBody(operator.body, scope);
  return scope.items;
}

function lowerBody(statements: readonly Statement[], scope: Scope): void {
  const before = new Set(scope.locals.keys());
  for (const statement of statements) lowerStatement(statement, scope);
  for (const name of [...scope.locals.keys()]) if (!before.has(name)) scope.locals.delete(name);
}

function lowerStatement(statement: Statement, scope: Scope): void {
  switch (statement.kind) {
    case 'let':
    case 'assign':
      scope.locals.set(statement.name, lowerExpression(statement.value, scope));
      return;
    case 'store': {
      const index = lowerExpression(statement.index, scope);
      const value = lowerExpression(statement.value, scope);
      scope.items.push({ kind: 'store', signal: statement.signal, index, value });
      return;
    }
    case 'loop':
      lowerLoop(statement, scope);
      return;
    case 'if':
      lowerIf(statement, scope);
      return;
    case 'kernel':
      scope.items.push({ kind: 'kernel', statement });
  }
}

function lowerLoop(statement: Extract<Statement, { kind: 'loop' }>, scope: Scope): void {
  const from = lowerExpression(statement.from, scope);
  const to = lowerExpression(statement.to, scope);
  const index = parameter('i32');
  const names = [...assignedIn(statement.body)].filter((name) => scope.locals.has(name));
  const initials = names.map((name) => valueOf(scope, name));
  const parameters = initials.map(({ type }) => parameter(type));
  const locals = new Map(scope.locals);
  locals.set(statement.index, index);
  names.forEach((name, position) => locals.set(name, parameters[position] as Value));
  const inner: Scope = { ...scope, locals, items: [] };
  lowerBody(statement.body, inner);
  const carried = names.map((name, position) => {
    const initial = initials[position] as Value;
    const result = parameter(initial.type);
    scope.locals.set(name, result);
    return { initial, parameter: parameters[position] as Value, next: valueOf(inner, name), result };
  });
  scope.items.push({ kind: 'loop', index, from, to, lanes: 1, carried, body: inner.items, sources: [scope.operator] });
}

function lowerIf(statement: Extract<Statement, { kind: 'if' }>, scope: Scope): void {
  const condition = lowerExpression(statement.condition, scope);
  const branches = [statement.then, statement.else].map((body) => {
    const inner: Scope = { ...scope, locals: new Map(scope.locals), items: [] };
    lowerBody(body, inner);
    return inner;
  });
  const [then, otherwise] = branches as [Scope, Scope];
  const merges: Merge[] = [];
  for (const [name, before] of scope.locals) {
    const [one, other] = [valueOf(then, name), valueOf(otherwise, name)];
    if (one === before && other === before) continue;
    const result = parameter(before.type);
    merges.push({ result, then: one, else: other });
    scope.locals.set(name, result);
  }
  scope.items.push({ kind: 'if', condition, then: then.items, else: otherwise.items, merges });
}

/** Names assigned anywhere in a body. */
function assignedIn(statements: readonly Statement[], names = new Set<string>()): Set<string> {
  for (const statement of statements) {
    if (statement.kind === 'assign') names.add(statement.name);
    if (statement.kind === 'loop') assignedIn(statement.body, names);
    if (statement.kind === 'if') assignedIn(statement.else, assignedIn(statement.then, names));
  }
  return names;
}

function valueOf(scope: Scope, name: string): Value {
  return defined(scope.locals.get(name), `${scope.operator}: ${name} is not declared`);
}

function typeIn(scope: Scope, type: ScalarType): ValueType {
  return type === 'f64' ? scope.number : type;
}

function lowerExpression(expression: Expression, scope: Scope): Value {
  switch (expression.kind) {
    case 'f64':
      return constant(scope.number, expression.value);
    case 'i32':
      return constant('i32', expression.value);
    case 'bool':
      return constant('bool', expression.value ? 1 : 0);
    case 'local':
      return valueOf(scope, expression.name);
    case 'step':
      return stepValue;
    case 'time':
      return lowerTime(scope);
    default:
      return place(lowerOperation(expression, scope), scope);
  }
}

function place(value: Value, scope: Scope): Value {
  scope.items.push(define(value));
  return value;
}

/** Time is computed in double precision first. */
function lowerTime(scope: Scope): Value {
  const steps = place(makeValue({ kind: 'convert' }, 'f64', [stepValue]), scope);
  const factors = [steps, constant('f64', scope.timeStepSeconds)];
  const time = place(makeValue({ kind: 'binary', operator: 'multiply' }, 'f64', factors), scope);
  return scope.number === 'f64' ? time : place(makeValue({ kind: 'convert' }, 'f32', [time]), scope);
}

type Operation = Exclude<Expression, { kind: 'f64' | 'i32' | 'bool' | 'local' | 'step' | 'time' }>;

const conditions: ReadonlySet<string> = new Set([
  'equal',
  'notEqual',
  'less',
  'lessEqual',
  'greater',
  'greaterEqual',
  'and',
  'or',
]);

function lowerOperation(expression: Operation, scope: Scope): Value {
  const inputs = partsOf(expression).map((part) => lowerExpression(part, scope));
  switch (expression.kind) {
    case 'load':
      return makeValue({ kind: 'load', signal: expression.signal }, typeIn(scope, expression.type), inputs);
    case 'unary':
      return makeValue({ kind: expression.operator }, (inputs[0] as Value).type, inputs);
    case 'binary': {
      const { operator } = expression;
      const type = conditions.has(operator) ? 'bool' : (inputs[0] as Value).type;
      return makeValue({ kind: 'binary', operator }, type, inputs);
    }
    case 'call':
      return makeValue({ kind: 'call', function: expression.function }, scope.number, inputs);
    case 'select':
      return makeValue({ kind: 'select' }, (inputs[1] as Value).type, inputs);
    case 'convert':
      return makeValue({ kind: 'convert' }, typeIn(scope, expression.to), inputs);
    default:
      return makeValue({ kind: 'draw', draw: expression.kind, key: expression.key }, scope.number, inputs);
  }
}

function partsOf(expression: Operation): readonly Expression[] {
  switch (expression.kind) {
    case 'load':
    case 'uniform':
    case 'normal':
      return [expression.index];
    case 'poisson':
      return [expression.index, expression.mean];
    case 'unary':
    case 'convert':
      return [expression.operand];
    case 'binary':
      return [expression.left, expression.right];
    case 'call':
      return expression.arguments;
    case 'select':
      return [expression.condition, expression.whenTrue, expression.whenFalse];
  }
}

/** Late values: numbers that all cells share are read from memory by the step, so that an edit of one leaves the code as it is. */
import * as ir from '../ir/expressions.ts';
import { functionTable } from '../../math/function-table.ts';
import type { Expression, FunctionName, SignalId } from '../ir/types.ts';
import type { ScopeContext } from './equation-scope.ts';

/** Products and quotients of a few numbers of these sizes are numbers still. */
const [smallest, largest] = [1e-60, 1e60];

/**
 * The value of a name as a load; undefined for what has a part in the form of the code: whole numbers, conditions, and 0, 1
 * and −1, whose terms and factors fall away, unless they are to be trained.
 */
export function lateValue(context: ScopeContext, name: string, touched: Set<SignalId>): Expression | undefined {
  const { builder, literals, literalTypes, steady } = context;
  const value = literals.get(name);
  if (value === undefined || (literalTypes.get(name) ?? 'float') !== 'float') return undefined;
  if (!isOrdinary(value) && !builder.isTrained(name)) return undefined;
  const signal = signalOf(context, name);
  if (!steady.has(signal) && !hasOwnPlace(context, name)) {
    builder.signal({ name: placeName(name), shape: [1], initial: value, role: 'constant' });
  }
  steady.add(signal);
  touched.add(signal);
  return ir.load(signal, ir.i32(0));
}

/** The expression with the numbers themselves in place of their loads: for what is worked out while the network is built. */
export function withNumbers(context: ScopeContext, expression: Expression): Expression {
  const inside = (part: Expression): Expression => withNumbers(context, part);
  switch (expression.kind) {
    case 'load': {
      const name = [...context.literals.keys()].find((each) => signalOf(context, each) === expression.signal);
      return name === undefined ? expression : ir.f64(context.literals.get(name) as number);
    }
    case 'unary':
      return expression.operator === 'negate' ? ir.negate(inside(expression.operand)) : expression;
    case 'binary':
      return ir.binary(expression.operator, inside(expression.left), inside(expression.right));
    case 'call':
      return called(expression.function, expression.arguments.map(inside));
    default:
      return expression;
  }
}

function called(name: FunctionName, values: readonly Expression[]): Expression {
  const numbers = values.flatMap((value) => (value.kind === 'f64' ? [value.value] : []));
  const [first = 0, second = 0] = numbers;
  return numbers.length === values.length ? ir.f64(functionTable[name](first, second)) : ir.call(name, ...values);
}

function isOrdinary(value: number): boolean {
  const size = Math.abs(value);
  return size > smallest && size < largest && size !== 1;
}

/** A shared variable that others see has a place already. */
function hasOwnPlace({ storages }: ScopeContext, name: string): boolean {
  const storage = storages.get(name);
  return storage !== undefined && storage.shared && !storage.written;
}

function signalOf(context: ScopeContext, name: string): SignalId {
  const own = hasOwnPlace(context, name) ? context.storages.get(name)?.signal : undefined;
  return own ?? `${context.builder.id}/${placeName(name)}`;
}

function placeName(name: string): string {
  return `value_${name}`;
}

/** Tables of values over time, written `NAME(interval) : unit`, one per line (rule E30 of SPEC.md). */
import { problem, type Problem } from '../base/problem.ts';
import { failed, ok, type Result } from '../base/result.ts';
import { dimensionless, dimensionOf, equalDimensions, type Dimension } from '../units/dimension.ts';
import { constantValue, type Constant } from './constants-text.ts';
import type { Evaluation } from './evaluate.ts';
import type { ExternalFunction } from './scope.ts';
import { lengthProblem } from './lexer.ts';
import { parseModel } from './parse-model.ts';
import { parseExpression } from './parser.ts';
import { keepOnly } from './text-blocks.ts';

/** A function of time given by values at a fixed interval; the values come with the parameters of the element. */
export interface TimedTable {
  readonly name: string;
  readonly dimension: Dimension;
  readonly intervalSeconds: number;
}

const line = /^[ \t]*[A-Za-z_]\w*[ \t]*(\([^\n]*\))[ \t]*:/gmu;

/** The tables that a text declares. */
export function readTables(
  text: string,
  constants: ReadonlyMap<string, Constant>,
  call: Evaluation['call'],
): Result<ReadonlyMap<string, TimedTable>> {
  const tooLong = lengthProblem(text);
  if (tooLong !== undefined) return failed(tooLong);
  const intervals = [...text.matchAll(line)].map((match) => {
    const start = match.index + match[0].indexOf('(');
    return { start, end: start + (match[1] ?? '').length };
  });
  let declarations = text;
  for (const { start, end } of intervals)
    declarations = declarations.slice(0, start) + ' '.repeat(end - start) + declarations.slice(end);
  const parsed = parseModel(declarations);
  if (!parsed.ok) return parsed;
  const tables = new Map<string, TimedTable>();
  const problems: Problem[] = [];
  for (const { name, unit, nameSpan, kind } of parsed.value.definitions) {
    const place = intervals.find(({ start }) => text.slice(nameSpan.end, start).trim() === '' && start >= nameSpan.end);
    if (place === undefined || kind !== 'parameter') {
      problems.push(
        problem('equations/syntax', `The table ${name} has no interval.`, {
          hint: `Write ${name}(1*ms) : unit.`,
          at: { span: nameSpan },
        }),
      );
      continue;
    }
    const interval = intervalOf(keepOnly(text, place.start, place.end), constants, call, name);
    problems.push(...interval.problems);
    if (interval.ok) tables.set(name, { name, dimension: unit, intervalSeconds: interval.value });
  }
  return problems.length === 0 ? ok(tables) : failed(...problems);
}

/** The tables as functions of a time and, where they have columns, a cell. */
export function tableFunctions(tables: ReadonlyMap<string, TimedTable>): ReadonlyMap<string, ExternalFunction> {
  return new Map(
    [...tables].map(([name, { dimension }]) => [
      name,
      { arguments: [dimensionOf({ s: 1 }), dimensionless], optional: 1, dimension },
    ]),
  );
}

/**
 * Whether an interval is a whole number of steps: then its values are constant over each. `auto` takes the quotient at
 * its word (0.3 ms is no multiple of 0.1 ms), as Brian does, since the choice of the method hangs on it.
 */
export function isWholeSteps(interval: number, timeStepSeconds: number, method = ''): boolean {
  const ratio = interval / timeStepSeconds;
  if (method === 'auto') return ratio >= 1 && Number.isInteger(ratio);
  return Math.round(ratio) >= 1 && Math.abs(ratio - Math.round(ratio)) < 1e-6;
}

function intervalOf(
  text: string,
  constants: ReadonlyMap<string, Constant>,
  call: Evaluation['call'],
  name: string,
): Result<number> {
  const tree = parseExpression(text);
  if (!tree.ok) return tree;
  return positiveTime(tree.value, constants, call, `The interval of ${name}`);
}

/** A constant time above zero; `what` starts the sentence of the problem. */
export function positiveTime(
  tree: Parameters<typeof constantValue>[0],
  constants: ReadonlyMap<string, Constant>,
  call: Evaluation['call'],
  what: string,
): Result<number> {
  const found = constantValue(tree, constants, call);
  if (!found.ok) return found;
  const at = { span: tree.span };
  if (!equalDimensions(found.value.dimension, dimensionOf({ s: 1 })))
    return failed(problem('equations/dimension', `${what} has to be a time.`, { at, hint: 'Write it as 1*ms.' }));
  if (found.value.value > 0 && Number.isFinite(found.value.value)) return ok(found.value.value);
  return failed(problem('equations/type', `${what} has to be longer than nothing.`, { at }));
}

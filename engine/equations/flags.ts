/** Reading the flags of a definition, in parentheses after its unit (rule E10 of SPEC.md). */
import { nearestName } from '../base/nearest-name.ts';
import { problem, type Problem, type Span } from '../base/problem.ts';
import { flags, type DefinitionKind, type Flag, type ModelUse } from './model-equations.ts';
import { accept, fail, peek, take, type TokenReader } from './token-reader.ts';

const allowed: Readonly<Record<DefinitionKind, Readonly<Record<ModelUse, readonly Flag[]>>>> = {
  differential: {
    cells: ['unless refractory', 'output'],
    synapses: ['event-driven', 'clock-driven'],
  },
  parameter: {
    cells: ['constant', 'shared', 'linked', 'input', 'output'],
    synapses: ['constant', 'shared'],
  },
  subexpression: {
    cells: ['shared', 'constant over dt', 'output'],
    synapses: ['shared', 'constant over dt', 'summed'],
  },
};

/** A linked or shared value is not summed per cell. */
const excluding: readonly (readonly [Flag, Flag])[] = [
  ['input', 'linked'],
  ['input', 'shared'],
];

const kindTexts: Readonly<Record<DefinitionKind, string>> = {
  differential: 'A differential equation',
  parameter: 'A parameter',
  subexpression: 'A subexpression',
};

/** The flags that follow, none without parentheses. Unknown and misplaced ones go to `problems` under `equations/flag`. */
export function readFlags(
  reader: TokenReader,
  kind: DefinitionKind,
  use: ModelUse,
  problems: Problem[],
): readonly Flag[] {
  if (accept(reader, '(') === undefined) return [];
  const found: Flag[] = [];
  do {
    const { text, span } = readWords(reader);
    const flag = flags.find((candidate) => candidate === text);
    const other = found.find((earlier) => excludes(earlier, text));
    if (flag === undefined || !allowed[kind][use].includes(flag)) problems.push(flagProblem(text, span, kind, use));
    else if (other !== undefined) problems.push(togetherProblem(other, flag, span));
    else found.push(flag);
  } while (accept(reader, ',') !== undefined);
  if (accept(reader, ')') === undefined)
    fail(reader, 'A closing parenthesis is missing after the flags.', peek(reader).span);
  return found;
}

function excludes(flag: Flag, text: string): boolean {
  return excluding.some(
    ([first, second]) => (flag === first && text === second) || (flag === second && text === first),
  );
}

/** The words up to a comma or parenthesis, with one space between them and none around hyphens. */
function readWords(reader: TokenReader): { text: string; span: Span } {
  const start = peek(reader).span.start;
  let end = start;
  while (peek(reader).kind === 'name' || peek(reader).text === '-') end = take(reader).span.end;
  const text = reader.text.slice(start, end).trim().replaceAll(/\s+/gu, ' ').replaceAll(/ ?- ?/gu, '-');
  return { text, span: end > start ? { start, end } : peek(reader).span };
}

function flagProblem(text: string, span: Span, kind: DefinitionKind, use: ModelUse): Problem {
  const possible = allowed[kind][use];
  const suggestion = nearestName(text, possible);
  const hint = suggestion === undefined ? `Possible here: ${possible.join(', ')}.` : `Did you mean "${suggestion}"?`;
  const message =
    text === '' ? 'A flag is missing in the parentheses.' : `${kindTexts[kind]} cannot have the flag "${text}".`;
  return problem('equations/flag', message, { at: { span }, hint });
}

function togetherProblem(first: Flag, second: Flag, span: Span): Problem {
  const message = `A parameter cannot have the flags "${first}" and "${second}" together.`;
  return problem('equations/flag', message, { at: { span }, hint: `Remove "${first}" or "${second}".` });
}

/** What the schema finds wrong, as Problems in people's words. */
import { problem } from '../base/problem.ts';
import type { Problem, ProblemPlace } from '../base/problem.ts';
import type { z } from '../base/schema.ts';

/** Problems reported one by one; more of them only fill the panel. */
export const reportedIssues = 50;

type Issue = z.core.$ZodIssue;

/** One `document/invalid` per issue (the first 50, then that there are more), with the place in the raw data they were found in. */
export function schemaProblems(raw: unknown, issues: readonly Issue[]): Problem[] {
  const problems = issues.slice(0, reportedIssues).map((issue) => schemaProblem(raw, issue));
  if (issues.length > reportedIssues) problems.push(problem('document/invalid', 'There are more parts like these.'));
  return problems;
}

function schemaProblem(raw: unknown, issue: Issue): Problem {
  const path = issue.path.map(String);
  const place = describePlace(raw, path);
  const where = place.inside === '' ? place.what : `${place.what}, ${place.inside}`;
  return problem('document/invalid', `${where}: ${reasonOf(issue, valueAt(raw, path))}.`, { at: place.at });
}

interface DescribedPlace {
  readonly what: string;
  readonly inside: string;
  readonly at: ProblemPlace;
}

/** Words and place for a path into raw, unvalidated project data. */
export function describePlace(raw: unknown, path: readonly string[]): DescribedPlace {
  const [group = '', id, ...rest] = path;
  const describe = Object.hasOwn(recordWords, group) ? recordWords[group] : undefined;
  if (describe === undefined || id === undefined) {
    const inside = joined(path);
    return { what: 'The project', inside, at: inside === '' ? {} : { path: inside } };
  }
  const inside = joined(rest);
  const place =
    group === 'arrays'
      ? { path: joined(path) }
      : { element: id.slice(0, 64), ...(inside === '' ? {} : { path: inside }) };
  return { what: describe(raw, id), inside, at: place };
}

/** The path in words, whatever names are in it. */
function joined(path: readonly string[]): string {
  return path.map(shortened).join('.');
}

/** As much of a foreign text as fits a sentence. */
function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

/** How a record of each group is called, from data that may be damaged. */
const recordWords: Readonly<Record<string, (raw: unknown, id: string) => string>> = {
  elements: (raw, id) => `Element ${nameAt(raw, id)}`,
  connections: (raw, id) => `The connection ${endName(raw, id, 'from')} → ${endName(raw, id, 'to')}`,
  probes: (raw, id) => `The probe of ${nameAt(raw, textAt(raw, ['probes', id, 'element']))}`,
  arrays: (raw, id) => `The array ${textAt(raw, ['arrays', id, 'source']) || shortened(id)}`,
};

function endName(raw: unknown, connection: string, end: 'from' | 'to'): string {
  return nameAt(raw, textAt(raw, ['connections', connection, end, 'element']));
}

function nameAt(raw: unknown, element: string): string {
  return `"${textAt(raw, ['elements', element, 'name']) || shortened(element)}"`;
}

function textAt(raw: unknown, path: readonly string[]): string {
  const value = valueAt(raw, path);
  return typeof value === 'string' ? shortened(value) : '';
}

function valueAt(raw: unknown, path: readonly string[]): unknown {
  let value = raw;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'a group of named values',
  record: 'a group of named values',
  array: 'a list',
  null: 'nothing (null)',
};

function reasonOf(issue: Issue, value: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      if (typeof value === 'number' && !Number.isFinite(value)) return 'is not a finite number';
      return value === undefined
        ? 'is missing'
        : `should be ${typeWords[issue.expected] ?? issue.expected}, but is ${wordOf(value)}`;
    case 'unrecognized_keys':
      return `has parts that the format does not know (${listed(issue.keys)})`;
    case 'invalid_value':
      return `should be one of ${issue.values.map(String).join(', ')}`;
    case 'too_big':
      return `is too ${issue.origin === 'number' || issue.origin === 'int' ? 'large' : 'long'} (at most ${issue.maximum})`;
    case 'too_small':
      return tooSmall(issue);
    case 'invalid_format':
      return 'has letters that are not allowed here';
    case 'invalid_union':
      return 'is nothing a parameter can hold (a number with its unit, a list, an array, a distribution, a number, a text, true or false)';
    default:
      return 'does not have the form the format demands';
  }
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 5).map(shortened).join(', ');
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}

function tooSmall(issue: Extract<Issue, { code: 'too_small' }>): string {
  if (issue.origin === 'string') return 'is empty';
  return `must be ${issue.inclusive === false ? 'greater than' : 'at least'} ${issue.minimum}`;
}

function wordOf(value: unknown): string {
  if (value === null) return typeWords['null'] as string;
  if (Array.isArray(value)) return typeWords['array'] as string;
  return typeWords[typeof value] ?? typeof value;
}

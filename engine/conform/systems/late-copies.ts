/** Recording at the end of a step: copies of variables and subexpressions, taken in slot `end`. */
import type { CaseRecord, CaseValue } from '../reference-case.ts';
import { text } from './equation-cases.ts';

/** Order of copies in slot `end`: after whatever has a number of its own there, before slot `after_end`. */
export const afterAll = 9e5;

/** Name of the copy of a variable. */
export function lateName(variable: string): string {
  return `late_copy_${variable}`;
}

/**
 * The model (or synapses) with one more parameter per variable, set at the end of every step after all statements.
 * `field` names the text with the definitions.
 */
export function withLateCopies(
  model: CaseRecord,
  variables: readonly string[],
  field: 'equations' | 'model',
): CaseRecord {
  const equations = text(model[field]);
  const copies = variables.map((variable) => `${lateName(variable)} : ${declarationOf(variable, equations)}`);
  const code = variables.map((variable) => `${lateName(variable)} = ${variable}`).join('\n');
  const before = Array.isArray(model['run_regularly']) ? (model['run_regularly'] as readonly CaseValue[]) : [];
  return {
    ...model,
    [field]: [equations, ...copies].join('\n'),
    run_regularly: [...before, { code, when: 'end', order: afterAll }],
  };
}

/** Names that come with refractoriness. */
const declarations: Readonly<Record<string, string>> = { lastspike: 'second', not_refractory: 'boolean' };

/** Unit or type, and whether all cells share it: what follows the colon of the definition, of the flags only `shared`. */
function declarationOf(variable: string, equations: string): string {
  const start = String.raw`^[ \t]*(?:d${variable}[ \t]*/[ \t]*dt|${variable})[ \t]*(?:=[^:]*)?:`;
  const found = new RegExp(`${start}([^\\n]*)`, 'mu').exec(equations.replaceAll(/#[^\n]*/gu, ''))?.[1];
  if (found === undefined) return declarations[variable] ?? '1';
  const [, unit = found, flags = ''] = /^(.*\S)\s+\(([a-z ,-]+)\)\s*$/u.exec(found) ?? [];
  return /\bshared\b/u.test(flags) ? `${unit.trim()} (shared)` : unit.trim();
}

/** What the schema cannot say: keys equal ids, arrays have the bytes their shape needs, references to arrays lead somewhere. */
import { problem } from '../base/problem.ts';
import type { Problem } from '../base/problem.ts';
import { arrayDefect, arrayName } from './arrays.ts';
import type { ElementRecord, SpikeloomDocument } from './document.ts';
import { connectionName, elementName } from './names.ts';
import type { ParameterValue } from './value.ts';

/** Problems of one sort that are reported one by one. */
const reported = 50;

/** Errors for what no project may have, warnings for array references without array; of each sort the first 50, then that there are more. */
export function inconsistencies(document: SpikeloomDocument): Problem[] {
  return [wrongKeys(document), damagedArrays(document), missingArrays(document)].flatMap(first);
}

function first(problems: Iterable<Problem>): Problem[] {
  const taken: Problem[] = [];
  for (const found of problems) {
    if (taken.length === reported)
      return [...taken, { ...problem(found.code, 'There are more like these.'), severity: found.severity }];
    taken.push(found);
  }
  return taken;
}

function* wrongKeys(document: SpikeloomDocument): Iterable<Problem> {
  for (const group of ['elements', 'connections', 'probes', 'arrays'] as const) {
    for (const [key, record] of Object.entries(document[group])) {
      if (key === record.id) continue;
      const shown = key.slice(0, 64);
      yield problem(
        'document/invalid',
        `The project lists a record under "${shown}" that calls itself "${record.id}".`,
        {
          at: { path: `${group}.${shown}` },
        },
      );
    }
  }
}

function* damagedArrays(document: SpikeloomDocument): Iterable<Problem> {
  for (const record of Object.values(document.arrays)) {
    const defect = arrayDefect(record);
    if (defect === undefined) continue;
    yield problem('document/invalid', `The array ${arrayName(record)} is damaged: ${defect}.`, {
      at: { path: `arrays.${record.id}` },
    });
  }
}

function* missingArrays(document: SpikeloomDocument): Iterable<Problem> {
  for (const record of Object.values(document.elements)) yield* missingOf(document, record, () => elementName(record));
  for (const record of Object.values(document.connections))
    yield* missingOf(document, record, () => connectionName(document, record));
}

function* missingOf(
  document: SpikeloomDocument,
  { id, parameters }: Pick<ElementRecord, 'id' | 'parameters'>,
  name: () => string,
): Iterable<Problem> {
  for (const [parameter, value] of Object.entries(parameters)) {
    const array = referencedArray(value);
    if (array === undefined || Object.hasOwn(document.arrays, array)) continue;
    yield missingArray(`${parameter} of ${name()}`, id, parameter, 'warning');
  }
}

/** The Problem of a parameter whose array is not in the document; `what` is `weights of Reservoir`. */
export function missingArray(what: string, element: string, parameter: string, severity: 'error' | 'warning'): Problem {
  return problem('document/missing-array', `The numbers of ${what} are not in the project.`, {
    severity,
    hint: 'Load them again or reset the parameter.',
    at: { element, path: `parameters.${parameter}` },
  });
}

/** Id of the array that a parameter value refers to, if it is such a reference. */
export function referencedArray(value: ParameterValue): string | undefined {
  return typeof value === 'object' && value !== null && 'array' in value ? value.array : undefined;
}

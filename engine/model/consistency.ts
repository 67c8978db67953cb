/** What the schema cannot say: keys equal ids, arrays have the bytes their shape needs, references to arrays lead somewhere. */
import { problem } from '../base/problem.ts';
import type { Problem } from '../base/problem.ts';
import { arrayDefect, arrayName } from './arrays.ts';
import type { SpikeloomDocument } from './document.ts';
import { connectionName, elementName } from './names.ts';
import type { ParameterValue } from './value.ts';

/** Errors for what no project may have, warnings for array references without array. */
export function inconsistencies(document: SpikeloomDocument): Problem[] {
  return [...wrongKeys(document), ...damagedArrays(document), ...missingArrays(document)];
}

function wrongKeys(document: SpikeloomDocument): Problem[] {
  const groups = ['elements', 'connections', 'probes', 'arrays'] as const;
  return groups.flatMap((group) =>
    Object.entries(document[group]).flatMap(([key, record]) =>
      key === record.id
        ? []
        : [
            problem('document/invalid', `The project lists a record under "${key}" that calls itself "${record.id}".`, {
              at: { path: `${group}.${key}` },
            }),
          ],
    ),
  );
}

function damagedArrays(document: SpikeloomDocument): Problem[] {
  return Object.values(document.arrays).flatMap((record) => {
    const defect = arrayDefect(record);
    if (defect === undefined) return [];
    return [
      problem('document/invalid', `The array ${arrayName(record)} is damaged: ${defect}.`, {
        at: { path: `arrays.${record.id}` },
      }),
    ];
  });
}

function missingArrays(document: SpikeloomDocument): Problem[] {
  const owners = [
    ...Object.values(document.elements).map((record) => ({ record, name: elementName(record) })),
    ...Object.values(document.connections).map((record) => ({ record, name: connectionName(document, record) })),
  ];
  return owners.flatMap(({ record, name }) =>
    Object.entries(record.parameters).flatMap(([parameter, value]) => {
      const array = referencedArray(value);
      if (array === undefined || Object.hasOwn(document.arrays, array)) return [];
      return [missingArray(`${parameter} of ${name}`, record.id, parameter, 'warning')];
    }),
  );
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

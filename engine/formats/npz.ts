/** NumPy archives (`.npz`): named arrays in a ZIP. */
import { problem, type Problem } from '../base/problem.ts';
import { failed, mapResult, ok, type Result } from '../base/result.ts';
import { shapeSize } from '../model/arrays.ts';
import type { NumericArray } from '../model/validated.ts';
import { npyLimits, npyProblem, readNpyHeader } from './npy-header.ts';
import { readNpy, readNpyText, writeNpy, type NpyValues } from './npy.ts';
import { readZip, writeZip } from './zip.ts';

/** All arrays of an archive by name, without the ending `.npy`. Arrays that hold no numbers (texts, objects) are left out with a warning. */
export function readNpz(bytes: Uint8Array): Result<Map<string, NumericArray>> {
  const files = readArchive(bytes);
  if (!files.ok) return files;
  const arrays = new Map<string, NumericArray>();
  const warnings: Problem[] = [];
  for (const [name, content] of files.value) {
    const array = readNpy(content);
    if (array.ok) arrays.set(name, array.value);
    else warnings.push(...array.problems.map((found) => asWarning(found, name)));
  }
  if (arrays.size > 0) return ok(arrays, warnings);
  return failed(problem('npy/format', 'The file contains no array of numbers.'), ...warnings);
}

/** All single texts of an archive by name. */
export function readNpzTexts(bytes: Uint8Array): Result<Map<string, string>> {
  return mapResult(readArchive(bytes), (files) => {
    const texts = [...files].map(([name, content]) => [name, readNpyText(content)] as const);
    return new Map(texts.filter((entry): entry is readonly [string, string] => entry[1] !== undefined));
  });
}

function asWarning(found: Problem, name: string): Problem {
  return { ...found, severity: 'warning', at: { path: name } };
}

/** Files of the archive by the names of their arrays. */
function readArchive(bytes: Uint8Array): Result<Map<string, Uint8Array>> {
  const files = readZip(bytes, { code: 'npy/format' });
  if (!files.ok) return files;
  const named = new Map([...files.value].map(([file, content]) => [file.replace(/\.npy$/, ''), content]));
  if (named.size < files.value.size) return failed(npyProblem('two of its arrays have the same name'));
  return numbersIn(named.values()) <= npyLimits.numbers
    ? ok(named)
    : failed(npyProblem(`its arrays have more than ${npyLimits.numbers} numbers`));
}

/** How many numbers the arrays have as their headers tell, before memory is taken for any. */
function numbersIn(files: Iterable<Uint8Array>): number {
  let numbers = 0;
  for (const content of files) {
    const header = readNpyHeader(content);
    if (header.ok) numbers += shapeSize(header.value.shape);
  }
  return numbers;
}

/** One array of an archive; without a name the only one. Fails with `npz/entry` when it is not there. */
export function readNpzEntry(bytes: Uint8Array, name?: string): Result<NumericArray> {
  const arrays = readNpz(bytes);
  if (!arrays.ok) return arrays;
  const names = [...arrays.value.keys()];
  const wanted = name ?? (names.length === 1 ? names[0] : undefined);
  const found = wanted === undefined ? undefined : arrays.value.get(wanted);
  if (found !== undefined) return ok(found);
  const message =
    name === undefined ? 'The file holds several arrays; say which one.' : `The file has no array "${name}".`;
  const shown = names.slice(0, 20).map((each) => each.slice(0, 60));
  return failed(problem('npz/entry', message, { hint: `It has: ${shown.join(', ')}.` }));
}

/** An array to be written. */
export interface NpzArray {
  readonly values: NpyValues;
  /** Default: one dimension; none for a text or truth value. */
  readonly shape?: readonly number[];
}

/** The archive; the same bytes for the same arrays. */
export function writeNpz(arrays: ReadonlyMap<string, NpzArray>): Uint8Array {
  const files = new Map<string, Uint8Array>();
  for (const [name, { values, shape }] of arrays) files.set(`${name}.npy`, writeNpy(values, shape));
  return writeZip(files);
}

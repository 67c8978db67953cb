/** NumPy archives (`.npz`): named arrays in a ZIP. */
import { problem } from '../base/problem.ts';
import { failed, ok, type Result } from '../base/result.ts';
import type { NumericArray } from '../model/validated.ts';
import { readNpy, writeNpy, type NpyValues } from './npy.ts';
import { readZip, writeZip } from './zip.ts';

/** All arrays of an archive by name, without the ending `.npy`. Arrays that hold no numbers (texts, objects) are left out with a warning. */
export function readNpz(bytes: Uint8Array): Result<Map<string, NumericArray>> {
  const files = readZip(bytes, 'npy/format');
  if (!files.ok) return files;
  const arrays = new Map<string, NumericArray>();
  const warnings = [];
  for (const [file, content] of files.value) {
    const array = readNpy(content);
    if (array.ok) arrays.set(file.replace(/\.npy$/, ''), array.value);
    else
      warnings.push(...array.problems.map((found) => ({ ...found, severity: 'warning' as const, at: { path: file } })));
  }
  if (arrays.size > 0) return ok(arrays, warnings);
  return failed(problem('npy/format', 'The file contains no array of numbers.'), ...warnings);
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
  return failed(problem('npz/entry', message, { hint: `It has: ${names.slice(0, 20).join(', ')}.` }));
}

/** An array to be written. */
export interface NpzArray {
  readonly values: NpyValues;
  /** Default: one dimension. */
  readonly shape?: readonly number[];
}

/** The archive; the same bytes for the same arrays. */
export function writeNpz(arrays: ReadonlyMap<string, NpzArray>): Uint8Array {
  const files = new Map<string, Uint8Array>();
  for (const [name, { values, shape }] of arrays) files.set(`${name}.npy`, writeNpy(values, shape ?? [values.length]));
  return writeZip(files);
}

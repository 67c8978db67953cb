/** Matrices and rows of numbers as people write them: a row on a line, or rows divided by semicolons. */
import { failed, ok, type Result } from '../../base/result.ts';
import { badArgument } from '../../generators/arguments.ts';
import { createMatrix, type Matrix } from '../../math/matrix.ts';
import type { NumericArray } from '../../model/validated.ts';

/** Numbers as they are typed, or an array of the project. */
export type GivenNumbers = string | NumericArray;

/** The matrix; `generator/invalid` where it is empty, ragged, has other than two dimensions or numbers that are not finite. */
export function readMatrix(name: string, given: GivenNumbers): Result<Matrix> {
  return typeof given === 'string' ? matrixOfText(name, given) : matrixOfArray(name, given);
}

function matrixOfText(name: string, text: string): Result<Matrix> {
  const rows = text
    .split(/[\n\r;]+/u)
    .map((row) => row.split(/[\s,[\]]+/u).filter((word) => word !== ''))
    .filter((row) => row.length > 0);
  const [columns] = rows.map((row) => row.length);
  if (columns === undefined) return failed(badArgument(name, 'empty', 'rows of numbers'));
  const ragged = rows.findIndex((row) => row.length !== columns);
  if (ragged >= 0) {
    const count = rows[ragged]?.length ?? 0;
    return failed(badArgument(`row ${ragged + 1} of ${name}`, `${count} long`, `${columns} long, as its first row is`));
  }
  const words = rows.flat();
  const values = Float64Array.from(words, Number);
  const wrong = notFinite(name, values, columns, (place) => `“${words[place] ?? ''}”`);
  return wrong ?? ok(createMatrix(rows.length, columns, values));
}

function matrixOfArray(name: string, { shape, values }: NumericArray): Result<Matrix> {
  const [rows = 0, columns = 0] = shape;
  if (shape.length !== 2 || values.length === 0)
    return failed(badArgument(name, `of shape [${shape.join(', ')}]`, 'a matrix of rows and columns'));
  const numbers = Float64Array.from(values);
  const wrong = notFinite(name, numbers, columns, (place) => String(numbers[place]));
  return wrong ?? ok(createMatrix(rows, columns, numbers));
}

/** The failure of the first number that is not finite. */
function notFinite(name: string, values: Float64Array, columns: number, words: (place: number) => string) {
  const place = values.findIndex((value) => !Number.isFinite(value));
  if (place < 0) return undefined;
  const where = `row ${Math.floor(place / columns) + 1}, column ${(place % columns) + 1} of ${name}`;
  return failed(badArgument(where, words(place), 'a finite number'));
}

/** As many numbers as `length` says, in a row or a column; a single one stands for all. */
export function readRow(name: string, given: GivenNumbers, length: number, each: string): Result<Float64Array> {
  const read = readMatrix(name, given);
  if (!read.ok) return read;
  const { rows, columns, values } = read.value;
  const [only] = values;
  if (only !== undefined && values.length === 1) return ok(new Float64Array(length).fill(only));
  if (values.length === length && Math.min(rows, columns) === 1) return ok(values);
  const shape = Math.min(rows, columns) === 1 ? `of length ${values.length}` : `of shape [${rows}, ${columns}]`;
  return failed(badArgument(name, shape, `one number, or ${length}: one for each ${each}`));
}

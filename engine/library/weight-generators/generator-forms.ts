/** Short ways to write the generators that people choose from. */
import { createUniformSource, streamKey, type UniformSource } from '../../base/random.ts';
import { hash32 } from '../../base/hash.ts';
import { problem } from '../../base/problem.ts';
import { andThen, collect, failed, mapResult, ok, type Result } from '../../base/result.ts';
import {
  badArgument,
  between,
  finite,
  notNegative,
  refusedArgument,
  whole,
  type ArgumentRule,
} from '../../generators/arguments.ts';
import { createMatrix, type Matrix } from '../../math/matrix.ts';
import type { ParameterSpec } from '../../model/kind.ts';
import type { NumericArray } from '../../model/validated.ts';
import type { GeneratorArguments, WeightGenerator } from '../../model/weight-generator.ts';
import { integer, quantity } from '../specs.ts';

/** Arguments with the defaults of their parameters. */
export interface Arguments {
  number(name: string): number;
  on(name: string): boolean;
  text(name: string): string;
}

interface Form extends Omit<WeightGenerator, 'generate'> {
  /** `matrices` are as many as it takes. */
  make(given: Arguments, uniform: UniformSource, matrices: readonly Matrix[]): Result<Matrix>;
}

/** A generator whose unknown arguments are refused and whose missing ones take their defaults. */
export function generator({ make, ...form }: Form): WeightGenerator {
  return {
    ...form,
    generate(given, seed, arrays = []) {
      const unknown = Object.keys(given).find((name) => form.parameters.every((spec) => spec.name !== name));
      if (unknown !== undefined) {
        const known = form.parameters.map(({ name }) => name).join(', ');
        return failed(problem('generator/invalid', `${form.title} has no argument ${unknown}; it has ${known}.`));
      }
      const refusal = refusedBySpecs(form.parameters, given);
      if (refusal !== undefined) return failed(refusal);
      const uniform = createUniformSource(streamKey(seed, hash32(form.id)));
      return andThen(matricesOf(form.takes ?? [], arrays), (matrices) =>
        mapResult(make(readerOf(form.parameters, given), uniform, matrices), ({ rows, columns, values }) => ({
          shape: [rows, columns],
          values,
        })),
      );
    },
  };
}

/** The arrays as matrices; a Problem where one is missing or has other than two dimensions. */
function matricesOf(takes: readonly string[], arrays: readonly NumericArray[]): Result<Matrix[]> {
  return collect(
    takes.map((words, place) => {
      const given = arrays[place];
      const [rows, columns, ...further] = given?.shape ?? [];
      if (given !== undefined && rows !== undefined && columns !== undefined && further.length === 0)
        return ok(createMatrix(rows, columns, Float64Array.from(given.values)));
      const what = given === undefined ? 'missing' : `of shape [${given.shape.join(', ')}]`;
      return failed(badArgument(words, what, 'a matrix of rows and columns'));
    }),
  );
}

/** The Problem of the first argument outside the range of its parameter. */
function refusedBySpecs(parameters: readonly ParameterSpec[], given: GeneratorArguments) {
  const told = parameters.filter(({ name }) => given[name] !== undefined);
  const choices = told.filter(({ type }) => type === 'choice');
  const wrong = choices.find((spec) => spec.choices?.every(({ value }) => value !== given[spec.name]));
  if (wrong !== undefined) {
    const known = (wrong.choices ?? []).map(({ value }) => value).join(', ');
    return badArgument(wrong.name, String(given[wrong.name]), `one of ${known}`);
  }
  const numbers = told.filter(({ type }) => type === 'integer' || type === 'quantity');
  return refusedArgument(
    Object.fromEntries(numbers.map((spec) => [spec.name, [Number(given[spec.name]), ruleOf(spec)] as const])),
  );
}

function ruleOf({ type, minimum = -Infinity, maximum = Infinity }: ParameterSpec): ArgumentRule {
  if (type === 'integer') return whole(minimum, maximum);
  if (maximum < Infinity) return between(minimum, maximum);
  return minimum === 0 ? notNegative : finite;
}

function readerOf(parameters: readonly ParameterSpec[], given: GeneratorArguments): Arguments {
  const of = (name: string) => given[name] ?? parameters.find((spec) => spec.name === name)?.default;
  return { number: (name) => Number(of(name)), on: (name) => of(name) === true, text: (name) => String(of(name)) };
}

/** Most rows and columns of a matrix that is made in the page: its eigenvalues take a second or two. */
export const mostCells = 1000;

/** A number of cells. */
export function cells(name: string, title: string, value: number, description: string): ParameterSpec {
  return integer(name, title, value, description, { minimum: 1, maximum: mostCells });
}

/** A number of contacts or neighbours. */
export function count(name: string, title: string, value: number, description: string): ParameterSpec {
  return integer(name, title, value, description, { minimum: 0, maximum: 1024 });
}

/** A number between 0 and 1. */
export function share(name: string, title: string, value: number, description: string): ParameterSpec {
  return quantity(name, title, value, '1', description, { minimum: 0, maximum: 1 });
}

/** A number that is not negative. */
export function size(name: string, title: string, value: number, description: string): ParameterSpec {
  return quantity(name, title, value, '1', description, { minimum: 0 });
}

/** Rows and columns of a square matrix. */
export const sizeSpec = cells('size', 'cells', 100, 'Rows and columns of the matrix.');

/** The spectral radius that a matrix is scaled to. */
export const radiusSpec = size('spectral_radius', 'spectral radius', 0.9, 'Largest absolute eigenvalue of the matrix.');

/** Whole numbers from 0 on, written as `3 5 10-19`; `none` when there are none. */
export function numbersText(name: string, title: string, value: string, description: string): ParameterSpec {
  return { name, title, description, type: 'text', default: value };
}

/** The numbers of such a text; a Problem where it is none. */
export function readNumbers(name: string, text: string, most: number): Result<number[]> {
  const example = 'numbers and ranges such as 3 5 10-19, or none';
  if (text.trim() === '') return failed(badArgument(name, 'empty', example));
  if (text.trim() === 'none') return ok([]);
  const parts = text.split(/[\s,;]+/u).filter((part) => part !== '');
  return mapResult(
    collect(
      parts.map((part) => {
        const range = rangeIn(part);
        return range !== undefined && range.to <= most
          ? ok(Array.from({ length: range.to - range.from + 1 }, (_, place) => range.from + place))
          : failed(badArgument(name, `“${part}”`, `${example}, from 0 to ${most}`));
      }),
    ),
    (ranges) => ranges.flat(),
  );
}

function rangeIn(part: string): { readonly from: number; readonly to: number } | undefined {
  const [, first, last = first] = /^(\d{1,9})(?:[-–](\d{1,9}))?$/u.exec(part) ?? [];
  const [from, to] = [Number(first), Number(last)];
  return first === undefined || to < from ? undefined : { from, to };
}

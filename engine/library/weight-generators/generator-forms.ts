/** Short ways to write the generators that people choose from. */
import { createUniformSource, streamKey, type UniformSource } from '../../base/random.ts';
import { hash32 } from '../../base/hash.ts';
import { problem } from '../../base/problem.ts';
import { failed, mapResult, type Result } from '../../base/result.ts';
import {
  badArgument,
  between,
  finite,
  notNegative,
  refusedArgument,
  whole,
  type ArgumentRule,
} from '../../generators/arguments.ts';
import type { Matrix } from '../../math/matrix.ts';
import type { ParameterSpec } from '../../model/kind.ts';
import type { GeneratorArguments, WeightGenerator } from '../../model/weight-generator.ts';
import { integer, quantity } from '../specs.ts';

/** Arguments with the defaults of their parameters. */
export interface Arguments {
  number(name: string): number;
  on(name: string): boolean;
  text(name: string): string;
}

interface Form extends Omit<WeightGenerator, 'generate'> {
  make(given: Arguments, uniform: UniformSource): Result<Matrix>;
}

/** A generator whose unknown arguments are refused and whose missing ones take their defaults. */
export function generator({ make, ...form }: Form): WeightGenerator {
  return {
    ...form,
    generate(given, seed) {
      const unknown = Object.keys(given).find((name) => form.parameters.every((spec) => spec.name !== name));
      if (unknown !== undefined) {
        const known = form.parameters.map(({ name }) => name).join(', ');
        return failed(problem('generator/invalid', `${form.title} has no argument ${unknown}; it has ${known}.`));
      }
      const refusal = refusedBySpecs(form.parameters, given);
      if (refusal !== undefined) return failed(refusal);
      const uniform = createUniformSource(streamKey(seed, hash32(form.id)));
      return mapResult(make(readerOf(form.parameters, given), uniform), ({ rows, columns, values }) => ({
        shape: [rows, columns],
        values,
      }));
    },
  };
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
const most = 1000;

/** A number of cells. */
export function cells(name: string, title: string, value: number, description: string): ParameterSpec {
  return integer(name, title, value, description, { minimum: 1, maximum: most });
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

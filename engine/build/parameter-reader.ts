/** Reads resolved parameters for a kind; draws distributions from the run seed. */
import { assert } from '../base/assert.ts';
import { hash32 } from '../base/hash.ts';
import { problem } from '../base/problem.ts';
import { streamKey } from '../base/random.ts';
import type { Result } from '../base/result.ts';
import { failed, mapResult, ok } from '../base/result.ts';
import type { NumericArray, ResolvedDistribution, ResolvedValue } from '../model/validated.ts';
import { drawnContents, drawnValues, type Drawing } from './drawn-values.ts';
import type { Library, ParameterReader } from './library-kind.ts';

/** Whose parameters these are. */
export interface ParameterOwner {
  readonly id: string;
  readonly name: string;
  readonly seed: number;
  readonly parameters: Readonly<Record<string, ResolvedValue>>;
}

/** A reader over the resolved parameters of one element or connection. For an `outline` it makes no vectors. */
export function createParameterReader(
  owner: ParameterOwner,
  library: Pick<Library, 'distribution'>,
  outline = false,
): ParameterReader {
  const value = (name: string): ResolvedValue => {
    const found = owner.parameters[name];
    assert(found !== undefined, `${owner.id} has no parameter ${name}`);
    return found;
  };
  return {
    number: (name) => asNumber(value(name), name),
    flag: (name) => value(name) === true,
    constant: (name) => constantOf(value(name)),
    text: (name) => String(value(name)),
    array: (name) => asArray(value(name)),
    vector: (name, length) =>
      outline
        ? standIn(owner, library, name, value(name), length)
        : toVector(owner, library, name, value(name), length),
    contents: (name, length) => {
      const given = value(name);
      if (outline) return standIn(owner, library, name, given, length);
      if (!isDistribution(given)) return toVector(owner, library, name, given, length);
      return mapResult(drawingOf(owner, library, name, given), (drawing) => drawnContents(drawing, length));
    },
  };
}

/** Values that differ from each other where those of the parameter may; the checks of `toVector`, but nothing as long. */
function standIn(
  owner: ParameterOwner,
  library: Pick<Library, 'distribution'>,
  name: string,
  value: ResolvedValue,
  length: number,
): Result<Float64Array> {
  if (isArray(value))
    return value.values.length === 1 || value.values.length === length
      ? ok(value.values)
      : fitArray(owner, name, value, length);
  return toVector(owner, library, name, value, Math.min(2, length));
}

function constantOf(value: ResolvedValue): number | undefined {
  if (typeof value === 'number') return value;
  return isArray(value) && value.values.length === 1 ? value.values[0] : undefined;
}

function asNumber(value: ResolvedValue, name: string): number {
  if (typeof value === 'number') return value;
  if (isArray(value) && value.values.length === 1) return value.values[0] as number;
  throw new Error(`Bug: parameter ${name} is not a number`);
}

function asArray(value: ResolvedValue): NumericArray | null {
  return isArray(value) ? value : null;
}

function isArray(value: ResolvedValue): value is NumericArray {
  return typeof value === 'object' && value !== null && 'values' in value;
}

function toVector(
  owner: ParameterOwner,
  library: Pick<Library, 'distribution'>,
  name: string,
  value: ResolvedValue,
  length: number,
): Result<Float64Array> {
  if (typeof value === 'number') return ok(new Float64Array(length).fill(value));
  if (isArray(value)) return fitArray(owner, name, value, length);
  assert(isDistribution(value), `parameter ${name} of ${owner.id} is not numeric`);
  return mapResult(drawingOf(owner, library, name, value), (drawing) => drawnValues(drawing, length));
}

function isDistribution(value: ResolvedValue): value is ResolvedDistribution {
  return typeof value === 'object' && value !== null && 'distribution' in value;
}

function fitArray(owner: ParameterOwner, name: string, value: NumericArray, length: number): Result<Float64Array> {
  if (value.values.length === 1) return ok(new Float64Array(length).fill(value.values[0] as number));
  if (value.values.length === length) return ok(Float64Array.from(value.values));
  return failed(
    problem(
      'model/parameter-shape',
      `${name} of "${owner.name}" has ${value.values.length} values; it needs 1 or ${length}.`,
      {
        hint: `Give one value for all, or one for each of the ${length} cells.`,
        at: { element: owner.id, path: `parameters.${name}` },
      },
    ),
  );
}

function drawingOf(
  owner: ParameterOwner,
  library: Pick<Library, 'distribution'>,
  name: string,
  value: ResolvedDistribution,
): Result<Drawing> {
  const kind = library.distribution(value.distribution);
  if (kind === undefined) {
    return failed(
      problem(
        'model/parameter-type',
        `${name} of "${owner.name}" is drawn from "${value.distribution}", which is not a known distribution.`,
        {
          hint: 'Choose uniform or normal.',
          at: { element: owner.id, path: `parameters.${name}` },
        },
      ),
    );
  }
  const key = streamKey(owner.seed, hash32(`${owner.id}/parameter/${name}`));
  return ok({ kind, parameters: value.arguments, key });
}

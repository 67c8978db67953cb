/** The parameters that a project marks as trainable: where a program has them, their bounds, and the edits that write them back. */
import { defined } from '../../base/assert.ts';
import { problem } from '../../base/problem.ts';
import { collect, failed, ok, type Result } from '../../base/result.ts';
import type { Descent, Program, Signal, SignalId } from '../../build/program.ts';
import { encodeArray } from '../../model/arrays.ts';
import type { SingleEdit } from '../../model/edits/edit.ts';
import type { ParameterSpec } from '../../model/kind.ts';
import { elementName } from '../../model/names.ts';
import type { ResolvedValue, ValidatedElement, ValidatedModel } from '../../model/validated.ts';
import { dimensionOfUnit, fromSi, siNumber } from '../../units/convert.ts';
import { equalDimensions } from '../../units/dimension.ts';
import type { Parameters } from '../optimisers.ts';

export interface TrainedParameter {
  /** The constant of the program, in base units. */
  readonly signal: SignalId;
  readonly element: string;
  readonly name: string;
  /** Unit in which it is written to the document. */
  readonly unit: string;
  /** [] where all cells share one number. */
  readonly shape: readonly number[];
  /** What it may be, in base units. */
  readonly least: number;
  readonly most: number;
  /** A step of length 1 changes it by so much; undefined: by the size that it begins with. */
  readonly stride: number | undefined;
}

/** The marked parameters of a model in the program that was built for training. `training/not-differentiable` names what has no signal. */
export function trainedParameters(
  model: ValidatedModel,
  program: Program,
  descent: Pick<Descent, 'leastSeconds' | 'baseUnits'>,
): Result<TrainedParameter[]> {
  const signals = new Map(program.signals.map((signal) => [signal.id, signal]));
  const wanted = model.elements.flatMap((element) =>
    (element.record.trainable ?? []).map((name) => parameterOf(element, name, signals, model, descent)),
  );
  return collect(wanted);
}

/** Names under which builds keep a parameter. */
const prefixes = ['', 'parameter_', 'value_'];

function parameterOf(
  element: ValidatedElement,
  name: string,
  signals: ReadonlyMap<SignalId, Signal>,
  model: ValidatedModel,
  { leastSeconds, baseUnits }: Pick<Descent, 'leastSeconds' | 'baseUnits'>,
): Result<TrainedParameter> {
  const { record, kind, parameters } = element;
  const spec = defined(
    kind.parameters.find((candidate) => candidate.name === name),
    `parameter ${name}`,
  );
  const found = prefixes.map((prefix) => signals.get(`${record.id}/${prefix}${name}`)).find(isNumbers);
  const shape = found && shapeOf(spec, parameters[name] ?? null, found.shape);
  if (found === undefined || shape === undefined) return failed(without(element, name));
  const { unit = '1' } = spec;
  const stepSeconds = element.pace?.timeStepSeconds ?? model.timeStepSeconds;
  return ok({
    ...{ signal: found.id, element: record.id, name, unit, shape },
    ...boundsOf(spec, stepSeconds, leastSeconds),
    stride: baseUnits || unit === '1' ? 1 : undefined,
  });
}

function isNumbers(signal: Signal | undefined): boolean {
  return signal?.role === 'constant' && signal.type === 'f64';
}

type Shape = readonly number[];

/** The shape in which the numbers go back into the document; undefined where the program keeps them in another form. */
function shapeOf(spec: ParameterSpec, value: ResolvedValue, shape: Shape): Shape | undefined {
  if (spec.type === 'matrix') return matrixShape(value, shape);
  if (typeof value === 'number' && product(shape) === 1) return [];
  return spec.perCell === true && shape.length === 1 ? shape : undefined;
}

function matrixShape(value: ResolvedValue, shape: Shape): Shape | undefined {
  if (value === null) return shape.length === 2 ? shape : undefined;
  const given = typeof value === 'object' && 'values' in value ? value : undefined;
  return given?.values.length === product(shape) ? given.shape : undefined;
}

function product(shape: Shape): number {
  return shape.reduce((whole, extent) => whole * extent, 1);
}

function without({ record, kind }: ValidatedElement, name: string) {
  return problem(
    'training/not-differentiable',
    `${name} of ${elementName(record)} can't be trained: ${kind.title} keeps no numbers of it that a slope could change.`,
    {
      hint: 'Give it as a matrix, or as a list with a number for each cell, or take the mark off.',
      at: { element: record.id, path: 'trainable' },
    },
  );
}

/** Limits in base units; times stay at a time step at least. */
function boundsOf(spec: ParameterSpec, stepSeconds: number, leastSeconds: number) {
  const { unit = '1', minimum = -Infinity, maximum = Infinity, exclusiveMinimum = -Infinity, minimumSteps = 1 } = spec;
  const si = (value: number): number => (Number.isFinite(value) ? siNumber(value, unit) : value);
  const isTime = equalDimensions(dimensionOfUnit(unit), dimensionOfUnit('s'));
  // Decimal times are not exact in binary: the last bits may not decide.
  const time = isTime ? Math.max(leastSeconds, minimumSteps * stepSeconds * (1 + 1e-9)) : -Infinity;
  const above = si(exclusiveMinimum);
  const beyond = Number.isFinite(above) ? above + Math.max(Math.abs(above), si(1)) * 1e-9 : -Infinity;
  return { least: Math.max(si(minimum), beyond, time), most: si(maximum) };
}

/** The edits that put values (base units, by signal) into the document. */
export function parameterEdits(parameters: readonly TrainedParameter[], values: Parameters): SingleEdit[] {
  return parameters.flatMap(({ signal, element, name, unit, shape }): SingleEdit[] => {
    const numbers = values.get(signal)?.map((value) => fromSi(value, unit));
    if (numbers === undefined) return [];
    const edit = { type: 'element.setParameter', id: element, name } as const;
    if (shape.length === 0) return [{ ...edit, value: { value: numbers[0] as number, unit } }];
    const array = encodeArray(numbers, shape, { source: `${name}, trained` });
    return [{ ...edit, value: { array: array.id, unit }, arrays: [array] }];
  });
}

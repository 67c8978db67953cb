/** Parameters: values as typed in the document, checked against the kind's specification and turned into SI numbers. */
import { nearestName } from '../base/nearest-name.ts';
import { placed, problem } from '../base/problem.ts';
import type { Problem } from '../base/problem.ts';
import { failed, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { checkDimension, siNumber } from '../units/convert.ts';
import { printQuantity } from '../units/quantity.ts';
import { missingArray } from './consistency.ts';
import type { ArrayRecord } from './document.ts';
import type { KindCatalogue, KindDescriptor, ParameterSpec } from './kind.ts';
import { checkNumbers, resolveArray } from './parameter-arrays.ts';
import { findRecord } from './records.ts';
import type { ResolvedDistribution, ResolvedValue } from './validated.ts';
import type { DistributionValue, ParameterValue, Quantity } from './value.ts';

/** Whose parameters these are, and what they may refer to. */
export interface ParameterContext {
  /** Id of the element or connection. */
  readonly id: string;
  /** What people call it. */
  readonly name: string;
  readonly arrays: Readonly<Record<string, ArrayRecord>>;
  readonly catalogue: Pick<KindCatalogue, 'distributionArguments'>;
}

/**
 * All parameters of a record in SI units, defaults filled in, one entry per parameter of the kind. Fails with every
 * problem of every parameter (`model/parameter-…`, `units/…`, `document/missing-array`), placed at `parameters.<name>`.
 */
export function resolveParameters(
  kind: KindDescriptor,
  values: Readonly<Record<string, ParameterValue>>,
  context: ParameterContext,
): Result<Record<string, ResolvedValue>> {
  const problems = unknownParameters(kind, values, context);
  const resolved: Record<string, ResolvedValue> = {};
  for (const spec of kind.parameters) {
    const value = findRecord(values, spec.name);
    const result = value === undefined ? ok(defaultValue(spec)) : resolveParameter(spec, value, context);
    problems.push(...result.problems);
    if (result.ok) resolved[spec.name] = result.value;
  }
  return problems.some(({ severity }) => severity === 'error') ? failed(...problems) : ok(resolved, problems);
}

/** Where a text says which parameters there are, values may outlive their names: then they are only mentioned. */
function unknownParameters(
  kind: KindDescriptor,
  values: Readonly<Record<string, ParameterValue>>,
  context: ParameterContext,
): Problem[] {
  const known = kind.parameters.map((spec) => spec.name);
  return Object.keys(values).flatMap((name) => {
    if (known.includes(name)) return [];
    const near = nearestName(name, known);
    const hint = near === undefined ? `Its parameters are ${known.join(', ')}.` : `Did you mean ${near}?`;
    return [
      problem('model/parameter-unknown', `${kind.title} has no parameter ${name} (given for ${context.name}).`, {
        hint,
        severity: kind.describe === undefined || kind.fixedParameters === true ? 'error' : 'warning',
        at: { element: context.id, path: `parameters.${name}` },
      }),
    ];
  });
}

/** The default of a parameter in SI units. */
export function defaultValue(spec: ParameterSpec): ResolvedValue {
  return typeof spec.default === 'number' && spec.type !== 'integer'
    ? siNumber(spec.default, spec.unit ?? '1')
    : spec.default;
}

/** One value in SI units, or the problems it has: what the inspector asks while a value is typed. */
export function resolveParameter(
  spec: ParameterSpec,
  value: ParameterValue,
  context: ParameterContext,
): Result<ResolvedValue> {
  const result = resolveByType(spec, value, context);
  const at = { element: context.id, path: `parameters.${spec.name}` };
  return { ...result, problems: result.problems.map((found) => placed(found, at)) };
}

function resolveByType(spec: ParameterSpec, value: ParameterValue, context: ParameterContext): Result<ResolvedValue> {
  switch (spec.type) {
    case 'quantity':
      return resolveQuantity(spec, value, context);
    case 'integer':
      return typeof value === 'number' ? resolveInteger(spec, value, context) : wrongType(spec, context);
    case 'boolean':
      return typeof value === 'boolean' ? ok(value) : wrongType(spec, context);
    case 'text':
      return typeof value === 'string' ? ok(value) : wrongType(spec, context);
    case 'choice':
      return typeof value === 'string' ? resolveChoice(spec, value, context) : wrongType(spec, context);
    case 'matrix':
    case 'series':
      if (value === null) return ok(null);
      return typeof value === 'object' && 'array' in value ? fromArray(spec, value, context) : wrongType(spec, context);
  }
}

const typeWords: Readonly<Record<ParameterSpec['type'], string>> = {
  quantity: 'a number with a unit',
  integer: 'a whole number',
  boolean: 'true or false',
  choice: 'one of the choices',
  text: 'a text',
  matrix: 'a matrix of numbers',
  series: 'a series of numbers',
};

function wrongType(spec: ParameterSpec, context: ParameterContext): Result<never> {
  return failed(problem('model/parameter-type', `${whatOf(spec, context)} has to be ${typeWords[spec.type]}.`));
}

/** `tau_mem of Reservoir`. */
function whatOf(spec: ParameterSpec, context: ParameterContext): string {
  return `${spec.name} of ${context.name}`;
}

function resolveQuantity(spec: ParameterSpec, value: ParameterValue, context: ParameterContext): Result<ResolvedValue> {
  const unit = spec.unit ?? '1';
  if (typeof value === 'number' && unit === '1') return resolveScalar(spec, { value, unit: '' }, context);
  if (typeof value !== 'object' || value === null) return wrongType(spec, context);
  if ('value' in value) return resolveScalar(spec, value, context);
  if (spec.perCell !== true) {
    return failed(
      problem(
        'model/parameter-type',
        `${whatOf(spec, context)} is one number for all cells; it cannot differ from cell to cell.`,
      ),
    );
  }
  if ('array' in value) return fromArray(spec, value, context);
  if ('values' in value) return fromList(spec, value, context);
  return resolveDistribution(spec, value, context);
}

function resolveScalar(spec: ParameterSpec, quantity: Quantity, context: ParameterContext): Result<number> {
  const what = whatOf(spec, context);
  const si = checkDimension(quantity, spec.unit ?? '1', what);
  if (!si.ok) return si;
  const defect = checkNumbers(spec, what, [si.value], () => printQuantity(quantity));
  return defect === undefined ? si : failed(defect);
}

function resolveInteger(spec: ParameterSpec, value: number, context: ParameterContext): Result<number> {
  const what = whatOf(spec, context);
  const defect = checkNumbers(spec, what, [value], () => String(value));
  if (defect !== undefined) return failed(defect);
  return Number.isSafeInteger(value)
    ? ok(value)
    : failed(problem('model/parameter-type', `${what} is ${value}; it has to be a whole number.`));
}

function resolveChoice(spec: ParameterSpec, value: string, context: ParameterContext): Result<string> {
  const choices = (spec.choices ?? []).map((choice) => choice.value);
  if (choices.includes(value)) return ok(value);
  return failed(
    problem('model/parameter-range', `${whatOf(spec, context)} is "${value}", which is not among its choices.`, {
      hint: `Choose ${choices.join(', ')}.`,
    }),
  );
}

function fromArray(
  spec: ParameterSpec,
  value: { readonly array: string; readonly unit: string },
  context: ParameterContext,
): Result<ResolvedValue> {
  const record = findRecord(context.arrays, value.array);
  if (record === undefined) return failed(missingArray(whatOf(spec, context), context.id, spec.name, 'error'));
  return resolveArray(spec, whatOf(spec, context), record, value.unit);
}

function fromList(
  spec: ParameterSpec,
  list: { readonly values: readonly number[]; readonly unit: string },
  context: ParameterContext,
): Result<ResolvedValue> {
  const what = whatOf(spec, context);
  const unit = checkDimension({ value: 1, unit: list.unit }, spec.unit ?? '1', what);
  if (!unit.ok) return unit;
  if (list.values.length === 0)
    return failed(problem('model/parameter-shape', `${what} is an empty list; it needs a value.`));
  const values = Float64Array.from(list.values, (value) => siNumber(value, list.unit));
  const defect = checkNumbers(spec, what, values, (index) =>
    printQuantity({ value: list.values[index] as number, unit: list.unit }),
  );
  return defect === undefined ? ok({ shape: [values.length], values }) : failed(defect);
}

function resolveDistribution(
  spec: ParameterSpec,
  value: DistributionValue,
  context: ParameterContext,
): Result<ResolvedDistribution> {
  const what = whatOf(spec, context);
  const problems = distributionDefects(value, what, context);
  const resolved: Record<string, number> = {};
  for (const [name, quantity] of Object.entries(value.arguments)) {
    const si = checkDimension(quantity, spec.unit ?? '1', `${name} of ${what}`);
    problems.push(...si.problems);
    if (!si.ok) continue;
    if (!Number.isFinite(si.value))
      problems.push(problem('model/parameter-not-finite', `${name} of ${what} is not a finite number.`));
    resolved[name] = si.value;
  }
  return problems.length > 0 ? failed(...problems) : ok({ distribution: value.distribution, arguments: resolved });
}

function distributionDefects(value: DistributionValue, what: string, context: ParameterContext): Problem[] {
  if (context.catalogue.distributionArguments === undefined) return [];
  const wanted = context.catalogue.distributionArguments(value.distribution);
  if (wanted === undefined) {
    return [
      problem(
        'model/parameter-type',
        `${what} is drawn from "${value.distribution}", which is not a known distribution.`,
      ),
    ];
  }
  const given = Object.keys(value.arguments);
  const fits = wanted.length === given.length && wanted.every((name) => given.includes(name));
  if (fits) return [];
  return [
    problem(
      'model/parameter-type',
      `${what}: the distribution ${value.distribution} needs ${wanted.join(' and ')}, but ${given.join(', ') || 'nothing'} is given.`,
    ),
  ];
}

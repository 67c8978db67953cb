/** A bad input of a system, and how an element is tried with it through the way every project takes. */
import { defined } from '../../base/assert.ts';
import type { Result } from '../../base/result.ts';
import { elementDocument } from '../../library/library-models.test-support.ts';
import { elementKinds } from '../../library/library.ts';
import { prepareRun } from '../../library/prepare-run.ts';
import { encodeArray } from '../../model/arrays.ts';
import type { ParameterValue } from '../../model/value.ts';

/** What somebody may get wrong with a system, and what the Problem must say. */
export interface Mistake {
  /** `group.Name` of the system. */
  readonly system: string;
  /** What is wrong, in a few words. */
  readonly about: string;
  /** Does it; must come back with a Problem. */
  attempt(): Result<unknown>;
  /** What the Problem's place, message and hint must contain between them: the parameter, what was given, what is allowed. */
  readonly mentions: readonly string[];
}

/** Rows of numbers for a parameter of type matrix or series. */
export interface Rows {
  readonly rows: readonly (readonly number[])[];
  readonly unit: string;
}

/** Settings of an attempt: the step in milliseconds (default 1), and whether every port has a source. */
export interface Setting {
  readonly timeStepMilliseconds?: number;
  readonly everyPort?: boolean;
  /** Nothing is connected at all, not even what is required. */
  readonly alone?: boolean;
}

/** Validates and builds a project with one element of the kind, as opening and running it does. */
export function tryElement(
  kindId: string,
  parameters: Readonly<Record<string, ParameterValue | Rows>>,
  { timeStepMilliseconds = 1, everyPort = true, alone = false }: Setting = {},
): Result<unknown> {
  const arrays = Object.entries(parameters).flatMap(([name, given]) =>
    isRows(given) ? [{ name, unit: given.unit, array: encodeArray(given.rows.flat(), shapeOf(given)) }] : [],
  );
  const plain = Object.entries(parameters).flatMap(([name, given]) => (isRows(given) ? [] : [[name, given] as const]));
  const kept = arrays.map(({ name, unit, array }) => [name, { array: array.id, unit }] as const);
  const all = Object.fromEntries<ParameterValue>([...plain, ...kept]);
  const kind = defined(elementKinds.find(kindId), kindId);
  const document = elementDocument(kind, { everyPort, parameters: all });
  return prepareRun({
    ...document,
    ...(alone ? { connections: {} } : {}),
    run: { ...document.run, timeStep: { value: timeStepMilliseconds, unit: 'ms' } },
    arrays: { ...document.arrays, ...Object.fromEntries(arrays.map(({ array }) => [array.id, array])) },
  });
}

function isRows(given: ParameterValue | Rows): given is Rows {
  return typeof given === 'object' && given !== null && 'rows' in given;
}

function shapeOf({ rows }: Rows): [number, number] {
  return [rows.length, rows[0]?.length ?? 0];
}

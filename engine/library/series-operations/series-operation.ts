/** An operation on a series as a person chooses it: what it asks for, and how what is typed is read. */
import { problem } from '../../base/problem.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import type { Choice } from '../../model/kind.ts';
import type { ContinuousSeries } from '../../timeseries/continuous-series.ts';
import type { EventSeries } from '../../timeseries/event-series.ts';
import { checkDimension } from '../../units/convert.ts';
import { parseQuantity } from '../../units/parse-quantity.ts';

export type Series = ContinuousSeries | EventSeries;

/** One thing that an operation asks for; what is entered is a text ("true" and "false" for flags). */
export interface OperationField {
  readonly name: string;
  readonly title: string;
  readonly type: 'time' | 'number' | 'channels' | 'flag' | 'choice';
  readonly start: string;
  readonly choices?: readonly Choice[];
  /** Shown while nothing is entered: what that means. */
  readonly empty?: string;
}

export type Given = Readonly<Record<string, string>>;

export interface SeriesOperation<Of extends Series = Series> {
  readonly id: string;
  /** As in a menu: a verb. */
  readonly title: string;
  readonly summary: string;
  readonly fields: readonly OperationField[];
  /** Another series takes part: `needed`, or instead of a number. */
  readonly other?: 'needed' | 'optional';
  apply(series: Of, given: Given, other: Of | undefined): Result<Series>;
}

function mistaken(message: string, hint: string) {
  return failed(problem('timeseries/invalid', message, { hint }));
}

/** What was entered, or what the field begins with. */
export function textOf(given: Given, { name, start }: OperationField): string {
  return (given[name] ?? start).trim();
}

/** Seconds; undefined where nothing is entered. A bare number is in milliseconds. */
export function timeOf(given: Given, field: OperationField): Result<number | undefined> {
  const text = textOf(given, field);
  if (text === '') return ok(undefined);
  const typed = parseQuantity(text);
  if (!typed.ok) return typed;
  return checkDimension(
    typed.value.unit === '' ? { value: typed.value.value, unit: 'ms' } : typed.value,
    's',
    field.title,
  );
}

/** The same where something has to be entered. */
export function neededTime(given: Given, field: OperationField): Result<number> {
  const time = timeOf(given, field);
  if (!time.ok || time.value !== undefined) return time as Result<number>;
  return mistaken(`${field.title} is missing.`, 'Write a time, such as 20 ms.');
}

/** A number; undefined where nothing is entered. */
export function numberOf(given: Given, field: OperationField): Result<number | undefined> {
  const text = textOf(given, field).replace(',', '.');
  if (text === '') return ok(undefined);
  const value = Number(text);
  return Number.isFinite(value)
    ? ok(value)
    : mistaken(`${field.title} is "${text}", which is not a finite number.`, 'Write a number, such as 2.5.');
}

/** A list such as "0, 2-4": whole numbers from 0, ranges with both their ends. */
export function channelsOf(given: Given, field: OperationField): Result<number[]> {
  const channels: number[] = [];
  for (const part of textOf(given, field).split(/[\s,;]+/)) {
    const [, first, last] = /^(\d{1,7})(?:[-–](\d{1,7}))?$/.exec(part) ?? [];
    if (first === undefined)
      return mistaken(`${field.title}: "${part}" is no channel.`, 'Write channels and ranges, such as 0, 2-4.');
    for (let channel = Number(first); channel <= Number(last ?? first); channel += 1) channels.push(channel);
  }
  return ok(channels);
}

export function flagOf(given: Given, field: OperationField): boolean {
  return textOf(given, field) === 'true';
}

export function flagField(name: string, title: string, on: boolean): OperationField {
  return { name, title, type: 'flag', start: String(on) };
}

export function timeField(name: string, title: string, start: string, empty?: string): OperationField {
  return { name, title, type: 'time', start, ...(empty === undefined ? {} : { empty }) };
}

/** The series of the same type that takes part. */
export function neededOther<Of extends Series>(series: Of, other: Of | undefined): Result<Of> {
  if (other?.type === series.type) return ok(other);
  const wanted = series.type === 'events' ? 'events' : 'rows of numbers';
  return mistaken('No second series is chosen.', `Choose a block that plays ${wanted}; import one if there is none.`);
}

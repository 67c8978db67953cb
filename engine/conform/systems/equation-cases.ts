/** What cases of equations have in common: constants, tables and the texts of a population, as an equation neuron takes them. */
import { arrayOf, numberOf, recordOf } from '../case-access.ts';
import type { CaseRecord, CaseValue } from '../reference-case.ts';
import { isNumericArray, isRecord } from '../reference-case.ts';
import type { NumericArray, ResolvedValue } from '../../model/validated.ts';

/** A case whose equations stand alone, or in a network with others. */
export interface PopulationCase {
  /** `equations`, `threshold`, `reset`, `refractory`, `method`, `constants`, `events`, `on_events`, `run_regularly`. */
  readonly model: CaseRecord;
  readonly cells: number;
  readonly initial: CaseRecord;
  readonly parameters: CaseRecord;
  /** Constants of the whole network; those of the model hide them. */
  readonly constants: CaseRecord;
  readonly timedArrays: CaseRecord;
}

/** Parameters of `neurons/equations` that say what the case says. */
export function equationParameters(given: PopulationCase): Record<string, ResolvedValue> {
  const { model, cells, timedArrays } = given;
  const constants = { ...given.constants, ...optionalRecord(model['constants']) };
  const own = {
    size: cells,
    model: text(model['equations']),
    constants: constantsText(constants),
    tables: tablesText(timedArrays),
    threshold_condition: text(model['threshold']),
    reset_statements: text(model['reset']),
    refractory_period: refractoryText(model['refractory']),
    method: methodId(model['method']),
    custom_events: eventsText(model),
    event_handlers: '',
    every_step: regularText(model['run_regularly']),
  };
  const values = { ...tableValues(timedArrays), ...valuesOf(given.initial), ...valuesOf(given.parameters) };
  return { ...own, ...renamed(values, own) };
}

/** Values by the names of their parameters: a variable called like a parameter of the kind has an underscore there. */
function renamed<T>(values: Readonly<Record<string, T>>, own: object): Record<string, T> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [Object.hasOwn(own, name) ? `${name}_` : name, value]),
  );
}

/** Brian's names of methods as ours; none is `auto`. */
export function methodId(method: CaseValue | undefined): string {
  return text(method ?? 'auto').replaceAll('_', '-');
}

export function optionalRecord(value: CaseValue | undefined): CaseRecord {
  return isRecord(value) ? value : {};
}

/** A text that may be missing. */
export function text(value: CaseValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** Names with one number or one per cell each. */
export function valuesOf(record: CaseRecord): Record<string, number | NumericArray> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, numbersOf(value, name)]));
}

function numbersOf(value: CaseValue, name: string): number | NumericArray {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  const list = Array.isArray(value)
    ? value.map((entry: CaseValue) => (typeof entry === 'boolean' ? Number(entry) : entry))
    : value;
  const { values } = arrayOf(list, name);
  return { shape: [values.length], values };
}

/** A constant of a case, in SI units. */
function constantOf(value: CaseValue | undefined, name: string): { readonly value: number; readonly unit: string } {
  if (typeof value === 'number') return { value, unit: '1' };
  const record = recordOf(value, `constant ${name}`);
  return { value: numberOf(record['value'], name), unit: unitText(record['unit']) };
}

/** The text of constants: `NAME = number*unit`, one per line. Units are unscaled, so the product is the number itself. */
export function constantsText(constants: CaseRecord): string {
  return Object.entries(constants)
    .map(([name, given]) => {
      const { value, unit } = constantOf(given, name);
      return `${name} = ${unit === '1' ? String(value) : `${value}*(${unit})`}`;
    })
    .join('\n');
}

/** The unit as the equation language writes it; an unknown one becomes a Problem there. */
function unitText(unit: CaseValue | undefined): string {
  return text(unit) === '' ? '1' : text(unit);
}

/** `NAME(interval) : unit`, one per line. */
export function tablesText(tables: CaseRecord): string {
  return Object.entries(tables)
    .map(([name, given]) => {
      const table = recordOf(given, `table ${name}`);
      return `${name}(${numberOf(table['dt'], 'dt')}*second) : ${unitText(table['unit'])}`;
    })
    .join('\n');
}

export function tableValues(tables: CaseRecord): Record<string, NumericArray> {
  return Object.fromEntries(
    Object.entries(tables).map(([name, given]) => [name, arrayOf(recordOf(given, name)['values'], name)]),
  );
}

/** A refractory period in the case is an expression, or a number of seconds; false is none. */
function refractoryText(value: CaseValue | undefined): string {
  return typeof value === 'number' ? `${value}*second` : text(value);
}

/** `NAME: condition -> statements`. */
function eventsText(model: CaseRecord): string {
  const statements = optionalRecord(model['on_events']);
  return Object.entries(optionalRecord(model['events']))
    .map(([name, condition]) => `${name}: ${text(condition)} -> ${text(statements[name])}`)
    .join('\n');
}

/** A statement block that runs at regular times. */
export interface RegularCase {
  readonly code: string;
  readonly everySeconds: number | undefined;
  /** A slot, perhaps with `before_` or `after_`. */
  readonly when: string;
  readonly order: number;
}

export function regularCases(value: CaseValue | undefined): readonly RegularCase[] {
  if (!Array.isArray(value)) return [];
  return (value as readonly CaseRecord[]).map((entry) => ({
    code: text(entry['code']),
    everySeconds: typeof entry['dt'] === 'number' ? entry['dt'] : undefined,
    when: text(entry['when'] ?? 'start'),
    order: numberOf(entry['order'] ?? 0, 'order'),
  }));
}

function regularText(value: CaseValue | undefined): string {
  return regularCases(value)
    .map(({ code, everySeconds, when, order }) => {
      const interval = everySeconds === undefined ? 'step' : `${everySeconds}*second`;
      return `every ${interval} in ${when} order ${order}:\n${code}`;
    })
    .join('\n');
}

/** Whole numbers of a list or array. */
export function wholeNumbers(value: CaseValue | undefined, what: string): Int32Array {
  return Int32Array.from(isNumericArray(value) ? value.values : arrayOf(value ?? [], what).values);
}

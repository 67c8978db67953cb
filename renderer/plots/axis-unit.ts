/** Axis units: the SI prefix that keeps the numbers of an axis short, and its labels. */
import { shownPrefix } from '../../engine/units/prefixes.ts';

export interface AxisUnit {
  /** Factor from SI to the numbers on the axis. */
  readonly scale: number;
  /** "mV"; empty when dimensionless. */
  readonly label: string;
}

/** Units that equations spell out, as axes show them. */
const symbols: ReadonlyMap<string, string> = new Map([
  ['volt', 'V'],
  ['amp', 'A'],
  ['ampere', 'A'],
  ['second', 's'],
  ['hertz', 'Hz'],
  ['siemens', 'S'],
  ['farad', 'F'],
  ['ohm', 'Ω'],
  ['coulomb', 'C'],
  ['metre', 'm'],
]);

const takesPrefix = /^(?:V|A|s|Hz|F|S|Ω|m|C|W|J)$/;

/** The unit for numbers up to this magnitude (in SI). Units that take no prefix are shown as they are. */
export function axisUnit(unit: string, magnitude: number): AxisUnit {
  const bare = unit === '1' ? '' : (symbols.get(unit) ?? unit);
  if (!takesPrefix.test(bare) || !(magnitude > 0) || !Number.isFinite(magnitude)) return { scale: 1, label: bare };
  const exponent = Math.max(Math.min(Math.floor((Math.log10(magnitude) + 1e-9) / 3) * 3, 12), -15);
  const prefix = shownPrefix(exponent);
  return prefix === undefined ? { scale: 1, label: bare } : { scale: 10 ** -exponent, label: prefix + bare };
}

/** Numbers with just the digits that tell neighbours apart, with a true minus sign. */
export function axisLabels(values: readonly number[]): string[] {
  const step = values.length > 1 ? Math.abs((values[1] as number) - (values[0] as number)) : 1;
  const digits = step > 0 ? Math.min(Math.max(Math.ceil(-Math.log10(step) - 1e-9), 0), 8) : 0;
  return values.map((value) => shortNumber(value, digits).replace('-', '−'));
}

function shortNumber(value: number, digits: number): string {
  const large = Math.abs(value) >= 1e5 || (digits > 6 && value !== 0);
  return large ? value.toExponential(1) : value.toFixed(digits).replace(/^-(0(?:\.0*)?)$/, '$1');
}

/** About `wanted` round values inside the range. */
export function roundValues(minimum: number, maximum: number, wanted: number): number[] {
  const span = maximum - minimum;
  if (!(span > 0) || !Number.isFinite(span)) return [minimum];
  const rough = span / Math.max(wanted, 1);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough - 1e-12) ?? 10) * power;
  const first = Math.ceil(minimum / step - 1e-9);
  const last = Math.floor(maximum / step + 1e-9);
  return Array.from({ length: Math.max(last - first + 1, 0) }, (_, index) => (first + index) * step);
}

/** JSON as Python's `json.dumps` writes it: spaces after commas and colons, numbers by `repr`. */

/** A number that Python keeps as an integer. */
export interface WholeNumber {
  readonly whole: number;
}

export type PythonValue =
  null | boolean | number | string | WholeNumber | readonly PythonValue[] | { readonly [key: string]: PythonValue };

/** An integer; other numbers are floats and written with a point or an exponent. */
export function wholeNumber(whole: number): WholeNumber {
  return { whole };
}

/** The text; keys in the order given, characters beyond ASCII as \uXXXX. */
export function pythonJson(value: PythonValue): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return pythonFloat(value);
  if (typeof value === 'string') return asciiString(value);
  if (isList(value)) return `[${value.map(pythonJson).join(', ')}]`;
  if (isWhole(value)) return String(value.whole);
  const entries = Object.entries(value).map(([key, entry]) => `${asciiString(key)}: ${pythonJson(entry)}`);
  return `{${entries.join(', ')}}`;
}

function isList(value: object): value is readonly PythonValue[] {
  return Array.isArray(value);
}

function isWhole(value: object): value is WholeNumber {
  return 'whole' in value && Object.keys(value).length === 1;
}

function asciiString(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** `repr` of a float: the shortest digits that read back the same, exponents below 1e-4 and from 1e16 on. */
export function pythonFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const [digits = '', power = '0'] = value.toExponential().split('e');
  return written(value, digits, Number(power));
}

function written(value: number, digits: string, exponent: number): string {
  if (exponent < -4 || exponent >= 16) return `${digits}e${exponent < 0 ? '-' : '+'}${twoDigits(Math.abs(exponent))}`;
  const plain = exponent < 0 ? value.toFixed(digitsAfterPoint(digits, exponent)) : String(value);
  return plain.includes('.') ? plain : `${plain}.0`;
}

function twoDigits(exponent: number): string {
  return String(exponent).padStart(2, '0');
}

function digitsAfterPoint(digits: string, exponent: number): number {
  return digits.replace('-', '').replace('.', '').length - 1 - exponent;
}

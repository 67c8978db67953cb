/** Dimensions: exponents over the SI base units, their algebra, and how people call them. */

/** Exponents of metre, kilogram, second, ampere, kelvin, mole, candela; fractions are allowed (noise has second^-0.5). */
export type Dimension = readonly [number, number, number, number, number, number, number];

export const dimensionless: Dimension = [0, 0, 0, 0, 0, 0, 0];

const baseNames = ['metre', 'kilogram', 'second', 'ampere', 'kelvin', 'mole', 'candela'] as const;

/** A dimension from the exponents that are not zero. */
export function dimensionOf(exponents: {
  readonly m?: number;
  readonly kg?: number;
  readonly s?: number;
  readonly A?: number;
  readonly K?: number;
  readonly mol?: number;
  readonly cd?: number;
}): Dimension {
  const { m = 0, kg = 0, s = 0, A = 0, K = 0, mol = 0, cd = 0 } = exponents;
  return [m, kg, s, A, K, mol, cd];
}

/** The dimension of a product. */
export function multiplyDimensions(left: Dimension, right: Dimension): Dimension {
  return combine(left, right, (a, b) => a + b);
}

/** The dimension of a quotient. */
export function divideDimensions(left: Dimension, right: Dimension): Dimension {
  return combine(left, right, (a, b) => a - b);
}

/** The dimension of a power; the exponent may be a fraction. */
export function powerDimension(base: Dimension, exponent: number): Dimension {
  return combine(base, base, (a) => a * exponent);
}

/** Whether two dimensions are the same, up to the rounding of fractional exponents. */
export function equalDimensions(left: Dimension, right: Dimension): boolean {
  return left.every((exponent, index) => Math.abs(exponent - (right[index] as number)) < 1e-9);
}

export function isDimensionless(dimension: Dimension): boolean {
  return equalDimensions(dimension, dimensionless);
}

function combine(left: Dimension, right: Dimension, operation: (a: number, b: number) => number): Dimension {
  // `+ 0` turns -0 into 0, so that equal dimensions are equal as values.
  return left.map((exponent, index) => operation(exponent, right[index] as number) + 0) as unknown as Dimension;
}

interface NamedDimension {
  readonly dimension: Dimension;
  /** What is measured, with its article. */
  readonly quantity: string;
  /** The SI unit in words. */
  readonly unit: string;
}

/** The dimensions that have a name of their own; the first entry that fits is used. */
const named: readonly NamedDimension[] = [
  { dimension: dimensionOf({ m: 1 }), quantity: 'a length', unit: 'metre' },
  { dimension: dimensionOf({ kg: 1 }), quantity: 'a mass', unit: 'kilogram' },
  { dimension: dimensionOf({ s: 1 }), quantity: 'a time', unit: 'second' },
  { dimension: dimensionOf({ A: 1 }), quantity: 'a current', unit: 'ampere' },
  { dimension: dimensionOf({ K: 1 }), quantity: 'a temperature', unit: 'kelvin' },
  { dimension: dimensionOf({ mol: 1 }), quantity: 'an amount of substance', unit: 'mole' },
  { dimension: dimensionOf({ cd: 1 }), quantity: 'a luminous intensity', unit: 'candela' },
  { dimension: dimensionOf({ s: -1 }), quantity: 'a frequency', unit: 'hertz' },
  { dimension: dimensionOf({ m: 2, kg: 1, s: -3, A: -1 }), quantity: 'a voltage', unit: 'volt' },
  { dimension: dimensionOf({ m: -2, kg: -1, s: 3, A: 2 }), quantity: 'a conductance', unit: 'siemens' },
  { dimension: dimensionOf({ m: 2, kg: 1, s: -3, A: -2 }), quantity: 'a resistance', unit: 'ohm' },
  { dimension: dimensionOf({ m: -2, kg: -1, s: 4, A: 2 }), quantity: 'a capacitance', unit: 'farad' },
  { dimension: dimensionOf({ s: 1, A: 1 }), quantity: 'an electric charge', unit: 'coulomb' },
  { dimension: dimensionOf({ m: 1, kg: 1, s: -2 }), quantity: 'a force', unit: 'newton' },
  { dimension: dimensionOf({ m: 2, kg: 1, s: -2 }), quantity: 'an energy', unit: 'joule' },
  { dimension: dimensionOf({ m: 2, kg: 1, s: -3 }), quantity: 'a power', unit: 'watt' },
  { dimension: dimensionOf({ m: -1, kg: 1, s: -2 }), quantity: 'a pressure', unit: 'pascal' },
  { dimension: dimensionOf({ m: 2, kg: 1, s: -2, A: -2 }), quantity: 'an inductance', unit: 'henry' },
  { dimension: dimensionOf({ m: 2, kg: 1, s: -2, A: -1 }), quantity: 'a magnetic flux', unit: 'weber' },
  { dimension: dimensionOf({ kg: 1, s: -2, A: -1 }), quantity: 'a magnetic flux density', unit: 'tesla' },
  { dimension: dimensionOf({ m: 2 }), quantity: 'an area', unit: 'metre²' },
  { dimension: dimensionOf({ m: 3 }), quantity: 'a volume', unit: 'metre³' },
  { dimension: dimensionOf({ m: 1, s: -1 }), quantity: 'a speed', unit: 'metre/second' },
  { dimension: dimensionOf({ m: -3, mol: 1 }), quantity: 'a concentration', unit: 'mole/metre³' },
  { dimension: dimensionOf({ m: -2, A: 1 }), quantity: 'a current density', unit: 'ampere/metre²' },
  { dimension: dimensionOf({ m: -4, kg: -1, s: 3, A: 2 }), quantity: 'a conductance per area', unit: 'siemens/metre²' },
  { dimension: dimensionOf({ m: -4, kg: -1, s: 4, A: 2 }), quantity: 'a capacitance per area', unit: 'farad/metre²' },
  { dimension: dimensionOf({ m: 2, kg: 1, s: -4, A: -1 }), quantity: 'a voltage per time', unit: 'volt/second' },
  { dimension: dimensionOf({ s: -1, A: 1 }), quantity: 'a current per time', unit: 'ampere/second' },
];

/** A dimension as people call it, with article and unit: "a voltage (volt)", "a plain number", "a quantity in metre·kelvin". */
export function describeDimension(dimension: Dimension): string {
  if (isDimensionless(dimension)) return 'a plain number';
  const found = named.find((entry) => equalDimensions(entry.dimension, dimension));
  return found === undefined ? `a quantity in ${unitOfDimension(dimension)}` : `${found.quantity} (${found.unit})`;
}

/** The SI unit of a dimension in words: "volt", "metre²·kilogram/second³", "1". */
export function unitOfDimension(dimension: Dimension): string {
  if (isDimensionless(dimension)) return '1';
  const found = named.find((entry) => equalDimensions(entry.dimension, dimension));
  if (found !== undefined) return found.unit;
  const above = factors(dimension, 1);
  const below = factors(dimension, -1);
  const numerator = above.length === 0 ? '1' : above.join('·');
  return below.length === 0 ? numerator : `${numerator}/${below.length === 1 ? below.join() : `(${below.join('·')})`}`;
}

function factors(dimension: Dimension, sign: 1 | -1): string[] {
  return baseNames.flatMap((name, index) => {
    const exponent = Math.round((dimension[index] as number) * sign * 1e9) / 1e9;
    return exponent > 0 ? [exponent === 1 ? name : `${name}${superscript(exponent)}`] : [];
  });
}

function superscript(exponent: number): string {
  const digits = '⁰¹²³⁴⁵⁶⁷⁸⁹';
  return Number.isInteger(exponent) && exponent < 10 ? digits.charAt(exponent) : `^${exponent}`;
}

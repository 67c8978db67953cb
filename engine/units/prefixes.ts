/** SI prefixes: symbol, full name and the power of ten. */

export interface Prefix {
  readonly symbol: string;
  readonly name: string;
  readonly exponent: number;
}

/** All SI prefixes in use, from the smallest to the largest; the empty prefix is not among them. */
export const prefixes: readonly Prefix[] = [
  { symbol: 'y', name: 'yocto', exponent: -24 },
  { symbol: 'z', name: 'zepto', exponent: -21 },
  { symbol: 'a', name: 'atto', exponent: -18 },
  { symbol: 'f', name: 'femto', exponent: -15 },
  { symbol: 'p', name: 'pico', exponent: -12 },
  { symbol: 'n', name: 'nano', exponent: -9 },
  { symbol: 'u', name: 'micro', exponent: -6 },
  { symbol: 'm', name: 'milli', exponent: -3 },
  { symbol: 'c', name: 'centi', exponent: -2 },
  { symbol: 'd', name: 'deci', exponent: -1 },
  { symbol: 'da', name: 'deca', exponent: 1 },
  { symbol: 'h', name: 'hecto', exponent: 2 },
  { symbol: 'k', name: 'kilo', exponent: 3 },
  { symbol: 'M', name: 'mega', exponent: 6 },
  { symbol: 'G', name: 'giga', exponent: 9 },
  { symbol: 'T', name: 'tera', exponent: 12 },
  { symbol: 'P', name: 'peta', exponent: 15 },
  { symbol: 'E', name: 'exa', exponent: 18 },
  { symbol: 'Z', name: 'zetta', exponent: 21 },
  { symbol: 'Y', name: 'yotta', exponent: 24 },
];

/** The prefix symbol shown for a power of ten that is a multiple of three ("µ" for -6, "" for 0); undefined beyond the table. */
export function shownPrefix(exponent: number): string | undefined {
  if (exponent === 0) return '';
  const symbol = prefixes.find((prefix) => prefix.exponent === exponent && exponent % 3 === 0)?.symbol;
  return symbol === 'u' ? 'µ' : symbol;
}

/** The units people may type: symbols and names, each with its dimension and size in SI. */
import { dimensionless, dimensionOf, type Dimension } from './dimension.ts';

/** A unit without prefix. Its size in SI is `factor × 10^exponent`, so that decimal units convert without rounding. */
export interface Unit {
  /** Symbols, the first one is shown. */
  readonly symbols: readonly string[];
  /** Full names (`volt`), which take prefix symbols and prefix names. */
  readonly names: readonly string[];
  readonly dimension: Dimension;
  readonly exponent: number;
  readonly factor: number;
  /** Whether prefixes may stand before it. */
  readonly prefixed: boolean;
}

function si(symbols: string, names: string, dimension: Dimension, exponent = 0): Unit {
  return { symbols: words(symbols), names: words(names), dimension, exponent, factor: 1, prefixed: true };
}

function plain(symbols: string, names: string, dimension: Dimension, exponent: number, factor = 1): Unit {
  return { symbols: words(symbols), names: words(names), dimension, exponent, factor, prefixed: false };
}

function words(text: string): string[] {
  return text.split(' ').filter((word) => word !== '');
}

const second = dimensionOf({ s: 1 });
const volume = dimensionOf({ m: 3 });

/** Every unit of the inspector. `kg` is the prefix k before `g`. */
export const unitTable: readonly Unit[] = [
  si('m', 'metre meter', dimensionOf({ m: 1 })),
  si('g', 'gram gramme', dimensionOf({ kg: 1 }), -3),
  si('s', 'second', second),
  si('A', 'ampere amp', dimensionOf({ A: 1 })),
  si('K', 'kelvin', dimensionOf({ K: 1 })),
  si('mol', 'mole', dimensionOf({ mol: 1 })),
  si('cd', 'candela', dimensionOf({ cd: 1 })),
  si('Hz', 'hertz', dimensionOf({ s: -1 })),
  si('V', 'volt', dimensionOf({ m: 2, kg: 1, s: -3, A: -1 })),
  si('\u03a9 \u2126', 'ohm Ohm', dimensionOf({ m: 2, kg: 1, s: -3, A: -2 })),
  si('S', 'siemens', dimensionOf({ m: -2, kg: -1, s: 3, A: 2 })),
  si('F', 'farad', dimensionOf({ m: -2, kg: -1, s: 4, A: 2 })),
  si('C', 'coulomb', dimensionOf({ s: 1, A: 1 })),
  si('N', 'newton', dimensionOf({ m: 1, kg: 1, s: -2 })),
  si('J', 'joule', dimensionOf({ m: 2, kg: 1, s: -2 })),
  si('W', 'watt', dimensionOf({ m: 2, kg: 1, s: -3 })),
  si('Pa', 'pascal', dimensionOf({ m: -1, kg: 1, s: -2 })),
  si('H', 'henry', dimensionOf({ m: 2, kg: 1, s: -2, A: -2 })),
  si('Wb', 'weber', dimensionOf({ m: 2, kg: 1, s: -2, A: -1 })),
  si('T', 'tesla', dimensionOf({ kg: 1, s: -2, A: -1 })),
  si('M', 'molar', dimensionOf({ m: -3, mol: 1 }), 3),
  si('L l', 'litre liter', volume, -3),
  si('rad', 'radian', dimensionless),
  si('sr', 'steradian', dimensionless),
  si('lm', 'lumen', dimensionOf({ cd: 1 })),
  si('lx', 'lux', dimensionOf({ m: -2, cd: 1 })),
  si('Bq', 'becquerel', dimensionOf({ s: -1 })),
  si('Gy', 'gray', dimensionOf({ m: 2, s: -2 })),
  si('Sv', 'sievert', dimensionOf({ m: 2, s: -2 })),
  si('kat', 'katal', dimensionOf({ s: -1, mol: 1 })),
  plain('1', '', dimensionless, 0),
  plain('%', 'percent', dimensionless, -2),
  plain('min', 'minute', second, 0, 60),
  plain('h', 'hour', second, 0, 3600),
  plain('d', 'day', second, 0, 86400),
  plain('°', 'deg degree', dimensionless, 0, Math.PI / 180),
];

/** The functions of equations: how many arguments they take and what they do to dimensions (rule E16 of SPEC.md). */

/**
 * dimensionless: takes and gives plain numbers · keep: gives the dimension of its argument · root: halves it ·
 * sign: takes any, gives a plain number · clip: three of one dimension · truncate: plain number or boolean ·
 * timestep: two times to a plain number · pair: two of one dimension · where: a condition and two of one dimension.
 */
export type DimensionRule =
  'dimensionless' | 'keep' | 'root' | 'sign' | 'clip' | 'truncate' | 'timestep' | 'pair' | 'where';

export interface BuiltinFunction {
  readonly arity: number;
  readonly rule: DimensionRule;
  readonly type: 'float' | 'integer';
  /** Draws a random number: gives another value each time. */
  readonly random: boolean;
}

function entry(
  arity: number,
  rule: DimensionRule,
  type: 'float' | 'integer' = 'float',
  random = false,
): BuiltinFunction {
  return { arity, rule, type, random };
}

const elementary = [
  'sin',
  'cos',
  'tan',
  'sinh',
  'cosh',
  'tanh',
  'exp',
  'log',
  'log10',
  'expm1',
  'log1p',
  'arcsin',
  'arccos',
  'arctan',
  'exprel',
];

export const builtinFunctions: ReadonlyMap<string, BuiltinFunction> = new Map([
  ...elementary.map((name) => [name, entry(1, 'dimensionless')] as const),
  ['sqrt', entry(1, 'root')],
  ['abs', entry(1, 'keep')],
  ['sign', entry(1, 'sign')],
  ['floor', entry(1, 'keep', 'integer')],
  ['ceil', entry(1, 'keep', 'integer')],
  ['clip', entry(3, 'clip')],
  ['int', entry(1, 'truncate', 'integer')],
  ['timestep', entry(2, 'timestep', 'integer')],
  ['rand', entry(0, 'dimensionless', 'float', true)],
  ['randn', entry(0, 'dimensionless', 'float', true)],
  ['poisson', entry(1, 'dimensionless', 'integer', true)],
  ['min', entry(2, 'pair')],
  ['max', entry(2, 'pair')],
  ['where', entry(3, 'where')],
]);

/** Functions that Brian does not have: their names stay free for definitions. */
export const ownFunctions: ReadonlySet<string> = new Set(['min', 'max', 'where']);

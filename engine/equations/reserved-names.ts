/** Names that nobody can define, and why (rule E12 of SPEC.md). */
import { findEquationUnit } from '../units/equation-units.ts';
import { builtinFunctions, ownFunctions } from './functions.ts';
import { mathematicalConstants } from './constants.ts';

const keywords = new Set(
  [
    'False None True and as assert async await break class continue def del elif else except finally for from global if',
    'import in is lambda nonlocal not or pass raise return try while with yield',
  ]
    .join(' ')
    .split(' '),
);

const specialNames = new Set([
  't',
  'dt',
  't_in_timesteps',
  'i',
  'N',
  'xi',
  'not_refractory',
  'refractory',
  'refractory_until',
]);

/** Words of the expression language, which can never be names. */
export function isKeyword(word: string): boolean {
  return keywords.has(word);
}

/** Why a name cannot be defined, as the end of a sentence that starts with the name; undefined if it can. */
export function reservedReason(name: string): string | undefined {
  if (keywords.has(name)) return 'is a word of the expression language';
  if (name.startsWith('_')) return 'starts with an underscore, which is kept for internal names';
  if (specialNames.has(name) || name.startsWith('xi_')) return 'has a meaning of its own in equations';
  if (mathematicalConstants.has(name)) return 'is a constant';
  if (builtinFunctions.has(name) && !ownFunctions.has(name)) return 'is a function';
  return findEquationUnit(name) === undefined ? undefined : 'is a unit';
}

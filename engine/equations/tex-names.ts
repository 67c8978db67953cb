/** Names as TeX: Greek letters by their names, subscripts after the first `_` or before trailing digits, units upright. */
import { fixedValue, mathematicalConstants } from './constants.ts';

const greek = new Set(
  [
    'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega',
    'Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega',
  ]
    .join(' ')
    .split(' '),
);

/** Names whose look is not made from their letters. */
const spelled: ReadonlyMap<string, string> = new Map([
  ['pi', '\\pi'],
  ['e', '\\mathrm{e}'],
  ['inf', '\\infty'],
  ['dt', '\\Delta t'],
  ['t_in_timesteps', 'n'],
  ['not_refractory', '\\text{not refractory}'],
]);

/** A name as TeX (`tau_mem`: τ with the subscript mem). */
export function nameTex(name: string): string {
  const whole = spelled.get(name);
  if (whole !== undefined) return whole;
  if (isUnitName(name)) return unitTex(name);
  const [, stem = name, digits = '', rest = ''] = /^(\p{L}+?)(\d*)(?:_(.*))?$/u.exec(name) ?? [];
  const subscript = [digits, ...rest.split('_')].filter((part) => part !== '');
  return subscript.length === 0 ? stemTex(stem) : `${stemTex(stem)}_{${subscript.map(subscriptTex).join(',')}}`;
}

/** `mV` as it is, `Mohm` and `uS` with the letters they stand for. */
function unitTex(name: string): string {
  const text = name.replace(/ohm$/u, '\\Omega').replace(/^u(?=[A-Z]|[ms]$)/u, '\\mu ');
  return `\\mathrm{${text}}`;
}

/** Whether a name is a unit in equations; `pi`, `e` and `inf` are numbers. */
export function isUnitName(name: string): boolean {
  return !mathematicalConstants.has(name) && fixedValue(name) !== undefined;
}

/** Whether TeX sets the name in one letter, so that it needs no dot to its neighbour in a product. */
export function isOneLetter(name: string): boolean {
  const [stem = ''] = /^[A-Za-z]+/u.exec(name) ?? [];
  return stem.length === 1 || greek.has(stem);
}

function stemTex(stem: string): string {
  if (greek.has(stem)) return `\\${stem}`;
  return stem.length === 1 ? stem : `\\mathit{${escaped(stem)}}`;
}

function subscriptTex(part: string): string {
  if (/^\d+$/u.test(part)) return part;
  if (greek.has(part)) return `\\${part}`;
  return part.length === 1 ? part : `\\mathrm{${escaped(part)}}`;
}

function escaped(text: string): string {
  return text.replaceAll('_', '\\_');
}

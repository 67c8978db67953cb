/** Initial values of a Brian group that differ from cell to cell: drawn evenly, drawn normally, or told by the index of the cell. */
import { constantValue, type Constant } from '../equations/constants-text.ts';
import type { Evaluation } from '../equations/evaluate.ts';
import { parseExpression } from '../equations/parser.ts';
import { dimensionless, type Dimension } from '../units/dimension.ts';

/** What a text says about all cells, in SI units. */
export type InitialValues = { readonly dimension: Dimension } & (
  | { readonly kind: 'same'; readonly value: number }
  | { readonly kind: 'uniform'; readonly low: number; readonly high: number }
  | { readonly kind: 'normal'; readonly mean: number; readonly deviation: number }
  | { readonly kind: 'each'; readonly values: readonly number[] }
);

/** More values than this are not written into a document. */
const mostCells = 100_000;

const draws = /(?:\b(?:np|numpy)\.random\.|\brandom\.)?\b(rand|randn)\s*\(\s*[^()]*\)/gu;
const drawnName = 'drawn_number';
const indexName = 'cell_index';
const countName = 'cell_count';

/** Whether a text gives cells values of their own. */
export function differsByCell(text: string): boolean {
  return /\b(?:rand|randn|i|N)\b/u.test(text);
}

/**
 * The values of `cells` cells. Undefined where the text cannot be read, or draws in a way other than `a + b*rand()` or
 * `a + b*randn()`: numbers drawn evenly or normally can be kept as such, others not.
 */
export function readInitial(
  text: string,
  cells: number,
  constants: ReadonlyMap<string, Constant>,
  call: Evaluation['call'],
): InitialValues | undefined {
  const found = [...text.matchAll(draws)];
  const tree = parseExpression(namedPlaces(text));
  if (!tree.ok || found.length > 1) return undefined;
  const at = (drawn: number, index: number): Constant | undefined => {
    const places = new Map([...constants, ...placesOf(drawn, index, cells)]);
    const value = constantValue(tree.value, places, call);
    return value.ok && Number.isFinite(value.value.value) ? value.value : undefined;
  };
  const byIndex = new RegExp(`\\b${indexName}\\b`, 'u').test(namedPlaces(text));
  if (found.length === 0) return byIndex ? eachValue(at, cells) : sameValue(at);
  return byIndex ? undefined : drawnValue(at, found[0]?.[1] === 'randn');
}

type Sample = (drawn: number, index: number) => Constant | undefined;

function namedPlaces(text: string): string {
  return text.replaceAll(draws, drawnName).replaceAll(/\bi\b/gu, indexName).replaceAll(/\bN\b/gu, countName);
}

function placesOf(drawn: number, index: number, cells: number): readonly (readonly [string, Constant])[] {
  const number = (value: number, integer: boolean): Constant => ({ value, dimension: dimensionless, integer });
  return [
    [drawnName, number(drawn, false)],
    [indexName, number(index, true)],
    [countName, number(cells, true)],
  ];
}

function sameValue(at: Sample): InitialValues | undefined {
  const found = at(0, 0);
  return found === undefined ? undefined : { kind: 'same', value: found.value, dimension: found.dimension };
}

function eachValue(at: Sample, cells: number): InitialValues | undefined {
  if (cells > mostCells) return undefined;
  const found = Array.from({ length: cells }, (_, index) => at(0, index));
  const [first] = found;
  if (first === undefined || found.includes(undefined)) return undefined;
  return { kind: 'each', values: found.map((each) => each?.value ?? 0), dimension: first.dimension };
}

/** Only what grows evenly with the drawn number keeps its distribution. */
function drawnValue(at: Sample, normal: boolean): InitialValues | undefined {
  const [zero, one] = [at(0, 0), at(1, 0)];
  if (zero === undefined || one === undefined) return undefined;
  const slope = one.value - zero.value;
  const even = [-3, -0.5, 0.25, 0.75, 4].every((drawn) => {
    const expected = zero.value + drawn * slope;
    const scale = Math.abs(zero.value) + Math.abs(drawn * slope);
    return (!normal && (drawn < 0 || drawn > 1)) || Math.abs((at(drawn, 0)?.value ?? NaN) - expected) <= 1e-9 * scale;
  });
  if (!even) return undefined;
  const { dimension } = zero;
  if (normal) return { kind: 'normal', mean: zero.value, deviation: Math.abs(slope), dimension };
  return { kind: 'uniform', low: Math.min(zero.value, one.value), high: Math.max(zero.value, one.value), dimension };
}

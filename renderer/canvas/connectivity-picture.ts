/** Connectivity picture: a small drawing of a reservoir that its id seeds, so that it is the same every time and each its own. */
import { hash32 } from '../../engine/base/hash.ts';
import { createUniformSource, streamKey, type UniformSource } from '../../engine/base/random.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface ConnectivityPicture {
  /** Units, 0 … 1 in both directions. */
  readonly units: readonly Point[];
  /** Pairs of indices into `units`. */
  readonly links: readonly (readonly [number, number])[];
}

const shownUnits = 36;
const linksPerUnit = 1.6;

/** About as many units as the eye can tell apart, never more than the reservoir has. */
export function connectivityPicture(element: string, cells: number, seed: number): ConnectivityPicture {
  const random = createUniformSource(streamKey(seed, hash32(`${element}/picture`)));
  const count = Math.max(Math.min(cells, shownUnits), 2);
  const units = Array.from({ length: count }, (_, index) => spread(index, count, random));
  const links = Array.from({ length: Math.round(count * linksPerUnit) }, (): [number, number] => {
    const from = Math.floor(random.next() * count);
    return [from, (from + 1 + Math.floor(random.next() * (count - 1))) % count];
  });
  return { units, links: links.filter(([from, to]) => distance(units, from, to) < 0.3) };
}

/** Columns of equal width with a jitter: even, but not regular. */
function spread(index: number, count: number, random: UniformSource): Point {
  return { x: (index + 0.2 + 0.6 * random.next()) / count, y: 0.1 + 0.8 * random.next() };
}

function distance(units: readonly Point[], from: number, to: number): number {
  const [left, right] = [units[from], units[to]];
  return left === undefined || right === undefined ? 1 : Math.hypot(left.x - right.x, (left.y - right.y) * 0.3);
}

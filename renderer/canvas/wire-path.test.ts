/** Wires go forward as curves and round the blocks at their ends otherwise. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wirePath, type WireBlocks, type WireEnds } from './wire-path.ts';

const width = 206;
const height = 150;
const place = { above: 66, below: height - 66 };
const blocks: WireBlocks = { source: place, target: place, recurrent: false };

/** Ends of a wire between blocks with these left upper corners. */
function ends(source: readonly [number, number], target: readonly [number, number]): WireEnds {
  return {
    sourceX: source[0] + width,
    sourceY: source[1] + place.above,
    targetX: target[0],
    targetY: target[1] + place.above,
  };
}

/** Corners of the straight stretches of a path. */
function points(line: string): (readonly [number, number])[] {
  return [...line.matchAll(/(-?[\d.]+),(-?[\d.]+)/gu)].map(([, x, y]) => [Number(x), Number(y)] as const);
}

/** Whether a straight stretch lies in the inside of a block. */
function crosses(line: string, [x, y]: readonly [number, number]): boolean {
  const at = points(line);
  return at.slice(1).some(([x2, y2], index) => {
    const [x1, y1] = at[index] ?? [0, 0];
    const inside = (low: number, high: number, from: number, to: number): boolean =>
      Math.max(low, Math.min(from, to)) < Math.min(high, Math.max(from, to)) - 1e-9 ||
      (from === to && from > low && from < high);
    return inside(x, x + width, x1, x2) && inside(y, y + height, y1, y2);
  });
}

describe('a wire', () => {
  it('goes forward as one curve', () => {
    expect(wirePath(ends([0, 0], [420, 40]), 2, blocks).line).toMatch(/^M[^L]*C[^L]*$/u);
  });

  it('back from right to left goes above both blocks, and between two that stand one above the other', () => {
    expect(wirePath(ends([420, 0], [0, 0]), 2, blocks).labelY).toBe(-14);
    expect(wirePath(ends([0, 0], [0, 250]), 2, blocks).labelY).toBe(206);
    expect(wirePath(ends([0, 250], [0, 0]), 2, blocks).labelY).toBe(194);
  });

  it('to its own block goes below it', () => {
    expect(wirePath(ends([0, 0], [0, 0]), 2, { ...blocks, recurrent: true }).labelY).toBe(height + 14);
  });

  it('backwards crosses neither block, wherever they stand', () => {
    const far = fc.integer({ min: -900, max: 900 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 900 }), far, (left, down) => {
        const source = [left, 0] as const;
        const target = [0, down] as const;
        // Blocks that lie on each other leave no way.
        fc.pre(Math.abs(down) >= height || left >= width + 80);
        const { line } = wirePath(ends(source, target), 2, blocks);
        expect([crosses(line, source), crosses(line, target)]).toEqual([false, false]);
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { leakyCrossEntropy } from './cross-entropy.ts';

const [steps, classes] = [4, 3];
const rows = Float64Array.from({ length: steps * classes }, (_, place) => Math.sin(1.7 * place));
const loss = leakyCrossEntropy({ signal: 'out', classes, decay: 0.8 }, 2);

describe('cross entropy of leaky sums', () => {
  it('is −log of the share of the label', () => {
    const sums = [0, 1, 2].map((channel) =>
      [0, 1, 2, 3].reduce((sum, step) => 0.8 * sum + (rows[step * classes + channel] as number), 0),
    );
    const wanted = -Math.log(Math.exp(sums[2] as number) / sums.reduce((total, sum) => total + Math.exp(sum), 0));
    expect(loss(() => rows).value).toBeCloseTo(wanted, 12);
  });

  it('has the slopes of its values', () => {
    const slopes = loss(() => rows).slopes.get('out');
    rows.forEach((_, place) => {
      const at = (far: number): number =>
        loss(() => rows.map((value, index) => (index === place ? value + far : value))).value;
      expect(slopes?.[place]).toBeCloseTo((at(1e-6) - at(-1e-6)) / 2e-6, 7);
    });
  });
});

import { expect, it } from 'vitest';
import { poissonAt } from './poisson.ts';

const draws = 40_000;

function counts(mean: number, key: number): number[] {
  return Array.from({ length: draws }, (_, index) => poissonAt(key, index % 7, index, mean));
}

/** Probability of a count, by the recurrence from the most probable downwards and upwards. */
function probabilities(mean: number, to: number): number[] {
  const logs = [-mean];
  for (let count = 1; count <= to; count += 1) logs.push((logs[count - 1] as number) + Math.log(mean / count));
  return logs.map(Math.exp);
}

/** Chi-square over classes that each expect at least 10 counts, with the number of classes. */
function chiSquare(drawn: readonly number[], mean: number): readonly [number, number] {
  const expected = probabilities(mean, Math.ceil(mean + 20 * Math.sqrt(mean) + 20));
  let [statistic, classes, expectedSum, drawnSum, restExpected, restDrawn] = [0, 0, 0, 0, draws, draws];
  expected.forEach((probability, count) => {
    expectedSum += draws * probability;
    drawnSum += drawn.filter((value) => value === count).length;
    if (expectedSum < 10 || restExpected - expectedSum < 10) return;
    statistic += (drawnSum - expectedSum) ** 2 / expectedSum;
    classes += 1;
    restExpected -= expectedSum;
    restDrawn -= drawnSum;
    [expectedSum, drawnSum] = [0, 0];
  });
  return [statistic + (restDrawn - restExpected) ** 2 / restExpected, classes + 1];
}

/** Five standard deviations of chi-square (mean n, variance 2n), with room for its skew. */
const limitOf = (classes: number): number => classes + 5 * Math.sqrt(2 * classes) + 10;

for (const mean of [0.05, 0.7, 3, 9.9, 10, 14.5, 60, 400]) {
  it(`counts of mean ${mean} have its mean, variance and distribution`, () => {
    const drawn = counts(mean, 4711);
    const average = drawn.reduce((sum, value) => sum + value, 0) / draws;
    const variance = drawn.reduce((sum, value) => sum + (value - average) ** 2, 0) / draws;
    expect(Math.abs(average - mean)).toBeLessThan(5 * Math.sqrt(mean / draws));
    expect(Math.abs(variance - mean)).toBeLessThan(5 * Math.sqrt((mean + 2 * mean * mean) / draws));
    const [statistic, classes] = chiSquare(drawn, mean);
    expect(statistic).toBeLessThan(limitOf(classes));
  });
}

it('a mean 3 % off is found', () => {
  const [statistic, classes] = chiSquare(counts(60 * 1.03, 4711), 60);
  expect(statistic).toBeGreaterThan(limitOf(classes));
});

it('very large means keep mean and variance', () => {
  const mean = 1e9;
  const drawn = counts(mean, 5).map((value) => (value - mean) / Math.sqrt(mean));
  expect(Math.abs(drawn.reduce((sum, value) => sum + value, 0) / draws)).toBeLessThan(5 / Math.sqrt(draws));
  const variance = drawn.reduce((sum, value) => sum + value * value, 0) / draws;
  expect(Math.abs(variance - 1)).toBeLessThan(5 * Math.sqrt(2 / draws));
});

it('no events for a mean of 0 or below; NaN of NaN', () => {
  expect([poissonAt(1, 0, 0, 0), poissonAt(1, 0, 0, -3), poissonAt(1, 0, 0, Infinity)]).toEqual([0, 0, Infinity]);
  expect(poissonAt(1, 0, 0, NaN)).toBeNaN();
});

it('is a function of key, step and index alone', () => {
  const asked = [poissonAt(1, 2, 3, 50), poissonAt(2, 2, 3, 50), poissonAt(1, 3, 3, 50), poissonAt(1, 2, 4, 50)];
  const again = [poissonAt(1, 2, 4, 50), poissonAt(1, 3, 3, 50), poissonAt(2, 2, 3, 50), poissonAt(1, 2, 3, 50)];
  expect(again.reverse()).toEqual(asked);
});

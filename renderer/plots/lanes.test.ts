import { describe, expect, it } from 'vitest';
import { laneHeight, laneScale, laneTicks, type Lane } from './lanes.ts';

const volts: Lane = { unit: 'V', range: { minimum: -0.07, maximum: -0.05 } };
const plain: Lane = { unit: '1', range: { minimum: 0, maximum: 4 } };

describe('lanes', () => {
  it('put the first unit on top and share the height evenly', () => {
    expect(laneHeight(volts, 0, 2, -0.07)).toBeCloseTo(0.5);
    expect(laneHeight(volts, 0, 2, -0.05)).toBeCloseTo(1);
    expect(laneHeight(plain, 1, 2, 4)).toBeCloseTo(0.5);
  });

  it('scale whole arrays the same way', () => {
    const { factor, offset } = laneScale(volts, 0, 2);
    expect(-0.06 * factor + offset).toBeCloseTo(laneHeight(volts, 0, 2, -0.06));
  });

  it('label each lane in its own unit', () => {
    const labels = laneTicks([volts, plain], 8).map((tick) => tick.label);
    expect(labels).toContain('−60');
    expect(labels).toContain('4');
  });
});

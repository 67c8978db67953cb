import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { following, panned, spanOf, touchesNewest, zoomed } from './time-range.ts';

const second = fc.double({ min: 0, max: 1000, noNaN: true });
const range = fc
  .tuple(second, fc.double({ min: 1e-3, max: 100, noNaN: true }))
  .map(([fromSeconds, span]) => ({ fromSeconds, toSeconds: fromSeconds + span }));

describe('panning', () => {
  it('keeps the length of the window and never passes the newest sample', () => {
    fc.assert(
      fc.property(range, fc.double({ min: -500, max: 500, noNaN: true }), second, (window, seconds, newest) => {
        const moved = panned(window, seconds, newest);
        expect(spanOf(moved)).toBeCloseTo(spanOf(window), 6);
        expect(moved.toSeconds).toBeLessThanOrEqual(Math.max(newest, spanOf(window)) + 1e-9);
      }),
    );
  });

  it('stops at time zero', () => {
    expect(panned({ fromSeconds: 1, toSeconds: 2 }, -5, 10)).toEqual({ fromSeconds: 0, toSeconds: 1 });
  });
});

describe('zooming', () => {
  it('leaves the time under the pointer where it is', () => {
    fc.assert(
      fc.property(
        range,
        fc.double({ min: 0.2, max: 5, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (window, factor, share) => {
          const about = window.fromSeconds + spanOf(window) * share;
          const after = zoomed(window, factor, about);
          expect((about - after.fromSeconds) / spanOf(after)).toBeCloseTo(share, 5);
        },
      ),
    );
  });
});

describe('following', () => {
  it('holds the newest sample at the right edge once there is a whole window', () => {
    expect(following(2, 10)).toEqual({ fromSeconds: 8, toSeconds: 10 });
    expect(following(2, 0.5)).toEqual({ fromSeconds: 0, toSeconds: 2 });
    expect(touchesNewest(following(2, 10), 10)).toBe(true);
    expect(touchesNewest({ fromSeconds: 0, toSeconds: 2 }, 10)).toBe(false);
  });
});

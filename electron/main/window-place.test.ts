/** A window is always where it can be seen and caught. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keptPlace, placeOnScreens } from './window-place.ts';

const main = { x: 0, y: 0, width: 1920, height: 1080 };
const left = { x: -1600, y: 100, width: 1600, height: 900 };
const place = (x: number, y: number, width = 1000, height = 700) => ({
  bounds: { x, y, width, height },
  maximised: false,
});

describe('place of a window', () => {
  it.each([
    ['at the first start', undefined, { width: 1440, height: 900 }],
    ['where it was', place(50, 60), { x: 50, y: 60, width: 1000, height: 700 }],
    ['on a second screen', place(-1500, 200), { x: -1500, y: 200, width: 1000, height: 700 }],
    ['not on a screen that is gone', place(5000, 200), { width: 1000, height: 700 }],
    ['not with its title above the screen', place(50, -40), { width: 1000, height: 700 }],
    ['not with its title below the screen', place(50, 1075), { width: 1000, height: 700 }],
    ['not larger than the screen', place(0, 0, 5000, 5000), { x: 0, y: 0, width: 1920, height: 1080 }],
    ['not too small', place(0, 0, 200, 100), { x: 0, y: 0, width: 900, height: 600 }],
  ])('%s', (_name, kept, expected) => {
    expect(placeOnScreens(kept, [main, left])).toEqual(expected);
  });

  it('without any known screen has a size', () => {
    expect(placeOnScreens(undefined, [])).toEqual({ width: 1440, height: 900 });
  });

  it('can be caught, whatever was kept', () => {
    const pixel = fc.integer({ min: -100_000, max: 100_000 });
    fc.assert(
      fc.property(pixel, pixel, pixel, pixel, (x, y, width, height) => {
        const found = placeOnScreens(place(x, y, width, height), [main, left]);
        const { x: foundX, y: foundY } = found;
        if (foundX === undefined || foundY === undefined) return;
        const grasps = [main, left].some(
          (area) =>
            foundX < area.x + area.width - 100 &&
            foundX + found.width > area.x + 100 &&
            foundY >= area.y &&
            foundY < area.y + area.height - 20,
        );
        expect(grasps).toBe(true);
      }),
    );
  });

  it.each([
    null,
    7,
    {},
    { bounds: { x: 1.5, y: 0, width: 1, height: 1 }, maximised: false },
    { bounds: {}, maximised: 1 },
  ])('a damaged setting counts as none: %j', async (value) => {
    expect(await keptPlace({ get: async () => value, set: async () => undefined })).toBeUndefined();
  });
});

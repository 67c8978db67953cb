import { describe, expect, it } from 'vitest';
import { agoLabel, aheadLabel, draggedWindow, partAt, stripRange, windowOnStrip } from './strip-geometry.ts';

describe('the time strip', () => {
  it('shows the last minutes and always the whole window', () => {
    expect(stripRange({ fromSeconds: 599, toSeconds: 600 }, 600)).toEqual({ fromSeconds: 360, toSeconds: 600 });
    expect(stripRange({ fromSeconds: 10, toSeconds: 11 }, 600)).toEqual({ fromSeconds: 10, toSeconds: 600 });
    expect(stripRange({ fromSeconds: 0, toSeconds: 1 }, 0.2)).toEqual({ fromSeconds: 0, toSeconds: 1 });
    expect(stripRange({ fromSeconds: 9, toSeconds: 10 }, 10, 300)).toEqual({ fromSeconds: 9, toSeconds: 300 });
  });

  it('tells edges from the inside', () => {
    const window = windowOnStrip({ fromSeconds: 2, toSeconds: 6 }, { fromSeconds: 0, toSeconds: 10 });
    expect(window.left).toBeCloseTo(0.2);
    expect(window.width).toBeCloseTo(0.4);
    expect([0.2, 0.4, 0.6, 0.9].map((share) => partAt(share, window, 0.02))).toEqual([
      'start',
      'inside',
      'end',
      'outside',
    ]);
  });

  it('moves the window within the strip and resizes it at an edge', () => {
    const strip = { fromSeconds: 0, toSeconds: 10 };
    expect(draggedWindow({ fromSeconds: 2, toSeconds: 4 }, 'inside', 100, strip)).toEqual({
      fromSeconds: 8,
      toSeconds: 10,
    });
    expect(draggedWindow({ fromSeconds: 2, toSeconds: 4 }, 'start', -1, strip)).toEqual({
      fromSeconds: 1,
      toSeconds: 4,
    });
    expect(draggedWindow({ fromSeconds: 2, toSeconds: 4 }, 'end', -100, strip).toSeconds).toBeGreaterThan(2);
  });

  it('says how far back and how far ahead it goes', () => {
    expect([0, 0.25, 12].map(aheadLabel)).toEqual(['now', '+250 ms', '+12 s']);
    expect([240, 12, 0.08].map(agoLabel)).toEqual(['−4 min', '−12 s', '−80 ms']);
  });
});

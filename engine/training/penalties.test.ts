import { describe, expect, it } from 'vitest';
import { belowBound, meanSquare, withPenalties, type Penalty } from './penalties.ts';

const values = [0.3, -0.7, 1.2];

/** Derivative by one value, by central differences. */
function slopeAt(penalty: Penalty, place: number): number {
  const at = (far: number): number => {
    const moved = Float64Array.from(values, (value, index) => (index === place ? value + far : value));
    return penalty(new Map([['p', moved]])).value;
  };
  return (at(1e-6) - at(-1e-6)) / 2e-6;
}

describe.each([
  ['mean square', meanSquare('p')],
  ['bound', belowBound('p', 0.5, 100)],
] as const)('the penalty %s', (_, penalty) => {
  it('has the slopes of its values', () => {
    const found = penalty(new Map([['p', Float64Array.from(values)]])).slopes.get('p');
    values.forEach((_value, place) => expect(found?.[place]).toBeCloseTo(slopeAt(penalty, place), 6));
  });
});

describe('penalties', () => {
  it('are 0 at and above a bound', () => {
    expect(belowBound('p', 0.5, 3)(new Map([['p', Float64Array.of(0.5, 0.6)]])).value).toBe(0);
  });

  it('add to a loss and to the gradients of their parameters only', () => {
    const parameters = new Map([['p', Float64Array.of(3)]]);
    const loss = {
      value: 1,
      gradients: new Map([
        ['p', Float64Array.of(0.5)],
        ['q', Float64Array.of(2)],
      ]),
    };
    const { value, gradients } = withPenalties(loss, [meanSquare('p'), meanSquare('p')], parameters);
    expect(value).toBe(19);
    expect([...gradients]).toEqual([
      ['p', Float64Array.of(12.5)],
      ['q', Float64Array.of(2)],
    ]);
  });
});

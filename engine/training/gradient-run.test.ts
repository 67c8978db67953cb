import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeMemory } from '../../electron/platform/node-memory.ts';
import { budgetOf } from '../base/budget.test-support.ts';
import { expectOk } from '../base/result.ts';
import type { Program } from '../build/program.ts';
import { createGradientRun, type GradientRun, type Loss } from './gradient-run.ts';
import { smoothProgram } from './random-smooth.test-support.ts';

const wrt = ['p', 'gain', 'W', 'x', 'weights', 'v', 'w', 'ring'];
const steps = 9;

/** Half the sum of squares of what is observed, weighted by step and cell. */
const loss: Loss = (outcome) => {
  const slopes = new Map(
    ['v', 'rate'].map((id) => [id, outcome(id).map((value, place) => value * (1 + 0.3 * Math.sin(place)))]),
  );
  const value = [...slopes].reduce(
    (sum, [id, slope]) =>
      sum + slope.reduce((inner, part, place) => inner + 0.5 * part * (outcome(id)[place] as number), 0),
    0,
  );
  return { value, slopes };
};

function prepare(program: Program, target: 'wasm' | 'interpreter', tapeBytes?: number): GradientRun {
  const more = tapeBytes === undefined ? {} : { tapeBytes };
  const request = { program, target, memory: nodeMemory, steps, wrt, observed: ['v', 'rate'], ...more };
  return expectOk(createGradientRun(request));
}

/** Loss at the given numbers plus `far` times the direction. */
function lossAlong(run: GradientRun, from: Float64Array, direction: Float64Array, id: string): (far: number) => number {
  return (far) => {
    run.write(
      id,
      from.map((value, place) => value + far * (direction[place] as number)),
    );
    const { value } = expectOk(run.evaluate(loss));
    run.write(id, from);
    return value;
  };
}

/** Derivative at 0 by five points; undefined where two widths disagree, as beside a kink or jump. */
function slopeAtZero(of: (far: number) => number): number | undefined {
  const estimate = (h: number): number => (8 * (of(h) - of(-h)) - (of(2 * h) - of(-2 * h))) / (12 * h);
  const [wide, narrow] = [estimate(2e-4), estimate(1e-4)];
  return Math.abs(wide - narrow) < 1e-6 * (1 + Math.abs(narrow)) ? narrow : undefined;
}

describe('gradients of random smooth programs', () => {
  it('agree with finite differences, and on both targets bit for bit', () => {
    const { check } = budgetOf('gradients');
    let compared = 0;
    fc.assert(
      fc.property(
        smoothProgram,
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 40, maxLength: 40 }),
        (program, drawn) => {
          const run = prepare(program, 'wasm');
          const { gradients } = expectOk(run.evaluate(loss));
          expect(expectOk(prepare(program, 'interpreter').evaluate(loss)).gradients).toEqual(gradients);
          expect(expectOk(prepare(program, 'wasm', 1).evaluate(loss)).gradients).toEqual(gradients);
          for (const id of wrt) {
            const from = Float64Array.from(program.signals.find((signal) => signal.id === id)?.initial as Float64Array);
            const direction = from.map((_, place) => drawn[place % drawn.length] as number);
            const wanted = slopeAtZero(lossAlong(run, from, direction, id));
            if (wanted === undefined) continue;
            compared += 1;
            const found = direction.reduce(
              (sum, part, place) => sum + part * (gradients.get(id)?.[place] as number),
              0,
            );
            expect(Math.abs(found - wanted), `${id}: ${found} instead of ${wanted}`).toBeLessThan(
              1e-6 * (1 + Math.abs(wanted)),
            );
          }
        },
      ),
      check,
    );
    expect(compared).toBeGreaterThan(4 * check.numRuns);
  });
});

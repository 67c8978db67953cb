import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeMemory } from '../../electron/platform/node-memory.ts';
import { defined } from '../base/assert.ts';
import { expectOk } from '../base/result.ts';
import type { Statement } from '../build/ir/types.ts';
import type { Program } from '../build/program.ts';
import { createGradientRun, type GradientRequest, type GradientRun, type Loss } from './gradient-run.ts';
import { smoothProgram } from './random-smooth.test-support.ts';

function goesDown(part: Statement): boolean {
  return part.kind === 'kernel' && part.kernel === 'dense-product' && part.numbers['transposed'] === 0;
}

const wrt = ['p', 'gain', 'W', 'weights', 'v'];

function prepare(made: Program = program, more: Partial<GradientRequest> = {}): GradientRun {
  const request = { program: made, target: 'wasm', memory: nodeMemory, steps: 7, wrt, observed: ['v'] } as const;
  return expectOk(createGradientRun({ ...request, ...more }));
}

const lossAt =
  (phase: number): Loss =>
  (outcome) => {
    const slopes = outcome('v').map((_, place) => Math.sin(place + phase));
    const value = slopes.reduce((sum, slope, place) => sum + slope * (outcome('v')[place] as number), 0);
    return { value, slopes: new Map([['v', slopes]]) };
  };

/** One whose matrix is stored [from, to], so that it is turned for the way back, and counts. */
const program = defined(
  fc
    .sample(smoothProgram, { numRuns: 400, seed: 11 })
    .filter(({ operators }) => operators.some(({ body }) => body.some((part) => goesDown(part))))
    .find((made) =>
      expectOk(prepare(made).evaluate(lossAt(0)))
        .gradients.get('W')
        ?.some((slope) => slope !== 0),
    ),
  'a program',
);

const members = [0.3, 1.1, -0.8].map((phase, number) => ({
  contents: new Map([['v', Float64Array.from({ length: 5 }, (_, cell) => Math.cos(number + cell))]]),
  loss: lossAt(phase),
}));

describe('a batch', () => {
  it('has the sum of the losses and gradients of its members, and the last one’s of initial states', () => {
    const { value, gradients, outcomes } = expectOk(prepare().evaluateBatch(members));
    const run = prepare();
    const single = members.map(({ contents, loss }) => {
      for (const [id, values] of contents) run.write(id, values);
      return expectOk(run.evaluate(loss));
    });
    expect(value).toBeCloseTo(
      single.reduce((sum, found) => sum + found.value, 0),
      12,
    );
    for (const id of wrt) {
      const counted = id === 'v' ? single.slice(-1) : single;
      gradients.get(id)?.forEach((slope, place) => {
        const wanted = counted.reduce((sum, found) => sum + (found.gradients.get(id)?.[place] as number), 0);
        expect(slope, `${id}[${place}]`).toBeCloseTo(wanted, 12);
      });
    }
    single.forEach(({ outcome }, number) => expect(outcomes[number]?.('v')).toEqual(outcome('v')));
  });

  it('goes back through weights that were written since', () => {
    const [late, anew] = [prepare(), prepare()];
    expectOk(late.evaluate(lossAt(0)));
    const turned = late.read('W').map((weight, place) => weight * Math.sin(place) + 0.2);
    for (const run of [late, anew]) run.write('W', turned);
    expect(expectOk(late.evaluate(lossAt(0))).gradients).toEqual(expectOk(anew.evaluate(lossAt(0))).gradients);
  });

  it.each([2, 3, 4])(
    'is the same with %i members side by side, but for the order of the sums over members',
    (count) => {
      const inputs = members.map((member, number) => ({
        ...member,
        contents: new Map([
          ...member.contents,
          ['x', Float64Array.from({ length: 35 }, (_, at) => Math.sin(at + number))],
        ]),
      }));
      const asked = { own: ['x'], wrt: [...wrt, 'x'] };
      const single = expectOk(prepare(program, asked).evaluateBatch(inputs));
      const found = (target: 'wasm' | 'interpreter', tapeBytes?: number) =>
        expectOk(
          prepare(program, {
            ...asked,
            members: count,
            target,
            ...(tapeBytes === undefined ? {} : { tapeBytes }),
          }).evaluateBatch(inputs),
        );
      const together = found('wasm');
      expect(together.value).toBe(single.value);
      together.own.forEach((own, number) => {
        expect(own).toEqual(single.own[number]);
        expect(together.outcomes[number]?.('v')).toEqual(single.outcomes[number]?.('v'));
      });
      for (const id of wrt) {
        together.gradients.get(id)?.forEach((slope, place) => {
          expect(slope, `${id}[${place}]`).toBeCloseTo(single.gradients.get(id)?.[place] as number, 12);
        });
      }
      for (const other of [found('interpreter'), found('wasm', 1)]) {
        expect(other.gradients).toEqual(together.gradients);
        expect(other.own).toEqual(together.own);
      }
    },
  );
});

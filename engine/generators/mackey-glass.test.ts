import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createUniformSource } from '../base/random.ts';
import { expectOk } from '../base/result.ts';
import { isNumericArray, readCase } from '../conform/reference-case.ts';
import { mackeyGlass } from './mackey-glass.ts';
import { narma } from './narma.ts';

const folder = new URL('../../e2e/cases/reservoirpy/mackey_glass/', import.meta.url);
const uniform = createUniformSource(3);

describe('Mackey–Glass', () => {
  const names = readdirSync(folder);
  it('has its reference cases', () => {
    expect(names.length).toBeGreaterThanOrEqual(5);
  });

  for (const name of names) {
    it(`reproduces ${name}`, () => {
      const json: unknown = JSON.parse(gunzipSync(readFileSync(new URL(name, folder))).toString());
      const { parameters, expected, tolerance } = expectOk(readCase(json, name));
      const number = (key: string): number => parameters[key] as number;
      const { history } = parameters;
      const { output } = expected;
      if (!isNumericArray(history) || !isNumericArray(output)) throw new Error('the case lacks its arrays');
      const found = expectOk(
        mackeyGlass(
          {
            steps: number('n_timesteps'),
            delay: number('tau'),
            a: number('a'),
            b: number('b'),
            n: number('n'),
            initial: number('x0'),
            timeStep: number('h'),
            history: history.values,
          },
          uniform,
        ),
      );
      const rows = (tolerance['rows'] as number | undefined) ?? output.values.length;
      const worst = Math.max(
        ...Array.from(
          output.values.slice(0, rows),
          (value, row) => Math.abs(value - (found[row] as number)) / (1e-7 + 1e-6 * Math.abs(value)),
        ),
      );
      expect(found.length).toBe(output.values.length);
      expect(worst).toBeLessThanOrEqual(1);
    });
  }

  it('is chaotic but bounded by default, and the same for the same source', () => {
    const once = expectOk(mackeyGlass({ steps: 500 }, createUniformSource(9)));
    expect(expectOk(mackeyGlass({ steps: 500 }, createUniformSource(9)))).toEqual(once);
    expect(once.every((value) => value > 0.1 && value < 1.7)).toBe(true);
  });

  it('refuses a short history, a delay below the time step and odd counts', () => {
    const refused = [
      mackeyGlass({ steps: 5, history: [1, 2] }, uniform),
      mackeyGlass({ steps: 5, delay: 0.5 }, uniform),
      mackeyGlass({ steps: 1.5 }, uniform),
      mackeyGlass({ steps: 5, timeStep: 0 }, uniform),
    ];
    expect(refused.map((result) => !result.ok && result.problems[0]?.code)).toEqual(
      Array.from({ length: 4 }, () => 'generator/invalid'),
    );
  });
});

describe('NARMA', () => {
  it('follows its recursion', () => {
    const { output } = expectOk(narma({ steps: 4, order: 1, input: [1, 2, 3, 4, 5], initial: [0.5] }, uniform));
    const second = 0.2 * 0 + 0.04 * 0 * 0.5 + 1.5 * 1 * 2 + 0.001;
    const third = 0.2 * second + 0.04 * second * 0 + 1.5 * 2 * 3 + 0.001;
    const fourth = 0.2 * third + 0.04 * third * second + 1.5 * 3 * 4 + 0.001;
    expect([...output]).toEqual([0, second, third, fourth]);
  });

  it('draws its input between 0 and 0.5, and refuses what it cannot do', () => {
    const { input, output } = expectOk(narma({ steps: 200 }, createUniformSource(4)));
    expect(input.length).toBe(210);
    expect(input.every((value) => value > 0 && value < 0.5)).toBe(true);
    expect(output.every((value) => value >= 0 && value < 1.5)).toBe(true);
    expect(narma({ steps: 5, input: [1] }, uniform).ok).toBe(false);
    expect(narma({ steps: 5, order: 0 }, uniform).ok).toBe(false);
    expect(narma({ steps: 4000, order: 2, a1: 9 }, uniform).ok).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import { defined } from '../base/assert.ts';
import { expectOk } from '../base/result.ts';
import { henonMap } from '../generators/henon-map.ts';
import { logisticMap } from '../generators/logistic-map.ts';
import type { ParameterValue } from '../model/value.ts';
import { elementDocument, prepared, runOn } from './library-models.test-support.ts';
import { elementKinds } from './library.ts';
import { prepareRun } from './prepare-run.ts';

type Parameters = Record<string, ParameterValue>;

const number = (value: number): ParameterValue => ({ value, unit: '1' });

function documentOf(kind: string, parameters: Parameters) {
  return elementDocument(defined(elementKinds.find(kind), kind), { everyPort: false, parameters });
}

/** What a stimulus plays in so many steps. */
function played(target: 'interpreter' | 'wasm', kind: string, parameters: Parameters, steps: number) {
  return Float64Array.from(
    runOn(target, prepared(documentOf(kind, parameters)).program, steps)['probe probe_out'] ?? [],
  );
}

describe.each(['interpreter', 'wasm'] as const)('stimuli of maps, %s', (target) => {
  it('the Hénon map plays the points of the map, one a step, and starts again', () => {
    const rows = expectOk(henonMap({ steps: 20, a: 1.3, b: 0.2, initial: [0.1, -0.1] })).values;
    const found = played(
      target,
      'stimuli/henon-map',
      { length: 20, a: number(1.3), b: number(0.2), x0: number(0.1), y0: number(-0.1) },
      25,
    );
    expect(found).toEqual(Float64Array.of(...rows, ...rows.subarray(0, 10)));
  });

  it('the logistic map plays the values of the map, one a step', () => {
    const values = expectOk(logisticMap({ steps: 30, r: 3.7, initial: 0.2 }));
    expect(played(target, 'stimuli/logistic-map', { length: 30, r: number(3.7), x0: number(0.2) }, 30)).toEqual(values);
  });
});

it('a Hénon map that grows without bound is refused, with what was given', () => {
  const made = prepareRun(documentOf('stimuli/henon-map', { a: number(3) }));
  expect(made.ok).toBe(false);
  expect(made.problems.map(({ message }) => message).join()).toContain('3, 0.3 and 0, 0');
});

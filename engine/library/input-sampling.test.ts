/** How stages inside a step see inputs: ports held or looked ahead, tables at the time of the stage (rules I10–I12). */
import { describe, expect, it } from 'vitest';
import { encodeArray } from '../model/arrays.ts';
import type { SpikeloomDocument } from '../model/document.ts';
import { createEmptyDocument } from '../model/new-document.ts';
import { prepared, runOn } from './library-models.test-support.ts';

/** One value per step of 1 ms. */
const values = [0.5, 2, -1, 3, 0.25];

function documentOf(model: string, method: string, sampling: string): SpikeloomDocument {
  const empty = createEmptyDocument('Stages');
  const series = encodeArray(values, [values.length, 1]);
  const table = encodeArray(values, [values.length]);
  const parameters = {
    size: 1,
    model,
    method,
    input_sampling: sampling,
    threshold_condition: '',
    reset_statements: '',
    refractory_period: '',
    event_handlers: '',
    ...(model.includes('J(t)') ? { tables: 'J(1*ms) : 1', J: { array: table.id, unit: '1' } } : {}),
  };
  return {
    ...empty,
    run: { ...empty.run, timeStep: { value: 1, unit: 'ms' } },
    arrays: { [series.id]: series, [table.id]: table },
    elements: {
      source: {
        id: 'source',
        kind: 'stimuli/series',
        name: 'Source',
        parameters: { series: { array: series.id, unit: '1' } },
      },
      cells: { id: 'cells', kind: 'neurons/equations', name: 'Cells', parameters },
    },
    connections: model.includes('(linked)')
      ? {
          wire: {
            id: 'wire',
            kind: 'connectors/wire',
            from: { element: 'source', port: 'out' },
            to: { element: 'cells', port: 'I' },
            parameters: {},
          },
        }
      : {},
    probes: { x: { id: 'x', element: 'cells', target: 'x', cells: null } },
  };
}

/** x before each of four steps, alike on both targets. */
function trace(model: string, method: string, sampling: string): readonly number[] {
  const { program } = prepared(documentOf(model, method, sampling));
  const found = runOn('wasm', program, 4);
  expect(runOn('interpreter', program, 4)).toEqual(found);
  return found['probe x'] ?? [];
}

type Inputs = readonly [start: number, middle: number, end: number];
type Step = (x: number, inputs: Inputs) => number;

/** dx/dt = (I − x)/(4 ms) with steps of 1 ms: the stages written out. */
const f = (x: number, input: number): number => (input - x) / 4;
const steps: Readonly<Record<string, Step>> = {
  euler: (x, [start]) => x + f(x, start),
  rk2: (x, [start, middle]) => x + f(x + f(x, start) / 2, middle),
  rk4(x, [start, middle, end]) {
    const k1 = f(x, start);
    const k2 = f(x + k1 / 2, middle);
    const k3 = f(x + k2 / 2, middle);
    const k4 = f(x + k3, end);
    return x + (k1 + 2 * k2 + 2 * k3 + k4) / 6;
  },
};

function written(step: Step, inputs: (n: number) => Inputs): readonly number[] {
  const rows = [0];
  for (let n = 0; n < 3; n += 1) rows.push(step(rows[n] ?? 0, inputs(n)));
  return rows;
}

const at = (n: number): number => values[Math.min(n, values.length - 1)] ?? 0;
const held = (n: number): Inputs => [at(n), at(n), at(n)];
const looking = (n: number): Inputs => [at(n), at(n), at(n + 1)];

function expectNear(found: readonly number[], wanted: readonly number[]): void {
  expect(found.length).toBe(wanted.length);
  wanted.forEach((value, place) => expect(found[place]).toBeCloseTo(value, 13));
}

describe('inputs inside a step', () => {
  const linked = 'dx/dt = (I - x)/(4*ms) : 1\nI : 1 (linked)';
  const table = 'dx/dt = (J(t) - x)/(4*ms) : 1';

  it.each(Object.entries(steps))(
    '%s holds what comes in at ports, or sees the next value at the end',
    (method, step) => {
      expectNear(trace(linked, method, 'start'), written(step, held));
      expectNear(trace(linked, method, 'stages'), written(step, looking));
    },
  );

  it.each(Object.entries(steps))('%s reads tables at the time of each stage, whatever is chosen', (method, step) => {
    for (const sampling of ['start', 'stages']) expectNear(trace(table, method, sampling), written(step, looking));
  });

  it('makes a difference only where a stage stands at the end of the step', () => {
    expect(trace(linked, 'rk2', 'stages')).toEqual(trace(linked, 'rk2', 'start'));
    expect(trace(linked, 'rk4', 'stages')).not.toEqual(trace(linked, 'rk4', 'start'));
  });

  it('Heun and Milstein: drift at the start, the second strength of the noise at the end of the step', () => {
    const noisy = (name: string) =>
      `dx/dt = ${name}/(4*ms) + ${name}*(1 + x)*xi*second**-0.5 : 1\n${name === 'I' ? 'I : 1 (linked)' : ''}`;
    const port = trace(noisy('I'), 'heun', 'stages');
    expectNear(port, trace(noisy('J(t)'), 'heun', 'start'));
    expect(trace(noisy('I'), 'heun', 'start')).not.toEqual(port);
    expectNear(trace(noisy('I'), 'milstein', 'stages'), trace(noisy('J(t)'), 'milstein', 'start'));
    expect(trace(noisy('I'), 'milstein', 'start')).toEqual(trace(noisy('I'), 'milstein', 'stages'));
  });
});

import { describe, expect, it } from 'vitest';
import type { Result } from '../../base/result.ts';
import { expectOk, mapResult, ok } from '../../base/result.ts';
import type { ParameterSpec } from '../../model/kind.ts';
import type { ResolvedValue } from '../../model/validated.ts';
import type { BuiltProgram } from '../build-program.ts';
import { buildProgram } from '../build-program.ts';
import { fakeLibrary, join, modelOf, part, source, trace } from '../fake-model.test-support.ts';
import { checkOperator } from '../ir/check.ts';
import type { ElementKind } from '../library-kind.ts';
import type { PopulationDefinition } from './definition.ts';
import { expandPopulation } from './expand-population.ts';

const dt = 1e-3;
const quantity = (name: string, unit: string): ParameterSpec => ({
  name,
  title: name,
  description: name,
  type: 'quantity',
  unit,
  default: 1,
  perCell: true,
});
const specs = [quantity('tau', 's'), quantity('level', '1'), quantity('start', '1')];
const port = (name: string) => ({ name, title: name, type: 'continuous', unit: '1' }) as const;

/** A kind that is this population and nothing else; `in` is its input x where the definition names one. */
function kindOf(definition: Partial<PopulationDefinition>): ElementKind {
  return {
    id: 'fake/population',
    family: 'neurons',
    title: 'P',
    summary: 'P',
    keywords: [],
    parameters: specs,
    equations: [],
    source: 'test',
    inputs: [{ name: 'in', title: 'in', types: ['continuous'], accepts: 'channels', unit: '1' }],
    outputs: [{ name: 'spikes', title: 'spikes', type: 'spikes', unit: '1' }, port('shown'), port('after')],
    states: [{ name: 'v', title: 'v', unit: '1' }],
    sizes: () => ok({ outputs: { spikes: 1, shown: 1, after: 1 }, cells: 1 }),
    expand(builder) {
      const inputs =
        builder.inputSize('in') > 0
          ? { x: { signal: builder.input('in'), ahead: builder.inputAhead('in'), unit: '1' } }
          : {};
      const whole = { cells: 1, model: '', method: 'euler', parameters: [], initial: {}, inputs, ...definition };
      return mapResult(expandPopulation(builder, whole), () => undefined);
    },
  };
}

function build(
  definition: Partial<PopulationDefinition>,
  parameters: Record<string, ResolvedValue> = {},
  driven = false,
): Result<BuiltProgram> {
  const kind = kindOf(definition);
  const library = { ...fakeLibrary, element: (id: string) => (id === kind.id ? kind : fakeLibrary.element(id)) };
  const given = { tau: 0.01, level: 1, start: 0, ...parameters };
  const elements = [part('s', source, { size: definition.cells ?? 1 }), part('p', kind, given)];
  return buildProgram(modelOf(elements, driven ? [join('s.out', 'p.in')] : []), library);
}

/** Rows of the named signals of the population. */
function run(
  definition: Partial<PopulationDefinition>,
  steps: number,
  names: readonly string[],
  parameters: Record<string, ResolvedValue> = {},
  driven = false,
): number[][][] {
  const { program } = expectOk(build(definition, parameters, driven));
  const signals = new Map(program.signals.map((signal) => [signal.id, signal]));
  expect(program.operators.flatMap((operator) => checkOperator(operator, signals))).toEqual([]);
  return trace(program, steps, ...names.map((name) => `p/${name}`));
}

const leaky = { model: 'dv/dt = (level - v)/tau : 1', parameters: ['tau', 'level'], initial: { v: 'start' } } as const;

describe('a population of equations', () => {
  it('steps forward Euler in the order written', () => {
    const [rows] = run(leaky, 3, ['v'], { start: 0.3 });
    let v = 0.3;
    const wanted = [1, 2, 3].map(() => (v = v + dt * ((1 - v) / 0.01)));
    expect(rows?.flat()).toEqual(wanted.map((value) => expect.closeTo(value, 15) as number));
  });

  it('has cells that agree and cells that differ', () => {
    const level = { shape: [3], values: Float64Array.of(1, 2, 3) };
    const { program } = expectOk(build({ ...leaky, cells: 3 }, { level }));
    expect(program.signals.find(({ id }) => id === 'p/parameter_level')?.initial).toEqual(level.values);
    expect(program.signals.some(({ id }) => id === 'p/parameter_tau')).toBe(false);
    const [rows] = run({ ...leaky, cells: 3 }, 1, ['v'], { level });
    expect(rows?.[0]).toEqual([0.1, 0.2, 0.3].map((value) => expect.closeTo(value, 15) as number));
  });

  it('starts from numbers and from parameters, cell by cell', () => {
    const start = { shape: [2], values: Float64Array.of(4, 5) };
    const two = {
      model: 'dv/dt = 0*v/tau : 1\ndw/dt = 0*w/tau : 1',
      cells: 2,
      parameters: ['tau'],
      initial: { v: 'start', w: 7 },
    };
    expect(run(two, 1, ['v', 'w'], { start })).toEqual([[[4, 5]], [[7, 7]]]);
  });

  it('spikes beyond the threshold, resets what the reset names, and shows it in the step', () => {
    const counting = {
      model: 'dv/dt = 1/tau : 1\nn : 1',
      parameters: ['tau'],
      threshold: 'v > 0.25',
      reset: 'v = 0\nn += 1',
      initial: { v: 0 },
    };
    const [v, n, spikes] = run(counting, 6, ['v', 'n', 'spikes']);
    expect(v?.flat()).toEqual([0.1, 0.2, 0, 0.1, 0.2, 0]);
    expect(n?.flat()).toEqual([0, 0, 1, 1, 1, 2]);
    expect(spikes?.flat()).toEqual([0, 0, 1, 0, 0, 1]);
  });

  it('tells outputs before the step from outputs after it', () => {
    const shown = {
      ...leaky,
      model: 'dv/dt = 1/tau : 1',
      parameters: ['tau'],
      threshold: 'v > 0.25',
      reset: 'v = 0',
      outputs: { shown: 'v' },
      outputsAfter: { after: 'v' },
    };
    const [v, before, after] = run(shown, 3, ['v', 'shown', 'after']);
    expect(v?.flat()).toEqual([0.1, 0.2, 0]);
    expect(before?.flat()).toEqual([0, 0.1, 0.2]);
    expect(after).toEqual(v);
  });

  it.each([
    [0, [1, 1, 1, 1, 1, 1]],
    [dt, [1, 1, 1, 1, 1, 1]],
    [2 * dt, [1, 0, 1, 0, 1, 0]],
    [3 * dt, [1, 0, 0, 1, 0, 0]],
    [2.5 * dt, [1, 0, 1, 0, 1, 0]],
  ])('is refractory for %f s', (refractorySeconds, wanted) => {
    const eager = {
      model: 'dv/dt = 1/tau : 1 (unless refractory)',
      parameters: ['tau'],
      threshold: 'v > 0.05',
      reset: 'v = 0',
      refractorySeconds,
      initial: { v: 0 },
    };
    expect(run(eager, 6, ['spikes'])[0]?.flat()).toEqual(wanted);
  });

  it('holds what is flagged during the refractory period and lets the rest go on', () => {
    const model = 'dv/dt = 1/tau : 1 (unless refractory)\ndw/dt = 1/tau : 1';
    const held = {
      model,
      parameters: ['tau'],
      threshold: 'v > 0.05',
      reset: 'v = 0',
      refractorySeconds: 3 * dt,
      initial: { v: 0, w: 0 },
    };
    const [v, w] = run(held, 4, ['v', 'w']);
    expect(v?.flat()).toEqual([0, 0, 0, 0]);
    expect(w?.flat()).toEqual([0.1, 0.2, 0.3, 0.4].map((value) => expect.closeTo(value, 15) as number));
  });

  it('runs discrete statements in order, each seeing what was written before', () => {
    const discrete = {
      model: 'v : 1\nw : 1',
      method: 'discrete',
      update: 'v = v + 1\nw = 2*v\nv = v + w',
      initial: {},
    };
    expect(run(discrete, 2, ['v', 'w'])).toEqual([
      [[3], [12]],
      [[2], [8]],
    ]);
  });

  it('feeds inputs cell by cell; stages at the end of a step see what comes next', () => {
    const driven = { model: 'dv/dt = x/second : 1', cells: 2, initial: { v: 0 } };
    // The source gives 10·step + cell.
    const [euler] = run(driven, 3, ['v'], {}, true);
    expect(euler?.map(([first]) => first)).toEqual([0, 0.01, 0.03]);
    const [rk4] = run({ ...driven, method: 'rk4' }, 3, ['v'], {}, true);
    const held = [0, 10, 20];
    let sum = 0;
    const weighted = held.map((now) => (sum += (dt * (5 * now + (now + 10))) / 6));
    expect(rk4?.map(([first]) => first)).toEqual(weighted.map((value) => expect.closeTo(value, 12) as number));
  });

  it('draws a noise name once per cell and step, and every rand() anew', () => {
    const noisy = {
      model: 'v : 1\nw : 1\na : 1\nb : 1',
      method: 'discrete',
      noise: ['noise'],
      cells: 3,
      update: 'v = noise\nw = noise\na = rand()\nb = rand()',
      initial: {},
    };
    const [v, w, a, b] = run(noisy, 2, ['v', 'w', 'a', 'b']);
    expect(v).toEqual(w);
    expect(a).not.toEqual(b);
    expect(new Set(v?.flat()).size).toBe(6);
    expect(new Set([...(a?.flat() ?? []), ...(b?.flat() ?? [])]).size).toBe(12);
  });

  it('knows the time, the step, the number of the cell and how many there are', () => {
    const knowing = {
      model: 'v : 1\nw : 1',
      method: 'discrete',
      cells: 2,
      update: 'v = t_in_timesteps + 10*i + 100*N\nw = t/dt',
      initial: {},
    };
    const [v, w] = run(knowing, 2, ['v', 'w']);
    expect(v).toEqual([
      [200, 210],
      [201, 211],
    ]);
    expect(w).toEqual([
      [0, 0],
      [1, 1],
    ]);
  });

  it('writes subexpressions out in thresholds, resets and outputs', () => {
    const model = 'dv/dt = 1/tau : 1\nhigh = v*10 : 1';
    const written = {
      model,
      parameters: ['tau'],
      threshold: 'high > 1.5',
      reset: 'v = high',
      initial: { v: 0 },
      outputs: { shown: 'high' },
    };
    const [v, shown] = run(written, 2, ['v', 'shown']);
    expect(v?.flat()).toEqual([0.1, 2]);
    expect(shown?.flat()).toEqual([0, 1]);
  });
});

describe('equations with mistakes', () => {
  const mistakes: readonly (readonly [string, Partial<PopulationDefinition>, string])[] = [
    ['a model that cannot be read', { ...leaky, model: 'dv/dt = (level - v/tau : 1' }, 'equations/syntax'],
    ['an unknown name', { ...leaky, model: 'dv/dt = (levl - v)/tau : 1' }, 'equations/unknown-name'],
    ['units that do not fit', { ...leaky, model: 'dv/dt = level - v : 1' }, 'equations/dimension'],
    ['an unknown unit', { ...leaky, model: 'dv/dt = (level - v)/tau : parsec' }, 'equations/unit'],
    ['an unknown flag', { ...leaky, model: 'dv/dt = (level - v)/tau : 1 (sometimes)' }, 'equations/flag'],
    ['a name defined twice', { ...leaky, model: 'dv/dt = -v/tau : 1\nv : 1' }, 'equations/duplicate-name'],
    ['a reserved name', { ...leaky, model: 'ddt/dt = -dt/tau : 1' }, 'equations/reserved-name'],
    ['subexpressions in a circle', { ...leaky, model: 'dv/dt = a/tau : 1\na = b : 1\nb = a : 1' }, 'equations/cycle'],
    ['a threshold that is a number', { ...leaky, threshold: 'v + 1' }, 'equations/type'],
    ['a threshold that cannot be read', { ...leaky, threshold: 'v >' }, 'equations/syntax'],
    ['a threshold on an unknown name', { ...leaky, threshold: 'u > 1' }, 'equations/unknown-name'],
    ['a reset that writes a constant', { ...leaky, threshold: 'v > 1', reset: 't = 0*second' }, 'equations/write'],
    ['a reset of the wrong dimension', { ...leaky, threshold: 'v > 1', reset: 'v = tau' }, 'equations/dimension'],
    ['statements that cannot be read', { model: 'v : 1', method: 'discrete', update: 'v = = 1' }, 'equations/syntax'],
    ['an output that cannot be read', { ...leaky, outputs: { shown: 'v +' } }, 'equations/syntax'],
    ['an output of an unknown name', { ...leaky, outputs: { shown: 'w + 1' } }, 'equations/unknown-name'],
    [
      'an output after the step of an unknown name',
      { ...leaky, outputsAfter: { after: 'w' } },
      'equations/unknown-name',
    ],
    ['an output of parts that do not fit', { ...leaky, outputs: { shown: 'v + tau' } }, 'equations/dimension'],
    ['an unknown method', { ...leaky, method: 'magic' }, 'integration/not-applicable'],
    [
      'a method that does not take the system',
      { ...leaky, model: 'dv/dt = -v**2/tau : 1', method: 'exponential-euler' },
      'integration/not-applicable',
    ],
  ];

  it.each(mistakes)('%s: a Problem at the element', (_what, definition, code) => {
    const result = build(definition);
    expect(result.ok).toBe(false);
    expect(result.problems.map((found) => found.code)).toContain(code);
    for (const found of result.problems) expect(found.at).toMatchObject({ element: 'p', path: 'equations' });
  });

  it('mark the characters at fault', () => {
    const model = 'dv/dt = (levl - v)/tau : 1';
    const [found] = build({ ...leaky, model }).problems;
    expect(model.slice(found?.at?.span?.start, found?.at?.span?.end)).toBe('levl');
  });

  it('say which parameter has the wrong number of values', () => {
    const [found] = build({ ...leaky, cells: 3 }, { level: { shape: [2], values: Float64Array.of(1, 2) } }).problems;
    expect(found).toMatchObject({ code: 'model/parameter-shape', at: { element: 'p', path: 'parameters.level' } });
  });
});

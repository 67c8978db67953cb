import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectOk } from '../../base/result.ts';
import type { NumericArray } from '../../model/validated.ts';
import { laboratoryOn } from '../case-files.test-support.ts';
import { readCase, type CaseRecord } from '../reference-case.ts';
import { equationNetwork } from './equation-network.ts';

/** A step of 1 ms; cells that only hold values, and a generator. */
interface Sketch {
  readonly populations?: Record<string, object>;
  readonly generators?: Record<string, object>;
  readonly synapses: readonly object[];
  readonly record: Record<string, readonly string[]>;
  readonly steps: number;
  readonly record_when?: string;
  readonly constants?: Record<string, object>;
}

const holders = (cells: number, equations = 'x : 1\ny : 1', more: object = {}): object => ({
  model: { equations, constants: {}, method: 'euler', ...more },
  cells,
  initial: {},
  parameters: {},
});

function outcome(sketch: Sketch, target: 'wasm' | 'interpreter') {
  const { steps, ...rest } = sketch;
  const whole = {
    id: 'sketch',
    system: 'equations.network',
    kind: 'equations-network',
    dt: 1e-3,
    duration: steps * 1e-3,
    populations: { P: holders(2) },
    generators: {},
    constants: {},
    expected: { states: {} },
    ...rest,
  };
  return equationNetwork.run(expectOk(readCase(whole, 'sketch')), laboratoryOn(target));
}

/** Rows of `object/variable`, the same on both targets. */
function run(sketch: Sketch, wanted: string): number[][] {
  const [wasm, interpreter] = (['wasm', 'interpreter'] as const).map((target) => rows(sketch, wanted, target));
  expect(wasm).toEqual(interpreter);
  return wasm as number[][];
}

function rows(sketch: Sketch, wanted: string, target: 'wasm' | 'interpreter'): number[][] {
  const [object = '', variable = ''] = wanted.split('/');
  const states = expectOk(outcome(sketch, target))['states'] as Record<string, Record<string, CaseRecord>>;
  const { shape, values } = states[object]?.[variable]?.['samples'] as NumericArray;
  const [count = 0, width = 0] = shape;
  return Array.from({ length: count }, (_, row) => Array.from(values.subarray(row * width, (row + 1) * width)));
}

/** The problems of a network, as code and marked text. */
function mistakes(sketch: Sketch, text: string): (readonly [string, string])[] {
  return outcome(sketch, 'interpreter').problems.map(({ code, at }) => [
    code,
    at?.span === undefined ? '' : text.slice(at.span.start, at.span.end),
  ]);
}

const spikesAt = (cells: number, ...events: readonly (readonly [step: number, cell: number])[]): object => ({
  cells,
  times: events.map(([step]) => step * 1e-3),
  indices: events.map(([, cell]) => cell),
});

const link = (code: string, more: object = {}): object => ({
  name: 'S',
  from: 'g',
  to: 'P',
  model: '',
  on_pre: code,
  i: [0, 0],
  j: [0, 1],
  initial: {},
  parameters: {},
  ...more,
});

describe('synapses in equations', () => {
  it('deliver in the step of the spike, or as many steps later as each delay says', () => {
    const sketch = {
      generators: { g: spikesAt(1, [1, 0]) },
      synapses: [link('x_post += t/(1*ms)', { delay: [0, 0.0024] })],
      record: { P: ['x'] },
      steps: 6,
      record_when: 'end',
    };
    const seen = run(sketch, 'P/x');
    expect(seen.map(([first]) => first)).toEqual([0, 1, 1, 1, 1, 1]);
    expect(seen.map(([, second]) => second)).toEqual([0, 0, 0, 3, 3, 3]);
  });

  it('rounds delays half up', () => {
    const at = (delay: number): number =>
      run(
        {
          generators: { g: spikesAt(1, [0, 0]) },
          synapses: [link('x += 1', { delay })],
          record: { P: ['x'] },
          steps: 5,
          record_when: 'end',
        },
        'P/x',
      ).findIndex(([value]) => value === 1);
    expect([0.00049, 0.0005, 0.0015, 0.00249].map(at)).toEqual([0, 1, 2, 2]);
  });

  it('come in the order of spike time, source, creation', () => {
    // The digits tell who came: earlier spikes first, then lower sources, then as created.
    const sketch = {
      populations: { P: holders(1) },
      generators: { g: spikesAt(2, [0, 1], [1, 0], [1, 1]) },
      synapses: [
        link('x_post = 10*x_post + d', {
          model: 'd : 1',
          i: [1, 0, 1, 1],
          j: [0, 0, 0, 0],
          delay: [0.001, 0.001, 0.002, 0.001],
          parameters: { d: [1, 2, 3, 4] },
        }),
      ],
      record: { P: ['x'] },
      steps: 3,
      record_when: 'end',
    };
    // Step 1: spike of source 1 over synapses 0 and 3; step 2: that spike over synapse 2, then those of step 1.
    expect(run(sketch, 'P/x')).toEqual([[0], [14], [143214]]);
  });

  it('keep several synapses of one pair apart and add all they bring', () => {
    const sketch = {
      generators: { g: spikesAt(1, [0, 0]) },
      synapses: [link('x_post += w', { model: 'w : 1', i: [0, 0, 0], j: [1, 1, 0], parameters: { w: [1, 2, 4] } })],
      record: { P: ['x'] },
      steps: 2,
    };
    expect(run(sketch, 'P/x')).toEqual([
      [0, 0],
      [4, 3],
    ]);
  });

  it('run pathways by order, then by name', () => {
    const both = (orders: readonly number[]): number | undefined =>
      run(
        {
          populations: { P: holders(1) },
          generators: { g: spikesAt(1, [0, 0]) },
          synapses: [
            link('', {
              on_pre: {
                a: { code: 'x_post = 10*x_post + 1', order: orders[0] },
                b: { code: 'x_post = 10*x_post + 2', order: orders[1] },
              },
              i: [0],
              j: [0],
            }),
          ],
          record: { P: ['x'] },
          steps: 2,
        },
        'P/x',
      )[1]?.[0];
    expect([both([0, 0]), both([1, 0]), both([-3, -2])]).toEqual([12, 21, 12]);
  });

  it('listen to events of the target, with a delay of their own', () => {
    const sketch = {
      populations: { P: holders(2, 'dx/dt = (1 + i)/second : 1', { threshold: 'x > 3.5e-3', reset: 'x = 0' }) },
      generators: { g: spikesAt(1) },
      synapses: [link('', { model: 'n : 1', on_pre: {}, on_post: { post: { code: 'n += 1', delay: 0.002 } } })],
      record: { S: ['n'] },
      steps: 8,
      record_when: 'end',
    };
    // Cell 1 fires in steps 1, 3, 5; cell 0 in steps 3 and 7.
    const seen = run(sketch, 'S/n');
    expect(seen.map(([first]) => first)).toEqual([0, 0, 0, 0, 0, 1, 1, 1]);
    expect(seen.map(([, second]) => second)).toEqual([0, 0, 0, 1, 1, 2, 2, 3]);
  });

  it('listen to custom events', () => {
    const sketch = {
      populations: {
        Q: holders(2, 'dx/dt = (1 + i)/second : 1', {
          events: { high: 'x > 3.5e-3 and x < 4.5e-3' },
          on_events: { high: 'x += 0' },
        }),
        P: holders(2),
      },
      synapses: [{ ...link('x_post += 1 + i'), from: 'Q', i: [0, 1], j: [0, 1], on_event: { pre: 'high' } }],
      record: { P: ['x'] },
      steps: 5,
      record_when: 'end',
    };
    expect(run(sketch, 'P/x')).toEqual([
      [0, 0],
      [0, 2],
      [0, 2],
      [1, 2],
      [1, 2],
    ]);
  });

  it('drop what they write to a held variable of a refractory cell, and nothing else', () => {
    const equations = 'dv/dt = 0/second : 1 (unless refractory)\nn : 1';
    const model = { threshold: 'v > 0.5', reset: 'v = 0', refractory: '2*ms' };
    const sketch = {
      populations: { P: { ...holders(1, equations, model), initial: { v: 1 } } },
      generators: { g: spikesAt(1, [0, 0], [1, 0], [2, 0]) },
      synapses: [link('v_post += 0.25; n_post += 1', { i: [0], j: [0] })],
      record: { P: ['v', 'n'] },
      steps: 4,
      record_when: 'end',
    };
    expect(run(sketch, 'P/v')).toEqual([[0], [0], [0.25], [0.25]]);
    expect(run(sketch, 'P/n')).toEqual([[1], [2], [3], [3]]);
  });

  it('sum into the target; without a synapse the sum is zero', () => {
    const sketch = {
      populations: { P: { ...holders(3, 'x : 1\ny : 1'), initial: { x: [1, 2, 4], y: [7, 7, 7] } } },
      synapses: [
        {
          ...link(''),
          from: 'P',
          on_pre: {},
          model: 'y_post = x_pre*10 + i + y*0 : 1 (summed)',
          i: [2, 1],
          j: [0, 0],
        },
      ],
      record: { P: ['y'] },
      steps: 2,
    };
    expect(run(sketch, 'P/y')).toEqual([
      [7, 7, 7],
      [63, 0, 0],
    ]);
  });

  it('count cells inside slices', () => {
    const sketch = {
      populations: { P: holders(4) },
      generators: { g: spikesAt(4, [0, 2], [0, 0]) },
      synapses: [
        {
          ...link('x_post += 100 + 10*i + j + 1000*N_pre + 10000*N_post'),
          from: { population: 'g', start: 1, stop: 4 },
          to: { population: 'P', start: 2, stop: 4 },
          i: [1, 0],
          j: [1, 0],
        },
      ],
      record: { P: ['x'] },
      steps: 2,
    };
    expect(run(sketch, 'P/x')[1]).toEqual([0, 0, 0, 23111]);
  });

  it('solve event-driven equations exactly, also those that depend on each other', () => {
    const model = [
      'dg/dt = (h - g)/(2*ms) : 1 (event-driven)',
      'dh/dt = -h/(2*ms) : 1 (event-driven)',
      'dr/dt = (1 - r)/tau : 1 (event-driven)',
      'tau : second (shared)',
    ].join('\n');
    const sketch = {
      generators: { g: spikesAt(1, [1, 0], [4, 0]) },
      synapses: [link('h += 1; r -= 0.5', { model, i: [0], j: [0], parameters: { tau: 0.005 } })],
      record: { S: ['g', 'h', 'r'] },
      steps: 6,
      record_when: 'end',
    };
    const last = (name: string): number => run(sketch, `S/${name}`)[5]?.[0] ?? Number.NaN;
    const decay = Math.exp(-1.5);
    expect(last('g')).toBeCloseTo(1.5 * decay, 13);
    expect(last('h')).toBeCloseTo(1 + decay, 13);
    const first = 1 - Math.exp(-0.2) - 0.5;
    expect(last('r')).toBeCloseTo(1 + (first - 1) * Math.exp(-0.6) - 0.5, 13);
  });

  it('run statements at regular times for every synapse', () => {
    const sketch = {
      generators: { g: spikesAt(1) },
      synapses: [
        link('', {
          model: 'n : integer',
          run_regularly: [{ code: 'n += 1 + j', dt: 0.002, when: 'end', order: 0 }],
          on_pre: {},
        }),
      ],
      record: { S: ['n'] },
      steps: 5,
    };
    expect(run(sketch, 'S/n')).toEqual([
      [0, 0],
      [1, 2],
      [1, 2],
      [2, 4],
      [2, 4],
    ]);
  });

  it('hold values over the step, draw random numbers, know both ends', () => {
    const sketch = {
      populations: { P: { ...holders(2, 'x : 1\ny = 2*x : 1'), initial: { x: [3, 5] } } },
      generators: { g: spikesAt(1, [0, 0]) },
      synapses: [link('u = rand(); z = y_post + y + h', { model: 'u : 1\nz : 1\nh = t/ms : 1 (constant over dt)' })],
      record: { S: ['u', 'z', 'h'] },
      steps: 3,
      record_when: 'end',
    };
    expect(run(sketch, 'S/z')[0]).toEqual([12, 20]);
    expect(run(sketch, 'S/h').map(([first]) => first)).toEqual([0, 1, 2]);
    const [left = 0, right = 0] = run(sketch, 'S/u')[0] ?? [];
    expect(left > 0 && left < 1 && right > 0 && right < 1 && left !== right).toBe(true);
  });
});

describe('mistakes in synapses', () => {
  const volts = {
    P: holders(2, 'dv/dt = -v/(10*ms) : volt\nInp : amp', { threshold: 'v > 1*volt', reset: 'v = 0*volt' }),
  };
  const wrong = (code: string, model = '', more: object = {}): (readonly [string, string])[] => {
    const synapses = [{ ...link(code, { model }), from: 'P', ...more }];
    return mistakes({ populations: volts, synapses, record: {}, steps: 1 }, code === '' ? model : code);
  };

  it.each([
    ['a variable the target does not have', 'q_post += w', 'w : volt', 'equations/unknown-name', 'q_post'],
    ['a new value for it', 'q_post = w', 'w : volt', 'equations/unknown-name', 'q_post'],
    ['amp added to volt', 'v_post += w', 'w : amp', 'equations/dimension', 'w'],
    ['an unknown name', 'v_post += ww', 'w : volt', 'equations/unknown-name', 'ww'],
    ['writing the index', 'j = 2', '', 'equations/write', 'j'],
    ['a statement that cannot be read', 'v_post += ', '', 'equations/syntax', '+='],
  ])('%s', (_, code, model, problem, marked) => {
    expect(wrong(code, model)).toEqual([[problem, marked]]);
  });

  it.each([
    ['a sum into nothing', 'q_post = v_pre : volt (summed)', 'equations/unknown-name', 'q_post'],
    ['a sum of another dimension', 'Inp_post = v_pre : volt (summed)', 'equations/dimension', 'volt'],
    [
      'an equation between events that is not linear',
      'dx/dt = -x**2/second : 1 (event-driven)',
      'integration/not-applicable',
      '',
    ],
    [
      'a step-by-step equation that follows an event-driven one',
      'da/dt = -a/second : 1 (event-driven)\ndb/dt = a/second : 1 (clock-driven)',
      'equations/flag',
      'b',
    ],
    ['a reserved name', 'j : 1', 'equations/reserved-name', 'j'],
  ])('%s', (_, model, problem, marked) => {
    expect(wrong('', model)).toEqual([[problem, marked]]);
  });

  it('events that nobody gives', () => {
    expect(wrong('v_post += 1*volt', '', { on_event: { pre: 'burst' } })).toEqual([['model/port-type', '']]);
  });
});

/** Parts of random networks; any population, model and set of pathways go together. */
const populations = [
  holders(3, 'dx/dt = (2 - x)/(4*ms) : 1\ny : 1', { threshold: 'x > 1', reset: 'x = 0' }),
  holders(4, 'dx/dt = (3 - x + 0.1*y)/(6*ms) + 0.2*xi/sqrt(ms) : 1 (unless refractory)\ndy/dt = -y/(3*ms) : 1', {
    threshold: 'x > 1.5 + 0.1*i',
    reset: 'x = 0.1*rand()\ny += 1',
    refractory: '2*ms',
  }),
];
const synapseModels = [
  { model: 'w : 1', on_pre: 'x_post += w' },
  { model: 'w : 1\ndc/dt = (1 - c)/(5*ms) : 1 (clock-driven)', on_pre: 'x_post += w*c; c *= 0.5', method: 'rk4' },
  {
    model: 'w : 1\nda/dt = -a/(4*ms) : 1 (event-driven)',
    on_pre: 'y_post += w\na += 1',
    on_post: 'w += 0.1*a - 0.01*randn()',
  },
  { model: 'w : 1\ny_post = w*sin(x_pre - x_post) : 1 (summed)' },
];

const anyLink = fc.record({
  what: fc.constantFrom(...synapseModels),
  from: fc.constantFrom('A', 'B'),
  pairs: fc.array(fc.tuple(fc.nat(2), fc.nat(2), fc.nat(5), fc.double({ min: -1, max: 1, noNaN: true })), {
    maxLength: 8,
  }),
});

describe('random networks', () => {
  it('give the same bits on both targets', () => {
    fc.assert(
      fc.property(fc.array(anyLink, { minLength: 1, maxLength: 3 }), fc.nat(1), fc.nat(1), (links, first, second) => {
        const sketch: Sketch = {
          populations: { A: populations[first] ?? {}, B: populations[second] ?? {} },
          synapses: links.map(({ what, from, pairs }, index) => ({
            ...what,
            name: `S${index}`,
            from,
            to: index % 2 === 0 ? 'A' : 'B',
            i: pairs.map(([source]) => source),
            j: pairs.map(([, target]) => target),
            initial: { w: pairs.map(([, , , weight]) => weight) },
            parameters: {},
            ...('on_pre' in what ? { delay: pairs.map(([, , delay]) => delay * 7e-4) } : {}),
          })),
          record: { A: ['x', 'y'], B: ['x'], ...Object.fromEntries(links.map((_, index) => [`S${index}`, ['w']])) },
          steps: 40,
        };
        const [wasm, interpreter] = (['wasm', 'interpreter'] as const).map((target) =>
          expectOk(outcome(sketch, target)),
        );
        expect(wasm).toEqual(interpreter);
      }),
      { numRuns: 40 },
    );
  });
});

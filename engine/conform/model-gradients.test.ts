/** Gradients of models that people write: equations of their own, connected with delays, by parameters, states and weights. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeMemory } from '../../electron/platform/node-memory.ts';
import { budgetOf } from '../base/budget.test-support.ts';
import { expectOk } from '../base/result.ts';
import { buildProgram, type BuildOptions } from '../build/build-program.ts';
import type { Program } from '../build/program.ts';
import { catalogue, library } from '../library/library.ts';
import type { ConnectionRecord, SpikeloomDocument } from '../model/document.ts';
import { createEmptyDocument } from '../model/new-document.ts';
import { validate } from '../model/validate.ts';
import type { ParameterValue } from '../model/value.ts';
import { createGradientRun, type Gradients, type GradientRun, type Loss } from '../training/gradient-run.ts';

type Parameters = Readonly<Record<string, ParameterValue>>;

const cells = {
  size: 6,
  model: 'dv/dt = (gain*I_syn + I_e - v)/tau_mem : 1\ndI_syn/dt = -I_syn/tau_syn : 1\nI_e : 1\ngain : 1 (shared)',
  threshold_condition: 'v > 1',
  reset_statements: 'v = 0.1',
  refractory_period: '',
  event_handlers: 'on synapses: I_syn += w',
  constants: 'tau_mem = 8*ms\ntau_syn = 4*ms',
  method: 'exponential-euler',
  I_e: { values: [1.2, 1.5, 0.7, 1.9, 1.05, 2.4], unit: '1' },
  gain: { value: 1.3, unit: '1' },
};

const surrogate = { id: 'super-spike', alpha: 2, throughReset: true };
const steps = 40;
const observed = ['cells/v', 'cells/spikes'];

function programOf(
  connection: Parameters,
  changed: Parameters = {},
  kind = 'connectors/all-to-all',
  options: BuildOptions = {},
): Program {
  const empty = createEmptyDocument('Gradients');
  const record: ConnectionRecord = {
    ...{ id: 'wires', kind, parameters: connection },
    ...{ from: { element: 'cells', port: 'spikes' }, to: { element: 'cells', port: 'synapses' } },
  };
  const parameters = { ...cells, ...changed };
  const document: SpikeloomDocument = {
    ...empty,
    run: { ...empty.run, timeStep: { value: 1, unit: 'ms' } },
    elements: { cells: { id: 'cells', kind: 'neurons/equations', name: 'Cells', parameters } },
    connections: { wires: record },
  };
  return expectOk(buildProgram(expectOk(validate(document, catalogue)), library, options)).program;
}

/** Ids of the signals that are asked for: per-cell and shared parameters, states at the start, weights. */
function wanted(program: Program): string[] {
  const weights = program.signals.filter(
    ({ id, type }) => id.startsWith('wires/') && (type === 'f64' || type === 'f32'),
  );
  const own = ['I_e', 'v', 'I_syn']
    .map((name) => `cells/${name}`)
    .filter((id) => program.signals.some((signal) => signal.id === id));
  const shared = program.signals.filter(({ id }) => id.startsWith('cells/value_')).map(({ id }) => id);
  return [...own, ...shared, ...weights.map(({ id }) => id)];
}

/** Half the sum of squares of potentials, and spikes that count more and more. */
const loss: Loss = (outcome) => {
  const [v, spikes] = [outcome('cells/v'), outcome('cells/spikes')];
  const slope = spikes.map((_, place) => Math.sin(0.37 * place));
  const value =
    0.5 * v.reduce((sum, x) => sum + x * x, 0) +
    slope.reduce((sum, weight, place) => sum + weight * (spikes[place] as number), 0);
  return {
    value,
    slopes: new Map([
      ['cells/v', v],
      ['cells/spikes', slope],
    ]),
  };
};

function gradientsOf(program: Program, target: 'wasm' | 'interpreter', tapeBytes?: number): Gradients {
  const run = createGradientRun({
    ...{ program, target, memory: nodeMemory, steps, wrt: wanted(program), observed },
    surrogates: { 'cells/spikes': surrogate },
    ...(tapeBytes === undefined ? {} : { tapeBytes }),
  });
  return expectOk(expectOk(run).evaluate(loss));
}

const perSynapse = Array.from({ length: 36 }, (_, synapse) => 1 + (synapse % 4));
const weights = { values: Array.from({ length: 36 }, (_, synapse) => 0.4 * Math.cos(synapse)), unit: '1' };
const delays: readonly (readonly [string, Parameters])[] = [
  ['of one step', { delay: { value: 1, unit: 'ms' } }],
  ['of three steps', { delay: { value: 3, unit: 'ms' } }],
  ['of its own for every synapse', { delay: { values: perSynapse, unit: 'ms' } }],
];

describe.each(delays)('with a delay %s', (_, delay) => {
  const connection = { weight: weights, kernel: 'event-driven', autapses: true, ...delay } as Parameters;

  it('are the same bits on both targets, and where parts of the window are executed twice', () => {
    const program = programOf(connection);
    const { gradients, outcome } = gradientsOf(program, 'wasm');
    expect(outcome('cells/spikes').reduce((sum, spike) => sum + spike, 0)).toBeGreaterThan(10);
    expect(gradientsOf(program, 'interpreter').gradients).toEqual(gradients);
    expect(gradientsOf(program, 'wasm', 1).gradients).toEqual(gradients);
    for (const id of wanted(program))
      expect(
        gradients.get(id)?.some((slope) => slope !== 0),
        id,
      ).toBe(true);
  });
});

/** Gradients by id; those of the weights under one name, in the order of sources and targets. */
function named({ gradients }: Gradients): Map<string, readonly number[]> {
  return new Map([...gradients].map(([id, slopes]) => [id.startsWith('wires/') ? 'weights' : id, [...slopes]]));
}

describe.each(delays.slice(0, 2))('with a delay %s, other ways to carry the spikes', (_, delay) => {
  it.each(['dense', 'sparse'])('lead to the same gradients: %s', (kernel) => {
    const of = (carried: string): Map<string, readonly number[]> =>
      named(gradientsOf(programOf({ weight: weights, kernel: carried, autapses: true, ...delay }), 'wasm'));
    const [listed, found] = [of('event-driven'), of(kernel)];
    expect([...found.keys()]).toEqual([...listed.keys()]);
    for (const [id, slopes] of listed) {
      const most = Math.max(...slopes.map(Math.abs));
      slopes.forEach((slope, place) =>
        expect(Math.abs(slope - (found.get(id)?.[place] ?? Number.NaN)), `${id}[${place}]`).toBeLessThan(1e-11 * most),
      );
    }
  });
});

describe('cells that are computed at events only', () => {
  const weighted = { weight: weights, autapses: true } as Parameters;
  const leaking = {
    model: 'dv/dt = (I_e - v)/tau_mem : 1\nI_e : 1',
    event_handlers: 'on synapses: v += w',
    constants: 'tau_mem = 8*ms',
  };
  const built = (method: string, options?: BuildOptions): Program =>
    programOf(weighted, { ...leaking, method }, 'connectors/all-to-all', options);

  it('have the gradients of the exact method where they are built to be computed at every step', () => {
    const [found, exact] = [built('event-driven', { everyStep: true }), built('exact')];
    expect(gradientsOf(found, 'wasm').gradients).toEqual(gradientsOf(exact, 'wasm').gradients);
  });

  it('else are refused in words of the model: the connection, the variable and its element', () => {
    const program = built('event-driven');
    const request = { program, target: 'wasm', memory: nodeMemory, steps, observed } as const;
    const [refused] = createGradientRun({ ...request, wrt: ['cells/v'] }).problems;
    expect(refused?.code).toBe('training/not-differentiable');
    expect(refused?.message).toMatch(/^"Cells( → Cells)?" cannot be differentiated: where it computes v/);
    expect(refused?.message).not.toMatch(/cells\/|wires/);
  });
});

/** Terms of smooth equations; y is a second state, p a parameter of each cell, q one of all. */
const term: fc.Arbitrary<string> = fc.letrec<{ term: string }>((tie) => ({
  term: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('x', 'y', 'p', 'q', '0.3', '1.7'),
    fc.tuple(tie('term'), fc.constantFrom('+', '-', '*'), tie('term')).map((parts) => `(${parts.join(' ')})`),
    fc.tuple(tie('term'), tie('term')).map(([over, under]) => `(${over} / (2 + (${under})**2))`),
    fc.tuple(fc.constantFrom('tanh', 'sin', 'cos', 'arctan'), tie('term')).map(([name, x]) => `${name}(${x})`),
    tie('term').map((x) => `exp(-(${x})**2)`),
  ),
})).term;

const methods = ['euler', 'rk2', 'rk4', 'exponential-euler'] as const;

describe('gradients of random smooth equations', () => {
  it('agree with finite differences by parameters of each cell, of all, and states at the start', () => {
    const { check } = budgetOf('gradients-of-equations');
    let compared = 0;
    fc.assert(
      fc.property(term, term, fc.constantFrom(...methods), (first, second, method) => {
        const model = [
          `dx/dt = (-x + tanh(${first}))/tau : 1`,
          `dy/dt = (-y + tanh(${second}))/tau : 1`,
          'p : 1\nq : 1 (shared)\ntau = 5*ms : second',
        ].join('\n');
        const quiet = { threshold_condition: '', reset_statements: '', event_handlers: '' };
        const values = { p: listed([0.4, -0.9, 1.3]), q: { value: 0.7, unit: '1' }, x: listed([0.2, -0.1, 0.8]) };
        const program = smoothProgram({
          size: 3,
          model,
          method,
          ...quiet,
          refractory_period: '',
          constants: '',
          ...values,
        });
        const wrt = ['cells/p', 'cells/value_q', 'cells/x', 'cells/y'].filter((id) =>
          program.signals.some((signal) => signal.id === id),
        );
        const run = expectOk(
          createGradientRun({ program, target: 'wasm', memory: nodeMemory, steps: 12, wrt, observed: ['cells/x'] }),
        );
        const starts = new Map(wrt.map((id) => [id, run.read(id)]));
        const { gradients } = expectOk(run.evaluate(squares));
        for (const [id, start] of starts) compared += compareSlopes(run, { id, start }, gradients.get(id));
      }),
      check,
    );
    expect(compared).toBeGreaterThan(3 * check.numRuns);
  });
});

describe('a number of all cells that is to be trained', () => {
  const model = 'dx/dt = (-x + tanh(q*x + p) + q)/tau : 1\np : 1\nq : 1 (shared)\ntau = 5*ms : second';
  const quiet = {
    threshold_condition: '',
    reset_statements: '',
    event_handlers: '',
    refractory_period: '',
    constants: '',
  };
  const program = (q: number, method: string, trained: readonly string[]): Program =>
    smoothProgram(
      {
        ...{ size: 3, model, method, ...quiet },
        ...{ p: listed([0.4, -0.9, 1.3]), q: { value: q, unit: '1' }, x: listed([0.2, -0.1, 0.8]) },
      },
      trained,
    );

  it.each([0, 1, -1])('has its gradient even where it is %d, and its terms would fall away', (q) => {
    for (const method of methods) {
      const made = program(q, method, ['cells/q']);
      const request = { program: made, target: 'wasm', memory: nodeMemory, steps: 12, observed: ['cells/x'] } as const;
      const run = expectOk(createGradientRun({ ...request, wrt: ['cells/value_q'] }));
      const start = run.read('cells/value_q');
      expect([...start]).toEqual([q]);
      const slopes = expectOk(run.evaluate(squares)).gradients.get('cells/value_q');
      expect(slopes?.some((slope) => Math.abs(slope) > 1e-3)).toBe(true);
      compareSlopes(run, { id: 'cells/value_q', start }, slopes);
      expect(program(q, method, []).signals.map(({ id }) => id)).not.toContain('cells/value_q');
    }
  });
});

function listed(values: number[]) {
  return { values, unit: '1' };
}

function smoothProgram(parameters: Parameters, trained: readonly string[] = []): Program {
  const empty = createEmptyDocument('Smooth');
  const elements = { cells: { id: 'cells', kind: 'neurons/equations', name: 'Cells', parameters } };
  const document = { ...empty, run: { ...empty.run, timeStep: { value: 1, unit: 'ms' } }, elements };
  return expectOk(buildProgram(expectOk(validate(document, catalogue)), library, { trained })).program;
}

const squares: Loss = (outcome) => {
  const x = outcome('cells/x');
  return { value: 0.5 * x.reduce((sum, value) => sum + value * value, 0), slopes: new Map([['cells/x', x]]) };
};

/** Compares every element with central differences; returns how many there are. */
function compareSlopes(
  run: GradientRun,
  { id, start }: { readonly id: string; readonly start: Float64Array },
  slopes: Float64Array = new Float64Array(),
): number {
  const at = (place: number, far: number): number => {
    run.write(
      id,
      start.map((value, index) => (index === place ? value + far : value)),
    );
    return expectOk(run.evaluate(squares)).value;
  };
  const size = 1e-4;
  slopes.forEach((slope, place) => {
    const [near, wide] = [1, 2].map((times) => at(place, times * size) - at(place, -times * size));
    const wanted = (8 * (near as number) - (wide as number)) / (12 * size);
    expect(Math.abs(slope - wanted), `${id}[${place}]: ${slope} instead of ${wanted}`).toBeLessThan(
      1e-7 * (1 + Math.abs(wanted)),
    );
  });
  run.write(id, start);
  return slopes.length;
}

/** Gradients in single precision: those of double precision to its rounding on smooth models, the same bits on both targets. */
import { describe, expect, it } from 'vitest';
import { nodeMemory } from '../../electron/platform/node-memory.ts';
import { defined } from '../base/assert.ts';
import { expectOk } from '../base/result.ts';
import { buildProgram } from '../build/build-program.ts';
import type { Program } from '../build/program.ts';
import { catalogue, library } from '../library/library.ts';
import { createEmptyDocument } from '../model/new-document.ts';
import { validate } from '../model/validate.ts';
import { createGradientRun, type Gradients, type Loss } from '../training/gradient-run.ts';

const size = 5;
const wrt = ['cells/p', 'cells/x', 'cells/y', 'cells/value_q'];

/** Right-hand sides of x and y, each with both states, a parameter of each cell and one of all. */
const terms: readonly (readonly [string, string])[] = [
  ['p*y + q', 'x*p'],
  ['sin(3*x) + p*y', 'q*cos(y) - x'],
  ['exp(-y**2) * (p + x)', 'x / (2 + y**2) + q'],
  ['log(2 + x**2) + p*y', 'sqrt(1 + p**2) * x * q'],
];

/** Cells with two states. */
function programOf([first, second]: readonly [string, string], method: string): Program {
  const empty = createEmptyDocument('Single');
  const numbers = (count: number, at: number) =>
    Array.from({ length: count }, (_, place) => Math.sin(at + 1.7 * place));
  const model = [
    `dx/dt = (-x + tanh(${first}))/tau : 1`,
    `dy/dt = (-y + tanh(${second}))/tau : 1`,
    'p : 1\nq : 1 (shared)\ntau = 5*ms : second',
  ].join('\n');
  const quiet = {
    threshold_condition: '',
    reset_statements: '',
    event_handlers: '',
    refractory_period: '',
    constants: '',
  };
  const parameters = {
    ...{ size, model, method, ...quiet },
    ...{ p: { values: numbers(size, 1), unit: '1' }, q: { value: 0.7, unit: '1' } },
    ...{ x: { values: numbers(size, 2), unit: '1' } },
  };
  const document = {
    ...empty,
    run: { ...empty.run, timeStep: { value: 1, unit: 'ms' } },
    elements: { cells: { id: 'cells', kind: 'neurons/equations', name: 'Cells', parameters } },
  };
  return expectOk(buildProgram(expectOk(validate(document, catalogue)), library)).program;
}

const loss: Loss = (outcome) => {
  const x = outcome('cells/x');
  const slopes = x.map((value, place) => value * (1 + 0.3 * Math.sin(place)));
  return {
    value: 0.5 * x.reduce((sum, value, place) => sum + value * (slopes[place] as number), 0),
    slopes: new Map([['cells/x', slopes]]),
  };
};

function gradientsOf(program: Program, precision: 'f64' | 'f32', target: 'wasm' | 'interpreter', more = {}): Gradients {
  const known = wrt.filter((id) => program.signals.some((signal) => signal.id === id));
  const request = { program, target, memory: nodeMemory, steps: 20, precision, observed: ['cells/x'], wrt: known };
  return expectOk(expectOk(createGradientRun({ ...request, ...more })).evaluate(loss));
}

describe.each(terms)('gradients in single precision of tanh(%s) and tanh(%s)', (first, second) => {
  it.each(['euler', 'rk2', 'rk4', 'exponential-euler'])('are those in double precision to rounding: %s', (method) => {
    const program = programOf([first, second], method);
    const [single, double] = [gradientsOf(program, 'f32', 'wasm'), gradientsOf(program, 'f64', 'wasm')];
    expect(gradientsOf(program, 'f32', 'interpreter').gradients).toEqual(single.gradients);
    expect(gradientsOf(program, 'f32', 'wasm', { tapeBytes: 0 }).gradients).toEqual(single.gradients);
    expect(gradientsOf(program, 'f32', 'wasm', { members: 2 }).gradients).toEqual(single.gradients);
    expect(double.gradients.size).toBeGreaterThan(3);
    for (const [id, slopes] of double.gradients) {
      const most = Math.max(...slopes.map(Math.abs));
      const found = defined(single.gradients.get(id), id);
      expect(found.every((slope) => Math.fround(slope) === slope)).toBe(true);
      slopes.forEach((slope, place) =>
        expect(Math.abs((found[place] as number) - slope), `${id}[${place}]`).toBeLessThan(2e-5 * most),
      );
      expect([...found]).not.toEqual([...slopes]);
    }
  });
});

/** Projections carried in different ways leave the same cells; delays and weights of single synapses do what is said. */
import { describe, expect, it } from 'vitest';
import { nodeMemory } from '../../electron/platform/node-memory.ts';
import { expectOk } from '../base/result.ts';
import type { CompileTarget } from '../codegen/compiled.ts';
import type { SpikeloomDocument } from '../model/document.ts';
import { createEmptyDocument } from '../model/new-document.ts';
import type { ParameterValue } from '../model/value.ts';
import { createSimulation } from '../runtime/simulation.ts';
import { prepareRun } from './prepare-run.ts';

type Parameters = Readonly<Record<string, ParameterValue>>;

const cells = 40;
const milliseconds = (value: number): ParameterValue => ({ value, unit: 'ms' });

/** Poisson spikes onto cells, the projection as given. */
function network(kind: string, parameters: Parameters, target: Parameters, targetKind = 'neurons/lif') {
  const empty = createEmptyDocument('Projection');
  const source = {
    id: 's',
    kind: 'stimuli/poisson',
    name: 'S',
    parameters: { size: cells, rate: { value: 300, unit: 'Hz' } },
  };
  const aim = { id: 't', kind: targetKind, name: 'T', parameters: { size: cells, ...target } };
  const [from, to] = [
    { element: 's', port: 'spikes' },
    { element: 't', port: 'synapses' },
  ];
  const connection = { id: 'p', kind: `connectors/${kind}`, from, to, parameters };
  return { ...empty, elements: { s: source, t: aim }, connections: { p: connection } } as SpikeloomDocument;
}

/** A state of the target after each of some steps, with how the projection was carried. */
function run(document: SpikeloomDocument, target: CompileTarget = 'wasm', state = 't/I_syn', steps = 120) {
  const { program } = expectOk(prepareRun(document));
  const simulation = expectOk(createSimulation({ program, target, memory: nodeMemory }));
  const rows = Array.from({ length: steps }, () => {
    expect(simulation.advance(1)).toEqual([]);
    return Array.from(simulation.readSignal(state));
  });
  const { choice } = program.operators.find(({ id }) => id === 'p/deliver') ?? {};
  const synapses = choice?.synapses ?? 0;
  return { rows, choice, bytesPerSynapse: (choice?.bytes ?? 0) / synapses, simulation };
}

const normal = (mean: number, deviation: number, unit: string): ParameterValue => ({
  distribution: 'normal',
  arguments: { mean: { value: mean, unit }, deviation: { value: deviation, unit } },
});

describe('projections', () => {
  const given: Parameters = { weight: normal(0.01, 0.03, 'nA') };

  it('come to the same by every kernel, delayed or not, on both targets', () => {
    for (const delay of [0, 1.5]) {
      const of = (kernel: string, target: CompileTarget = 'wasm') =>
        run(network('all-to-all', { ...given, delay: milliseconds(delay), kernel }, {}), target);
      const auto = of('auto');
      expect(auto.choice?.kernel).toBe('dense');
      expect(auto.rows.at(-1)?.some((current) => current !== 0)).toBe(true);
      for (const kernel of ['dense', 'sparse', 'event-driven']) {
        const chosen = of(kernel);
        expect(chosen.choice).toMatchObject({ kernel, reason: 'parameter kernel' });
        expect(chosen.rows).toEqual(auto.rows);
        expect(of(kernel, 'interpreter').rows).toEqual(auto.rows);
      }
    }
  });

  it('store as much per synapse as the precision says, and nothing for one weight', () => {
    const bytes = (parameters: Parameters) =>
      run(network('sparse-random', { probability: 0.5, ...parameters }, {}), 'wasm', 't/I_syn', 1).bytesPerSynapse;
    const drawn = { weight: normal(0.1, 0.01, 'nA'), kernel: 'event-driven' };
    const rows = (4 * (cells + 1)) / (0.5 * cells * cells);
    expect(bytes({})).toBeCloseTo(2 + rows, 1);
    expect(bytes({ ...drawn })).toBeCloseTo(10 + rows, 1);
    expect(bytes({ ...drawn, weight_precision: 'f32' })).toBeCloseTo(6 + rows, 1);
    expect(bytes({ ...drawn, weight_precision: 'int8' })).toBeCloseTo(3 + rows, 1);
    // Half of the pairs: a matrix has twice the entries.
    expect(bytes({ ...drawn, kernel: 'auto' }) / 16).toBeCloseTo(1, 0);
  });

  it('keep near the double weights in single precision and as int8', () => {
    const of = (weight_precision: string) =>
      run(network('all-to-all', { ...given, weight_precision }, {})).rows.at(-1) ?? [];
    const exact = of('f64');
    const largest = Math.max(...exact.map(Math.abs));
    for (const [precision, tolerance] of [
      ['f32', 1e-6],
      ['int8', 0.05],
    ] as const) {
      const rounded = of(precision);
      expect(rounded).not.toEqual(exact);
      rounded.forEach((value, cell) => expect(Math.abs(value - (exact[cell] ?? 0))).toBeLessThan(tolerance * largest));
    }
  });

  it('deliver each spike after the delay of its synapse', () => {
    const delays = Array.from({ length: cells }, (_, cell) => (cell % 4) * 0.5);
    const each = { delay: { values: delays, unit: 'ms' } };
    const mixed = run(network('one-to-one', each, {}));
    expect(mixed.choice?.reason).toContain('4 different delays');
    expect(run(network('one-to-one', each, {}), 'interpreter').rows).toEqual(mixed.rows);
    for (const delay of [0, 0.5, 1, 1.5]) {
      const all = run(network('one-to-one', { delay: milliseconds(delay) }, {})).rows;
      const own = (rows: readonly number[][]) => rows.map((row) => row.filter((_, cell) => delays[cell] === delay));
      expect(own(mixed.rows)).toEqual(own(all));
    }
  });

  it('refuse a list of delays that does not fit the synapses, at the parameter', () => {
    const delay = { values: [1, 2, 3], unit: 'ms' };
    const [found] = prepareRun(network('one-to-one', { delay }, {})).problems;
    expect(found).toMatchObject({ code: 'model/parameter-shape', at: { element: 'p', path: 'parameters.delay' } });
  });

  it('drop what arrives while a held variable is refractory, unless nothing holds it', () => {
    const equations = (flag: string): Parameters => ({
      model: `dv/dt = -v/(10*ms) : 1 ${flag}`,
      threshold_condition: 'v > 2.5',
      reset_statements: 'v = 0',
      refractory_period: '2*ms',
      event_handlers: 'on synapses: v += w',
    });
    const of = (flag: string, target: CompileTarget = 'wasm') =>
      run(
        network('sparse-random', { probability: 0.3, weight: 1 }, equations(flag), 'neurons/equations'),
        target,
        't/v',
      );
    const held = of('(unless refractory)');
    expect(held.choice?.kernel).toBe('event-driven');
    expect(of('(unless refractory)', 'interpreter').rows).toEqual(held.rows);
    const total = (rows: readonly number[][]) => rows.flat().reduce((sum, value) => sum + value, 0);
    expect(total(of('').rows)).toBeGreaterThan(1.2 * total(held.rows));
  });
});

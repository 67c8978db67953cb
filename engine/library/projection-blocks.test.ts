/** Projections onto more cells than 16 bits tell apart: whole runs on both targets, against synapses added one by one. */
import { describe, expect, it } from 'vitest';
import { nodeMemory } from '../../electron/platform/node-memory.ts';
import { expectOk } from '../base/result.ts';
import type { Program } from '../build/program.ts';
import type { ElementRecord, SpikeloomDocument } from '../model/document.ts';
import { createEmptyDocument } from '../model/new-document.ts';
import type { ParameterValue } from '../model/value.ts';
import { createSimulation } from '../runtime/simulation.ts';
import { prepareRun } from './prepare-run.ts';

type Parameters = Readonly<Record<string, ParameterValue>>;

const cells = 70_000;
const steps = 12;
const drawn = {
  distribution: 'normal',
  arguments: { mean: { value: 1, unit: 'mV' }, deviation: { value: 1, unit: 'mV' } },
};

function element(id: string, kind: string, parameters: Parameters): ElementRecord {
  return { id, kind, name: id, parameters };
}

/** Cells that fire in turn lead to cells that add up what reaches them; those of even number drop it for a while. */
function documentOf(kind: string, parameters: Parameters): SpikeloomDocument {
  const sources = element('sources', 'neurons/equations', {
    size: 40,
    model: 'k : 1',
    threshold_condition: 'int(t/dt + 0.5) % 4 == i % 4',
    reset_statements: '',
    event_handlers: '',
  });
  const target = element('target', 'neurons/equations', {
    size: cells,
    model: `dv/dt = 0*v/second : volt${parameters['kernel'] === undefined ? ' (unless refractory)' : ''}`,
    threshold_condition: 'i % 2 == 0 and t < 1.5*dt',
    reset_statements: '',
    refractory_period: '5*dt',
    event_handlers: 'on synapses: v += w',
  });
  return {
    ...createEmptyDocument('Blocks'),
    elements: { sources, target },
    connections: {
      c: {
        id: 'c',
        kind,
        from: { element: 'sources', port: 'spikes' },
        to: { element: 'target', port: 'synapses' },
        parameters: { weight: drawn, ...parameters },
      },
    },
  };
}

function runOn(target: 'interpreter' | 'wasm', program: Program) {
  const simulation = expectOk(createSimulation({ program, target, memory: nodeMemory }));
  expect(simulation.advance(steps)).toEqual([]);
  const v = Float64Array.from(simulation.readSignal('target/v'));
  const holds = program.signals.some(({ id }) => id === 'target/v/dropped');
  const dropped = holds ? simulation.readSignal('target/v/dropped')[0] : undefined;
  simulation.dispose();
  return { v, dropped };
}

const same = (left: Float64Array, right: Float64Array): boolean =>
  left.every((value, index) => Object.is(value, right[index]));

describe('projections onto 70,000 cells', () => {
  const delays = {
    distribution: 'uniform',
    arguments: { low: { value: 0, unit: 'ms' }, high: { value: 0.4, unit: 'ms' } },
  };
  const ways: Readonly<Record<string, readonly [string, Parameters]>> = {
    'of fixed out-degree': ['connectors/fixed-out-degree', { out_degree: 300 }],
    'of fixed in-degree, in single precision': [
      'connectors/fixed-in-degree',
      { in_degree: 2, weight_precision: 'f32', delay: { value: 0.2, unit: 'ms' } },
    ],
    'with a delay of each synapse': ['connectors/fixed-out-degree', { out_degree: 300, delay: delays }],
    'of which every source is looked at': ['connectors/sparse-random', { probability: 0.004, kernel: 'sparse' }],
  };

  it.each(Object.entries(ways))(
    '%s have the same bits on both targets, and reach both blocks',
    (_, [kind, parameters]) => {
      const { program } = expectOk(prepareRun(documentOf(kind, parameters)));
      const [interpreted, compiled] = [runOn('interpreter', program), runOn('wasm', program)];
      expect(same(interpreted.v, compiled.v)).toBe(true);
      expect(compiled.dropped).toBe(interpreted.dropped);
      expect((interpreted.dropped ?? 0) !== 0).toBe(parameters['kernel'] === undefined);
      const reached = (from: number, to: number): number =>
        interpreted.v.subarray(from, to).filter((v) => v !== 0).length;
      expect(reached(0, 65_536)).toBeGreaterThan(1000);
      expect(reached(65_536, cells)).toBeGreaterThan(60);
    },
  );
});

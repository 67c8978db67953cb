import { describe, expect, it } from 'vitest';
import type { SpikeloomDocument } from '../model/document.ts';
import { kindOf } from '../model/kind.ts';
import type { ParameterValue } from '../model/value.ts';
import { catalogue, connectorKinds } from './library.ts';
import { connectorDocument, prepared, runOn, type RunTrace } from './library-models.test-support.ts';
import { prepareRun } from './prepare-run.ts';
import { allToAll } from './connectors/all-to-all.ts';

const one = (value: number, unit: string): ParameterValue => ({ value, unit });

/** What a run leaves, the same on both targets. */
function run(document: SpikeloomDocument, steps: number): RunTrace {
  const { program } = prepared(document);
  const found = runOn('wasm', program, steps);
  expect(runOn('interpreter', program, steps)).toEqual(found);
  return found;
}

/** The document with an equation neuron as target. */
function onto(document: SpikeloomDocument, parameters: Record<string, ParameterValue>): SpikeloomDocument {
  const target = { id: 'target', kind: 'neurons/equations', name: 'Target', parameters: { size: 4, ...parameters } };
  return { ...document, elements: { ...document.elements, target } };
}

const choices = ['stdp', 'tsodyks-markram', 'own'];

describe('connectors with a synapse model', () => {
  it.each(connectorKinds.entries.flatMap((kind) => choices.map((choice) => [kind.id, choice] as const)))(
    '%s with %s synapses runs alike on both targets',
    (id, synapse) => {
      const kind = connectorKinds.entries.find((entry) => entry.id === id) ?? connectorKinds.entries[0];
      if (kind === undefined) throw new Error('no connector');
      const found = run(
        connectorDocument(kind, [12, 12], { synapse, delay: one(2, 'ms'), weight: one(0.05, 'nA') }),
        60,
      );
      expect(new Set(found['probe probe_v']).size).toBeGreaterThan(1);
    },
  );

  it('show the parameters of the model they carry, and no others', () => {
    const names = (parameters: Record<string, ParameterValue>): string[] =>
      (kindOf(catalogue, { kind: allToAll.id, parameters })?.parameters ?? []).map(({ name }) => name);
    const plain = names({});
    expect(plain).toContain('synapse');
    expect(plain).not.toContain('synapse_model');
    expect(names({ synapse: 'stdp' })).toEqual(expect.arrayContaining(['s', 'apre', 'tau_pre', 'A_post']));
    const own = names({ synapse: 'own', synapse_model: 'w : 1\nweight : 1\nq : volt (shared)\ns = 2*q : volt' });
    expect(own.slice(plain.length)).toEqual(['synapse_model', 'on_pre', 'on_post', 'synapse_method', 'weight_', 'q']);
  });

  it('bring the weight times the strength: half of it is as half the weight', () => {
    const plain = run(connectorDocument(allToAll, [3, 3], { weight: one(0.5, 'nA') }), 30);
    const still = { A_pre: one(0, '1'), A_post: one(0, '1') };
    const plastic = run(connectorDocument(allToAll, [3, 3], { synapse: 'stdp', weight: one(1, 'nA'), ...still }), 30);
    expect(plastic['target/v']).toEqual(plain['target/v']);
  });

  it('depress from spike to spike as resources run out', () => {
    const document = connectorDocument(allToAll, [1, 1], { synapse: 'tsodyks-markram', tau_d: one(10, 's') });
    const found = run(document, 200);
    expect(found['projection/r']?.[0]).toBeLessThan(0.2);
    expect(found['projection/u']?.[0]).toBeGreaterThan(0.4);
  });

  it('learn own values per synapse and run own statements on variables of the target', () => {
    const document = onto(
      connectorDocument(allToAll, [2, 4], {
        synapse: 'own',
        synapse_model: 'q : volt\nn : integer',
        on_pre: 'v_post += q\nn += 1',
        q: { values: [1, 2, 3, 4, 5, 6, 7, 8], unit: 'mV' },
      }),
      {
        model: 'v : volt',
        threshold_condition: '',
        reset_statements: '',
        refractory_period: '',
        event_handlers: 'on synapses: v += w',
      },
    );
    const found = run(document, 50);
    const counts = found['projection/n'] ?? [];
    const [first = 0, second = 0] = [counts[0], counts[4]];
    expect(first + second).toBeGreaterThan(0);
    found['target/v']?.forEach((v, cell) => {
      expect(v).toBeCloseTo(1e-3 * (first * (cell + 1) + second * (cell + 5)), 12);
    });
  });

  it('of one step read cells before, or after, but never amid what they add to them together', () => {
    const recurrent = connectorDocument(allToAll, [1, 3], {
      synapse: 'own',
      synapse_model: 'seen : 1',
      on_pre: 'x_post += 0.5*x_pre\nn_post += 1\nseen = n_post',
      delay: one(1, 'ms'),
    });
    const connections = Object.fromEntries(
      Object.entries(recurrent.connections).map(([id, each]) => [
        id,
        { ...each, from: { element: 'target', port: 'spikes' } },
      ]),
    );
    const document = onto(
      { ...recurrent, connections },
      {
        ...{ size: 3, model: 'x : 1\nn : 1', threshold_condition: 't < 0.5*dt', reset_statements: '' },
        ...{ refractory_period: '', event_handlers: 'on synapses: n += w', x: { values: [1, 2, 4], unit: '1' } },
      },
    );
    const found = run({ ...document, probes: {} }, 30);
    expect([...(found['target/x'] ?? [])]).toEqual([4, 4.5, 5.5]);
    expect(new Set(found['projection/seen'])).toEqual(new Set([2]));
  });

  it('are rows of weights where their statement is but a sum, with the bits of the longer way', () => {
    const millivolt = { value: 1, unit: 'mV' };
    const drawn = { distribution: 'normal', arguments: { mean: millivolt, deviation: millivolt } };
    const neuron = {
      model: 'dv/dt = -v/(10*ms) : volt (unless refractory)\nu : 1',
      threshold_condition: 'v > 5*mV',
      reset_statements: 'v = 0*mV',
      refractory_period: '3*ms',
      event_handlers: 'on synapses: v += 2*w',
    };
    const own = { synapse: 'own', synapse_model: '', weight: drawn, delay: one(0.3, 'ms') };
    const documentWith = (statement: string) =>
      onto(connectorDocument(allToAll, [5, 4], { ...own, on_pre: statement }), neuron);
    const [short, long] = [documentWith('v_post += w'), documentWith('v_post += w + 0*mV')];
    const kernels = (document: SpikeloomDocument): number =>
      prepared(document).program.operators.filter(({ body }) =>
        body.some((item) => item.kind === 'kernel' && item.kernel === 'scatter-rows'),
      ).length;
    expect([kernels(short), kernels(long)]).toEqual([1, 0]);
    expect(run(short, 200)['target/v']).toEqual(run(long, 200)['target/v']);
    const wrong = prepareRun(documentWith('u_post += w'));
    expect(wrong.problems.map(({ code }) => code)).toEqual(['equations/dimension']);
  });

  it('run statements of the port that are more than a sum, with weights in its unit', () => {
    const document = onto(connectorDocument(allToAll, [2, 4], { weight: one(3, 'nS') }), {
      model: 'v : volt\ng : siemens\nk : 1',
      threshold_condition: '',
      reset_statements: '',
      refractory_period: '',
      event_handlers: 'on synapses: g += w/(1 + k); k += 1',
    });
    const found = run(document, 50);
    found['target/k']?.forEach((k, cell) => {
      expect(k).toBeGreaterThan(2);
      const wanted = Array.from({ length: k }, (_, spike) => 3e-9 / (1 + spike)).reduce((sum, each) => sum + each, 0);
      expect(found['target/g']?.[cell]).toBeCloseTo(wanted, 18);
    });
  });

  it('tell mistakes at the text and its characters', () => {
    const text = 'v_post += w\nq_post += 1';
    const document = connectorDocument(allToAll, [2, 2], { synapse: 'own', synapse_model: '', on_pre: text });
    const [found] = prepareRun(onto(document, {})).problems.filter(({ severity }) => severity === 'error');
    expect(found).toMatchObject({ at: { element: 'projection', path: 'parameters.on_pre' } });
    const places = prepareRun(onto(document, {})).problems.map(({ at }) => text.slice(at?.span?.start, at?.span?.end));
    expect(places).toContain('q_post');
  });
});

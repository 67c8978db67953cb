/** Networks that Rockpool saved: imported, run against what Rockpool gave, printed back. */
import { describe, expect, it } from 'vitest';
import { defined } from '../../base/assert.ts';
import { expectOk } from '../../base/result.ts';
import { documentOfRockpool } from '../../formats/rockpool-document.ts';
import { rockpoolTextOf } from '../../formats/rockpool-export.ts';
import { printRockpoolNetwork, readRockpoolNetwork, type LayerValue } from '../../formats/rockpool-network.ts';
import { readProject } from '../../formats/project.ts';
import { prepareRun } from '../../library/prepare-run.ts';
import { encodeArray } from '../../model/arrays.ts';
import type { SpikeloomDocument } from '../../model/document.ts';
import { createSimulation } from '../../runtime/simulation.ts';
import { sampleForLayer } from '../../timeseries/sample-for-layer.ts';
import { arrayOf, recordOf, seriesOf } from '../case-access.ts';
import { laboratoryOn, openCase } from '../case-files.test-support.ts';
import { createRecorder } from '../laboratory.ts';

const saved = ['rate-reservoir', 'second-call-renamed-layers', 'updown-iaf-expsyn', 'different-dt'];

const network = (name: string) => openCase(`rockpool/Network/${name}.json.gz`);
const textOf = (name: string): string => String(network(name).expected['saved_json_text']);
const imported = (text: string) => documentOfRockpool(expectOk(readRockpoolNetwork(text)));

/** Runs the document on what the case plays; the recordings by probe. */
function played(document: SpikeloomDocument, name: string, steps: number) {
  const { run, elements } = document;
  const input = defined(elements['input_1'], 'a stimulus');
  const reference = network(name);
  const channels = seriesOf(reference.all['input']);
  const width = defined(channels, 'a series').channelCount;
  const { samples } = expectOk(sampleForLayer(channels, run.timeStep.value, 0, steps, width));
  const rows = encodeArray(samples, [steps + 1, width]);
  const fed: SpikeloomDocument = {
    ...document,
    arrays: { ...document.arrays, [rows.id]: rows },
    elements: { ...elements, input_1: { ...input, parameters: { series: { array: rows.id, unit: '' } } } },
  };
  const { program } = expectOk(prepareRun(fed));
  const simulation = expectOk(createSimulation({ ...laboratoryOn('interpreter'), program }));
  const recorders = program.probes.map(({ id }) => [id, createRecorder()] as const);
  for (const [id, recorder] of recorders) simulation.setSink(id, recorder);
  simulation.advance(steps + 1);
  simulation.dispose();
  return new Map(recorders);
}

describe('a saved network is imported', () => {
  it.each(saved)('%s: every layer runs', (name) => {
    const document = expectOk(imported(textOf(name)));
    const { program } = expectOk(prepareRun(document));
    const simulation = expectOk(createSimulation({ ...laboratoryOn('wasm'), program }));
    expect(() => simulation.advance(1)).not.toThrow();
    expect(program.probes.length).toBe(3);
    simulation.dispose();
  });

  it('a rate reservoir gives what Rockpool gave', () => {
    const recordings = played(expectOk(imported(textOf('rate-reservoir'))), 'rate-reservoir', 60);
    const outputs = recordOf(network('rate-reservoir').expected['outputs'], 'outputs');
    for (const [place, layer] of ['Input', 'Reservoir', 'Readout'].entries()) {
      const expected = arrayOf(recordOf(outputs[layer], layer)['samples'], layer).values;
      const found = defined(recordings.get(`probe_layer_${place + 1}`), layer).recordedSamples().values;
      expect(found.length).toBe(expected.length);
      expect(found.every((value, index) => Math.abs(value - (expected[index] as number)) < 1e-8)).toBe(true);
    }
  });

  it('a layer gives in its own steps what Rockpool gave, held in the steps between', () => {
    const document = expectOk(imported(textOf('different-dt')));
    const step = (value: number) => ({ value, unit: 's' });
    expect(document.run.timeStep).toEqual(step(0.01));
    const steps = ['layer_1', 'layer_2', 'layer_3'].map((id) => document.elements[id]?.timeStep);
    expect(steps).toEqual([step(0.02), step(0.05), undefined]);
    const found = defined(played(document, 'different-dt', 300).get('probe_layer_1'), 'in').recordedSamples().values;
    const outputs = recordOf(network('different-dt').expected['outputs'], 'outputs');
    const expected = arrayOf(recordOf(outputs['in'], 'in')['samples'], 'in').values;
    expect(found).toHaveLength(4 * 301);
    const own = (index: number): number => 4 * Math.floor(index / 8) + (index % 4);
    expect(found.every((value, index) => Math.abs(value - (expected[own(index)] as number)) < 1e-8)).toBe(true);
  });

  it('spiking layers give what Rockpool gave, events a step later', () => {
    const steps = 400;
    const recordings = played(expectOk(imported(textOf('updown-iaf-expsyn'))), 'updown-iaf-expsyn', steps);
    const outputs = recordOf(network('updown-iaf-expsyn').expected['outputs'], 'outputs');
    for (const [place, layer] of ['updown', 'iaf'].entries()) {
      const expected = recordOf(outputs[layer], layer);
      const times = Array.from(arrayOf(expected['times'], layer).values, (time) => Math.round(time / 1e-3) - 1);
      const found = defined(recordings.get(`probe_layer_${place + 1}`), layer).recordedEvents();
      const within = found.steps.filter((step) => step < steps);
      expect(within.length).toBeGreaterThan(200);
      expect(within).toEqual(times);
      expect(found.cells.slice(0, within.length)).toEqual(Array.from(arrayOf(expected['channels'], layer).values));
    }
    const readout = defined(recordings.get('probe_layer_3'), 'readout').recordedSamples().values;
    const expected = arrayOf(recordOf(outputs['readout'], 'readout')['samples'], 'readout').values;
    expect(readout.every((value, index) => Math.abs(value - (expected[index] as number)) < 1e-8)).toBe(true);
  });
});

type Values = Readonly<Record<string, LayerValue>>;

const jaxCells: Values = {
  ...{
    weights: [
      [0.5, 0.25],
      [-0.5, 0],
    ],
  },
  ...{ dt: 1e-3, noise_std: 0, tau_mem: [0.02, 0.03], tau_syn: [0.05, 0.05], bias: [-1, -1], rng_key: [0, 0] },
};

/** Classes that no saved text of the cases has, each alone. */
const alone: Readonly<Record<string, Values>> = {
  PassThroughEvents: {
    weights: [
      [1, 0, 2],
      [0, 1, 0],
    ],
    dt: 1e-3,
    noise_std: 0,
  },
  FFCLIAF: {
    ...{ dt: 1, bias: [0, 0.5], v_thresh: [8, 9], v_reset: [0, 0], v_subtract: null, monitor_id: [1] },
    weights: [
      [1, -0],
      [2.5, -3],
    ],
  },
  SoftMaxLayer: {
    ...{ dt: 1, bias: [0, 1], v_thresh: [8, 8], v_reset: [0, 0], v_subtract: [8, 8], monitor_id: [] },
    weights: [
      [1, 0],
      [2, 3],
    ],
  },
  RecDIAF: {
    ...{
      dt: 1e-4,
      weights_in: [[1, 2]],
      weights_rec: [
        [0, 1],
        [-1, 0],
      ],
      refractory: [1e-9, 1e-9],
      delay: 1e-8,
    },
    ...{ tau_leak: 1e-3, leak: [1, 1], v_subtract: [8, 8], v_thresh: [100, 100], v_reset: [0, 0], v_rest: [0, 0] },
    ...{ state_type: 'int8', monitor_id: [] },
  },
  CLIAF: {
    ...{ dt: 1, bias: [0, 0.5], v_thresh: [8, 9], v_reset: [0, 0], v_subtract: [8, 8], monitor_id: [] },
    weights_in: [
      [1, -0],
      [2.5, -3],
    ],
  },
  FFCLIAFCNNTorch: {
    ...{
      weights: [
        [
          [
            [1, 2],
            [3, 4],
          ],
        ],
        [
          [
            [0.5, 0],
            [0, 0.5],
          ],
        ],
      ],
    },
    ...{ img_data_format: 'channels_first', strides: 1, padding: 1, bias: 0.5, fVThresh: 8, fVReset: 0, fVSubtract: 8 },
    ...{ dt: 1, monitor_id: [] },
  },
  RecRateEulerJax: {
    w_in: [[1, 2]],
    ...{
      w_recurrent: [
        [0.5, 0.25],
        [-0.5, 0],
      ],
    },
    w_out: [[1], [-1]],
    ...{ tau: [0.25, 0.5], bias: [0, 1], rng_key: [0, 0], noise_std: 0, dt: 1e-2 },
  },
  RecLIFJax: jaxCells,
  RecLIFCurrentInJax: jaxCells,
};

const textAlone = (className: string, changed: Values = {}): string =>
  printRockpoolNetwork({
    layers: [
      { className, name: 'a', values: { ...alone[className], ...changed }, preLayer: undefined, external: true },
    ],
    ...{ forcedTimeStep: undefined, inputLayer: 'a' },
  });

describe('a saved network is printed back', () => {
  it.each(saved)('%s: the same text', (name) => {
    const text = textOf(name);
    expect(expectOk(rockpoolTextOf(expectOk(imported(text))))).toBe(text);
  });

  it.each(Object.keys(alone))('%s runs, and is the same text again', (className) => {
    const text = textAlone(className);
    const document = expectOk(imported(text));
    const { program } = expectOk(prepareRun(document));
    const simulation = expectOk(createSimulation({ ...laboratoryOn('interpreter'), program }));
    simulation.advance(1);
    simulation.dispose();
    expect(expectOk(rockpoolTextOf(document))).toBe(text);
  });

  it('a layer that no kind stands for is kept as it is', () => {
    const layer = {
      className: 'OwnLayer',
      name: 'a',
      values: defined(alone['RecDIAF'], 'RecDIAF'),
      preLayer: undefined,
    };
    const own = { layers: [{ ...layer, external: false }], forcedTimeStep: undefined, inputLayer: undefined };
    const text = printRockpoolNetwork(own);
    const found = imported(text);
    expect(found.problems.map(({ message }) => message)).toEqual([expect.stringContaining('OwnLayer')]);
    expect(expectOk(found).elements['layer_1']?.kind).toBe('rockpool/OwnLayer');
    expect(expectOk(rockpoolTextOf(expectOk(found)))).toBe(text);
  });
});

describe('what an imported network is', () => {
  it('a project without a file', () => {
    const opened = expectOk(readProject(new TextEncoder().encode(textOf('rate-reservoir'))));
    expect(opened).toMatchObject({ foreign: true, readOnly: false });
    expect(Object.values(opened.document.elements).map(({ name }) => name)).toEqual([
      ...['External input', 'Input', 'Reservoir', 'Readout'],
    ]);
  });

  it('warns of activations, which are not saved', () => {
    const places = imported(textOf('different-dt')).problems.map(({ severity, at }) => [
      severity,
      at?.element,
      at?.path,
    ]);
    expect(places).toEqual([
      ['warning', 'layer_1', 'parameters.activation'],
      ['warning', 'layer_2', 'parameters.activation'],
    ]);
  });

  it('has the released switches on', () => {
    const { elements } = expectOk(imported(textOf('updown-iaf-expsyn')));
    expect(elements['layer_1']?.parameters).toMatchObject({ silent_start: true });
    expect(elements['layer_2']?.parameters).toMatchObject({ shared_delay: true, truncated_times: true });
    expect(elements['layer_3']?.parameters).toMatchObject({ starts_from_zero: true });
  });

  it('stands in the same step for branches, beside each other', () => {
    const values = { weights: [[1]], dt: 0.1, noise_std: 0, tau: [10], gain: [1], bias: [0], delay: 0 };
    const layer = (name: string, preLayer?: string) => {
      return { className: 'PassThrough', name, values, preLayer, external: preLayer === undefined };
    };
    const layers = [layer('a'), layer('b', 'a'), layer('c', 'a')];
    const { view } = expectOk(documentOfRockpool({ layers, forcedTimeStep: 0.2, inputLayer: 'a' }));
    const { layer_1: a, layer_2: b, layer_3: c } = view.positions;
    expect([b?.x, c?.x].every((x) => x !== undefined && x > Number(a?.x))).toBe(true);
    expect(b?.y).not.toBe(c?.y);
  });
});

describe('a network that cannot be read', () => {
  it.each([
    ['weights that are no matrix', { weights: [[1, 2], [3]] }, 'weights'],
    ['a threshold that is a text', { v_thresh: 'high' }, 'v_thresh'],
    ['no bias', { bias: null }, 'bias'],
  ])('%s', (_, changed, key) => {
    const { problems } = imported(textAlone('FFCLIAF', changed));
    expect(problems[0]).toMatchObject({ code: 'import/rockpool', severity: 'error' });
    expect(problems[0]?.message).toContain(`${key} of the FFCLIAF "a"`);
  });

  it('cells that there cannot be, entries that no document takes', () => {
    const opened = (text: string) => readProject(new TextEncoder().encode(text));
    const cells = opened(textAlone('FFCLIAF', { monitor_id: [0.5] }));
    expect(cells.problems[0]).toMatchObject({ code: 'document/invalid', severity: 'error' });
    const long = textAlone('RecDIAF')
      .replace('RecDIAF', 'OwnLayer')
      .replace('"leak"', `"${'l'.repeat(65)}"`);
    expect(opened(long).problems.find(({ severity }) => severity === 'error')?.code).toBe('document/invalid');
  });

  it.each([
    ['no step', null, 'import/rockpool'],
    ['a step of 0', 0, 'import/rockpool'],
    ['a step too fine', 1e-9, 'model/time-step'],
  ])('%s', (_, dt, code) => {
    expect(imported(textAlone('FFCLIAF', { dt })).problems[0]).toMatchObject({ code });
  });
});

describe('a project that Rockpool cannot say', () => {
  const base = () => expectOk(imported(textOf('rate-reservoir')));
  const refused = (document: SpikeloomDocument) =>
    rockpoolTextOf(document).problems.find((each) => each.severity === 'error');

  it('another kind', () => {
    const { elements, ...rest } = base();
    const cell = { id: 'cell', kind: 'neurons/lif', name: 'Cells', parameters: {} };
    expect(refused({ ...rest, elements: { ...elements, cell } })).toMatchObject({
      ...{ code: 'export/rockpool', at: { element: 'cell' } },
    });
  });

  it('weights that are drawn', () => {
    const { elements, ...rest } = base();
    const layer = defined(elements['layer_2'], 'the reservoir');
    const { weights: _, ...parameters } = layer.parameters;
    expect(refused({ ...rest, elements: { ...elements, layer_2: { ...layer, parameters } } })).toMatchObject({
      ...{ code: 'export/rockpool', at: { element: 'layer_2', path: 'parameters.weights' } },
    });
  });

  it('two names that are one, two inputs, a delay of a wire', () => {
    const { elements, connections, ...rest } = base();
    const [first, second] = [defined(elements['layer_1'], 'one'), defined(elements['layer_2'], 'two')];
    expect(
      refused({ ...rest, connections, elements: { ...elements, layer_2: { ...second, name: first.name } } })?.message,
    ).toContain('Two elements are named "Input"');
    const wire = defined(connections['wire_layer_3'], 'a wire');
    const further = { ...wire, id: 'further', from: { element: 'layer_1', port: 'out' } };
    expect(refused({ ...rest, elements, connections: { ...connections, further } })?.message).toContain('has 2 inputs');
    const late = { ...wire, parameters: { delay: { value: 0.2, unit: 's' } } };
    expect(refused({ ...rest, elements, connections: { ...connections, wire_layer_3: late } })?.message).toContain(
      'delays by 2 time steps',
    );
  });

  it('an activation, which Rockpool sets again: only a warning', () => {
    const { elements, ...rest } = base();
    const layer = defined(elements['layer_2'], 'the reservoir');
    const changed = { ...layer, parameters: { ...layer.parameters, activation: 'tanh' } };
    const { ok, problems } = rockpoolTextOf({ ...rest, elements: { ...elements, layer_2: changed } });
    expect(ok).toBe(true);
    expect(problems.map(({ at }) => at)).toContainEqual({ element: 'layer_2', path: 'parameters.activation' });
  });
});

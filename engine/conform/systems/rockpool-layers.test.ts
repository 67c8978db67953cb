/** Saved layers of Rockpool, class by class: imported, they compute what the package computed, and are printed back as they were. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { defined } from '../../base/assert.ts';
import type { Problem } from '../../base/problem.ts';
import { expectOk } from '../../base/result.ts';
import { documentOfRockpool } from '../../formats/rockpool-document.ts';
import { rockpoolTextOf } from '../../formats/rockpool-export.ts';
import { createSimulation } from '../../runtime/simulation.ts';
import { prepareRun } from '../../library/prepare-run.ts';
import { printRockpoolNetwork, readRockpoolNetwork, type LayerValue } from '../../formats/rockpool-network.ts';
import { catalogue } from '../../library/library.ts';
import type { SpikeloomDocument } from '../../model/document.ts';
import { validate } from '../../model/validate.ts';
import type { ResolvedValue } from '../../model/validated.ts';
import { numberOf, optionalNumber, rowsOf } from '../case-access.ts';
import { laboratoryOn, openCase } from '../case-files.test-support.ts';
import type * as laboratory from '../laboratory.ts';
import { isNumericArray, type CaseValue, type ReferenceCase } from '../reference-case.ts';
import { runCase } from '../run-case.ts';

interface ImportedLayer {
  readonly kind: string;
  readonly parameters: Readonly<Record<string, ResolvedValue>>;
  readonly timeStepSeconds: number;
}

/** The layer that takes the place of what a case would build, and how often it did. */
const bench = vi.hoisted(() => ({ imported: undefined as ImportedLayer | undefined, uses: 0 }));

/** What a case says of a call and not of the layer, and what no file holds. */
const ofTheCall = new Set(['log', 'trace', 'size', 'ids_in', 'min_delta', 'spike_factor', 'activation']);

vi.mock('../laboratory.ts', async (load) => {
  const real = await load<typeof laboratory>();
  const imported = (experiment: laboratory.Experiment): laboratory.Experiment => {
    const { kind, parameters, timeStepSeconds } = bench.imported ?? experiment;
    expect([kind, timeStepSeconds]).toEqual([experiment.kind, experiment.timeStepSeconds]);
    bench.uses += 1;
    const call = Object.entries(experiment.parameters).filter(([name]) => ofTheCall.has(name));
    return { ...experiment, parameters: { ...parameters, ...Object.fromEntries(call) } };
  };
  return {
    ...real,
    prepareTrial: (on: laboratory.Laboratory, experiment: laboratory.Experiment) =>
      real.prepareTrial(on, imported(experiment)),
  };
});

beforeEach(() => {
  bench.imported = undefined;
  bench.uses = 0;
});

const archive = new URL('rockpool-saved.json.gz', import.meta.url);
/** Dictionaries that the package's `to_dict` gave for layers of the cases, by class and case. */
const saved = JSON.parse(gunzipSync(readFileSync(archive)).toString('utf8')) as Readonly<Record<string, string>>;

const imported = (text: string) => documentOfRockpool(expectOk(readRockpoolNetwork(text)));

/** A dictionary as a network of this layer, as `save` writes it. */
function networkOf(dictionary: string): string {
  return `{"layers": [${dictionary.slice(0, -1)}, "external_input": true}], "input_layer_name": "unnamed"}`;
}

/** Parameters of cases that no constructor takes. */
const notTaken = ['activation_func', 'min_delta', 'spike_callback', 'num_chips', 'num_cores_chip', 'num_neurons_core'];

/** The layer of a case in the words of its constructor. */
function constructed(
  className: string,
  { parameters, all }: ReferenceCase,
  changed: Readonly<Record<string, LayerValue>> = {},
): string {
  const given = Object.entries(parameters).filter(([name, value]) => !notTaken.includes(name) && value !== undefined);
  const values = Object.fromEntries(given.map(([name, value]) => [name, layerValue(value)]));
  const flags = values['has_tau_mem_2'];
  if (Array.isArray(flags)) values['has_tau_mem_2'] = flags.map(Boolean);
  const dt = optionalNumber(parameters['dt']) ?? numberOf(all['dt'], 'dt');
  const named = { ...values, dt, ...changed, name: 'unnamed', class_name: className };
  const layer = { className, name: 'unnamed', values: named, keys: Object.keys(named), preLayer: undefined };
  return printRockpoolNetwork({
    layers: [{ ...layer, external: true }],
    forcedTimeStep: undefined,
    inputLayer: 'unnamed',
  });
}

function layerValue(value: CaseValue): LayerValue {
  if (!isNumericArray(value)) return value as LayerValue;
  if (value.shape.length < 2) return Array.from(value.values);
  return Array.from({ length: value.shape[0] ?? 0 }, (_, row) => Array.from(rowsOf(value, row, row + 1).values));
}

/** The layer of a document in SI units, without what it leaves at its default. */
function layerOf(document: SpikeloomDocument): ImportedLayer {
  const model = expectOk(validate(document, catalogue));
  const { record, parameters, kind } = defined(
    model.elements.find((each) => each.record.id === 'layer_1'),
    'a layer',
  );
  const given = Object.entries(parameters).filter(([name]) => name in record.parameters);
  return { kind: kind.id, parameters: Object.fromEntries(given), timeStepSeconds: model.timeStepSeconds };
}

/** Imports a text, runs the case with what was imported, and prints it. */
function playBack(text: string, className: string, name: string): void {
  const document = expectOk(imported(text));
  bench.imported = layerOf(document);
  const reference = openCase(`rockpool/${className}/${name}.json.gz`);
  expect(runCase(reference, laboratoryOn('wasm'))).toMatchObject({ status: 'passed', message: '' });
  expect(bench.uses).toBeGreaterThan(0);
  expect(expectOk(rockpoolTextOf(document))).toBe(text);
}

/** Classes that the package saves with all that they need. */
const whole = Object.keys(saved).filter((key) => !key.includes('_IO/'));

describe('a layer that the package saved', () => {
  it.each(whole)('%s', (key) => {
    const [className = '', name = ''] = key.split('/');
    playBack(networkOf(defined(saved[key], key)), className, name);
  });
});

/** Classes that it cannot save, or not with all that they need, with cases of each. */
const others: Readonly<Record<string, readonly string[]>> = {
  FFIAFBrian: ['constant-leak-eq', 'vector-params-step-noise', 'refractory', 'euler'],
  FFIAFSpkInBrian: ['mixed-weights-vector-params', 'refractory'],
  RecIAFBrian: ['random-recurrent', 'vector-params-refractory'],
  RecIAFSpkInBrian: ['random', 'vector-params-refractory'],
  FFExpSynBrian: ['random-spikes', 'large-dt'],
  FFIAFTorch: ['step-noise-vector-params'],
  FFIAFRefrTorch: ['step-noise-vector-params', 'zero-refractory'],
  FFIAFSpkInTorch: ['coincident-events', 'signed-vector-params'],
  FFIAFSpkInRefrTorch: ['coincident-events', 'signed-vector-params'],
  RecIAFTorch: ['random-recurrent', 'vector-params'],
  RecIAFRefrTorch: ['random-recurrent', 'vector-params'],
  RecIAFSpkInRefrTorch: ['add-events', 'vector-params'],
  RecIAFSpkInRefrCLTorch: ['no-rest-no-min', 'state-min', 'strong-leak-vector'],
  RecLIFJax: ['plain'],
  RecLIFJax_IO: ['plain', 'scalar-params'],
  RecLIFCurrentInJax_IO: ['plain'],
  ForceRateEulerJax: ['plain-relu', 'default-dt'],
  RecFSSpikeEulerBT: ['plain-const', 'refractory', 'vector-params', 'bias-no-input-dt'],
  RecAEIFSpkInNest: ['vector-params'],
  VirtualDynapse: ['no-mismatch', 'per-core'],
};

describe('a layer in the words of its constructor', () => {
  it.each(Object.entries(others).flatMap(([className, names]) => names.map((name) => [className, name] as const)))(
    '%s of the case %s',
    (className, name) => {
      playBack(constructed(className, openCase(`rockpool/${className}/${name}.json.gz`)), className, name);
    },
  );
});

const membrane = [
  'dv/dt = (v_rest + r_m*I_total - v)/tau_m : volt (unless refractory)',
  ...['I_bias : amp', 'tau_m : second', 'r_m : ohm', 'v_rest : volt', 'v_thresh : volt', 'v_reset : volt'],
];

/** Equations that say what the layers do without any. */
const typed: readonly (readonly [className: string, name: string, equations: Readonly<Record<string, string>>])[] = [
  ['FFIAFBrian', 'refractory', { neuron_eq: [...membrane, 'I_total = I_bias + I_inp(t, i) : amp'].join('\n') }],
  [
    ...(['FFIAFSpkInBrian', 'mixed-weights-vector-params'] as const),
    {
      neuron_eq: [
        ...[...membrane, 'I_total = I_syn + I_bias + I_inp(t, i) : amp'],
        ...['dI_syn/dt = -I_syn/tau_s : amp', 'tau_s : second'],
      ].join('\n'),
    },
  ],
  [
    ...(['RecIAFBrian', 'vector-params-refractory'] as const),
    {
      rec_syn_eq: 'dI_syn/dt = -I_syn/tau_s : amp\ntau_s : second',
      neuron_eq: [...membrane, 'I_total = I_syn + I_bias + I_inp(t, i) : amp'].join('\n'),
    },
  ],
  [
    ...(['RecIAFSpkInBrian', 'random'] as const),
    {
      neuron_eq: [
        ...membrane,
        'I_total = I_inp(t, i) + I_syn + I_bias : amp',
        'I_syn = I_syn_inp + I_syn_rec : amp',
      ].join('\n'),
      synapse_eq: [
        ...['dI_syn_inp/dt = -I_syn_inp/tau_syn_inp : amp', 'dI_syn_rec/dt = -I_syn_rec/tau_syn_rec : amp'],
        ...['tau_syn_inp : second', 'tau_syn_rec : second'],
      ].join('\n'),
    },
  ],
];

/** The constructed layer of the first case of a class, imported. */
function importedLayer(className: string, name: string, changed: Readonly<Record<string, LayerValue>> = {}) {
  return imported(constructed(className, openCase(`rockpool/${className}/${name}.json.gz`), changed));
}

/** The dictionary of the only layer of a document, saved anew with other parameters. */
function savedAnew(document: SpikeloomDocument, changed: SpikeloomDocument['elements'][string]['parameters']) {
  const layer = defined(document.elements['layer_1'], 'a layer');
  const next = { ...layer, parameters: { ...layer.parameters, ...changed } };
  const text = expectOk(rockpoolTextOf({ ...document, elements: { ...document.elements, layer_1: next } }));
  const { layers } = JSON.parse(text) as { layers: [Record<string, LayerValue>] };
  return layers[0];
}

describe('equations of the user', () => {
  it.each(typed)('%s computes %s by them', (className, name, equations) => {
    const reference = openCase(`rockpool/${className}/${name}.json.gz`);
    const text = constructed(className, reference, equations);
    const own = String(expectOk(imported(text)).elements['layer_1']?.parameters['neuron_eq']);
    for (const equation of Object.values(equations)) expect(own).toContain(equation);
    playBack(text, className, name);
  });

  it('are written as one text where they were changed', () => {
    const [className, name, equations] = defined(typed[2], 'equations of cells and synapses');
    const layer = savedAnew(expectOk(importedLayer(className, name, equations)), {
      neuron_eq: 'dv/dt = 0*volt/second : volt',
    });
    expect(layer['neuron_eq']).toBe('dv/dt = 0*volt/second : volt');
    expect('rec_syn_eq' in layer).toBe(false);
  });

  it('without leak are those that the package has for it', () => {
    const { elements } = expectOk(importedLayer('FFIAFBrian', 'constant-leak-eq'));
    expect(elements['layer_1']?.parameters).toMatchObject({ leak: false, neuron_eq: '' });
  });
});

describe('a changed layer', () => {
  const nest = () => expectOk(imported(networkOf(defined(saved['FFIAFNest/capacity-dt'], 'a layer'))));
  const before = JSON.parse(defined(saved['FFIAFNest/capacity-dt'], 'a layer')) as Record<string, LayerValue>;

  it('is saved with what was changed, all else as it was', () => {
    const { external_input: _, ...after } = savedAnew(nest(), { bias: { value: 30, unit: 'pA' } });
    expect(after).toEqual({ ...before, bias: [0.03, 0.03, 0.03] });
  });

  it('has the capacity that its time constant makes of the conductance', () => {
    const { capacity, tau_mem: taus } = savedAnew(nest(), { tau_mem: { value: 40, unit: 'ms' } });
    expect(taus).toEqual([0.04, 0.04, 0.04]);
    expect((capacity as readonly number[]).every((value) => Math.abs(value - 0.06) < 1e-15)).toBe(true);
  });

  it('becomes the class that can say it', () => {
    const document = expectOk(imported(networkOf(defined(saved['FFIAFTorch/batches'], 'a layer'))));
    expect(savedAnew(document, {})).toMatchObject({ class_name: 'FFIAFTorch', max_num_timesteps: 130 });
    const refractory = savedAnew(document, { refractory: { value: 2, unit: 'ms' } });
    expect(refractory).toMatchObject({ class_name: 'FFIAFRefrTorch', refractory: 0.002, max_num_timesteps: 130 });
    const spiking = savedAnew(document, { input_type: 'spikes', tau_syn: { value: 5, unit: 'ms' } });
    expect(spiking).toMatchObject({ class_name: 'FFIAFSpkInTorch', tau_syn: [0.005, 0.005, 0.005, 0.005] });
  });
});

describe('what a file lacks', () => {
  const io = Object.keys(saved).filter((key) => key.includes('_IO/'));

  it.each(io)('%s: the weights at its ends are drawn, and stay out of the file', (key) => {
    const text = networkOf(defined(saved[key], key));
    const found = imported(text);
    expect(found.problems.map(({ severity, at }) => [severity, at?.path])).toEqual([
      ['warning', 'parameters.w_in'],
      ['warning', 'parameters.w_out'],
    ]);
    expect(expectOk(prepareRun(expectOk(found))).program.probes).toHaveLength(1);
    expect(expectOk(rockpoolTextOf(expectOk(found)))).toBe(text);
  });

  it('is what the constructor takes: of a bias, a delay, a step', () => {
    const text =
      '{"layers": [{"class_name": "RecIAFSpkInNest", "weights_in": [[1.0]], "weights_rec": [[0.5]], "name": "a", "external_input": true}], "input_layer_name": "a"}';
    const document = expectOk(imported(text));
    expect(document.run.timeStep).toEqual({ value: 1e-4, unit: 's' });
    expect(document.elements['layer_1']?.parameters).toMatchObject({
      ...{
        bias: { value: 0, unit: 'nA' },
        delay_in: { value: 1e-4, unit: 's' },
        tau_syn_inh: { value: 0.05, unit: 's' },
      },
    });
    expect(expectOk(rockpoolTextOf(document))).toBe(text);
  });
});

describe('the wires of imported layers', () => {
  const own = (className: string, name: string, preLayer?: string): string => {
    const weights = className.startsWith('Rec')
      ? '"weights_in": [[1.0]], "weights_rec": [[0.5]]'
      : '"weights": [[1.0]]';
    const before = preLayer === undefined ? '"external_input": true' : `"pre_layer_name": "${preLayer}"`;
    return `{"class_name": "${className}", "name": "${name}", "dt": 0.001, ${weights}, ${before}}`;
  };

  it.each([
    ['FFIAFTorch', 1],
    ['FFIAFNest', 1],
    ['FFIAFBrian', 0],
  ] as const)('of %s delay its spikes by %d steps', (className, steps) => {
    const text = `{"layers": [${own(className, 'a')}, ${own('RecIAFSpkInBrian', 'b', 'a')}]}`;
    const document = expectOk(imported(text));
    const delay = document.connections['wire_layer_2']?.parameters['delay'];
    expect(delay).toEqual(steps === 0 ? undefined : { value: 0.001, unit: 's' });
    const simulation = createSimulation({
      ...laboratoryOn('interpreter'),
      program: expectOk(prepareRun(document)).program,
    });
    expectOk(simulation).advance(3);
    expectOk(simulation).dispose();
  });

  it('lead a force of its own to a forced layer', () => {
    const { connections, elements } = expectOk(importedLayer('ForceRateEulerJax', 'plain-relu'));
    expect(Object.values(connections).map(({ from, to }) => [elements[from.element]?.name, to.port])).toEqual([
      ['External input', 'in'],
      ['External input 2', 'force'],
    ]);
  });
});

describe('a layer of no use', () => {
  const first = (problems: readonly Problem[]) => problems.find(({ severity }) => severity === 'error');

  it.each([
    [
      'FFIAFBrian',
      'refractory',
      { weights: [[1, 2], [3]] },
      'weights of the FFIAFBrian "unnamed" is [[1,2],[3]]; it has to be rows',
    ],
    ['FFIAFBrian', 'refractory', { weights: null }, 'weights of the FFIAFBrian "unnamed" is null'],
    ['RecIAFBrian', 'random-recurrent', { neuron_eq: 3 }, 'it has to be equations as a text'],
    [
      'RecIAFBrian',
      'random-recurrent',
      { integrator_name: 'magic' },
      'integrator_name of the RecIAFBrian "unnamed" is "magic"; it has to be one of rk4',
    ],
    [
      'RecIAFTorch',
      'vector-params',
      { tau_mem: 'slow' },
      'tau_mem of the RecIAFTorch "unnamed" is "slow"; it has to be a number',
    ],
    ['FFIAFNest', 'capacity-dt', { capacity: 'big' }, 'capacity of the FFIAFNest'],
    ['VirtualDynapse', 'no-mismatch', { mismatch: [0.5] }, 'mismatch of the VirtualDynapse'],
    ['RecFSSpikeEulerBT', 'plain-const', { weights_slow: 'none' }, 'weights_slow of the RecFSSpikeEulerBT'],
    ['RecLIFJax_IO', 'plain', { w_recurrent: [] }, 'weights of the RecLIFJax_IO'],
    [
      'ForceRateEulerJax',
      'plain-relu',
      { dt: -1 },
      'dt of the ForceRateEulerJax "unnamed" is -1; it has to be a time step',
    ],
  ] as const)('%s of %s with %j is refused', (className, name, changed, reason) => {
    const found = first(importedLayer(className, name, changed).problems);
    expect(found).toMatchObject({ code: 'import/rockpool' });
    expect(found?.message).toContain(reason);
  });

  it.each([
    ['FFIAFBrian', 'refractory', { tau_mem: -0.02 }, 'model/parameter-range', 'tau_mem'],
    ['RecIAFTorch', 'vector-params', { tau_syn_r: -1 }, 'model/parameter-range', 'tau_syn_rec'],
    ['RecIAFSpkInNest', 'random', { tau_syn_exc: [0] }, 'model/parameter-range', 'tau_syn_exc'],
    ['RecIAFBrian', 'random-recurrent', { weights: [[1, 2]] }, 'model/parameter-shape', 'weights'],
    ['RecIAFSpkInBrian', 'random', { bias: [1, 2] }, 'model/parameter-shape', 'bias'],
    ['RecFSSpikeEulerBT', 'plain-const', { weights_slow: [[1]] }, 'model/parameter-shape', 'weights_slow'],
  ] as const)('%s of %s with %j opens and cannot run', (className, name, changed, code, parameter) => {
    const document = expectOk(importedLayer(className, name, changed));
    const found = first(prepareRun(document).problems);
    expect(found).toMatchObject({ code, at: { element: 'layer_1', path: `parameters.${parameter}` } });
  });
});

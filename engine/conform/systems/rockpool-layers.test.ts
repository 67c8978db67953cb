/** Saved layers of Rockpool, class by class: imported, they compute what the package computed, and are printed back as they were. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { defined } from '../../base/assert.ts';
import { expectOk } from '../../base/result.ts';
import { documentOfRockpool } from '../../formats/rockpool-document.ts';
import { rockpoolTextOf } from '../../formats/rockpool-export.ts';
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
const ofTheCall = new Set(['log', 'trace', 'size', 'ids_in', 'substeps', 'min_delta', 'spike_factor', 'activation']);

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
function constructed(className: string, { parameters, all }: ReferenceCase): string {
  const given = Object.entries(parameters).filter(([name, value]) => !notTaken.includes(name) && value !== undefined);
  const values = Object.fromEntries(given.map(([name, value]) => [name, layerValue(value)]));
  const flags = values['has_tau_mem_2'];
  if (Array.isArray(flags)) values['has_tau_mem_2'] = flags.map(Boolean);
  const dt = optionalNumber(parameters['dt']) ?? numberOf(all['dt'], 'dt');
  const named = { ...values, dt, name: 'unnamed', class_name: className };
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

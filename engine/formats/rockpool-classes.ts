/** The classes of saved Rockpool networks and the kinds that stand for them: fields, inputs, outputs, switches. */
import type { ValidatedElement } from '../model/validated.ts';
import { boardForm } from './rockpool-board.ts';
import { brianForms } from './rockpool-brian.ts';
import {
  brief,
  countField,
  flagField,
  idleField,
  listField,
  numberField,
  optionalField,
  stepsField,
  weightsField,
  withDefaults,
  type RockpoolField,
} from './rockpool-fields.ts';
import { convolutionForm } from './rockpool-convolution.ts';
import { feedForward, type Resolved, type RockpoolForm } from './rockpool-form.ts';
import { jaxForms } from './rockpool-jax.ts';
import { keptClass } from './rockpool-kept.ts';
import { nestForms } from './rockpool-nest.ts';
import type { LayerValue } from './rockpool-network.ts';
import { rockpoolSwitches } from './rockpool-switches.ts';
import { torchForms } from './rockpool-torch.ts';
import { matrixFrom } from './rockpool-values.ts';

const noise = numberField('noise_std', '');
/** A period in seconds, of which what is below 0 counts as 0. */
function periodField(key: string): RockpoolField {
  const own = numberField(key, 's');
  const least = (value: LayerValue): LayerValue => {
    if (typeof value === 'number') return Math.max(value, 0);
    return Array.isArray(value) ? (value as readonly LayerValue[]).map(least) : value;
  };
  return { ...own, read: (value, shelf, values) => own.read(least(value), shelf, values) };
}

const subtracted = optionalField(listField('v_subtract', ''), {
  ...{ parameter: 'after_spike', on: 'subtract', off: 'reset' },
});
const spiking = [listField('bias', ''), listField('v_thresh', ''), listField('v_reset', ''), subtracted];

/** Numbers for every cell that say nothing. */
function idleList(key: string, value: number): RockpoolField {
  return idleField(key, ({ cells }) => Array<number>(cells).fill(value));
}

/** Weights of the encoder: zeros of which only the numbers of rows and columns count. */
const encoderWeights: RockpoolField = {
  ...{ key: 'weights', parameters: ['size', 'spread'], takes: 'rows of numbers, all of one length' },
  read(value) {
    const [inputs = 0, columns = 0] = matrixFrom(value)?.shape ?? [];
    const spread = columns / (2 * inputs);
    return Number.isInteger(spread) ? { size: inputs, spread } : undefined;
  },
  write: ({ inputs, parameters }) =>
    Array.from({ length: inputs }, () => Array<number>(2 * Number(parameters['spread']) * inputs).fill(0)),
};

/** Real numbers have another name here. */
const stateType: RockpoolField = {
  ...{ key: 'state_type', parameters: ['state_type'], takes: 'the name of a number type' },
  read: (value) => (typeof value === 'string' ? { state_type: value === 'float64' ? 'float' : value } : undefined),
  write: ({ parameters }) => (parameters['state_type'] === 'float' ? 'float64' : String(parameters['state_type'])),
};

function isFeedForward({ weights_rec: weights = null }: Resolved): boolean {
  return weights === null;
}

function solvesExactly({ method }: Resolved): boolean {
  return method === 'exact';
}

/** It cannot be saved by the package: its entries are the arguments of the constructor. A period below 0 is none. */
const tightBalance: RockpoolForm = {
  ...{ className: 'RecFSSpikeEulerBT', kind: 'layers/tight-balance', output: 'spikes', switches: {} },
  ...{ inputs: { key: 'weights_fast', side: 0 }, cellMatrix: 'weights_fast' },
  fields: [
    ...[weightsField('weights_fast', 'weights_fast', 'V'), weightsField('weights_slow', 'weights_slow', 'V')],
    ...withDefaults([
      [0, listField('bias', 'V', 'given')],
      [0, numberField('noise_std', 'V')],
      [0.02, numberField('tau_mem', 's')],
      [1e-3, numberField('tau_syn_r_fast', 's', 'tau_syn_fast')],
      [0.1, numberField('tau_syn_r_slow', 's', 'tau_syn_slow')],
      [-0.055, numberField('v_thresh', 'V')],
      [-0.065, numberField('v_reset', 'V')],
      [-0.065, numberField('v_rest', 'V')],
      [0, periodField('refractory')],
    ]),
    brief(idleField('spike_callback', () => null)),
  ],
  defaultStep(values) {
    const taus = [values['tau_syn_r_fast'] ?? 1e-3, values['tau_syn_r_slow'] ?? 0.1].flat();
    return Math.min(...taus.map(Number)) / 10;
  },
};

const forms: readonly RockpoolForm[] = [
  {
    ...{ className: 'FFRateEuler', kind: 'layers/ff-rate-euler', inputs: feedForward, output: 'out' },
    fields: [
      ...[weightsField('weights'), noise, listField('tau', 's', 'given')],
      ...[listField('gain', '', 'given'), listField('bias', '', 'given')],
    ],
    ...{ switches: {}, activation: true },
  },
  {
    ...{ className: 'PassThrough', kind: 'layers/pass-through', inputs: feedForward, output: 'out' },
    fields: [
      ...[weightsField('weights'), noise, idleField('tau', () => [10]), idleField('gain', () => [1])],
      ...[listField('bias', '', 'given'), numberField('delay', 's')],
    ],
    switches: {},
  },
  {
    ...{ className: 'RecRateEuler', kind: 'layers/rec-rate-euler', inputs: { key: 'weights', side: 1 }, output: 'out' },
    fields: [weightsField('weights'), noise, listField('tau', 's'), listField('bias', '')],
    ...{ switches: {}, activation: true },
  },
  {
    ...{ className: 'PassThroughEvents', kind: 'layers/pass-through-events', inputs: feedForward, output: 'spikes' },
    fields: [weightsField('weights'), idleField('noise_std', () => 0)],
    ...{ switches: {}, takesEventsOnly: true },
  },
  {
    ...{ className: 'FFExpSyn', kind: 'layers/exp-syn', inputs: feedForward, output: 'out' },
    fields: [
      ...[weightsField('weights'), noise, listField('bias', ''), numberField('tau_syn', 's')],
      flagField('add_events'),
    ],
    ...{ switches: rockpoolSwitches.FFExpSyn, fits: solvesExactly },
  },
  {
    ...{ className: 'FFUpDown', kind: 'layers/up-down', inputs: feedForward, output: 'spikes', late: true },
    fields: [
      ...[encoderWeights, noise, countField('repeat_output', 'repeat'), idleField('max_num_timesteps', () => 5000)],
      flagField('multiplex_spikes', 'multiplex'),
      optionalField(listField('tau_decay', 's'), { parameter: 'decay', on: true, off: false }),
      ...[listField('thr_up', ''), listField('thr_down', '')],
    ],
    switches: rockpoolSwitches.FFUpDown,
  },
  {
    ...{ className: 'FFCLIAF', kind: 'layers/cliaf', inputs: feedForward, output: 'spikes', late: true },
    fields: [weightsField('weights'), ...spiking],
    ...{ switches: {}, monitored: true, fits: isFeedForward },
  },
  {
    ...{
      className: 'CLIAF',
      kind: 'layers/cliaf',
      inputs: { key: 'weights_in', side: 0 },
      output: 'spikes',
      late: true,
    },
    fields: [weightsField('weights_in', 'weights'), ...spiking],
    ...{ switches: {}, monitored: true, fits: isFeedForward, defaultStep: () => 1 },
  },
  {
    ...{ className: 'SoftMaxLayer', kind: 'layers/softmax', inputs: feedForward, output: 'out' },
    fields: [
      ...[weightsField('weights'), listField('bias', '')],
      ...[
        idleList('v_thresh', 8),
        idleList('v_reset', 0),
        idleList('v_subtract', 8),
        idleField('monitor_id', () => []),
      ],
    ],
    switches: {},
  },
  {
    ...{ className: 'RecCLIAF', kind: 'layers/cliaf', inputs: { key: 'weights_in', side: 0 }, output: 'spikes' },
    fields: [
      ...[weightsField('weights_in', 'weights'), ...spiking, weightsField('weights_rec'), listField('refractory', 's')],
      ...[stepsField('delay'), stepsField('tTauBias', 'bias_period'), stateType],
    ],
    ...{ switches: rockpoolSwitches.RecCLIAF, late: true, monitored: true },
    fits: (parameters) => !isFeedForward(parameters),
  },
  {
    ...{
      className: 'RecDIAF',
      kind: 'layers/event-driven-iaf',
      inputs: { key: 'weights_in', side: 0 },
      output: 'spikes',
    },
    fields: [
      ...[weightsField('weights_in', 'weights'), weightsField('weights_rec'), listField('refractory', 's')],
      ...[numberField('delay', 's'), numberField('tau_leak', 's'), listField('leak', ''), subtracted],
      ...[listField('v_thresh', ''), listField('v_reset', '')],
      optionalField(listField('v_rest', ''), { parameter: 'leak_to_rest', on: true, off: false }),
      stateType,
    ],
    ...{ switches: {}, monitored: true },
  },
  {
    ...{ className: 'FFExpSynTorch', kind: 'layers/exp-syn', inputs: feedForward, output: 'out' },
    fields: [
      ...[weightsField('weights'), noise, listField('bias', ''), listField('tau_syn', 's')],
      ...[flagField('add_events'), idleField('max_num_timesteps', () => 400)],
    ],
    ...{ switches: rockpoolSwitches.FFExpSyn, fits: solvesExactly },
  },
  convolutionForm,
  tightBalance,
  ...jaxForms,
  ...brianForms,
  ...torchForms,
  ...nestForms,
  boardForm,
];

/** The form of a class; undefined where no kind stands for it. */
export function formOfClass(className: string): RockpoolForm | undefined {
  return forms.find((form) => form.className === className);
}

/**
 * The form that an element is saved in: that of the class it was read from, else the first that can say it. Undefined where
 * Rockpool saves no such layer.
 */
export function formOfElement({
  record,
  parameters,
}: Pick<ValidatedElement, 'record' | 'parameters'>): RockpoolForm | undefined {
  const possible = forms.filter((form) => form.kind === record.kind && isChosen(form, parameters));
  const before = keptClass(record);
  return possible.find(({ className }) => className === before) ?? possible[0];
}

function isChosen({ chosen = {}, fits }: RockpoolForm, parameters: Resolved): boolean {
  return Object.entries(chosen).every(([name, value]) => parameters[name] === value) && fits?.(parameters) !== false;
}

/** The classes of saved Rockpool networks and the kinds that stand for them: fields, inputs, outputs, switches. */
import type { ResolvedValue } from '../model/validated.ts';
import type { LayerValue } from './rockpool-network.ts';
import {
  countField,
  flagField,
  idleField,
  listField,
  numberField,
  optionalField,
  stepsField,
  weightsField,
  type RockpoolField,
} from './rockpool-fields.ts';
import { rockpoolSwitches } from './rockpool-switches.ts';
import { matrixFrom } from './rockpool-values.ts';

/** A class as a kind of the library. */
export interface RockpoolForm {
  readonly className: string;
  readonly kind: string;
  readonly fields: readonly RockpoolField[];
  /** Entry whose rows or columns are as many as the inputs. */
  readonly inputs: { readonly key: string; readonly side: 0 | 1 };
  readonly output: 'spikes' | 'out';
  /** Its input has to be events. */
  readonly takesEventsOnly?: true;
  /** Its events carry the time of the end of their step: a layer that listens meets them one step later. */
  readonly late?: true;
  /** `monitor_id` tells whose membrane is recorded. */
  readonly monitored?: true;
  readonly switches: Readonly<Record<string, true>>;
  /** Whether it has an activation function, which is never saved. */
  readonly activation?: true;
  /** Matrix whose columns are the cells; default `weights`. */
  readonly cellMatrix?: string;
  /** The choice of the kind by which the class differs from others of the same kind. */
  readonly chosen?: { readonly parameter: string; readonly value: string };
}

const noise = numberField('noise_std', '');
const feedForward = { key: 'weights', side: 0 } as const;

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
  ...{ key: 'weights', parameters: ['size', 'spread'] },
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
  ...{ key: 'state_type', parameters: ['state_type'] },
  read: (value) => (typeof value === 'string' ? { state_type: value === 'float64' ? 'float' : value } : undefined),
  write: ({ parameters }) => (parameters['state_type'] === 'float' ? 'float64' : String(parameters['state_type'])),
};

/** The state of JAX's generator; it says nothing here, where a run has a seed. */
const generatorState = idleField('rng_key', () => [0, 0]);

/** A trainable layer of spiking cells; `target` tells where its input goes. */
function recurrentLif(className: string, target: 'synapse' | 'membrane'): RockpoolForm {
  return {
    ...{ className, kind: 'layers/rec-lif', inputs: { key: 'weights', side: 1 }, output: 'spikes' },
    fields: [
      ...[weightsField('weights', 'w_recurrent'), noise, listField('tau_mem', 's'), listField('tau_syn', 's')],
      ...[listField('bias', ''), generatorState],
    ],
    ...{ switches: {}, cellMatrix: 'w_recurrent', chosen: { parameter: 'target', value: target } },
    ...(target === 'synapse' ? { takesEventsOnly: true } : {}),
  };
}

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
    switches: rockpoolSwitches.FFExpSyn,
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
    ...{ switches: {}, monitored: true },
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
    switches: rockpoolSwitches.FFExpSyn,
  },
  {
    ...{ className: 'RecRateEulerJax', kind: 'layers/rec-rate-io', inputs: { key: 'w_in', side: 0 }, output: 'out' },
    fields: [
      ...[weightsField('w_in'), weightsField('w_recurrent'), weightsField('w_out'), generatorState],
      ...[listField('tau', 's'), listField('bias', ''), noise],
    ],
    ...{ switches: {}, activation: true, cellMatrix: 'w_recurrent' },
  },
  recurrentLif('RecLIFJax', 'synapse'),
  recurrentLif('RecLIFCurrentInJax', 'membrane'),
];

/** The form of a class; undefined where no kind stands for it. */
export function formOfClass(className: string): RockpoolForm | undefined {
  return forms.find((form) => form.className === className);
}

/** The form that an element is saved in; undefined where Rockpool saves no such layer. */
export function formOfKind(
  kind: string,
  parameters: Readonly<Record<string, ResolvedValue>>,
): RockpoolForm | undefined {
  const possible = forms.filter((form) => form.kind === kind && isChosen(form, parameters));
  const recurrent = (parameters['weights_rec'] ?? null) !== null;
  return possible.length < 2
    ? possible[0]
    : possible.find(({ className }) => recurrent === className.startsWith('Rec'));
}

function isChosen({ chosen }: RockpoolForm, parameters: Readonly<Record<string, ResolvedValue>>): boolean {
  return chosen === undefined || parameters[chosen.parameter] === chosen.value;
}

/** Inputs of a saved layer by its weights; undefined where these are no matrix. */
export function inputsOf({ inputs }: RockpoolForm, values: Readonly<Record<string, LayerValue>>): number | undefined {
  return matrixFrom(values[inputs.key] ?? null)?.shape[inputs.side];
}

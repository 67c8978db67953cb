/** Entries of the dictionaries that Rockpool 1.0.7 saves, class by class, in their order; of classes that it cannot save, those that their constructors take. */
import type { LayerValue } from './rockpool-network.ts';

const head = ['weights', 'dt', 'noise_std', 'name', 'class_name'];
const clocked = ['dt', 'name', 'class_name'];
const threshold = ['v_thresh', 'v_reset', 'v_subtract', 'monitor_id'];
const cliaf = ['bias', ...threshold];
const jax = [...head, 'tau_mem', 'tau_syn', 'bias', 'rng_key'];
const jaxIo = [...jax, 'w_in', 'w_out'];

const potentials = ['v_thresh', 'v_reset', 'v_rest'];
const brianEnd = [...potentials, 'refractory', 'neuron_eq', 'integrator_name', 'record'];
const brian = [...head, 'bias', 'tau_mem', ...brianEnd];
const brianRecurrent = ['dt', 'noise_std', 'name', 'class_name', 'neuron_eq', 'bias', 'tau_mem'];
const brianRecurrentEnd = [...potentials, 'refractory', 'integrator_name', 'record'];

const torchMembrane = ['dt', 'noise_std', 'max_num_timesteps', ...potentials, 'tau_mem'];
const torch = ['name', 'weights', ...torchMembrane, 'bias'];
const torchEnd = ['record', 'class_name'];
const torchSpikes = ['name', 'weights_rec', ...torchMembrane, 'tau_syn_rec', 'tau_syn_inp', 'bias', 'weights_in'];
const torchSpikesEnd = ['record', 'add_events', 'class_name'];

const nestMembrane = ['bias', 'dt', 'tau_mem', 'capacity', ...potentials, 'refractory'];
const nest = [...nestMembrane, 'name', 'record', 'num_cores', 'class_name'];
const nestSpikes = [...nest, 'weights_in', 'weights_rec', 'delay_in', 'delay_rec', 'tau_syn_exc', 'tau_syn_inh'];

const keys: Readonly<Record<string, readonly string[]>> = {
  FFRateEuler: [...head, 'tau', 'gain', 'bias'],
  PassThrough: [...head, 'tau', 'gain', 'bias', 'delay'],
  RecRateEuler: [...head, 'tau', 'bias'],
  PassThroughEvents: head,
  FFExpSyn: [...head, 'bias', 'tau_syn', 'add_events'],
  FFExpSynBrian: [...head, 'tau_syn', 'synapse_eq', 'integrator_name'],
  FFExpSynTorch: [
    ...['weights', 'bias', 'dt', 'noise_std', 'tau_syn', 'name', 'add_events', 'max_num_timesteps', 'class_name'],
  ],
  FFUpDown: [
    ...['name', 'weights', 'dt', 'noise_std', 'repeat_output', 'max_num_timesteps', 'multiplex_spikes'],
    ...['tau_decay', 'thr_up', 'thr_down', 'class_name'],
  ],
  CLIAF: [...clocked, 'weights_in', ...cliaf],
  FFCLIAF: [...clocked, ...cliaf, 'weights'],
  SoftMaxLayer: [...clocked, ...cliaf, 'weights'],
  RecCLIAF: [...clocked, 'weights_in', ...cliaf, 'weights_rec', 'refractory', 'delay', 'tTauBias', 'state_type'],
  RecDIAF: [
    ...[...clocked, 'weights_in', 'weights_rec', 'refractory', 'delay', 'tau_leak', 'leak', 'v_subtract'],
    ...['v_thresh', 'v_reset', 'v_rest', 'state_type', 'monitor_id'],
  ],
  FFCLIAFCNNTorch: [
    ...['weights', 'img_data_format', 'strides', 'padding', 'bias', 'fVThresh', 'fVReset', 'fVSubtract'],
    ...['dt', 'monitor_id', 'name', 'class_name'],
  ],
  RecFSSpikeEulerBT: [
    ...['weights_fast', 'weights_slow', 'bias', 'noise_std', 'tau_mem', 'tau_syn_r_fast', 'tau_syn_r_slow'],
    ...[...potentials, 'refractory', 'spike_callback', ...clocked],
  ],
  RecRateEulerJax: [
    ...['class_name', 'w_in', 'w_recurrent', 'w_out', 'tau', 'bias', 'rng_key', 'noise_std', 'dt', 'name'],
  ],
  ForceRateEulerJax: ['class_name', 'w_in', 'w_out', 'tau', 'bias', 'rng_key', 'noise_std', 'dt', 'name'],
  RecLIFJax: jax,
  RecLIFCurrentInJax: jax,
  RecLIFJax_IO: jaxIo,
  RecLIFCurrentInJax_IO: jaxIo,
  FFIAFBrian: brian,
  FFIAFSpkInBrian: [...brian, 'tau_syn'],
  RecIAFBrian: ['weights', 'rec_syn_eq', ...brianRecurrent, 'tau_syn_r', ...brianRecurrentEnd],
  RecIAFSpkInBrian: [
    ...[...brianRecurrent, ...brianRecurrentEnd, 'weights_in', 'weights_rec'],
    ...['tau_syn_inp', 'tau_syn_rec', 'synapse_eq'],
  ],
  FFIAFTorch: [...torch, ...torchEnd],
  FFIAFRefrTorch: [...torch, 'refractory', ...torchEnd],
  FFIAFSpkInTorch: [...torch, 'tau_syn', ...torchEnd],
  FFIAFSpkInRefrTorch: [...torch, 'tau_syn', 'refractory', ...torchEnd],
  RecIAFTorch: [...torch, 'tau_syn_r', ...torchEnd],
  RecIAFRefrTorch: [...torch, 'tau_syn_r', 'refractory', ...torchEnd],
  RecIAFSpkInTorch: [...torchSpikes, ...torchSpikesEnd],
  RecIAFSpkInRefrTorch: [...torchSpikes, 'refractory', ...torchSpikesEnd],
  RecIAFSpkInRefrCLTorch: [
    ...torchSpikes.filter((key) => key !== 'noise_std'),
    ...['leak_rate', 'state_min', 'refractory', ...torchSpikesEnd],
  ],
  FFIAFNest: ['weights', ...nest],
  RecIAFSpkInNest: nestSpikes,
  RecAEIFSpkInNest: [...nestSpikes, 'subthresh_adapt', 'spike_adapt', 'delta_t', 'tau_adapt'],
  VirtualDynapse: [
    ...['dt', 'connections_ext', 'connections_rec', 'tau_mem_1', 'tau_mem_2', 'has_tau_mem_2'],
    ...['tau_syn_exc', 'tau_syn_inh', 'baseweight_e', 'baseweight_i', 'bias', 'refractory', 'v_thresh'],
    ...['spike_adapt', 'tau_adapt', 'delta_t', 'name', 'num_threads', 'class_name', 'record', 'mismatch'],
  ],
};

/** Classes whose networks can be read and written. */
export const rockpoolClasses: readonly string[] = Object.keys(keys);

/** Entries of a class in the order in which they are saved; undefined for a class that is not known. */
export function entriesOfClass(className: string): readonly string[] | undefined {
  return keys[className];
}

/** What the package saves where nothing was given. */
export const absentEntries: Readonly<Record<string, LayerValue>> = { noise_std: 0, monitor_id: [] };

/** Entries that Python keeps as integers in every class. */
const wholeEverywhere = [
  'monitor_id',
  'rng_key',
  'max_num_timesteps',
  'num_cores',
  'num_threads',
  'repeat_output',
  'strides',
  'padding',
];

/** Entries that are integers in some classes where they are whole. */
const whole: Readonly<Record<string, readonly string[]>> = {
  PassThroughEvents: ['weights'],
  FFExpSyn: ['noise_std', 'bias'],
  VirtualDynapse: ['connections_ext', 'connections_rec'],
};

/** Whether whole numbers of an entry are Python's integers; elsewhere 1 is written as 1.0. */
export function isWhole(className: string, key: string): boolean {
  if (wholeEverywhere.includes(key) || (whole[className] ?? []).includes(key)) return true;
  return key === 'noise_std' && className.endsWith('Torch');
}

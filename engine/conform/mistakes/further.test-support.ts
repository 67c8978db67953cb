/** Bad inputs of reservoirs and readouts, of norse's steps, of equations, and of networks and boards as functions. */
import { createUniformSource } from '../../base/random.ts';
import { inputBatches } from '../../boards/dynapse/input-batches.ts';
import { neuronRectangle } from '../../boards/dynapse/neuron-numbers.ts';
import { networkClock } from '../../formats/network-clock.ts';
import { mackeyGlass } from '../../generators/mackey-glass.ts';
import { createMatrix } from '../../math/matrix.ts';
import { fitRidge } from '../../training/ridge.ts';
import { tryElement, type Mistake, type Rows } from './mistake.test-support.ts';

const plain = (value: number) => ({ value, unit: '1' });
const rows = (...given: readonly (readonly number[])[]): Rows => ({ rows: given, unit: '1' });

const reservoirs: readonly Mistake[] = [
  {
    system: 'reservoirpy.Reservoir',
    about: 'a leak rate above 1',
    attempt: () => tryElement('layers/rate-reservoir', { lr: plain(1.5) }),
    mentions: ['lr', '1.5', 'at most 1'],
  },
  {
    system: 'reservoirpy.Reservoir',
    about: 'recurrent weights that are not square',
    attempt: () => tryElement('layers/rate-reservoir', { W: rows([1, 2, 3]) }),
    mentions: ['W', '[1, 3]'],
  },
  {
    system: 'reservoirpy.spectral_radius',
    about: 'a negative spectral radius',
    attempt: () => tryElement('layers/rate-reservoir', { sr: plain(-0.5) }),
    mentions: ['sr', '-0.5', 'at least 0'],
  },
  {
    system: 'reservoirpy.LIF',
    about: 'input weights of another shape',
    attempt: () => tryElement('layers/lif-reservoir', { W: rows([0, 1], [1, 0]), Win: rows([1, 2, 3]) }),
    mentions: ['Win', '[1, 3]'],
  },
  {
    system: 'reservoirpy.Ridge',
    about: 'targets for other rows',
    attempt: () => fitRidge([{ features: createMatrix(4, 2), targets: createMatrix(3, 1) }], { ridge: 1 }),
    mentions: ['4', '3'],
  },
  {
    system: 'reservoirpy.ReservoirRidge',
    about: 'a negative ridge parameter',
    attempt: () => tryElement('readouts/ridge', { ridge: plain(-1) }),
    mentions: ['ridge', '-1', 'at least 0'],
  },
  {
    system: 'reservoirpy.LIFRidge',
    about: 'a readout of nothing',
    attempt: () => tryElement('readouts/ridge', {}, { everyPort: false, alone: true }),
    mentions: ['features'],
  },
  {
    system: 'reservoirpy.mackey_glass',
    about: 'a history that is too short',
    attempt: () => mackeyGlass({ steps: 5, history: [1, 2] }, createUniformSource(1)),
    mentions: ['2 values', '17'],
  },
  {
    system: 'lsm.LiquidReservoir',
    about: 'a decay above 1',
    attempt: () => tryElement('layers/liquid-reservoir', { beta: plain(1.5) }),
    mentions: ['beta', '1.5', 'at most 1'],
  },
  {
    system: 'lsm.LSM',
    about: 'recurrent weights that are not square',
    attempt: () => tryElement('layers/liquid-reservoir', { W_rec: rows([1, 2, 3]) }),
    mentions: ['W_rec', '[1, 3]'],
  },
];

const norse: readonly Mistake[] = [
  {
    system: 'norse.LI',
    about: 'a negative inverse time constant',
    attempt: () => tryElement('layers/li', { tau_mem_inv: { value: -1, unit: 'Hz' } }),
    mentions: ['tau_mem_inv', '-1 Hz'],
  },
  {
    system: 'norse.LIFAdExCell',
    about: 'thresholds of another number of cells',
    attempt: () => tryElement('layers/lif-ad-ex', { v_th: { values: [1, 2], unit: '1' } }),
    mentions: ['v_th', '2 values', '1 or'],
  },
  {
    system: 'norse.LIFRecurrent',
    about: 'recurrent weights of another shape',
    attempt: () => tryElement('layers/lif-recurrent', { size: 3, W_rec: rows([1, 2, 3]) }),
    mentions: ['W_rec', '[1, 3]'],
  },
  {
    system: 'norse.lif_adex_feed_forward_step',
    about: 'a negative inverse time constant',
    attempt: () => tryElement('layers/lif-ad-ex', { tau_mem_inv: { value: -100, unit: 'Hz' } }),
    mentions: ['tau_mem_inv', '-100 Hz', 'at least 0'],
  },
  {
    system: 'norse.lif_adex_step',
    about: 'a threshold in volts',
    attempt: () => tryElement('layers/lif-ad-ex-recurrent', { v_th: { value: 1, unit: 'V' } }),
    mentions: ['v_th', '1 V'],
  },
];

const jax: readonly Mistake[] = [
  {
    system: 'rockpool.RecLIFCurrentInJax',
    about: 'recurrent weights that are not square',
    attempt: () => tryElement('layers/rec-lif', { w_recurrent: rows([1, 2, 3]) }),
    mentions: ['w_recurrent', '[1, 3]'],
  },
  {
    system: 'rockpool.RecLIFCurrentInJax_IO',
    about: 'output weights for other cells',
    attempt: () => tryElement('layers/rec-lif-io', { size: 3, w_out: rows([1], [2]) }),
    mentions: ['w_out', '[2, 1]', '[3, 1]'],
  },
];

const functions: readonly Mistake[] = [
  {
    system: 'rockpool.Network',
    about: 'a time step that is no multiple of those of the layers',
    attempt: () => networkClock([0.001, 0.002], 0.003),
    mentions: ['0.003', '0.002'],
  },
  {
    system: 'rockpool.DynapseHelpers',
    about: 'a rectangle that does not fit into a core',
    attempt: () => neuronRectangle(250, 40, 12),
    mentions: ['12 columns', 'neuron 250', '16 × 16'],
  },
  {
    system: 'rockpool.DynapseHelpers',
    about: 'batches of no step',
    attempt: () => inputBatches([0, 1], [0, 0], 2, { steps: 0 }),
    mentions: ['most steps', '0', 'at least 1'],
  },
];

const equations: readonly Mistake[] = [
  {
    system: 'equations.neuron',
    about: 'a name that there is not',
    attempt: () => tryElement('neurons/equations', { model: 'dv/dt = (w - v) / (10*ms) : 1' }),
    mentions: ['model', 'w'],
  },
  {
    system: 'equations.network',
    about: 'a threshold that is no condition',
    attempt: () => tryElement('neurons/equations', { model: 'dv/dt = -v / (10*ms) : 1', threshold: 'v + 1' }),
    mentions: ['threshold'],
  },
];

export const furtherMistakes: readonly Mistake[] = [...reservoirs, ...norse, ...jax, ...functions, ...equations];

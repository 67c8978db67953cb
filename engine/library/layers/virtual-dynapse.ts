/** A simulated DYNAP-SE board: adaptive exponential cells whose cores share parameters, within the limits of its connections (Rockpool 1.0.7 VirtualDynapse). */
import { andThen, ok } from '../../base/result.ts';
import { i32, i32Local, load, loadI32 } from '../../build/ir/expressions.ts';
import { loop, store } from '../../build/ir/statements.ts';
import type { ElementBuilder, ElementKind, SizeRequest } from '../../build/library-kind.ts';
import type { PopulationSignals } from '../../build/population/definition.ts';
import type { ParameterSpec } from '../../model/kind.ts';
import { flag, integer, matrix, quantity } from '../specs.ts';
import { spikeOutput } from '../stimuli/spikes.ts';
import { layCells } from './delayed-recurrence.ts';
import { boardNeurons } from './dynapse-neurons.ts';
import { boardWeights } from './dynapse-weights.ts';
import { eventPort } from './event-input.ts';
import { exactTime } from './exact-iaf.ts';
import { adExCellStates, adExEquations, expandAdExCells, substepsParameter } from './rec-ad-ex.ts';
import { matrixShape } from './weights.ts';

const perCore = { perCell: true, group: 'Cores' } as const;

const boardParameters: readonly ParameterSpec[] = [
  integer('chips', 'chips', 4, 'Chips on the board.', { minimum: 1, maximum: 16, group: 'Board' }),
  integer('cores_chip', 'cores per chip', 4, 'Cores of a chip.', { minimum: 1, maximum: 16, group: 'Board' }),
  integer('neurons_core', 'neurons per core', 8, 'Neurons of a core; the board itself has 256.', {
    ...{ minimum: 1, maximum: 256, favourite: true, group: 'Board' },
  }),
];

/** Set for all, for each core or for each neuron. */
const coreParameters: readonly ParameterSpec[] = [
  { ...exactTime('tau_mem_1', 'membrane time constant', 20, 'How fast the membrane forgets.'), group: 'Cores' },
  { ...exactTime('tau_mem_2', 'other time constant', 20, 'Of the neurons that use it.'), group: 'Cores' },
  quantity('baseweight_e', 'weight of an excitatory contact', 10, 'pA', 'Added by a spike.', {
    ...perCore,
    minimum: 0,
  }),
  quantity('baseweight_i', 'weight of an inhibitory contact', 10, 'pA', 'Taken by a spike.', {
    ...perCore,
    minimum: 0,
  }),
  quantity('bias', 'bias current', 0, 'pA', 'Constant current.', { ...perCore, minimum: 0, favourite: true }),
  quantity('refractory', 'refractory period', 1, 'ms', 'Rounded up to whole steps.', { ...perCore, minimum: 0 }),
  quantity('v_thresh', 'threshold', 10, 'mV', 'Where the exponential rise begins.', { ...perCore, minimum: 0 }),
  quantity('spike_adapt', 'adaptation by a spike', 0, 'pA', 'Added to the adaptation.', { ...perCore, minimum: 0 }),
  { ...exactTime('tau_adapt', 'adaptation time constant', 100, 'Decay of the adaptation.'), group: 'Cores' },
  quantity('delta_t', 'sharpness', 2, 'mV', 'Rise above the threshold; 0 is a plain one.', { ...perCore, minimum: 0 }),
  { ...exactTime('tau_syn_exc', 'excitatory time constant', 50, 'Decay of excitatory currents.'), group: 'Cores' },
  { ...exactTime('tau_syn_inh', 'inhibitory time constant', 50, 'Decay of inhibitory currents.'), group: 'Cores' },
];

const connectionParameters: readonly ParameterSpec[] = [
  matrix(
    'connections_rec',
    'recurrent contacts',
    '1',
    'Whole numbers [from, to]; negative ones inhibit; none when absent.',
  ),
  matrix(
    'connections_ext',
    'contacts of the input',
    '1',
    'Whole numbers [channels, to], at most as many channels as neurons on a chip; none when absent.',
  ),
  matrix(
    'ids_in',
    'channels of the input',
    '1',
    'Row of the contacts that each channel of the port goes to; the rows in order when absent.',
  ),
  matrix('ids_out', 'neurons shown', '1', 'Neurons of the port "selected", in this order; all when absent.'),
  matrix(
    'has_tau_mem_2',
    'neurons with the other time constant',
    '1',
    '1 for each neuron that uses it, 0 for others; 0 when absent.',
  ),
  flag('mismatch', 'mismatch', true, 'Every value of every neuron and synapse differs by 20 % (standard deviation).'),
  matrix(
    'mismatch_factors',
    'mismatch factors',
    '1',
    'Factors [12 + 2 N, N]; drawn where there is mismatch when absent.',
  ),
  flag('check_limits', 'limits of the board', true, 'Refuses connections that the board cannot hold.'),
  flag(
    'synapses_match',
    'synapses match',
    false,
    'As Rockpool 1.0.7: the mismatch of synapses is drawn and not used.',
    {
      compatibility: true,
    },
  ),
];

/** Neurons of the board. */
function neuronsOf({ number }: Pick<SizeRequest['parameters'], 'number'>): number {
  return number('chips') * number('cores_chip') * number('neurons_core');
}

export const virtualDynapse: ElementKind = {
  id: 'layers/virtual-dynapse',
  family: 'layers',
  title: 'Simulated DYNAP-SE',
  summary:
    'Cores of adaptive exponential cells with mismatch and whole numbers of contacts, as a DYNAP-SE board has them.',
  keywords: ['rockpool', 'VirtualDynapse', 'DYNAP-SE', 'neuromorphic', 'board', 'chip', 'mismatch', 'fan-in', 'AdEx'],
  parameters: [...boardParameters, ...coreParameters, ...connectionParameters, substepsParameter],
  inputs: [eventPort],
  outputs: [spikeOutput, { ...spikeOutput, name: 'selected', title: 'spikes of the neurons shown' }],
  states: adExCellStates,
  equations: [
    'v_rest = v_reset = 0, conductance = 1 nS, no subthreshold adaptation, delays of one step',
    ...adExEquations,
    'weight = contacts · baseweight of the target, times the mismatch',
    'at most 64 contacts onto a neuron, 3 chips from a neuron, no two sources of one number (on different chips) onto a core',
  ],
  source: 'Rockpool 1.0.7, VirtualDynapse; NEST, aeif_psc_exp',
  noGradient: 'its numbers are turned into those of a chip before they are used',
  defaultProbe: 'spikes',
  sizes({ parameters }) {
    const cells = neuronsOf(parameters);
    return ok({ outputs: { spikes: cells, selected: shownOf(parameters)?.length ?? cells }, cells });
  },
  expand(builder) {
    const cells = neuronsOf(builder);
    return andThen(boardNeurons(builder, cells), (neurons) =>
      andThen(boardWeights(builder, cells, neurons.mismatch), ({ input, recurrent }) =>
        layCells(builder, {
          ...{ cells, input, recurrent },
          expandCells: (own) => {
            const made = expandAdExCells(own, cells, neurons.inputs);
            if (made.ok) select(builder, cells, made.value);
            return made;
          },
        }),
      ),
    );
  },
};

/** Neurons of the port `selected`; undefined for all. */
function shownOf(parameters: SizeRequest['parameters']): ArrayLike<number> | undefined {
  return matrixShape(parameters, 'ids_out') === undefined ? undefined : parameters.array('ids_out')?.values;
}

function select(builder: ElementBuilder, cells: number, { spikes = '', counts = false }: PopulationSignals): void {
  const shown = shownOf(builder);
  if (shown === undefined) return builder.output('selected', spikes);
  const count = shown.length;
  const mask = { type: counts ? 'f64' : 'u8', shape: [Math.max(1, count)], initial: 0, role: 'transient' } as const;
  const selected = builder.signal({ ...mask, name: 'selected' });
  const ids = Int32Array.from(shown, (neuron) => Math.min(cells - 1, Math.max(0, Math.trunc(neuron))));
  const places = builder.signal({ name: 'ids_out', type: 'i32', shape: mask.shape, initial: ids, role: 'constant' });
  const entry = i32Local('i');
  const value = counts ? load : loadI32;
  builder.operator({
    ...{ name: 'select', slot: 'thresholds', order: 1, reads: [spikes, places], sets: [selected] },
    body: [loop('i', 0, i32(count), [store(selected, entry, value(spikes, loadI32(places, entry)))])],
  });
  builder.output('selected', selected);
}

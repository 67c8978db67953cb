/** Tightly balanced spiking cells with spike times between the steps (Rockpool 1.0.7 RecFSSpikeEulerBT). */
import { problem } from '../../base/problem.ts';
import { andThen, failed } from '../../base/result.ts';
import { ok } from '../../base/result.ts';
import type { ElementKind } from '../../build/library-kind.ts';
import { integer, matrix, quantity } from '../specs.ts';
import { spikeOutput } from '../stimuli/spikes.ts';
import { logParameter } from './event-log.ts';
import { cellsAsked, cellsOfInput, inputPerCell, sizeOfInput } from './input-per-cell.ts';
import { emitTightBalance } from './tight-balance-step.ts';
import { weightSignal, weightMatrix } from './weights.ts';

const perCell = { perCell: true } as const;
const exact = { group: 'Exact times' } as const;
const synapse = { ...perCell, exclusiveMinimum: 0, minimumSteps: 10 } as const;

export const tightBalance: ElementKind = {
  id: 'layers/tight-balance',
  family: 'layers',
  title: 'Tightly balanced layer',
  summary:
    'Spiking cells with fast and slow recurrent synapses of which one at a time spikes, at a time found between the steps.',
  keywords: [
    'rockpool',
    'RecFSSpikeEulerBT',
    'tight balance',
    'Deneve',
    'efficient coding',
    'back-tick',
    'exact times',
  ],
  parameters: [
    sizeOfInput,
    matrix('weights_fast', 'fast weights', 'V', 'Weights [to, from]: a spike of cell j adds column j; 0 when absent.'),
    matrix('weights_slow', 'slow weights', 'V', 'Weights [to, from]: a spike of cell j adds column j; 0 when absent.'),
    quantity('tau_mem', 'membrane time constant', 20, 'ms', 'Of the decay to rest.', {
      ...{ ...perCell, exclusiveMinimum: 0, favourite: true },
    }),
    quantity('tau_syn_fast', 'fast synaptic time constant', 1, 'ms', 'Of the fast synapses.', synapse),
    quantity('tau_syn_slow', 'slow synaptic time constant', 100, 'ms', 'Of the slow synapses.', synapse),
    quantity('v_thresh', 'threshold', -55, 'mV', 'A cell above it may spike.', perCell),
    quantity('v_reset', 'reset potential', -65, 'mV', 'Membrane after a spike.', perCell),
    quantity('v_rest', 'resting potential', -65, 'mV', 'Membrane at the start and without input.', perCell),
    quantity('bias', 'bias', 0, 'mV', 'Added to the input.', perCell),
    quantity('refractory', 'refractory period', 0, 'ms', 'A cell stays at the reset potential for so long.', {
      ...{ ...perCell, minimum: 0 },
    }),
    quantity('min_delta', 'shortest time between spikes', 0, 'ms', 'Less than the time step; 0 is a tenth of it.', {
      ...{ minimum: 0, ...exact },
    }),
    quantity('spike_factor', 'factor per spike', 1, '1', 'Each spike multiplies the fast weights of its cell by it.', {
      group: 'Plasticity',
    }),
    quantity('noise_std', 'noise', 0, 'mV', 'Standard deviation of the noise added to every sample of the input.', {
      minimum: 0,
    }),
    logParameter,
    integer(
      'trace',
      'solver steps remembered',
      0,
      'So many of the latest steps of the solver are kept, with their times.',
      {
        ...{ minimum: 0, maximum: 10_000_000, ...exact },
      },
    ),
  ],
  inputs: [{ name: 'in', title: 'input', types: ['continuous'], accepts: 'channels', unit: 'V' }],
  outputs: [spikeOutput],
  states: [
    { name: 'v', title: 'membrane', unit: 'V' },
    { name: 'i_slow', title: 'slow recurrent input', unit: 'V' },
    { name: 'i_fast', title: 'fast recurrent input', unit: 'V' },
  ],
  equations: [
    'dv/dt = (v_rest − v + i_slow + i_fast + I + bias) / tau_mem',
    'di_fast/dt = −i_fast / tau_syn_fast,  di_slow/dt = −i_slow / tau_syn_slow   (Euler steps of dt)',
    'cells above v_thresh: the one that crossed it first by linear interpolation spikes, at that time, at least min_delta after the solver step before',
    'the solver goes back to the time of the spike: v = v_reset, i_fast = i_fast + weights_fast[:, j], i_slow = i_slow + weights_slow[:, j]',
    'a spike leaves in the step that finds it; its exact time stands in the log (spike_times, spike_cells)',
  ],
  source: 'Rockpool 1.0.7, RecFSSpikeEulerBT; Boerlin, Machens & Denève (2013), PLoS Comput. Biol. 9(11): e1003258',
  noGradient: 'which cell of it spikes is found by comparing all of them',
  defaultProbe: 'v',
  sizes(request) {
    const cells = cellsAsked(request);
    return ok({ outputs: { spikes: cells }, cells });
  },
  expand(builder) {
    const cells = cellsOfInput(builder);
    const dt = builder.timeStepSeconds;
    const given = builder.number('min_delta');
    if (given >= dt) {
      const message = `min_delta of "${builder.name}" is ${given * 1e3} ms; it must be less than the time step, ${dt * 1e3} ms.`;
      return failed(
        problem('model/parameter-range', message, {
          hint: 'Give less, or 0 for a tenth of the time step.',
          at: { element: builder.id, path: 'parameters.min_delta' },
        }),
      );
    }
    const minDelta = given === 0 ? dt / 10 : given;
    const plastic = builder.number('spike_factor') !== 1;
    return andThen(inputPerCell(builder, 'in', cells), (input) =>
      andThen(weightMatrix(builder, 'weights_fast', [cells, cells], 0, 'V'), ({ values }) =>
        andThen(weightSignal(builder, 'weights_slow', [cells, cells], 0, 'V'), (slow) => {
          const fast = builder.signal({
            ...{ name: 'weights_fast', shape: [cells, cells], unit: 'V', initial: values ?? 0 },
            role: plastic ? 'state' : 'constant',
          });
          return emitTightBalance(builder, { cells, input, fast, slow, minDelta, plastic });
        }),
      ),
    );
  },
};

/** Synaptic currents of single channels that decay exponentially, the newest input with them (Rockpool 2 ExpSyn). */
import type { Result } from '../../base/result.ts';
import { andThen, mapResult, ok } from '../../base/result.ts';
import type { SignalId } from '../../build/ir/types.ts';
import type { ElementBuilder, ElementKind } from '../../build/library-kind.ts';
import { expandPopulation } from '../../build/population/expand-population.ts';
import { flag, quantity } from '../specs.ts';
import { countQueue } from './count-queue.ts';
import { cellsAsked, cellsOfInput, inputPerCell, sizeOfInput } from './input-per-cell.ts';

export const synapticFilter: ElementKind = {
  id: 'layers/synaptic-filter',
  family: 'layers',
  title: 'Synaptic filter',
  summary: 'One decaying synaptic current per input channel, for spikes, counts and analogue values.',
  keywords: ['rockpool 2', 'ExpSyn', 'synapse', 'filter', 'low-pass', 'exponential'],
  parameters: [
    sizeOfInput,
    quantity('tau', 'synaptic time constant', 10, 'ms', 'Time constant of the decay.', {
      ...{ perCell: true, exclusiveMinimum: 0, favourite: true },
    }),
    quantity('noise_std', 'noise', 0, '1', 'Standard deviation of the noise on the output, after one second of sums.', {
      minimum: 0,
    }),
    flag(
      'short_window',
      'short window',
      false,
      'Inputs older than ten times the longest time constant are forgotten, as the released convolution does.',
      { group: 'Compatibility', compatibility: true },
    ),
  ],
  inputs: [{ name: 'in', title: 'input', types: ['continuous', 'spikes'], accepts: 'channels', unit: '1' }],
  outputs: [{ name: 'out', title: 'current', type: 'continuous', unit: '1' }],
  states: [{ name: 'i_syn', title: 'synaptic current', unit: '1' }],
  equations: [
    'i_syn = (i_syn + x) · exp(−dt / tau)',
    'out = i_syn + noise_std · √(dt / 1 s) · N(0, 1), after the step',
  ],
  source: 'Rockpool 2.9.2.2, ExpSyn',
  defaultProbe: 'out',
  sizes(request) {
    const cells = cellsAsked(request);
    return ok({ outputs: { out: cells }, cells });
  },
  expand(builder) {
    const cells = cellsOfInput(builder);
    return andThen(inputPerCell(builder, 'in', cells), (x) =>
      andThen(forgotten(builder, cells, x), ({ inputs, text }) => {
        const noise = builder.number('noise_std') > 0 ? ' + noise_std*sqrt(dt/second)*noise' : '';
        return mapResult(
          expandPopulation(builder, {
            cells,
            model: 'i_syn : 1',
            method: 'discrete',
            update: `i_syn = (i_syn + x)*exp(-dt/tau)${text}`,
            parameters: ['tau', 'noise_std'],
            noise: ['noise'],
            inputs: { x: { signal: x, unit: '1' }, ...inputs },
            initial: { i_syn: 0 },
            outputsAfter: { out: `i_syn${noise}` },
          }),
          () => undefined,
        );
      }),
    );
  },
};

/** What leaves a window of finite length, as a term of the equation. */
function forgotten(builder: ElementBuilder, cells: number, x: SignalId): Result<Forgotten> {
  if (!builder.flag('short_window')) return ok({ inputs: {}, text: '' });
  return mapResult(builder.vector('tau', cells), (taus) => {
    const longest = taus.reduce((most, tau) => Math.max(most, tau), 0);
    const rows = windowRows(longest, builder.timeStepSeconds);
    const signal = countQueue(builder, { cells, spikes: x, steps: rows, shared: false });
    return { inputs: { oldest: { signal, unit: '1' } }, text: ` - oldest*exp(-${rows + 1}*dt/tau)` };
  });
}

interface Forgotten {
  readonly inputs: Readonly<Record<string, { readonly signal: SignalId; readonly unit: string }>>;
  readonly text: string;
}

/** Rows of the released window: those of a range from 1 up to ten time constants, at most a million. */
function windowRows(tau: number, timeStepSeconds: number): number {
  return Math.max(1, Math.ceil(Math.min((10 * tau) / timeStepSeconds, 1e6) + 1 - 1));
}

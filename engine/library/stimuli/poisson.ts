/** Poisson spikes. */
import { mapResult, ok } from '../../base/result.ts';
import type { ElementKind } from '../../build/library-kind.ts';
import { f64, less, load, multiply, uniform } from '../../build/ir/expressions.ts';
import { quantity, sizeParameter } from '../specs.ts';
import { batchSize, membersOf } from './batch-size.ts';
import { emitSpikes, spikeOutput } from './spikes.ts';

export const poisson: ElementKind = {
  id: 'stimuli/poisson',
  family: 'stimuli',
  title: 'Poisson spikes',
  summary: 'Independent random spikes at a given rate, one train per cell.',
  keywords: ['random', 'noise', 'rate', 'input'],
  parameters: [
    sizeParameter(20),
    quantity('rate', 'rate', 20, 'Hz', 'Mean number of spikes per second and cell.', {
      minimum: 0,
      perCell: true,
      favourite: true,
    }),
    batchSize('spikes of its own'),
  ],
  inputs: [],
  outputs: [spikeOutput],
  states: [],
  equations: ['P(spike in [t, t + dt)) = rate · dt'],
  source: 'Bernoulli approximation of a Poisson process, as Brian2 PoissonGroup',
  defaultProbe: 'spikes',
  sizes: ({ parameters }) =>
    ok({ outputs: { spikes: parameters.number('size') }, cells: undefined, members: membersOf(parameters) }),
  expand(builder) {
    const size = builder.number('size');
    const key = builder.stream('spikes');
    return mapResult(builder.vector('rate', size), (rate) => {
      const rates = builder.signal({ name: 'rate', shape: [size], initial: rate, role: 'constant', unit: 'Hz' });
      emitSpikes(builder, size, [rates], (cell) =>
        less(uniform(key, cell), multiply(load(rates, cell), f64(builder.timeStepSeconds))),
      );
    });
  },
};

/** Bad inputs of Rockpool 2's modules. */
import { tryElement, type Mistake } from './mistake.test-support.ts';

const milliseconds = (value: number) => ({ value, unit: 'ms' });

export const rockpool2Mistakes: readonly Mistake[] = [
  {
    system: 'rockpool2.LIF',
    about: 'channels that do not divide among the cells',
    attempt: () => tryElement('layers/lif-synapses', { synapses: 3 }),
    mentions: ['18 cells', '20 channels'],
  },
  {
    system: 'rockpool2.LIF',
    about: 'recurrent weights of another shape',
    attempt: () =>
      tryElement('layers/lif-synapses', {
        synapses: 10,
        w_rec: {
          rows: [
            [1, 2],
            [3, 4],
          ],
          unit: '1',
        },
      }),
    mentions: ['w_rec', '[2, 2]', '[2, 20]'],
  },
  {
    system: 'rockpool2.LIF',
    about: 'a threshold of 0',
    attempt: () => tryElement('layers/lif-synapses', { threshold: { value: 0, unit: '1' } }),
    mentions: ['threshold', ' 0;', 'greater than 0'],
  },
  {
    system: 'rockpool2.ExpSyn',
    about: 'a negative time constant',
    attempt: () => tryElement('layers/synaptic-filter', { tau: milliseconds(-10) }),
    mentions: ['tau', '-10 ms', 'greater than 0 ms'],
  },
  {
    system: 'rockpool2.Rate',
    about: 'recurrent weights that are not square',
    attempt: () => tryElement('layers/threshold-rate', { w_rec: { rows: [[1, 2, 3]], unit: '1' } }),
    mentions: ['w_rec', '[1, 3]', '[3, 3]'],
  },
  {
    system: 'rockpool2.Rate',
    about: 'an unknown activation',
    attempt: () => tryElement('layers/threshold-rate', { activation: 'softplus' }),
    mentions: ['activation', 'softplus', 'relu, tanh, sigmoid'],
  },
  {
    system: 'rockpool2.Linear',
    about: 'weights for another number of inputs',
    attempt: () => tryElement('layers/dense', { weights: { rows: [[1], [2]], unit: '1' } }),
    mentions: ['weights', '[2, 1]', '[1, 1]'],
  },
];

/** Bad inputs of the rate layers. */
import { tryElement, type Mistake } from './mistake.test-support.ts';

const seconds = (value: number) => ({ value, unit: 's' });

export const rateMistakes: readonly Mistake[] = [
  {
    system: 'rockpool.FFRateEuler',
    about: 'a time constant shorter than the step',
    attempt: () => tryElement('layers/ff-rate-euler', { tau: seconds(0.0005) }),
    mentions: ['tau', '0.5 ms', '1 ms'],
  },
  {
    system: 'rockpool.FFRateEuler',
    about: 'a negative time constant',
    attempt: () => tryElement('layers/ff-rate-euler', { tau: seconds(-1) }),
    mentions: ['tau', '-1 s', 'greater than 0'],
  },
  {
    system: 'rockpool.RecRateEuler',
    about: 'a step longer than a tenth of the time constant',
    attempt: () => tryElement('layers/rec-rate-euler', { tau: seconds(0.009) }),
    mentions: ['tau', '9 ms', '10 time steps, 10 ms'],
  },
  {
    system: 'rockpool.RecRateEuler',
    about: 'weights that are not square',
    attempt: () => tryElement('layers/rec-rate-euler', { weights: { rows: [[1, 2, 3]], unit: '1' } }),
    mentions: ['weights', '[1, 3]', '[3, 3]'],
  },
  {
    system: 'rockpool.FFRateEuler',
    about: 'as many time constants as fit nothing',
    attempt: () => tryElement('layers/ff-rate-euler', { tau: { values: [20, 30, 40], unit: 'ms' } }),
    mentions: ['tau', '3 values', '1 or 10'],
  },
  {
    system: 'rockpool.PassThrough',
    about: 'weights for another number of inputs',
    attempt: () => tryElement('layers/pass-through', { weights: { rows: [[1], [2], [3]], unit: '1' } }),
    mentions: ['weights', '[3, 1]', '[1, 1]'],
  },
  {
    system: 'rockpool.RecRateEulerJax',
    about: 'output weights for other units',
    attempt: () => tryElement('layers/rec-rate-io', { size: 4, w_out: { rows: [[1], [2]], unit: '1' } }),
    mentions: ['w_out', '[2, 1]', '[4, 1]'],
  },
  {
    system: 'rockpool.ForceRateEulerJax',
    about: 'no force',
    attempt: () => tryElement('layers/force-rate-io', {}, { everyPort: false, alone: true }),
    mentions: ['force'],
  },
  {
    system: 'rockpool.RecLIFJax',
    about: 'a time constant that is not positive',
    attempt: () => tryElement('layers/rec-lif', { tau_mem: seconds(0) }),
    mentions: ['tau_mem', '0 s', 'greater than 0 ms'],
  },
  {
    system: 'rockpool.RecLIFJax_IO',
    about: 'biases for other cells',
    attempt: () => tryElement('layers/rec-lif-io', { size: 3, bias: { values: [1, 2], unit: '1' } }),
    mentions: ['bias', '2 values', '1 or 3'],
  },
];

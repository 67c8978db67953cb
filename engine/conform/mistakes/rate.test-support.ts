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
];

/** Bad inputs of norse's layers. */
import { tryElement, type Mistake } from './mistake.test-support.ts';

const plain = (value: number) => ({ value, unit: '1' });

export const norseMistakes: readonly Mistake[] = [
  {
    system: 'norse.LIFAdEx',
    about: 'a slope factor of 0, which would divide by it',
    attempt: () => tryElement('layers/lif-ad-ex', { delta_T: plain(0) }),
    mentions: ['delta_T', 'greater than 0'],
  },
  {
    system: 'norse.LIFAdEx',
    about: 'an unknown surrogate',
    attempt: () => tryElement('layers/lif-ad-ex', { surrogate: 'zigzag' }),
    mentions: ['surrogate', 'zigzag', 'super-spike'],
  },
  {
    system: 'norse.LIFAdExRecurrent',
    about: 'input weights for other inputs',
    attempt: () =>
      tryElement('layers/lif-ad-ex-recurrent', {
        size: 2,
        W_in: {
          rows: [
            [1, 2],
            [3, 4],
          ],
          unit: '1',
        },
      }),
    mentions: ['W_in', '[2, 2]', '[2, 1]'],
  },
  {
    system: 'norse.LIFAdExRecurrentCell',
    about: 'recurrent weights of another shape',
    attempt: () => tryElement('layers/lif-ad-ex-recurrent', { size: 3, W_rec: { rows: [[1, 2, 3]], unit: '1' } }),
    mentions: ['W_rec', '[1, 3]'],
  },
  {
    system: 'norse.LIF',
    about: 'a negative inverse time constant',
    attempt: () => tryElement('layers/lif', { tau_mem_inv: { value: -1, unit: 'Hz' } }),
    mentions: ['tau_mem_inv', '-1 Hz', 'at least 0 Hz'],
  },
  {
    system: 'norse.lif_adex_current_encoder',
    about: 'a threshold that is not a number',
    attempt: () => tryElement('layers/ad-ex-encoder', { v_th: plain(Number.NaN) }),
    mentions: ['v_th', 'NaN', 'finite'],
  },
];

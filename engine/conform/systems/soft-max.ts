/** Rockpool's SoftMaxLayer: its helper, which goes over time, where the layer of the workbench goes over the cells. */
import { ok } from '../../base/result.ts';
import { softmax } from '../../math/softmax.ts';
import { arrayFromMatrix, arrayOf, mathMatrix, recordOf } from '../case-access.ts';
import type { System } from '../system.ts';

export const softMaxLayer: System = {
  id: 'rockpool.SoftMaxLayer',
  kinds: ['evolve'],
  where: ['layers/softmax', 'math/softmax.ts softmax'],
  deviations: [
    'The layer of the original cannot run; here it sums events without spiking, and its output adds up to 1 over the cells, as documented.',
    'The released helper adds up to 1 over time; the function does so where it is asked to, the layer never.',
  ],
  run({ all }) {
    const data = arrayOf(recordOf(all['input'], 'input')['data'], 'input.data');
    return ok({ output: { type: 'tensor', data: arrayFromMatrix(softmax(mathMatrix(data), 'columns')) } });
  },
};

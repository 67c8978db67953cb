/** reservoirpy's data series: henon_map, logistic_map, narma. */
import { createUniformSource } from '../../base/random.ts';
import { mapResult } from '../../base/result.ts';
import { henonMap } from '../../generators/henon-map.ts';
import { logisticMap } from '../../generators/logistic-map.ts';
import { narma as generate } from '../../generators/narma.ts';
import { arrayFromMatrix, numberOf } from '../case-access.ts';
import type { System } from '../system.ts';
import { optionsOf, present } from './case-options.ts';

export const henon: System = {
  id: 'reservoirpy.henon_map',
  kinds: ['timeseries'],
  targetless: true,
  where: ['generators/henon-map.ts henonMap', 'stimuli/henon-map'],
  deviations: ['Parameters for which the map grows without bound are refused.'],
  run({ parameters }) {
    const options = optionsOf(parameters);
    const [x, y] = options.list('x0') ?? [];
    const initial = x === undefined || y === undefined ? undefined : ([x, y] as const);
    const made = henonMap({
      steps: numberOf(parameters['n_timesteps'], 'n_timesteps'),
      ...present({ a: options.number('a'), b: options.number('b'), initial }),
    });
    return mapResult(made, (rows) => ({ output: arrayFromMatrix(rows) }));
  },
};

export const logistic: System = {
  id: 'reservoirpy.logistic_map',
  kinds: ['timeseries'],
  targetless: true,
  where: ['generators/logistic-map.ts logisticMap', 'stimuli/logistic-map'],
  deviations: ['r beyond 4 and starts outside 0 … 1, from which the map grows without bound, are refused.'],
  run({ parameters }) {
    const options = optionsOf(parameters);
    const steps = numberOf(parameters['n_timesteps'], 'n_timesteps');
    const initial = options.number('x0') ?? options.list('x0')?.[0];
    const made = logisticMap({ steps, ...present({ r: options.number('r'), initial }) });
    return mapResult(made, (values) => ({ output: { shape: [steps, 1], values } }));
  },
};

export const narma: System = {
  id: 'reservoirpy.narma',
  kinds: ['timeseries'],
  targetless: true,
  where: ['generators/narma.ts narma', 'stimuli/narma'],
  deviations: ['Coefficients for which the series grows without bound are refused.'],
  run({ parameters }) {
    const options = optionsOf(parameters);
    const steps = numberOf(parameters['n_timesteps'], 'n_timesteps');
    const made = generate(
      {
        steps,
        ...present({
          order: options.number('order'),
          a1: options.number('a1'),
          a2: options.number('a2'),
          b: options.number('b'),
          c: options.number('c'),
          initial: options.list('x0'),
          input: options.list('u'),
        }),
      },
      createUniformSource(1),
    );
    return mapResult(made, ({ input, output }) => ({
      output: { shape: [steps, 1], values: output },
      u: { shape: [input.length, 1], values: input },
    }));
  },
};

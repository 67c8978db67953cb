/** Bad inputs of the layers whose spikes have exact times, and of the networks made of them. */
import { createUniformSource } from '../../base/random.ts';
import { solveLinearProblem, specifyTightBalance } from '../../generators/tight-balance-network.ts';
import { createMatrix, identityMatrix } from '../../math/matrix.ts';
import { tryElement, type Mistake, type Rows } from './mistake.test-support.ts';

const ms = (value: number) => ({ value, unit: 'ms' });
const rows = (unit: string, ...given: readonly (readonly number[])[]): Rows => ({ rows: given, unit });
const square = rows('1', [1, 2], [3, 4]);

const eventDriven: readonly Mistake[] = [
  {
    about: 'a delay of 0',
    attempt: () => tryElement('layers/event-driven-iaf', { delay: ms(0) }),
    mentions: ['delay', '0 ms', 'greater than 0'],
  },
  {
    about: 'a leak without period',
    attempt: () => tryElement('layers/event-driven-iaf', { tau_leak: ms(0) }),
    mentions: ['tau_leak', '0 ms', 'greater than 0'],
  },
  {
    about: 'numbers of the membrane that there are not',
    attempt: () => tryElement('layers/event-driven-iaf', { state_type: 'text' }),
    mentions: ['state_type', 'text', 'int8'],
  },
  {
    about: 'recurrent weights of the wrong shape',
    attempt: () =>
      tryElement(
        'layers/event-driven-iaf',
        { weights: square, weights_rec: rows('1', [1, 2], [3, 4], [5, 6]) },
        { everyPort: false },
      ),
    mentions: ['weights_rec', '[3, 2]', '[2, 2]'],
  },
  {
    about: 'a spike that subtracts nothing',
    attempt: () => tryElement('layers/event-driven-iaf', { v_subtract: 0 }),
    mentions: ['v_subtract', 'greater than 0'],
  },
].map((mistake) => ({ ...mistake, system: 'rockpool.RecDIAF' }));

const balanced: readonly Mistake[] = [
  {
    about: 'a time step that is too long',
    attempt: () => tryElement('layers/tight-balance', { tau_syn_fast: ms(1) }, { timeStepMilliseconds: 0.5 }),
    mentions: ['tau_syn_fast', '1 ms', '10 time steps'],
  },
  {
    about: 'a shortest time between spikes that is the time step',
    attempt: () => tryElement('layers/tight-balance', { min_delta: ms(1) }),
    mentions: ['min_delta', '1 ms', 'less than the time step'],
  },
  {
    about: 'slow weights that are not square',
    attempt: () => tryElement('layers/tight-balance', { size: 2, weights_slow: rows('V', [1, 2]) }),
    mentions: ['weights_slow', '[1, 2]', '[2, 2]'],
  },
].map((mistake) => ({ ...mistake, system: 'rockpool.RecFSSpikeEulerBT' }));

const two = createMatrix(2, 2);
const networks: readonly Mistake[] = [
  {
    about: 'a gamma of another size',
    attempt: () => solveLinearProblem(two, { size: 5, gamma: createMatrix(2, 4) }, createUniformSource(1)),
    mentions: ['gamma', '[2, 4]', '[2, 5]'],
  },
  {
    about: 'a problem that is not square',
    attempt: () => solveLinearProblem(createMatrix(2, 3), {}, createUniformSource(1)),
    mentions: ['a is', '[2, 3]', 'square'],
  },
  {
    about: 'slow weights of another size',
    attempt: () => specifyTightBalance({ fast: two, slow: createMatrix(3, 3), input: two, output: two }),
    mentions: ['weights_slow', '[3, 3]', '[2, 2]'],
  },
  {
    about: 'a time constant of 0',
    attempt: () => solveLinearProblem(identityMatrix(1), { tauSlow: 0 }, createUniformSource(1)),
    mentions: ['tau_syn_slow', '0', 'greater than 0'],
  },
].map((mistake) => ({ ...mistake, system: 'rockpool.NetworkDeneve' }));

export const exactTimeMistakes: readonly Mistake[] = [...eventDriven, ...balanced, ...networks];

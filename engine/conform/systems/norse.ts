/** norse LIFAdEx, feed-forward: cells of a batch side by side. */
import { andThen, ok } from '../../base/result.ts';
import type { NumericArray } from '../../model/validated.ts';
import { arrayOf, numberOf, recordOf } from '../case-access.ts';
import { prepareTrial, type Trial } from '../laboratory.ts';
import type { CaseRecord } from '../reference-case.ts';
import { isRecord } from '../reference-case.ts';
import type { System } from '../system.ts';
import { adExParameters, states } from './norse-parameters.ts';
import { trainFeedForward, trainRecurrent } from './norse-training.ts';
import { spread } from './rate-layers.ts';
import { spikeRows } from './reservoirs.ts';

/** Rows after every step: those recorded before the steps, shifted by one, then the final state. */
function after(trial: Trial, state: string, steps: number, shape: readonly number[]): NumericArray {
  const final = trial.read(state).values;
  const values = new Float64Array(steps * final.length);
  values.set(trial.samples(state).values.subarray(final.length, steps * final.length));
  values.set(final, (steps - 1) * final.length);
  return { shape: [steps, ...shape], values };
}

export const lifAdEx: System = {
  id: 'norse.LIFAdEx',
  kinds: ['evolve', 'train'],
  run(reference, laboratory) {
    if (reference.kind === 'train') return trainFeedForward(reference, laboratory);
    const { all } = reference;
    const data = arrayOf(recordOf(all['input'], 'input')['data'], 'input.data');
    const [steps = 0, ...shape] = data.shape;
    const cells = shape.reduce((product, extent) => product * extent, 1);
    const parameters = adExParameters(reference, cells);
    const input = { shape: [steps, cells], values: data.values };
    const experiment = {
      kind: 'layers/lif-ad-ex',
      parameters,
      input,
      timeStepSeconds: numberOf(all['dt'] ?? 0.001, 'dt'),
      record: ['spikes', ...Object.values(states)],
    };
    return andThen(prepareTrial(laboratory, experiment), (trial) => {
      const initial = isRecord(all['initial_state']) ? all['initial_state'] : {};
      for (const [name, state] of Object.entries(states))
        if (initial[name] !== undefined) trial.write(state, spread(arrayOf(initial[name], name).values, cells));
      trial.advance(steps);
      const spikes = spikeRows(trial.events('spikes'), steps, cells);
      const traces: CaseRecord = Object.fromEntries(
        Object.entries(states).map(([name, state]) => [name, after(trial, state, steps, shape)]),
      );
      const final: CaseRecord = Object.fromEntries(
        Object.entries(states).map(([name, state]) => [name, { shape, values: trial.read(state).values }]),
      );
      trial.dispose();
      const count = spikes.values.reduce((sum, spike) => sum + spike, 0);
      return ok({
        output: { shape: data.shape, values: spikes.values },
        states: traces,
        final_state: final,
        spike_count: count,
        num_spikes: count,
      });
    });
  },
};

export const lifAdExRecurrent: System = {
  id: 'norse.LIFAdExRecurrent',
  kinds: ['train'],
  run: trainRecurrent,
};

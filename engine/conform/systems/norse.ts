/** norse LIFAdEx, feed-forward: cells of a batch side by side. */
import { andThen, ok } from '../../base/result.ts';
import type { NumericArray, ResolvedValue } from '../../model/validated.ts';
import { arrayOf, numberOf, recordOf } from '../case-access.ts';
import { prepareTrial, type Trial } from '../laboratory.ts';
import type { CaseRecord } from '../reference-case.ts';
import { isRecord } from '../reference-case.ts';
import type { System } from '../system.ts';
import { spread } from './rate-layers.ts';
import { spikeRows } from './reservoirs.ts';

const names = [
  'adaptation_current',
  'adaptation_spike',
  'delta_T',
  'tau_ada_inv',
  'tau_syn_inv',
  'tau_mem_inv',
  'v_leak',
  'v_th',
  'v_reset',
] as const;
const defaults: Readonly<Record<(typeof names)[number], number>> = {
  adaptation_current: 4,
  adaptation_spike: 0.02,
  delta_T: 0.5,
  tau_ada_inv: 2,
  tau_syn_inv: 200,
  tau_mem_inv: 100,
  v_leak: 0,
  v_th: 1,
  v_reset: 0,
};
/** State names of norse and of the layer. */
const states = { v: 'v', i: 'i_syn', a: 'a' } as const;

/** A parameter per cell of the batch: a scalar, or a vector over the last axis repeated for every member of the batch. */
function perCell(value: NumericArray, cells: number): number | NumericArray {
  if (value.values.length === 1) return value.values[0] as number;
  return {
    shape: [cells],
    values: Float64Array.from({ length: cells }, (_, cell) => value.values[cell % value.values.length] as number),
  };
}

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
  kinds: ['evolve'],
  run(reference, laboratory) {
    const { parameters: given, all } = reference;
    const data = arrayOf(recordOf(all['input'], 'input')['data'], 'input.data');
    const [steps = 0, ...shape] = data.shape;
    const cells = shape.reduce((product, extent) => product * extent, 1);
    const variant = isRecord(all['variant']) ? all['variant'] : {};
    const values = names.map((name) => [name, perCell(arrayOf(given[name] ?? defaults[name], name), cells)] as const);
    const parameters: Record<string, ResolvedValue> = {
      ...Object.fromEntries(values),
      size: cells,
      input_after_decay: variant['current_jump'] === 'after-decay',
    };
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

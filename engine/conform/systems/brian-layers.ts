/** Rockpool's Brian-based layers FFIAFBrian, FFIAFSpkInBrian, RecIAFBrian and RecIAFSpkInBrian: calls in a row, resets, noise, training. */
import type { Result } from '../../base/result.ts';
import { andThen, ok } from '../../base/result.ts';
import { arrayOf, vectorArray } from '../case-access.ts';
import type { Laboratory } from '../laboratory.ts';
import type { CaseRecord, ReferenceCase } from '../reference-case.ts';
import type { System } from '../system.ts';
import {
  call,
  createLayer,
  finalState,
  joinedTraces,
  outputOf,
  reset,
  type BrianKind,
  type Call,
} from './brian-layer.ts';
import { potentialKernelOf, trainTempotron } from './brian-training.ts';
import { membraneNoise } from './membrane-noise.ts';

/** The feed-forward layer, the same in Rockpool 1 and 2. */
export const feedForward: BrianKind = {
  kind: 'layers/ff-iaf-brian',
  defaultBias: 0.015,
  weights: ['weights'],
  currents: {},
  input: 'currents',
  direct: false,
};
const feedForwardSpikes: BrianKind = {
  kind: 'layers/ff-iaf-spikes-brian',
  defaultBias: 0.01,
  weights: ['weights'],
  currents: { I_syn: ['tau_syn', 0.02] },
  input: 'events',
  direct: false,
};
const recurrent: BrianKind = {
  kind: 'layers/rec-iaf-brian',
  defaultBias: 0.0105,
  weights: ['weights'],
  currents: { I_syn: ['tau_syn_r', 0.05] },
  input: 'currents',
  direct: true,
};
const recurrentSpikes: BrianKind = {
  kind: 'layers/rec-iaf-spikes-brian',
  defaultBias: 0.0105,
  weights: ['weights_in', 'weights_rec'],
  currents: { I_syn_inp: ['tau_syn_inp', 0.05], I_syn_rec: ['tau_syn_rec', 0.05] },
  input: 'events',
  direct: false,
};

/** Statistics of the membranes under noise alone. */
export function brianNoise(
  { kind, defaultBias: bias, weights, direct }: BrianKind,
  reference: ReferenceCase,
  laboratory: Laboratory,
): Result<CaseRecord> {
  return membraneNoise(reference, laboratory, { kind, bias, weights, direct });
}

function evolve(brian: BrianKind, reference: ReferenceCase, laboratory: Laboratory): Result<CaseRecord> {
  if (reference.tolerance['mode'] === 'statistical') return brianNoise(brian, reference, laboratory);
  return andThen(createLayer(brian, reference), (layer) => {
    const requests = reference.all['evolve_calls'];
    const list = Array.isArray(requests) ? (requests as readonly CaseRecord[]) : [reference.all];
    const calls: Call[] = [];
    const shown: CaseRecord[] = [];
    for (const request of list) {
      reset(layer, request['before']);
      const before = { t_before: layer.state.clock.time, v_before: membranes(layer) };
      const made = call(layer, reference.all['input'], request, laboratory);
      if (!made.ok) return made;
      calls.push(made.value);
      shown.push({ ...before, output: outputOf(layer, made.value), v_after: membranes(layer) });
    }
    const outputs = calls.map((each) => outputOf(layer, each));
    return ok({
      output: joined(outputs),
      states: joinedTraces(layer, calls),
      final_state: finalState(layer),
      outputs_per_call: outputs,
      calls: shown,
    });
  });
}

function membranes({ state }: { readonly state: { readonly values: ReadonlyMap<string, Float64Array> } }) {
  return vectorArray(state.values.get('v') ?? []);
}

/** One series of the outputs of calls in a row. */
export function joined(outputs: readonly CaseRecord[]): CaseRecord {
  const all = (name: string) =>
    vectorArray(outputs.flatMap((output) => Array.from(arrayOf(output[name], name).values)));
  const last = outputs[outputs.length - 1] ?? {};
  return { ...last, times: all('times'), channels: all('channels'), t_start: outputs[0]?.['t_start'] ?? 0 };
}

function brianSystem(id: string, brian: BrianKind): System {
  return {
    id,
    kinds: ['evolve'],
    where: [brian.kind],
    deviations: [],
    run: (reference, laboratory) => evolve(brian, reference, laboratory),
  };
}

export const ffIafBrian = brianSystem('rockpool.FFIAFBrian', feedForward);
export const recIafBrian = brianSystem('rockpool.RecIAFBrian', recurrent);
export const recIafSpkInBrian = brianSystem('rockpool.RecIAFSpkInBrian', recurrentSpikes);

export const ffIafSpkInBrian: System = {
  id: 'rockpool.FFIAFSpkInBrian',
  kinds: ['evolve', 'train'],
  where: [feedForwardSpikes.kind, 'training/tempotron.ts potentialKernel', 'training/tempotron.ts tempotronChange'],
  deviations: [
    'Outside of these cases the tempotron gives every cell eligibilities of its own and changes the inputs that are most eligible, as documented.',
    'The potential kernel of equal time constants is its limit instead of NaN.',
  ],
  run(reference, laboratory) {
    if (reference.kind === 'train') return trainTempotron(feedForwardSpikes, reference, laboratory);
    if (reference.parameters['method'] === 'pot_kernel') return potentialKernelOf(reference);
    return evolve(feedForwardSpikes, reference, laboratory);
  },
};

/** Rockpool's NetworkDeneve: networks of three layers made by a linear problem or by given weights, evolved as networks are. */
import { createUniformSource } from '../../base/random.ts';
import { andThen, mapResult, ok, type Result } from '../../base/result.ts';
import { networkClock } from '../../formats/network-clock.ts';
import {
  solveLinearProblem,
  specifyTightBalance,
  type TightBalanceNetwork,
  type TightBalanceOptions,
} from '../../generators/tight-balance-network.ts';
import type { Matrix } from '../../math/matrix.ts';
import type { NumericArray } from '../../model/validated.ts';
import {
  arrayFromMatrix,
  arrayOf,
  mathMatrix,
  matrixOf,
  numberOf,
  optionalNumber,
  recordOf,
  rowsOf,
  vectorArray,
} from '../case-access.ts';
import type { Laboratory } from '../laboratory.ts';
import type { CaseRecord, CaseValue, ReferenceCase } from '../reference-case.ts';
import { isRecord } from '../reference-case.ts';
import type { System } from '../system.ts';
import { present } from './case-options.ts';
import type { NetworkLayer, SystemOf } from './network-layers.ts';
import { evolve, type Outputs } from './network-run.ts';

const matrixAt = (given: CaseRecord, name: string): Matrix => mathMatrix(matrixOf(given[name], name));

/** Numbers of a case, one for all cells or one each. */
function potential(given: CaseRecord, name: string): number | Float64Array | undefined {
  const value = given[name] ?? null;
  if (value === null) return undefined;
  const { values } = arrayOf(value, name);
  return values.length === 1 ? values[0] : values;
}

/** Options under the names of the case; the two functions call the synaptic time constants differently. */
function optionsOf(given: CaseRecord, fast: string, slow: string): TightBalanceOptions {
  return present({
    timeStep: optionalNumber(given['dt']),
    noise: optionalNumber(given['noise_std']),
    tauMembrane: optionalNumber(given['tau_mem']),
    tauFast: optionalNumber(given[fast]),
    tauSlow: optionalNumber(given[slow]),
    threshold: potential(given, 'v_thresh'),
    rest: potential(given, 'v_rest'),
    refractory: optionalNumber(given['refractory']) ?? -Number.EPSILON,
  });
}

function networkOf(given: CaseRecord, seed: number): Result<TightBalanceNetwork> {
  if (given['a'] === undefined) {
    const { tau_syn_out: tauOutput } = given;
    return specifyTightBalance({
      ...optionsOf(given, 'tau_syn_r_fast', 'tau_syn_r_slow'),
      ...present({ reset: potential(given, 'v_reset'), tauOutput: optionalNumber(tauOutput) }),
      ...{ fast: matrixAt(given, 'weights_fast'), slow: matrixAt(given, 'weights_slow') },
      ...{ input: matrixAt(given, 'weights_in'), output: matrixAt(given, 'weights_out') },
    });
  }
  const options = {
    ...optionsOf(given, 'tau_syn_fast', 'tau_syn_slow'),
    ...present({
      size: optionalNumber(given['net_size']),
      gamma: (given['gamma'] ?? null) === null ? undefined : matrixAt(given, 'gamma'),
      mu: optionalNumber(given['mu']),
      nu: optionalNumber(given['nu']),
    }),
  };
  return solveLinearProblem(matrixAt(given, 'a'), options, createUniformSource(seed));
}

/** The parameters of the three layers as the classes name them. */
function layerRecords({ input, reservoir, output }: TightBalanceNetwork) {
  return {
    input: { weights: arrayFromMatrix(input.weights), dt: input.timeStep, name: 'Input' },
    reservoir: {
      ...{ weights_fast: arrayFromMatrix(reservoir.fast), weights_slow: arrayFromMatrix(reservoir.slow) },
      ...{ v_thresh: vectorArray(reservoir.threshold), v_reset: vectorArray(reservoir.reset) },
      ...{ v_rest: vectorArray(reservoir.rest), bias: 0, noise_std: reservoir.noise },
      ...{ tau_mem: reservoir.tauMembrane, tau_syn_r_fast: reservoir.tauFast, tau_syn_r_slow: reservoir.tauSlow },
      ...{ dt: reservoir.timeStep, refractory: reservoir.refractory, name: 'Deneve_Reservoir' },
    },
    output: { weights: arrayFromMatrix(output.weights), dt: output.timeStep, tau_syn: output.tau, name: 'Output' },
  };
}

function layersOf(network: TightBalanceNetwork): NetworkLayer[] {
  const { input, reservoir, output } = layerRecords(network);
  const layer = (className: string, record: CaseRecord & { name: string; dt: number }, preLayer?: string) => {
    const { name, ...parameters } = record;
    return { className, name, timeStep: record.dt, preLayer, external: preLayer === undefined, parameters };
  };
  return [
    layer('PassThrough', input),
    layer('RecFSSpikeEulerBT', reservoir, 'Input'),
    layer('FFExpSyn', output, 'Deneve_Reservoir'),
  ];
}

function run(reference: ReferenceCase, laboratory: Laboratory, systemOf: SystemOf): Result<CaseRecord> {
  const { all, parameters, expected } = reference;
  return andThen(networkOf(parameters, 1), (network) => {
    const layers = layersOf(network);
    return andThen(networkClock(layers.map(({ timeStep }) => timeStep)), (clock) => {
      const steps = optionalNumber(all['steps']) ?? Math.floor(numberOf(all['duration'], 'duration') / clock.timeStep);
      const input = all['input'] ?? null;
      return mapResult(evolve({ layers, clock, laboratory, systemOf }, input, steps, new Map()), ({ outputs }) => ({
        layers: {
          ...layerRecords(network),
          network_dt: clock.timeStep,
          evolution_order: layers.map(({ name }) => name),
        },
        outputs: thinned(outputs, isRecord(expected['outputs']) ? expected['outputs'] : {}),
        num_spikes: arrayOf(recordOf(outputs['Deneve_Reservoir'], 'the spikes')['times'], 'times').values.length,
        final_t: steps * clock.timeStep,
      }));
    });
  });
}

/** Only every so many rows of an output are in the case. */
function thinned(outputs: Outputs, expected: CaseRecord): CaseRecord {
  const entries = Object.entries(outputs).map(([name, output]): [string, CaseValue] => {
    const wanted = isRecord(expected[name]) ? expected[name] : {};
    const stride = optionalNumber(wanted['stride']);
    if (stride === undefined || !(stride >= 1)) return [name, output];
    const [times, samples] = [arrayOf(output['times'], 'times'), arrayOf(output['samples'], 'samples')];
    return [name, { ...output, stride, times: every(times, stride), samples: every(samples, stride) }];
  });
  return Object.fromEntries(entries);
}

function every(array: NumericArray, stride: number): NumericArray {
  const [rows = 0, ...rest] = array.shape;
  const kept = Array.from({ length: Math.ceil(rows / stride) }, (_, row) =>
    Array.from(rowsOf(array, row * stride, row * stride + 1).values),
  );
  return { shape: [kept.length, ...rest], values: Float64Array.from(kept.flat()) };
}

/** Statistics of what is drawn where gamma is not given, one value for each seed. */
function drawnGammas({ parameters, tolerance }: ReferenceCase): Result<CaseRecord> {
  const norms: number[] = [];
  const means: number[] = [];
  const deviations: number[] = [];
  const sizes: number[] = [];
  const seeds = optionalNumber(tolerance['seeds']) ?? 30;
  for (let seed = 1; seed <= seeds; seed += 1) {
    const made = networkOf(parameters, seed);
    if (!made.ok) return made;
    const { rows, columns, values } = made.value.output.weights;
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    means.push(mean);
    deviations.push(Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length));
    sizes.push(rows);
    for (let cell = 0; cell < rows; cell += 1) {
      const row = values.subarray(cell * columns, (cell + 1) * columns);
      norms.push(row.reduce((sum, value) => sum + Math.abs(value), 0));
    }
  }
  return ok({
    l1_per_column: vectorArray(norms),
    mean_of_entries: vectorArray(means),
    std_of_entries: vectorArray(deviations),
    net_size: vectorArray(sizes),
  });
}

/** The system, which finds those of its layers by their names. */
export function deneveSystem(find: (id: string) => System | undefined): System {
  return {
    id: 'rockpool.NetworkDeneve',
    kinds: ['network'],
    where: [
      'generators/tight-balance-network.ts solveLinearProblem',
      'generators/tight-balance-network.ts specifyTightBalance',
    ],
    deviations: ['Where no cell ever spikes, the output is 0; the original fails.'],
    run(reference, laboratory) {
      if (reference.tolerance['mode'] === 'statistical') return drawnGammas(reference);
      return run(reference, laboratory, (className) => find(`rockpool.${className}`));
    },
  };
}

/** Bad arguments of generators of weights and data. */
import { createUniformSource } from '../../base/random.ts';
import type { Result } from '../../base/result.ts';
import { errorOverall } from '../../analysis/observables.ts';
import { memoryTask } from '../../analysis/memory-capacity.ts';
import { balancedEiNetwork } from '../../generators/balanced-ei.ts';
import { digitalReservoir, dynapseReservoir, flexibleReservoir } from '../../generators/chip-reservoirs.ts';
import { digitalWeights, dynapseWeights } from '../../generators/chip-weights.ts';
import { discretiseWeights } from '../../generators/discretise.ts';
import { erdosRenyi } from '../../generators/erdos-renyi.ts';
import { fixedDegreeMatrix } from '../../generators/fixed-degree.ts';
import { normalDraw } from '../../generators/draws.ts';
import { henonMap } from '../../generators/henon-map.ts';
import { iafSparseNetwork } from '../../generators/iaf-sparse.ts';
import { logisticMap } from '../../generators/logistic-map.ts';
import { addLongRange } from '../../generators/long-range.ts';
import { narma } from '../../generators/narma.ts';
import { neighbourChain } from '../../generators/neighbour-chain.ts';
import { neighbourGrid } from '../../generators/neighbour-grid.ts';
import { partitionedReservoir } from '../../generators/partitioned-reservoir.ts';
import { ringReservoir } from '../../generators/ring-reservoir.ts';
import { scaleFree } from '../../generators/scale-free.ts';
import { smallWorld } from '../../generators/small-world.ts';
import { sparseEiNetwork } from '../../generators/sparse-ei.ts';
import { stackMatrices } from '../../generators/stack-matrices.ts';
import { unitLambdaNetwork } from '../../generators/unit-lambda.ts';
import { wilsonCowanNetwork } from '../../generators/wilson-cowan.ts';
import { wipeUnswitchingModes } from '../../generators/wipe-eigenvalues.ts';
import { createMatrix } from '../../math/matrix.ts';
import type { Mistake } from './mistake.test-support.ts';

const uniform = createUniformSource(1);
const square = createMatrix(3, 3, Float64Array.of(1, 0, 1, 0, 1, 0, 1, 0, Infinity));

function mistake(system: string, about: string, mentions: readonly string[], attempt: () => Result<unknown>): Mistake {
  return { system, about, mentions, attempt };
}

export const weightMistakes: readonly Mistake[] = [
  mistake('rockpool.combine_ff_rec_stack', 'blocks that do not fit', ['2 × 3', '4 wide'], () =>
    stackMatrices(createMatrix(2, 3), createMatrix(4, 4)),
  ),
  mistake('rockpool.one_dim_exc_res', 'half a neighbour', ['neighbours is 2.5', 'whole number'], () =>
    neighbourChain({ size: 5, neighbours: 2.5 }),
  ),
  mistake('rockpool.two_dim_exc_res', 'a grid too small', ['2 × 3', '40 cells'], () =>
    neighbourGrid({ size: 40, neighbours: 3, widths: [1, 1], grid: [2, 3] }, uniform),
  ),
  mistake('rockpool.add_random_long_range', 'weights that are not square', ['2 × 3'], () =>
    addLongRange(createMatrix(2, 3), { contacts: 1 }, uniform),
  ),
  mistake('rockpool.unit_lambda_net', 'no cells', ['size is 0', 'at least 1'], () => unitLambdaNetwork(0, uniform)),
  mistake('rockpool.rndm_sparse_ei_net', 'a connectivity above 1', ['connectivity is 1.5', 'between 0 and 1'], () =>
    sparseEiNetwork({ size: 5, connectivity: 1.5 }, uniform),
  ),
  mistake('rockpool.rndm_ei_net', 'a negative ratio', ['ratio is -1', 'not negative'], () =>
    balancedEiNetwork({ excitatory: 5, inhibitory: 5, ratio: -1 }, uniform),
  ),
  mistake('rockpool.wilson_cowan_net', 'half a node', ['nodes is 1.5', 'whole number'], () =>
    wilsonCowanNetwork({ nodes: 1.5 }, uniform),
  ),
  mistake('rockpool.wipe_non_switiching_eigs', 'weights that are not finite', ['weights', 'finite'], () =>
    wipeUnswitchingModes(square),
  ),
  mistake('rockpool.DiscretiseWeightMatrix', 'weights that are not finite', ['Infinity at place 8', 'finite'], () =>
    discretiseWeights(square),
  ),
  mistake('rockpool.iaf_sparse_net', 'a density above 1', ['density is 1.5', 'between 0 and 1'], () =>
    iafSparseNetwork({ density: 1.5 }, uniform),
  ),
  mistake('rockpool.digital', 'more contacts than the fan-in', ['connectivity is 0.9', 'at most 0.32'], () =>
    digitalWeights({ rows: 200, columns: 200, connectivity: 0.9 }, uniform),
  ),
  mistake('rockpool.dynapse_conform', 'shares that do not sum to 1', ['excitatory probabilities', 'sum to 1'], () =>
    dynapseWeights({ rows: 9, columns: 9, excitatory: { values: [1, 2], probabilities: [1, 1] } }, uniform),
  ),
  mistake('rockpool.in_res_digital', 'a single bit', ['range', 'larger'], () =>
    digitalReservoir({ size: 9, bits: 1 }, uniform),
  ),
  mistake('rockpool.in_res_dynapse', 'an input density above 1', ['input density is 2', 'between 0 and 1'], () =>
    dynapseReservoir({ size: 9, inputDensity: 2 }, uniform),
  ),
  mistake('rockpool.in_res_dynapse_flex', 'no input channel', ['inputs is 0', 'at least 1'], () =>
    flexibleReservoir({ size: 9, inputs: 0 }, uniform),
  ),
  mistake('rockpool.ring_reservoir', 'a negative number of contacts', ['contacts is -1', 'at least 0'], () =>
    ringReservoir({ contacts: -1 }, uniform),
  ),
  mistake('rockpool.partitioned_2d_reservoir', 'more contacts than the fan-in', ['fan-in is 64', 'at least 70'], () =>
    partitionedReservoir({ shortContacts: 30 }, uniform),
  ),
  mistake('reservoirpy.mat_gen', 'a degree above the size', ['degree is 9', 'between 0 and 4'], () =>
    fixedDegreeMatrix([4, 4], 9, 'in', normalDraw(), uniform),
  ),
  mistake('reservoirpy.henon_map', 'a map without bound', ['a, b and initial', 'bounded'], () =>
    henonMap({ steps: 100, a: 3 }),
  ),
  mistake('reservoirpy.logistic_map', 'r above 4', ['r is 4.5', 'between 0 and 4'], () =>
    logisticMap({ steps: 3, r: 4.5 }),
  ),
  mistake('reservoirpy.narma', 'too little input', ['15 input values', 'not 3'], () =>
    narma({ steps: 5, input: [1, 2, 3] }, uniform),
  ),
  mistake('reservoirpy.observables', 'shapes that differ', ['[2, 1]', '[1, 2]'], () =>
    errorOverall('mse', { shape: [2, 1], values: new Float64Array(2) }, { shape: [1, 2], values: new Float64Array(2) }),
  ),
  mistake('reservoirpy.memory_capacity', 'a series that is too short', ['10 values', '8 steps'], () =>
    memoryTask(new Float64Array(10), 8),
  ),
  mistake('lsm.erdos_renyi', 'a probability above 1', ['probability is 2', 'between 0 and 1'], () =>
    erdosRenyi({ size: 5, probability: 2 }, uniform),
  ),
  mistake('lsm.small_world', 'more neighbours than cells', ['neighbours is 6', 'between 0 and 5'], () =>
    smallWorld({ size: 5, neighbours: 6 }, uniform),
  ),
  mistake('lsm.scale_free', 'as many attachments as cells', ['size is 3', 'at least 4'], () =>
    scaleFree({ size: 3, attachments: 3 }, uniform),
  ),
];

/** Rockpool's generators and helpers of weights that need no chip. */
import { createUniformSource, type UniformSource } from '../../base/random.ts';
import { failed, mapResult, type Result } from '../../base/result.ts';
import { badArgument } from '../../generators/arguments.ts';
import { balancedEiNetwork } from '../../generators/balanced-ei.ts';
import { discretiseWeights } from '../../generators/discretise.ts';
import { iafSparseNetwork } from '../../generators/iaf-sparse.ts';
import { addLongRange } from '../../generators/long-range.ts';
import { neighbourChain } from '../../generators/neighbour-chain.ts';
import { neighbourGrid } from '../../generators/neighbour-grid.ts';
import { partitionedReservoir, type InputReceivers } from '../../generators/partitioned-reservoir.ts';
import { ringReservoir } from '../../generators/ring-reservoir.ts';
import { sparseEiNetwork } from '../../generators/sparse-ei.ts';
import { stackMatrices } from '../../generators/stack-matrices.ts';
import { unitLambdaNetwork } from '../../generators/unit-lambda.ts';
import { wilsonCowanNetwork } from '../../generators/wilson-cowan.ts';
import { wipeUnswitchingModes } from '../../generators/wipe-eigenvalues.ts';
import { createMatrix, type Matrix } from '../../math/matrix.ts';
import { arrayFromMatrix, arrayOf, mathMatrix, matrixOf, numberOf } from '../case-access.ts';
import type { CaseRecord, ReferenceCase } from '../reference-case.ts';
import type { System } from '../system.ts';
import { optionsOf, present, type OptionReader } from './case-options.ts';
import { asksForDraws, drawnStatistics } from './drawn-matrices.ts';

/** What a system says of itself, besides how it makes a matrix. */
interface Description {
  readonly name: string;
  readonly where: string;
  readonly deviations?: readonly string[];
}

type Make = (given: CaseRecord, uniform: UniformSource, options: OptionReader) => Result<Matrix>;

/** A system that makes one matrix: `output` of one draw, or statistics of many under the name W. */
function matrixSystem({ name, where, deviations = [] }: Description, make: Make): System {
  return {
    id: `rockpool.${name}`,
    kinds: ['weights'],
    targetless: true,
    where: [`generators/${where}`],
    deviations,
    run(reference: ReferenceCase) {
      const { parameters } = reference;
      const draw = (uniform: UniformSource) => make(parameters, uniform, optionsOf(parameters));
      if (asksForDraws(reference))
        return drawnStatistics(reference, (uniform) => mapResult(draw(uniform), (W) => ({ W })));
      return mapResult(draw(createUniformSource(1)), (matrix) => ({ output: arrayFromMatrix(matrix) }));
    },
  };
}

const matrixAt = (given: CaseRecord, name: string): Matrix => mathMatrix(matrixOf(given[name], name));

const combineFeedForwardRecurrent = matrixSystem(
  { name: 'combine_ff_rec_stack', where: 'stack-matrices.ts stackMatrices' },
  (given) => stackMatrices(matrixAt(given, 'weights_ff'), matrixAt(given, 'weights_rec')),
);

const oneDimensional = matrixSystem(
  { name: 'one_dim_exc_res', where: 'neighbour-chain.ts neighbourChain' },
  (given, _, options) =>
    neighbourChain({
      size: numberOf(given['size'], 'size'),
      neighbours: numberOf(given['n_neighbour'], 'n_neighbour'),
      selfConnections: options.boolean('zero_diagnoal') === false,
    }),
);

const twoDimensional = matrixSystem(
  {
    name: 'two_dim_exc_res',
    where: 'neighbour-grid.ts neighbourGrid',
    deviations: ['Grids that are not square work, as documented; the original refuses them, and so does conform.'],
  },
  (given, uniform, options) => {
    const [wide = 1, high = wide] = arrayOf(given['width_neighbour'], 'width_neighbour').values;
    const [rows, columns] = options.list('grid_dim') ?? [];
    if (rows !== columns) return failed(badArgument('grid_dim', `${rows} × ${columns}`, 'square, for the original'));
    return neighbourGrid(
      {
        size: numberOf(given['size'], 'size'),
        neighbours: numberOf(given['n_neighbour'], 'n_neighbour'),
        widths: [wide, high],
        ...present({ repeated: options.boolean('multiple_conn') }),
        ...(rows === undefined || columns === undefined ? {} : { grid: [rows, columns] as const }),
      },
      uniform,
    );
  },
);

const longRange = matrixSystem(
  {
    name: 'add_random_long_range',
    where: 'long-range.ts addLongRange',
    deviations: ['Leaves the given matrix as it is; the original changes it too.'],
  },
  (given, uniform, options) =>
    addLongRange(
      matrixAt(given, 'weights_res'),
      {
        contacts: numberOf(given['num_long_range'], 'num_long_range'),
        ...present({ avoidExisting: options.boolean('avoid_existing'), repeated: options.boolean('multiple_conn') }),
      },
      uniform,
    ),
);

const unitLambda = matrixSystem(
  { name: 'unit_lambda_net', where: 'unit-lambda.ts unitLambdaNetwork' },
  (given, uniform) => unitLambdaNetwork(numberOf(given['res_size'], 'res_size'), uniform),
);

const sparseEi = matrixSystem(
  {
    name: 'rndm_sparse_ei_net',
    where: 'sparse-ei.ts sparseEiNetwork',
    deviations: [
      'A drawn matrix whose spectral radius is 0 is refused; the original divides by it.',
      'Shares below 0 and above 1 are refused; the original (and conform) takes 0 and 1.',
    ],
  },
  (given, uniform, options) =>
    sparseEiNetwork(
      {
        size: numberOf(given['res_size'], 'res_size'),
        ...present({
          connectivity: clippedShare(options, 'connectivity'),
          partitioned: options.boolean('partitioned'),
          excitatoryShare: clippedShare(options, 'ratio_exc'),
          inhibitoryScale: options.number('scale_inh'),
          spectralRadius: options.isNull('normalization') ? null : options.number('normalization'),
        }),
      },
      uniform,
    ),
);

/** A share between 0 and 1, whatever is given. */
function clippedShare(options: OptionReader, name: string): number | undefined {
  const given = options.number(name);
  return given === undefined ? undefined : Math.min(1, Math.max(0, given));
}

const balancedEi = matrixSystem(
  {
    name: 'rndm_ei_net',
    where: 'balanced-ei.ts balancedEiNetwork',
    deviations: [
      'A column without an entry of a sign is refused; the original (and conform) makes it NaN.',
      'A negative ratio is refused; the original (and conform) takes its size.',
    ],
  },
  (given, uniform, options) =>
    balancedEiNetwork(
      {
        excitatory: numberOf(given['num_exc'], 'num_exc'),
        inhibitory: numberOf(given['num_inh'], 'num_inh'),
        keepEmptyColumns: true,
        ...present({
          ratio: sizeOf(options.number('ratio_inh_exc')),
          drawn: given['random_matrix'] === undefined ? undefined : matrixAt(given, 'random_matrix'),
        }),
      },
      uniform,
    ),
);

const sizeOf = (value: number | undefined): number | undefined => (value === undefined ? undefined : Math.abs(value));

const wilsonCowan = matrixSystem(
  {
    name: 'wilson_cowan_net',
    where: 'wilson-cowan.ts wilsonCowanNetwork',
    deviations: ['A column of a block without a weight is refused; the original makes it NaN.'],
  },
  (given, uniform, options) => {
    const nodes = numberOf(given['num_nodes'], 'num_nodes');
    return wilsonCowanNetwork(
      {
        nodes,
        ...present({
          selfExcitation: options.number('self_exc'),
          selfInhibition: options.number('self_inh'),
          excitatoryDeviation: options.number('exc_sigma'),
          inhibitoryDeviation: options.number('inh_sigma'),
          drawn: given['matrices'] === undefined ? undefined : pages(given, nodes),
        }),
      },
      uniform,
    );
  },
);

/** The matrices of an array [4, nodes, nodes]. */
function pages(given: CaseRecord, nodes: number): readonly Matrix[] {
  const { values } = arrayOf(given['matrices'], 'matrices');
  const entries = nodes * nodes;
  return [0, 1, 2, 3].map((page) => createMatrix(nodes, nodes, values.slice(page * entries, (page + 1) * entries)));
}

const iafSparse = matrixSystem(
  { name: 'iaf_sparse_net', where: 'iaf-sparse.ts iafSparseNetwork' },
  (_, uniform, options) =>
    iafSparseNetwork(
      present({
        size: options.number('res_size'),
        mean: options.number('mean'),
        deviation: options.number('std'),
        density: options.number('density'),
      }),
      uniform,
    ),
);

const ring = matrixSystem({ name: 'ring_reservoir', where: 'ring-reservoir.ts ringReservoir' }, (_, uniform, options) =>
  ringReservoir(
    present({
      inputs: options.number('size_in'),
      cells: options.number('size_rec'),
      contacts: options.number('num_inp_to_rec'),
    }),
    uniform,
  ),
);

const partitioned = matrixSystem(
  {
    name: 'partitioned_2d_reservoir',
    where: 'partitioned-reservoir.ts partitionedReservoir',
    deviations: ['The fan-in limits inhibitory cells, too; the original (and conform) looks at recurrent ones alone.'],
  },
  (given, uniform, options) => {
    const [wide, high = wide] = options.list('width_neighbour') ?? [options.number('width_neighbour')];
    const receivers: Readonly<Record<string, InputReceivers>> = { random: 'random', first: 'first' };
    return partitionedReservoir(
      present({
        inputs: options.number('size_in'),
        recurrent: options.number('size_rec'),
        inhibitory: options.number('size_inhib'),
        fanIn: given['max_fanin'] === null ? null : options.number('max_fanin'),
        limitInhibitory: false,
        inputContacts: options.number('num_inp_to_rec'),
        shortContacts: options.number('num_rec_short'),
        longContacts: options.number('num_rec_long'),
        inhibitoryContacts: options.number('num_inhib_to_rec'),
        contactsToInhibitory: options.number('num_rec_to_inhib'),
        widths: wide === undefined || high === undefined ? undefined : ([wide, high] as const),
        receivers: receivers[options.text('input_sparsity_type') ?? ''],
        receivingShare: options.number('input_sparsity'),
      }),
      uniform,
    );
  },
);

/** The original returns the weights twice: what it calls the Jacobian is the same array. */
const wipe: System = {
  id: 'rockpool.wipe_non_switiching_eigs',
  kinds: ['weights'],
  targetless: true,
  where: ['generators/wipe-eigenvalues.ts wipeUnswitchingModes'],
  deviations: [
    'Every mode of one sign is wiped, whichever sign and order the eigenvectors come in; the original keeps the first one (so does conform) and looks at a sign that is arbitrary.',
  ],
  run({ parameters }) {
    const options = optionsOf(parameters);
    const made = wipeUnswitchingModes(matrixAt(parameters, 'weights'), {
      keepFirst: true,
      ...present({ inhibitory: options.list('idcs_inh'), timeFactor: options.number('inh_tau_factor') }),
    });
    return mapResult(made, (matrix) => ({ output: [arrayFromMatrix(matrix), arrayFromMatrix(matrix)] }));
  },
};

const discretise: System = {
  id: 'rockpool.DiscretiseWeightMatrix',
  kinds: ['weights'],
  targetless: true,
  where: ['generators/discretise.ts discretiseWeights'],
  deviations: ['Limits of inputs and outputs are kept, as documented; the original (and conform) leaves them out.'],
  run({ parameters }) {
    const mostContacts = optionsOf(parameters).number('max_num_connections');
    const made = discretiseWeights(matrixAt(parameters, 'weights'), present({ mostContacts }));
    return mapResult(made, ({ weights, contacts }) => ({
      output: [arrayFromMatrix(weights), arrayFromMatrix(contacts)],
    }));
  },
};

export const weightGeneratorSystems: readonly System[] = [
  ...[combineFeedForwardRecurrent, oneDimensional, twoDimensional, longRange, unitLambda, sparseEi, balancedEi],
  ...[wilsonCowan, iafSparse, ring, partitioned, wipe, discretise],
];

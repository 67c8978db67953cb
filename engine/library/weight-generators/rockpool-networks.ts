/** Networks and chip weights of Rockpool: rows give, columns receive. */
import { balancedEiNetwork } from '../../generators/balanced-ei.ts';
import { digitalWeights, dynapseWeights } from '../../generators/chip-weights.ts';
import { iafSparseNetwork } from '../../generators/iaf-sparse.ts';
import { neighbourChain } from '../../generators/neighbour-chain.ts';
import { neighbourGrid } from '../../generators/neighbour-grid.ts';
import { partitionedReservoir } from '../../generators/partitioned-reservoir.ts';
import { ringReservoir } from '../../generators/ring-reservoir.ts';
import { sparseEiNetwork } from '../../generators/sparse-ei.ts';
import { sparsePartitions } from '../../generators/sparse-partitions.ts';
import { unitLambdaNetwork } from '../../generators/unit-lambda.ts';
import { wilsonCowanNetwork } from '../../generators/wilson-cowan.ts';
import { andThen, mapResult } from '../../base/result.ts';
import type { WeightGenerator } from '../../model/weight-generator.ts';
import { flag, integer } from '../specs.ts';
import {
  cells,
  count,
  generator,
  mostCells,
  numbersText,
  radiusSpec,
  readNumbers,
  share,
  size,
  sizeSpec,
  type Arguments,
} from './generator-forms.ts';

const source = 'Rockpool 1.0.7, rockpool.weights';

const fanSpecs = [
  cells('rows', 'rows', 100, 'Cells that give contacts.'),
  cells('columns', 'columns', 100, 'Cells that receive contacts.'),
  share('connectivity', 'connectivity', 0.3, 'Contacts of a cell as a share of the rows.'),
  share('excitatory_share', 'excitatory share', 0.5, 'Share of the contacts that excite.'),
  integer('fan_in', 'fan-in', 64, 'Most contacts into a cell.', { minimum: 1, maximum: 1024 }),
  integer('fan_out', 'fan-out', 1024, 'Most contacts out of a cell.', { minimum: 1, maximum: 65_536 }),
];

function fanOf(given: Arguments) {
  return {
    rows: given.number('rows'),
    columns: given.number('columns'),
    connectivity: given.number('connectivity'),
    excitatoryShare: given.number('excitatory_share'),
    fanIn: given.number('fan_in'),
    fanOut: given.number('fan_out'),
  };
}

export const rockpoolNetworks: readonly WeightGenerator[] = [
  generator({
    id: 'sparse-ei',
    title: 'Sparse excitation and inhibition',
    summary: 'Random weights of both signs, or of excitatory and inhibitory rows, scaled to a spectral radius.',
    keywords: ['rndm_sparse_ei_net', 'reservoir'],
    parameters: [
      sizeSpec,
      share('connectivity', 'connectivity', 0.2, 'Share of the weights that are not 0.'),
      share('excitatory_share', 'excitatory share', 0.5, 'Share of the weights, or rows, that excite.'),
      size('inhibitory_scale', 'inhibitory scale', 1, 'Factor on the weights that inhibit.'),
      flag('partitioned', 'by row', false, 'Whole rows excite or inhibit, rather than single weights.'),
      radiusSpec,
    ],
    source,
    make: (given, uniform) =>
      sparseEiNetwork(
        {
          size: given.number('size'),
          connectivity: given.number('connectivity'),
          excitatoryShare: given.number('excitatory_share'),
          inhibitoryScale: given.number('inhibitory_scale'),
          partitioned: given.on('partitioned'),
          spectralRadius: given.number('spectral_radius'),
        },
        uniform,
      ),
  }),
  generator({
    id: 'balanced-ei',
    title: 'Balanced excitation and inhibition',
    summary: 'Excitatory and inhibitory rows, each part of a column with the same sum.',
    keywords: ['rndm_ei_net'],
    parameters: [
      cells('excitatory', 'excitatory cells', 80, 'Cells that excite; their rows come first.'),
      cells('inhibitory', 'inhibitory cells', 20, 'Cells that inhibit.'),
      size('ratio', 'inhibition', 1, 'Sum of the inhibition of a cell for an excitation of 1.'),
    ],
    source,
    make: (given, uniform) =>
      balancedEiNetwork(
        {
          excitatory: given.number('excitatory'),
          inhibitory: given.number('inhibitory'),
          ratio: given.number('ratio'),
        },
        uniform,
      ),
  }),
  generator({
    id: 'unit-lambda',
    title: 'Eigenvalues in the unit disc',
    summary: 'Normal weights of deviation 1/√cells.',
    keywords: ['unit_lambda_net', 'Girko'],
    parameters: [sizeSpec],
    source,
    make: (given, uniform) => unitLambdaNetwork(given.number('size'), uniform),
  }),
  generator({
    id: 'neighbour-chain',
    title: 'Neighbours on a line',
    summary: 'Every cell excites its nearest neighbours with weight 1.',
    keywords: ['one_dim_exc_res'],
    parameters: [
      sizeSpec,
      count('neighbours', 'neighbours', 4, 'Neighbours of a cell, half of them on each side.'),
      flag('self_connections', 'self-connections', false, 'Cells excite themselves too.'),
    ],
    source,
    fixed: true,
    make: (given) =>
      neighbourChain({
        size: given.number('size'),
        neighbours: given.number('neighbours'),
        selfConnections: given.on('self_connections'),
      }),
  }),
  generator({
    id: 'neighbour-grid',
    title: 'Neighbours on a grid',
    summary: 'Every cell of a square receives contacts, mostly from cells near it.',
    keywords: ['two_dim_exc_res'],
    parameters: [
      sizeSpec,
      count('neighbours', 'contacts', 8, 'Contacts that every cell receives.'),
      size('width', 'width', 2, 'Distance on the grid at which a contact is 1/e as likely.'),
      flag('repeated', 'repeated contacts', true, 'Two cells may have several contacts.'),
    ],
    source,
    make: (given, uniform) =>
      neighbourGrid(
        {
          size: given.number('size'),
          neighbours: given.number('neighbours'),
          widths: [given.number('width'), given.number('width')],
          repeated: given.on('repeated'),
        },
        uniform,
      ),
  }),
  generator({
    id: 'wilson-cowan',
    title: 'Wilson–Cowan oscillators',
    summary: 'Pairs of an excitatory and an inhibitory cell with random coupling; excitatory cells come first.',
    keywords: ['wilson_cowan_net'],
    parameters: [
      { ...cells('nodes', 'nodes', 50, 'Pairs of cells: half the rows of the matrix.'), maximum: 500 },
      size('self_excitation', 'self-excitation', 1, 'Weight of an excitatory cell to itself.'),
      size('self_inhibition', 'self-inhibition', 1, 'Size of the weight of an inhibitory cell to itself.'),
      size('excitatory_deviation', 'excitatory deviation', 1, 'Spread of the random excitation.'),
      size('inhibitory_deviation', 'inhibitory deviation', 1, 'Spread of the random inhibition.'),
    ],
    source,
    make: (given, uniform) =>
      wilsonCowanNetwork(
        {
          nodes: given.number('nodes'),
          selfExcitation: given.number('self_excitation'),
          selfInhibition: given.number('self_inhibition'),
          excitatoryDeviation: given.number('excitatory_deviation'),
          inhibitoryDeviation: given.number('inhibitory_deviation'),
        },
        uniform,
      ),
  }),
  generator({
    id: 'iaf-sparse',
    title: 'Sparse weights for membranes in volts',
    summary: 'Normal weights with the same number of entries in every row, for a mean input of −4.5 mV.',
    keywords: ['iaf_sparse_net'],
    parameters: [sizeSpec, share('density', 'density', 1, 'Share of the weights of a row that are not 0.')],
    source,
    make: (given, uniform) =>
      iafSparseNetwork({ size: given.number('size'), density: given.number('density') }, uniform),
  }),
  generator({
    id: 'ring-reservoir',
    title: 'Ring with random input',
    summary: 'Inputs and a ring of cells in one matrix: contacts of either sign from the inputs, 1 along the ring.',
    keywords: ['ring_reservoir'],
    parameters: [
      cells('inputs', 'inputs', 16, 'Input channels; their rows come first.'),
      cells('cells', 'cells', 64, 'Cells of the ring.'),
      count('contacts', 'contacts', 8, 'Input contacts of a cell.'),
    ],
    source,
    make: (given, uniform) =>
      ringReservoir(
        { inputs: given.number('inputs'), cells: given.number('cells'), contacts: given.number('contacts') },
        uniform,
      ),
  }),
  generator({
    id: 'partitioned-reservoir',
    title: 'Input, grid and inhibition',
    summary: 'Inputs, a recurrent grid and inhibitory cells in one matrix of contacts.',
    keywords: ['partitioned_2d_reservoir'],
    parameters: [
      cells('inputs', 'inputs', 16, 'Input channels; their rows come first.'),
      cells('recurrent', 'recurrent cells', 64, 'Cells of the grid.'),
      cells('inhibitory', 'inhibitory cells', 16, 'Cells that inhibit the grid.'),
      count('input_contacts', 'input contacts', 16, 'Contacts of a recurrent cell from the inputs.'),
      count('short_contacts', 'short contacts', 24, 'From its neighbours on the grid.'),
      count('long_contacts', 'long contacts', 8, 'From anywhere on the grid.'),
      count('inhibitory_contacts', 'inhibitory contacts', 16, 'From inhibitory cells.'),
      size('width', 'width', 16, 'Distance on the grid at which a short contact is 1/e as likely.'),
    ],
    source,
    make: (given, uniform) =>
      partitionedReservoir(
        {
          inputs: given.number('inputs'),
          recurrent: given.number('recurrent'),
          inhibitory: given.number('inhibitory'),
          inputContacts: given.number('input_contacts'),
          shortContacts: given.number('short_contacts'),
          longContacts: given.number('long_contacts'),
          inhibitoryContacts: given.number('inhibitory_contacts'),
          widths: [given.number('width'), given.number('width')],
          fanIn: null,
        },
        uniform,
      ),
  }),
  generator({
    id: 'sparse-partitions',
    title: 'Partitions with few contacts between them',
    summary: 'Every cell receives so many contacts of weight 1 from its own partition and from the others.',
    keywords: ['gen_sparse_partitioned_network', 'modules', 'clusters'],
    parameters: [
      numbersText('partitions', 'cells of the partitions', '40 40 20', 'One number for each partition.'),
      count('inside', 'contacts from inside', 8, 'Contacts of a cell from its own partition.'),
      count('between', 'contacts from outside', 2, 'Contacts of a cell from all other partitions.'),
    ],
    source,
    make: (given, uniform) =>
      andThen(readNumbers('partitions', given.text('partitions'), mostCells), (partitions) =>
        sparsePartitions({ partitions, inside: given.number('inside'), between: given.number('between') }, uniform),
      ),
  }),
  generator({
    id: 'digital',
    title: 'Whole numbers within chip limits',
    summary: 'Contacts of so many bits, within a fan-in and a fan-out.',
    keywords: ['digital', 'in_res_digital', 'chip'],
    parameters: [...fanSpecs, integer('bits', 'bits', 4, 'Bits of a contact.', { minimum: 2, maximum: 16 })],
    source,
    make: (given, uniform) =>
      mapResult(digitalWeights({ ...fanOf(given), bits: given.number('bits') }, uniform), ({ weights }) => weights),
  }),
  generator({
    id: 'dynapse',
    title: 'Two strengths within chip limits',
    summary: 'Contacts of strength 1 or 2 and either sign, within a fan-in and a fan-out.',
    keywords: ['dynapse_conform', 'in_res_dynapse', 'in_res_dynapse_flex', 'DYNAP-SE', 'chip'],
    parameters: fanSpecs,
    source,
    make: (given, uniform) => mapResult(dynapseWeights(fanOf(given), uniform), ({ weights }) => weights),
  }),
];

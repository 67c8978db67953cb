/** What is done with a matrix that is there: discretise, scale, add contacts, put two into one, take modes out. */
import { andThen, failed, mapResult, ok, type Result } from '../../base/result.ts';
import { badArgument } from '../../generators/arguments.ts';
import { discretiseWeights } from '../../generators/discretise.ts';
import { addLongRange } from '../../generators/long-range.ts';
import { scaleMatrix, scaleToSpectralRadius } from '../../generators/scale-matrix.ts';
import { stackMatrices } from '../../generators/stack-matrices.ts';
import { wipeUnswitchingModes } from '../../generators/wipe-eigenvalues.ts';
import type { Matrix } from '../../math/matrix.ts';
import type { WeightGenerator } from '../../model/weight-generator.ts';
import { choice, flag, integer, quantity } from '../specs.ts';
import { count, generator, mostCells, numbersText, radiusSpec, readNumbers, size } from './generator-forms.ts';

const rockpool = 'Rockpool 1.0.7, rockpool.weights';

/** The matrix that is there. */
function theOne(matrices: readonly Matrix[]): Matrix {
  return matrices[0] as Matrix;
}

/** It, if its eigenvalues can be computed while somebody waits. */
function ofEigenvalues(matrix: Matrix): Result<Matrix> {
  const { rows, columns } = matrix;
  if (rows === columns && rows <= mostCells) return ok(matrix);
  return failed(badArgument('weights', `${rows} × ${columns}`, `as high as they are wide, at most ${mostCells}`));
}

const limit = (name: string, title: string, description: string) =>
  integer(name, title, 0, `${description} 0: no limit.`, { minimum: 0, maximum: 65_536 });

export const matrixChanges: readonly WeightGenerator[] = [
  generator({
    id: 'scale',
    title: 'Scale by a factor',
    summary: 'Every weight of the matrix times a factor.',
    keywords: ['gain', 'scaling'],
    parameters: [quantity('factor', 'factor', 1, '1', 'Factor on all weights.')],
    takes: ['weights'],
    source: 'Spikeloom',
    fixed: true,
    make: (given, _, matrices) => ok(scaleMatrix(theOne(matrices), given.number('factor'))),
  }),
  generator({
    id: 'scale-to-radius',
    title: 'Scale to a spectral radius',
    summary: 'The matrix times what gives its largest absolute eigenvalue the size asked for.',
    keywords: ['spectral_radius', 'sr', 'normalization'],
    parameters: [radiusSpec],
    takes: ['weights'],
    source: 'reservoirpy 0.4.2, mat_gen',
    fixed: true,
    make: (given, _, matrices) =>
      andThen(ofEigenvalues(theOne(matrices)), (matrix) =>
        scaleToSpectralRadius(matrix, given.number('spectral_radius')),
      ),
  }),
  generator({
    id: 'discretise',
    title: 'Whole numbers of contacts',
    summary: 'Each weight becomes the nearest whole number of equal contacts, one strength for either sign.',
    keywords: ['DiscretiseWeightMatrix', 'discretize', 'quantise', 'bits', 'chip'],
    parameters: [
      integer('most_contacts', 'most contacts', 3, 'Contacts of the strongest weight of each sign.', {
        ...{ minimum: 1, maximum: 65_536 },
      }),
      limit('most_inputs', 'most into a cell', 'Contacts that a cell may receive.'),
      limit('most_outputs', 'most out of a cell', 'Contacts that a cell may give.'),
      choice(
        'result',
        'result',
        'weights',
        [
          { value: 'weights', title: 'weights' },
          { value: 'contacts', title: 'numbers of contacts' },
        ],
        'Contacts times their strength, or the numbers alone.',
      ),
    ],
    takes: ['weights'],
    source: rockpool,
    fixed: true,
    make(given, _, matrices) {
      const [inputs, outputs] = [given.number('most_inputs'), given.number('most_outputs')];
      const made = discretiseWeights(theOne(matrices), {
        mostContacts: given.number('most_contacts'),
        ...(inputs === 0 ? {} : { mostInputs: inputs }),
        ...(outputs === 0 ? {} : { mostOutputs: outputs }),
      });
      return mapResult(made, ({ weights, contacts }) => (given.text('result') === 'contacts' ? contacts : weights));
    },
  }),
  generator({
    id: 'long-range',
    title: 'Add contacts from anywhere',
    summary: 'So many contacts of weight 1 more into every cell, none from itself; rows give.',
    keywords: ['add_random_long_range'],
    parameters: [
      count('contacts', 'contacts', 8, 'Contacts added to every cell.'),
      flag('avoid_existing', 'only new pairs', false, 'Only from cells that it has no contact from yet.'),
      flag('repeated', 'repeated contacts', true, 'Several may come from the same cell.'),
    ],
    takes: ['weights'],
    source: rockpool,
    make: (given, uniform, matrices) =>
      addLongRange(
        theOne(matrices),
        {
          contacts: given.number('contacts'),
          avoidExisting: given.on('avoid_existing'),
          repeated: given.on('repeated'),
        },
        uniform,
      ),
  }),
  generator({
    id: 'stack',
    title: 'Put inputs and cells into one matrix',
    summary:
      'Inputs come first: their weights at the top right, the matrix that is there below, 0 elsewhere; rows give.',
    keywords: ['combine_ff_rec_stack', 'block matrix'],
    parameters: [],
    takes: ['recurrent weights', 'feed-forward weights'],
    source: rockpool,
    fixed: true,
    make: (_, __, [recurrent, forward]) => stackMatrices(forward as Matrix, recurrent as Matrix),
  }),
  generator({
    id: 'wipe-modes',
    title: 'Take out modes that switch nothing',
    summary:
      'Real eigenvalues of W − 1 whose eigenvector has one sign become 0; the result has the gain 30 of the original.',
    keywords: ['wipe_non_switiching_eigs', 'eigenvalues'],
    parameters: [
      numbersText('inhibitory', 'inhibitory rows', 'none', 'Numbers of the rows that inhibit, as 80-99.'),
      size('time_factor', 'time factor', 1, 'Time constant of these over that of the others.'),
      flag('keep_first', 'keep the first', false, 'Leaves the first eigenvalue, as the released function does.'),
    ],
    takes: ['weights'],
    source: rockpool,
    fixed: true,
    make: (given, _, matrices) =>
      andThen(ofEigenvalues(theOne(matrices)), (matrix) =>
        andThen(readNumbers('inhibitory', given.text('inhibitory'), matrix.rows - 1), (inhibitory) =>
          wipeUnswitchingModes(matrix, {
            inhibitory,
            timeFactor: given.number('time_factor'),
            keepFirst: given.on('keep_first'),
          }),
        ),
      ),
  }),
];

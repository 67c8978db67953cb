/** Parameters of the training objective: the rule, what it scores, and how it goes down. */
import type { ParameterSpec } from '../../model/kind.ts';
import { choice, flag, integer, quantity } from '../specs.ts';

const scored = { group: 'Scored steps' };
const descent = { group: 'Descent' };
const tempotron = { group: 'Tempotron' };

const ruleChoices = [
  { value: 'gradient', title: 'gradients through time' },
  { value: 'logistic', title: 'logistic regression' },
  { value: 'tempotron', title: 'tempotron' },
];

const lossChoices = [
  { value: 'squared', title: 'squared error' },
  { value: 'binary', title: 'binary cross-entropy' },
  { value: 'classes', title: 'cross-entropy of classes' },
  { value: 'spike-count', title: 'squared error of sums (spike counts)' },
];

const optimiserChoices = [
  { value: 'adam', title: 'Adam' },
  { value: 'momentum', title: 'gradient descent with momentum' },
];

const what: readonly ParameterSpec[] = [
  choice(
    'rule',
    'rule',
    'gradient',
    ruleChoices,
    'How the marked parameters are changed: by gradients of the loss through the whole network and time; by logistic regression of the exponential synapses at the input "prediction"; or by the multi-spike tempotron rule, of the weights of the spiking layer there.',
    { favourite: true },
  ),
  choice(
    'loss',
    'loss',
    'squared',
    lossChoices,
    'What is made small by gradients. Logistic regression and the tempotron have losses of their own.',
    { favourite: true },
  ),
  quantity('weight', 'weight', 1, '1', 'Several objectives are added, each times its weight.', { minimum: 0 }),
  quantity(
    'decay',
    'class memory',
    1,
    '1',
    'Cross-entropy of classes: what is left of the sum of a class from one scored step to the next; 1 is a plain sum.',
    { minimum: 0, maximum: 1 },
  ),
  quantity(
    'wanted',
    'wanted',
    0,
    '1',
    'The target where nothing is connected to it: the value of every channel in every step; for sums, what each channel adds up to (so many spikes a cell); for classes, the number of the class.',
  ),
  quantity('from', 'scored from', 0, 'ms', 'Steps before this time are not scored.', { ...scored, minimum: 0 }),
  quantity('until', 'scored until', 0, 'ms', 'Steps from this time on are not scored; 0 scores all to the end.', {
    ...scored,
    minimum: 0,
  }),
];

const how: readonly ParameterSpec[] = [
  integer('epochs', 'epochs', 100, 'How often training goes through the whole run.', {
    ...{ ...descent, minimum: 1, maximum: 1_000_000, favourite: true },
  }),
  quantity(
    'learning_rate',
    'learning rate',
    0.001,
    '1',
    'Size of a step of the descent. Lower it where training explodes.',
    {
      ...{ ...descent, exclusiveMinimum: 0, favourite: true },
    },
  ),
  choice('optimiser', 'optimiser', 'adam', optimiserChoices, 'How slopes become steps.', descent),
  quantity('momentum', 'momentum', 0, '1', 'What is kept of the last step (gradient descent and tempotron).', {
    ...{ ...descent, minimum: 0, maximum: 1 },
  }),
  quantity(
    'clip',
    'greatest slope',
    1,
    '1',
    'Slopes of all parameters are scaled down together to this length; 0: never.',
    {
      ...{ ...descent, minimum: 0 },
    },
  ),
  quantity(
    'tau_least',
    'least time constant',
    0,
    'ms',
    'Trained time constants stay at this or above, and above what their elements need for the time step.',
    { ...descent, minimum: 0 },
  ),
  flag(
    'base_units',
    'steps in base units',
    false,
    'The learning rate applies to seconds, volts and amperes, as in other packages; else what has a unit changes in relation to the size that it begins with.',
    descent,
  ),
  quantity('regularize', 'shrinkage', 0, '1', 'Logistic regression: λ, by which weights shrink.', {
    ...{ group: 'Logistic regression', minimum: 0 },
  }),
  integer('batch_size', 'rows of a batch', 0, 'Logistic regression: steps of the run in one batch; 0: all of them.', {
    ...{ group: 'Logistic regression', minimum: 0 },
  }),
  quantity('eligibility_ratio', 'eligible part', 0.1, '1', 'Part of the inputs whose weights are changed.', {
    ...{ ...tempotron, minimum: 0, maximum: 1 },
  }),
  flag(
    'released_eligibility',
    'eligibility as released',
    false,
    'Eligibilities are summed over all cells, and all inputs but the eligible part are changed, as Rockpool 1.0.7 does.',
    { group: 'Compatibility', compatibility: true },
  ),
];

export const objectiveParameters: readonly ParameterSpec[] = [...what, ...how];

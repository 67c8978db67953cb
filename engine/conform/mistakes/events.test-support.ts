/** Bad inputs of the event layers. */
import { createMatrix } from '../../math/matrix.ts';
import { createEventSeries } from '../../timeseries/event-series.ts';
import { stepsToRun } from '../../timeseries/sample-for-layer.ts';
import { createLayerRidge } from '../../training/layer-ridge.ts';
import { trainLogistic } from '../../training/logistic-regression.ts';
import { tryElement, type Mistake, type Rows } from './mistake.test-support.ts';

const milliseconds = (value: number) => ({ value, unit: 'ms' });
const rows = (...given: readonly (readonly number[])[]): Rows => ({ rows: given, unit: '1' });

const routing: readonly Mistake[] = [
  {
    system: 'rockpool.PassThroughEvents',
    about: 'a negative weight',
    attempt: () => tryElement('layers/pass-through-events', { weights: rows([-1]) }, { everyPort: false }),
    mentions: ['weights', '-1', 'at least 0'],
  },
  {
    system: 'rockpool.PassThroughEvents',
    about: 'a weight that is no whole number',
    attempt: () => tryElement('layers/pass-through-events', { weights: rows([0.5]) }, { everyPort: false }),
    mentions: ['weights', '0.5', 'whole numbers'],
  },
  {
    system: 'rockpool.PassThroughEvents',
    about: 'more input channels than weights',
    attempt: () => tryElement('layers/pass-through-events', { weights: rows([1], [1]) }),
    mentions: ['weights', '[2, 1]', '[20, 1]'],
  },
];

const synapses: readonly Mistake[] = [
  {
    system: 'rockpool.FFExpSyn',
    about: 'a time constant of 0',
    attempt: () => tryElement('layers/exp-syn', { tau_syn: milliseconds(0) }),
    mentions: ['tau_syn', '0 ms', 'greater than 0'],
  },
  {
    system: 'rockpool.FFExpSynTorch',
    about: 'a negative deviation of the noise',
    attempt: () => tryElement('layers/exp-syn', { noise_std: -1 }),
    mentions: ['noise_std', '-1', 'at least 0'],
  },
  {
    system: 'rockpool.FFExpSynBrian',
    about: 'weights for another number of channels',
    attempt: () => tryElement('layers/exp-syn', { weights: rows([1, 2], [3, 4]) }),
    mentions: ['weights', '[2, 2]', '[20, 2]'],
  },
  {
    system: 'rockpool.FFExpSyn',
    about: 'weights that are not finite',
    attempt: () => tryElement('layers/exp-syn', { weights: rows([Number.NaN]) }, { everyPort: false }),
    mentions: ['weights', 'NaN'],
  },
  {
    system: 'rockpool.FFExpSyn',
    about: 'neither steps nor duration nor input',
    attempt: () => stepsToRun(1e-4, 0, {}),
    mentions: ['duration'],
  },
  {
    system: 'rockpool.FFExpSyn',
    about: 'a number of steps that is not whole',
    attempt: () => stepsToRun(1e-4, 0, { steps: 2.5 }),
    mentions: ['steps', '2.5', 'whole'],
  },
  {
    system: 'rockpool.FFExpSyn',
    about: 'a target of another width than the layer, ridge regression',
    attempt: () => createLayerRidge(2, 3, { regularize: 0 }).addBatch(createMatrix(4, 2), createMatrix(4, 2)),
    mentions: ['4 × 2', '3 outputs'],
  },
  {
    system: 'rockpool.FFExpSyn',
    about: 'a target of another width than the layer, logistic regression',
    attempt: () =>
      trainLogistic(
        { weights: createMatrix(2, 3), bias: new Float64Array(3) },
        createMatrix(4, 2),
        createMatrix(4, 2),
        { learningRate: 0.1 },
      ),
    mentions: ['4 × 2', '2 × 3'],
  },
  {
    system: 'rockpool.FFExpSyn',
    about: 'events on a channel that there is not',
    attempt: () => createEventSeries(Float64Array.of(0, 1), Int32Array.of(0, 3), { channelCount: 2 }),
    mentions: ['channel 3', '2 channels'],
  },
];

const encoder: readonly Mistake[] = [
  {
    system: 'rockpool.FFUpDown',
    about: 'a negative threshold',
    attempt: () => tryElement('layers/up-down', { thr_up: -0.1 }),
    mentions: ['thr_up', '-0.1', 'at least 0'],
  },
  {
    system: 'rockpool.FFUpDown',
    about: 'a threshold of 0 with several events per step',
    attempt: () => tryElement('layers/up-down', { thr_down: 0 }),
    mentions: ['thr_down', '0', 'greater than 0'],
  },
  {
    system: 'rockpool.FFUpDown',
    about: 'a decay shorter than the step',
    attempt: () => tryElement('layers/up-down', { decay: true, tau_decay: milliseconds(0.5) }),
    mentions: ['tau_decay', '0.5 ms', '1 ms'],
  },
  {
    system: 'rockpool.FFUpDown',
    about: 'no channel per direction',
    attempt: () => tryElement('layers/up-down', { spread: 0 }),
    mentions: ['spread', '0', 'at least 1'],
  },
  {
    system: 'rockpool.FFUpDown',
    about: 'thresholds of another number of channels',
    attempt: () =>
      tryElement('layers/up-down', { size: 3, thr_up: { values: [1, 2], unit: '1' } }, { everyPort: false }),
    mentions: ['thr_up', '2', '3'],
  },
];

const recurrent = { weights: rows([1, 1]), weights_rec: rows([0, 0], [0, 0]) };
const open = { everyPort: false };

const image = { image_height: 4, image_width: 5, kernels: 2, window_height: 3, window_width: 3 };
const convolution = 'layers/cliaf-convolution';

const images: readonly Mistake[] = [
  {
    system: 'rockpool.FFCLIAFCNNTorch',
    about: 'an image of another number of pixels than arrive',
    attempt: () => tryElement(convolution, { ...image, image_height: 7 }),
    mentions: ['image_height', '7', '35', '20'],
  },
  {
    system: 'rockpool.FFCLIAFCNNTorch',
    about: 'a kernel larger than the image',
    attempt: () => tryElement(convolution, { ...image, window_height: 7 }),
    mentions: ['window_height', '7', 'at most 4'],
  },
  {
    system: 'rockpool.FFCLIAFCNNTorch',
    about: 'weights of another number of kernels',
    attempt: () =>
      tryElement(convolution, { ...image, weights: rows(...Array.from({ length: 3 }, () => [1, 1, 1, 1])) }),
    mentions: ['weights', '3, 4', '2, 1, 3, 3'],
  },
  {
    system: 'rockpool.FFCLIAFCNNTorch',
    about: 'a stride of 0',
    attempt: () => tryElement(convolution, { ...image, stride: 0 }),
    mentions: ['stride', '0', 'at least 1'],
  },
  {
    system: 'rockpool.FFCLIAFCNNTorch',
    about: 'a pooling window larger than the image',
    attempt: () => tryElement('layers/event-pooling', { image_height: 4, window_height: 2, window_width: 9 }),
    mentions: ['window_width', '9', 'at most 5'],
  },
];

const cells: readonly Mistake[] = [
  {
    system: 'rockpool.FFCLIAF',
    about: 'nothing to subtract',
    attempt: () => tryElement('layers/cliaf', { v_subtract: 0 }),
    mentions: ['v_subtract', '0', 'greater than 0'],
  },
  {
    system: 'rockpool.FFCLIAF',
    about: 'thresholds of another number of cells',
    attempt: () =>
      tryElement('layers/cliaf', { weights: rows([1, 1, 1]), v_thresh: { values: [1, 2], unit: '1' } }, open),
    mentions: ['v_thresh', '2', '3'],
  },
  {
    system: 'rockpool.RecCLIAF',
    about: 'a delay shorter than the step',
    attempt: () => tryElement('layers/cliaf', { ...recurrent, delay: milliseconds(0.5) }, open),
    mentions: ['delay', '0.5 ms', '1 ms'],
  },
  {
    system: 'rockpool.RecCLIAF',
    about: 'a period of the bias shorter than the step',
    attempt: () => tryElement('layers/cliaf', { ...recurrent, bias_period: milliseconds(0.25) }, open),
    mentions: ['bias_period', '0.25 ms', '1 ms'],
  },
  {
    system: 'rockpool.RecCLIAF',
    about: 'recurrent weights of another size',
    attempt: () => tryElement('layers/cliaf', { ...recurrent, weights_rec: rows([0, 0, 0]) }, open),
    mentions: ['weights_rec', '[1, 3]', '[2, 2]'],
  },
  {
    system: 'rockpool.RecCLIAF',
    about: 'a membrane of a type that there is not',
    attempt: () => tryElement('layers/cliaf', { state_type: 'text' }),
    mentions: ['state_type', 'text', 'int8'],
  },
  {
    system: 'rockpool.RecCLIAF',
    about: 'whole numbers and less than 1 to subtract',
    attempt: () => tryElement('layers/cliaf', { state_type: 'int8', v_subtract: 0.5 }),
    mentions: ['v_subtract', '0.5', 'at least 1'],
  },
  {
    system: 'rockpool.RecCLIAF',
    about: 'a negative refractory period',
    attempt: () => tryElement('layers/cliaf', { refractory: milliseconds(-1) }),
    mentions: ['refractory', '-1 ms', 'at least 0'],
  },
  {
    system: 'rockpool.SoftMaxLayer',
    about: 'weights for another number of channels',
    attempt: () => tryElement('layers/softmax', { weights: rows([1, 2], [3, 4]) }),
    mentions: ['weights', '[2, 2]', '[20, 2]'],
  },
];

export const eventMistakes: readonly Mistake[] = [...routing, ...synapses, ...encoder, ...images, ...cells];

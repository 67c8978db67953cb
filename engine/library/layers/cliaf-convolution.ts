/** Constant-leak cells behind a convolution of event frames (Rockpool 1.0.7 FFCLIAFCNNTorch, as documented). */
import { problem } from '../../base/problem.ts';
import type { Result } from '../../base/result.ts';
import { andThen, failed, mapResult, ok } from '../../base/result.ts';
import { add, f64, i32, i32Local, load, multiply } from '../../build/ir/expressions.ts';
import { accumulate, letI32, loop, store } from '../../build/ir/statements.ts';
import type { SignalId, Statement } from '../../build/ir/types.ts';
import { unmade, type ElementBuilder, type ElementKind } from '../../build/library-kind.ts';
import { integer, matrix, quantity } from '../specs.ts';
import { spikeOutput } from '../stimuli/spikes.ts';
import type { CliafRules } from './cliaf-rules.ts';
import { cliafSpikes } from './cliaf-parameters.ts';
import { emitCliafStep } from './cliaf-step.ts';
import { addEventsFlag, eventPort, eventVector } from './event-input.ts';
import {
  channelsOf,
  imageParameters,
  orderOf,
  pixelChannel,
  underWindow,
  windowOf,
  type ImageSize,
  type ImageWindow,
  type PixelOrder,
} from './image-frame.ts';

const most = 4096;

export const cliafConvolution: ElementKind = {
  id: 'layers/cliaf-convolution',
  family: 'layers',
  title: 'Constant-leak convolution layer',
  summary: 'Each kernel moves over an image of events; where it stands, a constant-leak cell sums what it covers.',
  keywords: ['rockpool', 'FFCLIAFCNNTorch', 'CNN', 'convolution', 'conv2d', 'image', 'kernel', 'spiking', 'sinabs'],
  parameters: [
    ...imageParameters,
    integer('kernels', 'kernels', 4, 'Maps of the output.', { minimum: 1, maximum: most, favourite: true }),
    integer('window_height', 'kernel height', 1, 'Rows of a kernel.', { minimum: 1, maximum: most }),
    integer('window_width', 'kernel width', 3, 'Columns of a kernel.', { minimum: 1, maximum: most }),
    integer('stride', 'stride', 1, 'Pixels from one place of a kernel to the next.', { minimum: 1, maximum: most }),
    integer('padding', 'padding', 0, 'Pixels of zeros on every side of the image.', { minimum: 0, maximum: most }),
    quantity('bias', 'bias', 0, '1', 'Added in every step; negative is a leak.', { perCell: true, favourite: true }),
    ...cliafSpikes,
    addEventsFlag(false),
    matrix(
      'weights',
      'kernel weights',
      '1',
      'Weights [kernel, map, row, column], or [row, column, map, kernel] where maps are last; 1 everywhere when absent.',
    ),
  ],
  inputs: [eventPort],
  outputs: [spikeOutput, { name: 'reached', title: 'membrane before its spikes', type: 'continuous', unit: '1' }],
  states: [{ name: 'v', title: 'membrane', unit: '1' }],
  equations: [
    'x = Σ_m Σ_a Σ_b W[k, m, a, b] · events[m, stride · row + a − padding, stride · column + b − padding]',
    'v[k, row, column] = v + x + bias',
    'subtract: while v ≥ v_thresh → spike, v = v − v_subtract',
    'reset: v ≥ v_thresh → spike, v = v_reset',
    'output: ⌊(height + 2 padding − kernel height) / stride⌋ + 1 rows, columns alike',
  ],
  source: 'Rockpool 1.0.7, FFCLIAFCNNTorch; the released class cannot be imported, so its text is followed',
  noGradient: 'its cells subtract their threshold over and over within a step',
  defaultProbe: 'spikes',
  sizes(request) {
    const arriving = request.inputSize('in');
    if (arriving === undefined) return ok({ outputs: { spikes: undefined, reached: undefined }, cells: undefined });
    return mapResult(windowOf({ ...request, arriving }, true), (window) => {
      const cells = channelsOf(outputImage(window, request.parameters.number('kernels')));
      return { outputs: { spikes: cells, reached: cells }, cells };
    });
  },
  expand: (builder) =>
    andThen(windowOf({ element: builder, parameters: builder, arriving: builder.inputSize('in') }, true), (window) => {
      const output = outputImage(window, builder.number('kernels'));
      const cells = channelsOf(output);
      return andThen(kernelSignal(builder, window, output.maps), (kernels) => {
        const drive = builder.signal({ name: 'drive', shape: [cells], initial: 0, role: 'transient' });
        const spikes = builder.signal({
          ...{ name: 'spikes', shape: [cells], initial: 0, role: 'transient' },
          surrogate: { id: 'window', alpha: 0.5, throughReset: true },
        });
        emitConvolution(builder, { window, output, kernels, drive, order: orderOf(builder) });
        builder.output('spikes', spikes);
        return andThen(rulesOf(builder, cells), (rules) =>
          emitCliafStep(builder, { cells, drive, recurrent: undefined, spikes, rules }),
        );
      });
    }),
};

function outputImage({ rows, columns }: ImageWindow, kernels: number): ImageSize {
  return { maps: kernels, height: rows, width: columns };
}

function rulesOf(builder: ElementBuilder, cells: number): Result<CliafRules> {
  return mapResult(builder.vector('v_subtract', cells), (subtracted) => ({
    ...{ subtracted, rule: builder.text('after_spike') === 'reset' ? ('reset' as const) : ('often' as const) },
    ...{ range: undefined, delaySteps: 1, sharedDelay: false, biasPeriod: 1 },
    ...{ refractorySteps: undefined, firesWhileRefractory: false },
  }));
}

/** The weights as [kernel, map, row, column]. */
function kernelSignal(builder: ElementBuilder, window: ImageWindow, kernels: number): Result<SignalId> {
  const { image, height, width } = window;
  const shape = [kernels, image.maps, height, width] as const;
  const count = kernels * image.maps * height * width;
  const given = builder.array('weights');
  if (given !== null && given.values.length !== count) return failed(wrongWeights(builder, given.shape, shape));
  const last = orderOf(builder) === 'channels_last';
  const signal = (initial: Float64Array | number) =>
    ok(builder.signal({ name: 'weights', shape: [...shape], role: 'constant', initial }));
  if (given === null) return signal(1);
  if (builder.outline) return signal(unmade);
  return signal(last ? mapsFirst(given.values, shape) : given.values);
}

function wrongWeights(builder: ElementBuilder, shape: readonly number[], needed: readonly number[]) {
  const [kernels, maps, rows, columns] = needed;
  const order = orderOf(builder) === 'channels_last' ? [rows, columns, maps, kernels] : needed;
  const message = `weights of "${builder.name}" has shape [${shape.join(', ')}]; [${order.join(', ')}] is needed.`;
  return problem('model/parameter-shape', message, {
    hint: 'Give weights that fit the kernels and the maps of the image, or remove them.',
    at: { element: builder.id, path: 'parameters.weights' },
  });
}

/** [row, column, map, kernel] as [kernel, map, row, column]. */
function mapsFirst(values: ArrayLike<number>, shape: readonly [number, number, number, number]): Float64Array {
  const [kernels, maps, rows, columns] = shape;
  return Float64Array.from({ length: kernels * maps * rows * columns }, (_, place) => {
    const column = place % columns;
    const row = Math.floor(place / columns) % rows;
    const map = Math.floor(place / (columns * rows)) % maps;
    const kernel = Math.floor(place / (columns * rows * maps));
    return values[((row * columns + column) * maps + map) * kernels + kernel] as number;
  });
}

interface Convolution {
  readonly window: ImageWindow;
  readonly output: ImageSize;
  readonly order: PixelOrder;
  readonly kernels: SignalId;
  readonly drive: SignalId;
}

const [kernel, row, column] = [i32Local('kernel'), i32Local('row'), i32Local('column')] as const;

/** Adds the operators that lay the image into a frame of zeros and sum it under every kernel at every place. */
function emitConvolution(builder: ElementBuilder, convolution: Convolution): void {
  const { window, output, order, kernels, drive } = convolution;
  const frame = emitFrame(builder, window, order);
  const place = pixelChannel(output, order, [kernel, row, column]);
  const sum: Statement[] = [
    letI32('cell', place),
    store(drive, i32Local('cell'), f64(0)),
    ...underKernel(window, frame, kernels, drive),
  ];
  builder.operator({
    ...{ name: 'drive/convolution', reads: [frame, kernels], sets: [drive] },
    body: [loop('kernel', 0, output.maps, [loop('row', 0, output.height, [loop('column', 0, output.width, sum)])])],
  });
}

/** The image with zeros around it. */
function framedImage({ image, padding }: ImageWindow): ImageSize {
  return { maps: image.maps, height: image.height + 2 * padding, width: image.width + 2 * padding };
}

function emitFrame(builder: ElementBuilder, window: ImageWindow, order: PixelOrder): SignalId {
  const { image, padding } = window;
  const framed = framedImage(window);
  const connected = builder.inputSize('in');
  const events = eventVector(builder, Math.max(1, connected), builder.flag('add_events'));
  const frame = builder.signal({ name: 'frame', shape: [channelsOf(framed)], initial: 0, role: 'transient' });
  const map = i32Local('map');
  const inner = pixelChannel(framed, 'channels_first', [map, add(row, i32(padding)), add(column, i32(padding))]);
  const copied = store(frame, inner, load(events, pixelChannel(image, order, [map, row, column])));
  const copy = loop('map', 0, image.maps, [loop('row', 0, image.height, [loop('column', 0, image.width, [copied])])]);
  builder.operator({
    ...{ name: 'frame', slot: 'inputs', reads: [events], sets: [frame] },
    body: [loop('n', 0, channelsOf(framed), [store(frame, i32Local('n'), f64(0))]), ...(connected > 0 ? [copy] : [])],
  });
  return frame;
}

/** Adds to the cell what the kernel covers, map by map, row by row. */
function underKernel(window: ImageWindow, frame: SignalId, kernels: SignalId, drive: SignalId): Statement[] {
  const { image, height, width, stride } = window;
  const covered = [i32Local('map'), underWindow('row', 'a', stride), underWindow('column', 'b', stride)] as const;
  const weighing = { maps: image.maps, height, width };
  const own = pixelChannel(weighing, 'channels_first', [i32Local('map'), i32Local('a'), i32Local('b')]);
  const weight = load(kernels, add(multiply(kernel, i32(channelsOf(weighing))), own));
  const pixel = load(frame, pixelChannel(framedImage(window), 'channels_first', covered));
  return [
    loop('map', 0, image.maps, [
      loop('a', 0, height, [loop('b', 0, width, [accumulate(drive, i32Local('cell'), multiply(weight, pixel))])]),
    ]),
  ];
}

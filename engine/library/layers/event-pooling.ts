/** Pooling of event images: one channel for each window (between the convolutions of spiking networks). */
import { mapResult, ok } from '../../base/result.ts';
import { f64, i32Local, load, local, maximum, minimum } from '../../build/ir/expressions.ts';
import { accumulate, assign, letF64, letI32, loop, store } from '../../build/ir/statements.ts';
import type { Expression, SignalId, Statement } from '../../build/ir/types.ts';
import type { ElementBuilder, ElementKind } from '../../build/library-kind.ts';
import { choice, integer } from '../specs.ts';
import { spikeOutput } from '../stimuli/spikes.ts';
import { eventPort } from './event-input.ts';
import {
  channelsOf,
  imageParameters,
  orderOf,
  pixelChannel,
  underWindow,
  windowOf,
  type ImageSize,
  type ImageWindow,
} from './image-frame.ts';

const most = 4096;

export const eventPooling: ElementKind = {
  id: 'layers/event-pooling',
  family: 'layers',
  title: 'Event pooling',
  summary:
    'Makes an image of events smaller: each window gives its sum, its largest number or one event if there is any.',
  keywords: ['pooling', 'sum pool', 'max pool', 'average pool', 'downsample', 'CNN', 'convolution', 'image', 'spiking'],
  parameters: [
    ...imageParameters,
    integer('window_height', 'window height', 1, 'Rows of a window.', { minimum: 1, maximum: most, favourite: true }),
    integer('window_width', 'window width', 2, 'Columns of a window.', { minimum: 1, maximum: most, favourite: true }),
    integer('stride', 'stride', 2, 'Pixels from one window to the next.', { minimum: 1, maximum: most }),
    choice(
      'rule',
      'rule',
      'sum',
      [
        { value: 'sum', title: 'sum of the events' },
        { value: 'max', title: 'most events of a pixel' },
        { value: 'any', title: 'one event if there is any' },
      ],
      'How many events a window gives in a step.',
    ),
  ],
  inputs: [eventPort],
  outputs: [spikeOutput],
  states: [],
  equations: [
    'sum: y[m, row, column] = Σ_a Σ_b events[m, stride · row + a, stride · column + b]',
    'max: the largest of them;  any: 1 where there is an event, else 0',
    'output: ⌊(height − window height) / stride⌋ + 1 rows, columns alike',
  ],
  source: 'Rueckauer et al. 2017, Front. Neurosci. 11:682 (pooling of spiking networks)',
  defaultProbe: 'spikes',
  sizes(request) {
    const arriving = request.inputSize('in');
    if (arriving === undefined) return ok({ outputs: { spikes: undefined }, cells: undefined });
    return mapResult(windowOf({ ...request, arriving }, false), (window) => ({
      outputs: { spikes: channelsOf(pooledImage(window)) },
      cells: undefined,
    }));
  },
  expand: (builder) =>
    mapResult(
      windowOf({ element: builder, parameters: builder, arriving: builder.inputSize('in') }, false),
      (window) => {
        const output = pooledImage(window);
        const spikes = builder.signal({ name: 'spikes', shape: [channelsOf(output)], initial: 0, role: 'transient' });
        emitPooling(builder, window, output, spikes);
        builder.output('spikes', spikes);
      },
    ),
};

function pooledImage({ image, rows, columns }: ImageWindow): ImageSize {
  return { maps: image.maps, height: rows, width: columns };
}

function emitPooling(builder: ElementBuilder, window: ImageWindow, output: ImageSize, spikes: SignalId): void {
  const events = builder.input('in');
  const pixel = (row: Expression, column: Expression, image: ImageSize) =>
    pixelChannel(image, orderOf(builder), [i32Local('map'), row, column]);
  const covered = pixel(
    underWindow('row', 'a', window.stride),
    underWindow('column', 'b', window.stride),
    window.image,
  );
  const gather = (into: Statement): Statement[] =>
    builder.inputSize('in') === 0 ? [] : [loop('a', 0, window.height, [loop('b', 0, window.width, [into])])];
  const pool = pooling(builder.text('rule'), load(events, covered), spikes);
  builder.operator({
    ...{ name: 'pool', slot: 'thresholds', reads: [events], sets: [spikes] },
    body: [
      loop('map', 0, output.maps, [
        loop('row', 0, output.height, [
          loop('column', 0, output.width, [
            letI32('place', pixel(i32Local('row'), i32Local('column'), output)),
            ...pool.start,
            ...gather(pool.pixel),
            ...pool.end,
          ]),
        ]),
      ]),
    ],
  });
}

interface Pooling {
  readonly start: readonly Statement[];
  /** What a pixel does. */
  readonly pixel: Statement;
  readonly end: readonly Statement[];
}

/** The statements of a rule; sums stay in memory, where they can be differentiated. */
function pooling(rule: string, pixel: Expression, spikes: SignalId): Pooling {
  const place = i32Local('place');
  if (rule === 'sum')
    return { start: [store(spikes, place, f64(0))], pixel: accumulate(spikes, place, pixel), end: [] };
  const most = local('most_events');
  return {
    start: [letF64('most_events', f64(0))],
    pixel: assign('most_events', maximum(most, pixel)),
    end: [store(spikes, place, rule === 'any' ? minimum(most, f64(1)) : most)],
  };
}

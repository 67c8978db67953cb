/** Channels that are an image: their order, what a window that moves over it leaves, what is refused. */
import { problem } from '../../base/problem.ts';
import type { Problem } from '../../base/problem.ts';
import type { Result } from '../../base/result.ts';
import { failed, ok } from '../../base/result.ts';
import { add, i32, i32Local, multiply } from '../../build/ir/expressions.ts';
import type { Expression } from '../../build/ir/types.ts';
import type { ParameterReader } from '../../build/library-kind.ts';
import type { ParameterSpec } from '../../model/kind.ts';
import { choice, integer } from '../specs.ts';

/** Extents of an image. */
export interface ImageSize {
  readonly maps: number;
  readonly height: number;
  readonly width: number;
}

/** A window that moves over an image. */
export interface ImageWindow {
  readonly image: ImageSize;
  /** Pixels that the window covers. */
  readonly height: number;
  readonly width: number;
  readonly stride: number;
  /** Pixels of zeros on every side of the image. */
  readonly padding: number;
  /** Places of the window: down and across. */
  readonly rows: number;
  readonly columns: number;
}

/** Order of pixels and maps in the channels of a port. */
export type PixelOrder = 'channels_first' | 'channels_last';

const most = 4096;

/** Parameters that every kind with images has. */
export const imageParameters: readonly ParameterSpec[] = [
  integer('image_height', 'image height', 1, 'Rows of the image.', { minimum: 1, maximum: most, favourite: true }),
  integer('image_width', 'image width', 0, 'Columns of the image; 0 is as many as arrive.', {
    ...{ minimum: 0, maximum: 1_000_000, favourite: true },
  }),
  integer('maps', 'maps', 1, 'Maps of the image, such as polarities or kernels of the layer before.', {
    ...{ minimum: 1, maximum: most },
  }),
  choice(
    'order',
    'order of the channels',
    'channels_first',
    [
      { value: 'channels_first', title: 'map, row, column' },
      { value: 'channels_last', title: 'row, column, map' },
    ],
    'How the channels of the input and of the output stand for pixels; the last one changes fastest.',
  ),
];

/** Extents of the image at the input of a layer at which so many channels arrive; without any it is as wide as its window. */
function imageOf(parameters: ParameterReader, arriving: number): ImageSize {
  const [maps = 1, height = 1, given = 0] = ['maps', 'image_height', 'image_width'].map((name) =>
    parameters.number(name),
  );
  const followed =
    arriving > 0 ? Math.max(1, Math.floor(arriving / (maps * height))) : parameters.number('window_width');
  return { maps, height, width: given === 0 ? followed : given };
}

/** The order that a layer was given. */
export function orderOf(parameters: ParameterReader): PixelOrder {
  return parameters.text('order') === 'channels_last' ? 'channels_last' : 'channels_first';
}

/** Number of channels of an image. */
export function channelsOf({ maps, height, width }: ImageSize): number {
  return maps * height * width;
}

interface Asked {
  readonly element: { readonly id: string; readonly name: string };
  readonly parameters: ParameterReader;
  /** Channels that arrive; 0 where nothing is connected. */
  readonly arriving: number;
}

/**
 * The window of the parameters `window_height`, `window_width`, `stride` and, with `padded`, `padding`. An input of another
 * number of channels than the image has, and a window larger than the image, are Problems.
 */
export function windowOf({ element, parameters, arriving }: Asked, padded: boolean): Result<ImageWindow> {
  const image = imageOf(parameters, arriving);
  const [height = 1, width = 1, stride = 1] = ['window_height', 'window_width', 'stride'].map((name) =>
    parameters.number(name),
  );
  const padding = padded ? parameters.number('padding') : 0;
  const refuse = (name: string, message: string, hint: string) =>
    failed(wrongImage(element, name, `${name} of "${element.name}" ${message}`, hint));
  if (arriving > 0 && arriving !== channelsOf(image)) {
    const needed = `is ${image.height}: ${image.maps} × ${image.height} × ${image.width} pixels need ${channelsOf(image)} channels, and ${arriving} arrive.`;
    return refuse('image_height', needed, 'Give the height, width and maps of the image that arrives.');
  }
  const [down, across] = [image.height + 2 * padding, image.width + 2 * padding];
  const large = (size: number, room: number): string => `is ${size}; the image has ${room} pixels there.`;
  if (height > down) return refuse('window_height', large(height, down), `Give at most ${down}.`);
  if (width > across) return refuse('window_width', large(width, across), `Give at most ${across}.`);
  const places = (room: number, size: number): number => Math.floor((room - size) / stride) + 1;
  const window = { image, height, width, stride, padding };
  return ok({ ...window, rows: places(down, height), columns: places(across, width) });
}

function wrongImage(element: Asked['element'], name: string, message: string, hint: string): Problem {
  return problem('model/parameter-shape', message, { hint, at: { element: element.id, path: `parameters.${name}` } });
}

/** Channel of a pixel: expressions of map, row and column. */
export function pixelChannel(
  { maps, height, width }: ImageSize,
  order: PixelOrder,
  [map, row, column]: readonly [Expression, Expression, Expression],
): Expression {
  if (order === 'channels_first') {
    return add(multiply(add(multiply(map, i32(height)), row), i32(width)), column);
  }
  return add(multiply(add(multiply(row, i32(width)), column), i32(maps)), map);
}

/** The pixel under a window: its place in the padded image, along one axis. */
export function underWindow(place: string, offset: string, stride: number): Expression {
  return add(multiply(i32Local(place), i32(stride)), i32Local(offset));
}

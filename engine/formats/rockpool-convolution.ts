/** Rockpool's convolution of constant-leak cells as a kind. The package can neither make nor save it; entries are the constructor's, kernels as lists in lists. */
import type { NumericArray, ResolvedValue } from '../model/validated.ts';
import {
  countField,
  idleField,
  listField,
  namedField,
  optionalField,
  orElse,
  type RockpoolField,
} from './rockpool-fields.ts';
import type { RockpoolForm } from './rockpool-form.ts';
import type { LayerValue, RockpoolLayer } from './rockpool-network.ts';
import { numbersFrom, shelved } from './rockpool-values.ts';

/** Names of the orders of pixels and maps. */
const orders = { channels_first: 'channels_first', channels_last: 'channels_last' } as const;

interface Kernels {
  readonly kernels: number;
  readonly maps: number;
  readonly height: number;
  readonly width: number;
}

/** Kernels as [kernel, map, row, column], or [row, column, map, kernel] where maps are last; undefined for anything else. */
function kernelsOf(values: RockpoolLayer['values']): (Kernels & { readonly array: NumericArray }) | undefined {
  const array = arrayFrom(values['weights'] ?? null);
  if (array?.shape.length !== 4) return undefined;
  const [first = 0, second = 0, third = 0, fourth = 0] = array.shape;
  return values['img_data_format'] === 'channels_last'
    ? { array, height: first, width: second, maps: third, kernels: fourth }
    : { array, kernels: first, maps: second, height: third, width: fourth };
}

/** Lists in lists of equal lengths as an array. */
function arrayFrom(value: LayerValue): NumericArray | undefined {
  const numbers = numbersFrom(value);
  if (numbers !== undefined && numbers.length > 0)
    return { shape: [numbers.length], values: Float64Array.from(numbers) };
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const parts = (value as readonly LayerValue[]).map(arrayFrom);
  const inner = parts[0]?.shape ?? [];
  const isWhole = parts.every((part) => part?.shape.join() === inner.join());
  if (!isWhole || inner.length === 0) return undefined;
  return {
    shape: [parts.length, ...inner],
    values: Float64Array.from(parts.flatMap((part) => [...(part?.values ?? [])])),
  };
}

function nested({ shape, values }: NumericArray): LayerValue {
  if (shape.length < 2) return Array.from(values);
  const [count = 1, ...inner] = shape;
  const size = values.length / count;
  return Array.from({ length: count }, (_, at) =>
    nested({ shape: inner, values: values.subarray(at * size, (at + 1) * size) }),
  );
}

function isArray(value: ResolvedValue | undefined): value is NumericArray {
  return typeof value === 'object' && value !== null && 'values' in value;
}

const kernels: RockpoolField = {
  ...{ key: 'weights', parameters: ['weights', 'kernels', 'maps', 'window_height', 'window_width'] },
  takes: 'kernels as lists in lists: kernel, map, row, column',
  read(_value, shelf, values) {
    const found = kernelsOf(values);
    if (found === undefined) return undefined;
    const { kernels: count, maps, height, width, array } = found;
    const [first = 1] = array.shape;
    const rows = { shape: [first, array.values.length / first], values: array.values };
    return {
      ...{ weights: shelved(rows, '', shelf), kernels: count, maps, window_height: height, window_width: width },
    };
  },
  write({ parameters }) {
    const given = parameters['weights'];
    const [count = 1, maps = 1, height = 1, width = 1] = ['kernels', 'maps', 'window_height', 'window_width'].map(
      (name) => Number(parameters[name]),
    );
    const isLast = parameters['order'] === 'channels_last';
    const shape = isLast ? [height, width, maps, count] : [count, maps, height, width];
    const size = count * maps * height * width;
    return isArray(given) && given.values.length === size ? nested({ shape, values: given.values }) : undefined;
  },
};

/** The layer as its text describes it; an image is as large as a kernel until it is given. */
export const convolutionForm: RockpoolForm = {
  ...{ className: 'FFCLIAFCNNTorch', kind: 'layers/cliaf-convolution', output: 'spikes', late: true, switches: {} },
  inputs: { key: 'weights', side: 0 },
  channels(values) {
    const { maps = 1, height = 1, width = 1 } = kernelsOf(values) ?? {};
    return maps * height * width;
  },
  fields: [
    ...[kernels, orElse('channels_first', namedField('img_data_format', 'order', orders))],
    ...[orElse(1, countField('strides', 'stride')), orElse(0, countField('padding'))],
    orElse(0, listField('bias', '', 'given')),
    orElse(8, listField('fVThresh', '', 'given', 'v_thresh')),
    orElse(0, listField('fVReset', '', 'given', 'v_reset')),
    optionalField(orElse(8, listField('fVSubtract', '', 'given', 'v_subtract')), {
      ...{ parameter: 'after_spike', on: 'subtract', off: 'reset' },
    }),
    {
      ...{ ...idleField('image', () => null), brief: true, parameters: ['image_height'] },
      read: (_value, _shelf, values) => ({ image_height: kernelsOf(values)?.height ?? 1 }),
    },
  ],
  ...{ monitored: true, takesEventsOnly: true, defaultStep: () => 1 },
  unsaid: { path: 'image_height', what: 'the size of the image', taken: 'that of a kernel' },
};

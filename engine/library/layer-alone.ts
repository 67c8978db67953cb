/** A layer taken out of its project, to be measured: alone, or driven by a series that every one of its input channels gets. */
import { createUniformSource } from '../base/random.ts';
import { resolveSizes } from '../build/sizes.ts';
import { encodeArray } from '../model/arrays.ts';
import type { ArrayRecord, ElementRecord, SpikeloomDocument } from '../model/document.ts';
import { kindOf } from '../model/kind.ts';
import { validate } from '../model/validate.ts';
import { catalogue, library } from './library.ts';

const source = 'measured_input';
const wire = 'measured_wire';
const port = 'in';

/** Values of uniform noise in [lowest, highest); the same seed gives the same ones. */
export function noiseSeries(
  values: number,
  { lowest, highest, seed }: { readonly lowest: number; readonly highest: number; readonly seed: number },
): Float64Array {
  const uniform = createUniformSource(seed);
  return Float64Array.from({ length: values }, () => lowest + (highest - lowest) * uniform.next());
}

/** The project of one element: its parameters, arrays, step and seed, so that it draws the weights that it has there. */
export function layerAlone(document: SpikeloomDocument, element: ElementRecord): SpikeloomDocument {
  const { timeStep = document.run.timeStep, ...record } = element;
  return {
    ...document,
    run: { ...document.run, timeStep, duration: null, speed: null },
    elements: { [record.id]: record },
    connections: {},
    probes: {},
    view: { positions: {}, plots: [] },
  };
}

/**
 * The same with its recurrent weights as they are drawn or given: all of them, before they are rounded for the run. What
 * arrives in the project is there too, for sizes may follow from it.
 */
export function layerWithAllWeights(document: SpikeloomDocument, element: ElementRecord): SpikeloomDocument {
  const has = (name: string): boolean =>
    kindOf(catalogue, element)?.parameters.some((spec) => spec.name === name) === true;
  const plain = {
    ...(has('kernel') ? { kernel: 'dense' } : {}),
    ...(has('weight_precision') ? { weight_precision: 'f64' } : {}),
  };
  const whole = { ...element, parameters: { ...element.parameters, ...plain } };
  const channels = channelsInto(document, element);
  if (channels === 0) return layerAlone(document, whole);
  return withInput(layerAlone(document, whole), whole, encodeArray(new Float64Array(channels), [1, channels]));
}

/** What plays into a layer, and which of its outputs is recorded. */
export interface Drive {
  /** One value for so many steps each. */
  readonly values: Float64Array;
  readonly stepsPerValue: number;
  /** Output port that is recorded, by the probe `recorded`. */
  readonly output: string;
}

/** The layer with a series at its port `in`, on as many channels as arrive there in the project. */
export function drivenLayer(
  document: SpikeloomDocument,
  element: ElementRecord,
  { values, stepsPerValue, output }: Drive,
): SpikeloomDocument {
  const channels = Math.max(1, channelsInto(document, element));
  const rows = values.length * stepsPerValue;
  const repeats = channels * stepsPerValue;
  const played = Float64Array.from(
    { length: rows * channels },
    (_, place) => values[Math.floor(place / repeats)] as number,
  );
  const driven = withInput(layerAlone(document, element), element, encodeArray(played, [rows, channels]));
  return { ...driven, probes: { recorded: { id: 'recorded', element: element.id, target: output, cells: null } } };
}

function withInput(alone: SpikeloomDocument, element: ElementRecord, series: ArrayRecord): SpikeloomDocument {
  const parameters = { series: { array: series.id, unit: '1' } };
  return {
    ...alone,
    elements: { ...alone.elements, [source]: { id: source, kind: 'stimuli/series', name: 'Noise', parameters } },
    connections: {
      [wire]: {
        ...{ id: wire, kind: 'connectors/wire', parameters: {} },
        ...{ from: { element: source, port: 'out' }, to: { element: element.id, port } },
      },
    },
    arrays: { ...alone.arrays, [series.id]: series },
  };
}

/** Channels that arrive at port `in`; none where nothing is connected, one where the project cannot be built. */
function channelsInto(document: SpikeloomDocument, { id }: ElementRecord): number {
  const arriving = Object.values(document.connections).filter(({ to }) => to.element === id && to.port === port);
  if (arriving.length === 0) return 0;
  const model = validate(document, catalogue);
  const sizes = model.ok ? resolveSizes(model.value, library) : model;
  if (!sizes.ok) return 1;
  const counts = arriving.map(({ from }) => sizes.value.get(from.element)?.outputs[from.port] ?? 0);
  return counts.reduce((sum, count) => sum + count, 0);
}

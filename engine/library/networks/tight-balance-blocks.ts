/** The blocks of a tightly balanced network: constant input, its weights, the cells, the synapses that read them out, with wires and probes. */
import { encodeArray } from '../../model/arrays.ts';
import type { Clipboard } from '../../model/edits/clipboard.ts';
import { wireKind } from '../../model/connections.ts';
import type { ArrayRecord, ConnectionRecord, ElementRecord, ProbeRecord, RunSettings } from '../../model/document.ts';
import type { ParameterValue, Quantity } from '../../model/value.ts';
import { fromSi, siNumber } from '../../units/convert.ts';
import type { Matrix } from '../../math/matrix.ts';
import type { DrivenNetwork } from './tight-balance-forms.ts';

/** The blocks, with the step that the run must take on so that they keep theirs, unless it can stay. */
export interface TightBalanceBlocks {
  readonly clipboard: Clipboard;
  readonly timeStep: Quantity | undefined;
}

/** At most so many cells are traced. */
const traced = 8;
/** Between the left upper corners of blocks, in pixels. */
const apart = 288;

/**
 * The network as blocks, the first at 0, 0. Where its step is a whole multiple of the run's, input weights and cells
 * have it as a step of their own and the read-out takes the run's, as the released network reads out in finer steps.
 */
export function tightBalanceBlocks({ network, drive }: DrivenNetwork, run: RunSettings): TightBalanceBlocks {
  const { input, reservoir, output } = network;
  const arrays: ArrayRecord[] = [];
  const array = (values: Float64Array, shape: readonly number[], unit: string): ParameterValue => {
    const record = encodeArray(values, shape, { source: 'tightly balanced network' });
    arrays.push(record);
    return { array: record.id, unit };
  };
  const weights = (matrix: Matrix, unit: string) => array(matrix.values, [matrix.rows, matrix.columns], unit);
  const eachOf = (values: Float64Array, unit: string): ParameterValue => {
    const [first = 0] = values;
    return values.every((value) => value === first)
      ? quantityOf(first, unit)
      : array(values, [values.length], siUnits[unit] ?? unit);
  };
  const times = stepsFor(reservoir.timeStep, run);
  const own = times.own === undefined ? {} : { timeStep: times.own };
  const elements: readonly ElementRecord[] = [
    element('drive', 'stimuli/constant', 'Constant input', { size: drive.length, amplitude: eachOf(drive, '1') }),
    { ...element('input', 'layers/pass-through', 'Input weights', { weights: weights(input.weights, '1') }), ...own },
    {
      ...element('cells', 'layers/tight-balance', 'Balanced cells', {
        ...{ size: reservoir.fast.rows, noise_std: quantityOf(reservoir.noise, 'mV') },
        ...{ weights_fast: weights(reservoir.fast, 'V'), weights_slow: weights(reservoir.slow, 'V') },
        ...{ v_thresh: eachOf(reservoir.threshold, 'mV'), v_reset: eachOf(reservoir.reset, 'mV') },
        ...{ v_rest: eachOf(reservoir.rest, 'mV'), tau_mem: quantityOf(reservoir.tauMembrane, 'ms') },
        ...{ tau_syn_fast: quantityOf(reservoir.tauFast, 'ms'), tau_syn_slow: quantityOf(reservoir.tauSlow, 'ms') },
        refractory: quantityOf(reservoir.refractory, 'ms'),
      }),
      ...own,
    },
    element('readout', 'layers/exp-syn', 'Solution', {
      ...{ weights: weights(output.weights, '1'), tau_syn: quantityOf(output.tau, 'ms') },
    }),
  ];
  const positions = Object.fromEntries(elements.map(({ id }, place) => [id, { x: place * apart, y: 0 }]));
  const probes = [probe('cells', 'spikes', null), probe('readout', 'out', tracedOf(output.weights.columns))];
  return { clipboard: { elements, connections: wires, probes, positions, arrays }, timeStep: times.run };
}

const siUnits: Readonly<Record<string, string>> = { mV: 'V', ms: 's' };

/** A number in SI units as a quantity of the unit, or of the SI unit where that alone says it exactly. */
function quantityOf(value: number, unit: string): Quantity {
  const shown = fromSi(value, unit);
  return siNumber(shown, unit) === value ? { value: shown, unit } : { value, unit: siUnits[unit] ?? unit };
}

/** The step of the blocks' own and the one that the run changes to, where they differ from what is there. */
function stepsFor(seconds: number, { timeStep }: RunSettings): { readonly own?: Quantity; readonly run?: Quantity } {
  const ratio = seconds / siNumber(timeStep.value, timeStep.unit);
  const whole = Math.round(ratio);
  if (whole < 1 || Math.abs(ratio - whole) > 1e-9 * whole) return { run: quantityOf(seconds, 'ms') };
  return whole === 1 ? {} : { own: quantityOf(seconds, 'ms') };
}

function element(
  id: string,
  kind: string,
  name: string,
  parameters: Readonly<Record<string, ParameterValue>>,
): ElementRecord {
  return { id, kind, name, parameters };
}

function probe(of: string, target: string, cells: number[] | null): ProbeRecord {
  return { id: `probe_${of}`, element: of, target, cells };
}

/** The first few of many. */
function tracedOf(count: number): number[] | null {
  return count > traced ? Array.from({ length: traced }, (_, cell) => cell) : null;
}

const wires: readonly ConnectionRecord[] = [
  wire('drive', 'out', 'input'),
  wire('input', 'out', 'cells'),
  wire('cells', 'spikes', 'readout'),
];

function wire(from: string, port: string, to: string): ConnectionRecord {
  const ends = { from: { element: from, port }, to: { element: to, port: 'in' } };
  return { id: `wire_${to}`, kind: wireKind, ...ends, parameters: {} };
}

/** Cells of norse: their parameters and states by the names of the layers. */
import type { NumericArray, ResolvedValue } from '../../model/validated.ts';
import { arrayOf } from '../case-access.ts';
import type { ReferenceCase } from '../reference-case.ts';
import { isRecord } from '../reference-case.ts';

/** A kind of cell, as layers with and without weights. */
export interface NorseCells {
  /** Layers of the library. */
  readonly layer: string;
  readonly recurrentLayer: string;
  /** What parameters are without being given. */
  readonly defaults: Readonly<Record<string, number>>;
  /** State names of norse and of the layer. */
  readonly states: Readonly<Record<string, string>>;
  /** The output port: spikes, or what integrators show. */
  readonly output: 'spikes' | 'out';
  /** Switches for what was released. */
  readonly switches?: Readonly<Record<string, boolean>>;
  readonly deviations?: readonly string[];
}

const integrating = { tau_syn_inv: 200, tau_mem_inv: 100, v_leak: 0 };
const firing = { ...integrating, v_th: 1, v_reset: 0 };
const leaky = { states: { v: 'v', i: 'i_syn' }, recurrentLayer: 'layers/lif-recurrent' };

export const adExCells: NorseCells = {
  layer: 'layers/lif-ad-ex',
  recurrentLayer: 'layers/lif-ad-ex-recurrent',
  defaults: { ...firing, adaptation_current: 4, adaptation_spike: 0.02, delta_T: 0.5, tau_ada_inv: 2 },
  states: { v: 'v', i: 'i_syn', a: 'a' },
  output: 'spikes',
};
export const encodingCells: NorseCells = {
  ...adExCells,
  layer: 'layers/ad-ex-encoder',
  defaults: Object.fromEntries(Object.entries(adExCells.defaults).filter(([name]) => name !== 'tau_syn_inv')),
  states: { v: 'v', a: 'a' },
  switches: { adaptation_replaced: true },
  deviations: [
    'The adaptation moves by its rate of change; with the switch "adaptation replaced" it is set to it, as released.',
  ],
};
export const lifCells: NorseCells = { layer: 'layers/lif', defaults: firing, output: 'spikes', ...leaky };
export const integratorCells: NorseCells = { layer: 'layers/li', defaults: integrating, output: 'out', ...leaky };

/** A parameter per cell of the batch: a scalar, or a vector over the last axis repeated for every member of the batch. */
function perCell(value: NumericArray, cells: number): number | NumericArray {
  if (value.values.length === 1) return value.values[0] as number;
  return {
    shape: [cells],
    values: Float64Array.from({ length: cells }, (_, cell) => value.values[cell % value.values.length] as number),
  };
}

/** Parameters of the cells of a case, by the names of the layers. */
export function cellParameters(
  { defaults, states, switches = {} }: NorseCells,
  { parameters: given, all }: ReferenceCase,
  cells: number,
): Record<string, ResolvedValue> {
  const variant = isRecord(all['variant']) ? all['variant'] : {};
  const values = Object.entries(defaults).map(
    ([name, value]) => [name, perCell(arrayOf(given[name] ?? value, name), cells)] as const,
  );
  const late = variant['current_jump'] === 'after-decay';
  return {
    ...Object.fromEntries(values),
    size: cells,
    ...switches,
    ...('i' in states ? { input_after_decay: late } : {}),
  };
}

/** The function that is one step of the recurrent layer. */
export const steppedRecurrently = 'norse.lif_adex_step';

/** Parameters of a recurrent layer: those of its cells and its weights. */
export function recurrentParameters(kind: NorseCells, reference: ReferenceCase, cells: number) {
  const { parameters } = reference;
  return {
    ...cellParameters(kind, reference, cells),
    // The layers leave the diagonal out unless told otherwise; a single step has no such argument.
    autapses: parameters['autapses'] === true || reference.system === steppedRecurrently,
    W_in: arrayOf(parameters['input_weights'], 'input_weights'),
    W_rec: arrayOf(parameters['recurrent_weights'], 'recurrent_weights'),
  };
}

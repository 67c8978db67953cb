/** Parameters and states of norse's adaptive exponential cells by the names of the layers. */
import type { NumericArray, ResolvedValue } from '../../model/validated.ts';
import { arrayOf } from '../case-access.ts';
import type { ReferenceCase } from '../reference-case.ts';
import { isRecord } from '../reference-case.ts';

const names = [
  'adaptation_current',
  'adaptation_spike',
  'delta_T',
  'tau_ada_inv',
  'tau_syn_inv',
  'tau_mem_inv',
  'v_leak',
  'v_th',
  'v_reset',
] as const;
const defaults: Readonly<Record<(typeof names)[number], number>> = {
  adaptation_current: 4,
  adaptation_spike: 0.02,
  delta_T: 0.5,
  tau_ada_inv: 2,
  tau_syn_inv: 200,
  tau_mem_inv: 100,
  v_leak: 0,
  v_th: 1,
  v_reset: 0,
};
/** State names of norse and of the layer. */
export const states = { v: 'v', i: 'i_syn', a: 'a' } as const;

/** A parameter per cell of the batch: a scalar, or a vector over the last axis repeated for every member of the batch. */
function perCell(value: NumericArray, cells: number): number | NumericArray {
  if (value.values.length === 1) return value.values[0] as number;
  return {
    shape: [cells],
    values: Float64Array.from({ length: cells }, (_, cell) => value.values[cell % value.values.length] as number),
  };
}

/** Parameters of the cells of a case, by the names of the layers. */
export function adExParameters(reference: ReferenceCase, cells: number): Record<string, ResolvedValue> {
  const { parameters: given, all } = reference;
  const variant = isRecord(all['variant']) ? all['variant'] : {};
  const values = names.map((name) => [name, perCell(arrayOf(given[name] ?? defaults[name], name), cells)] as const);
  return { ...Object.fromEntries(values), size: cells, input_after_decay: variant['current_jump'] === 'after-decay' };
}

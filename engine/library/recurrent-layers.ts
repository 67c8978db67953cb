/** Layers whose cells act on each other through one matrix, and how much of their state they replace in a step. */
import { ok } from '../base/result.ts';
import type { ElementRecord, RunSettings } from '../model/document.ts';
import { defaultValue, resolveParameter } from '../model/parameters.ts';
import { findRecord } from '../model/records.ts';
import { toSi } from '../units/convert.ts';
import { catalogue, elementKinds } from './library.ts';

interface Recurrence {
  /** The parameter, and the signal, of the recurrent weights. */
  readonly weights: string;
  /** A share replaced in every step, or a time constant of which a step is a share. */
  readonly leak?: { readonly share: string } | { readonly timeConstant: string; readonly leastSteps?: number };
}

const recurrentLayers: Readonly<Record<string, Recurrence>> = {
  'layers/rate-reservoir': { weights: 'W', leak: { share: 'lr' } },
  'layers/lif-reservoir': { weights: 'W' },
  'layers/liquid-reservoir': { weights: 'W_rec' },
  'layers/rec-rate-euler': { weights: 'weights', leak: { timeConstant: 'tau' } },
  'layers/rec-rate-io': { weights: 'w_recurrent', leak: { timeConstant: 'tau' } },
  'layers/threshold-rate': { weights: 'w_rec', leak: { timeConstant: 'tau', leastSteps: 10 } },
  'layers/lif-recurrent': { weights: 'W_rec' },
  'layers/lif-ad-ex-recurrent': { weights: 'W_rec' },
  'layers/lif-synapses': { weights: 'w_rec' },
  'layers/rec-lif': { weights: 'w_recurrent' },
  'layers/rec-lif-io': { weights: 'w_recurrent' },
  'layers/rec-iaf-brian': { weights: 'weights' },
  'layers/rec-iaf-spikes-brian': { weights: 'weights_rec' },
  'layers/rec-iaf-torch': { weights: 'weights_rec' },
  'layers/rec-iaf-exact': { weights: 'weights_rec' },
  'layers/rec-ad-ex': { weights: 'weights_rec' },
  'layers/cliaf': { weights: 'weights_rec' },
  'layers/event-driven-iaf': { weights: 'weights_rec' },
};

/** The name of the matrix through which cells of a kind act on each other; undefined for kinds without one. */
export function recurrentWeights(kind: string): string | undefined {
  return findRecord(recurrentLayers, kind)?.weights;
}

/**
 * The share of its state that a layer of rates replaces in a step: its leak rate, or the step by its time constant.
 * Undefined for layers without a leak, and where it differs from cell to cell.
 */
export function leakOf(element: ElementRecord, run: RunSettings): number | undefined {
  const leak = findRecord(recurrentLayers, element.kind)?.leak;
  if (leak === undefined) return undefined;
  const name = 'share' in leak ? leak.share : leak.timeConstant;
  const value = siValueOf(element, name);
  if (value === undefined || 'share' in leak) return value;
  const step = toSi(element.timeStep ?? run.timeStep);
  if (!step.ok) return undefined;
  return step.value.value / Math.max(value, (leak.leastSteps ?? 0) * step.value.value);
}

function siValueOf(element: ElementRecord, name: string): number | undefined {
  const spec = elementKinds.find(element.kind)?.parameters.find((each) => each.name === name);
  if (spec === undefined) return undefined;
  const given = findRecord(element.parameters, name);
  const context = { id: element.id, name: element.name, arrays: {}, catalogue };
  const value = given === undefined ? ok(defaultValue(spec)) : resolveParameter(spec, given, context);
  return value.ok && typeof value.value === 'number' ? value.value : undefined;
}

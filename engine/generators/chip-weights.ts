/** Weights that chips can hold: whole numbers of so many bits (digital), or few values (dynapse_conform). */
import type { UniformSource } from '../base/random.ts';
import { andThen, failed, mapResult, ok, type Result } from '../base/result.ts';
import { pow } from '../math/elementary.ts';
import { notNegative, badArgument, positive, refusedArgument, whole } from './arguments.ts';
import { chipContacts, type ContactOptions, type ContactWeights } from './chip-contacts.ts';
import { chooseBelow, chooseWeighted } from './choices.ts';
import type { Draw } from './draws.ts';
import { scaleMatrix, scaleToSpectralRadius } from './scale-matrix.ts';

export interface DigitalOptions extends ContactOptions {
  /** Bits of a weight: contacts lie between −2^(bits/2) and 2^(bits/2) − 1, without 0. Default 4. */
  readonly bits?: number;
  /** Share of that range that is used; above 1 goes beyond it. Default 1. */
  readonly range?: number;
  /** Spectral radius to scale to. */
  readonly spectralRadius?: number;
  /** Factor on the weights after that. Default 1. */
  readonly rescale?: number;
}

/** Weights with the factor by which the contacts were scaled. */
export interface ScaledContacts extends ContactWeights {
  readonly scale: number;
}

/** Whole-number contacts of a fan-in and fan-out limit (Rockpool's digital); `weights` are scaled, `contacts` are counts. */
export function digitalWeights(options: DigitalOptions, uniform: UniformSource): Result<ScaledContacts> {
  const { bits = 4, range = 1, rescale = 1 } = options;
  const refusal = refusedArgument({
    bits: [bits, whole(1, 32)],
    range: [range, positive],
    'spectral radius': [options.spectralRadius, notNegative],
    rescale: [rescale, notNegative],
  });
  if (refusal !== undefined) return failed(refusal);
  const most = Math.trunc(pow(2, bits / 2) * range);
  if (most < 2)
    return failed(
      badArgument('range', range, 'larger: no excitatory contact fits into it, as it must be below the most'),
    );
  const strengths = { excitatory: wholeDraw(1, most - 1), inhibitory: wholeDraw(-most, -1) };
  return andThen(chipContacts(options, strengths, uniform), (made) => scaled(made, options.spectralRadius, rescale));
}

/** Draws whole numbers from `low` to `high`, each equally often. */
export function wholeDraw(low: number, high: number): Draw {
  return (uniform) => low + chooseBelow(high - low + 1, uniform);
}

/** Strengths of contacts with their probabilities. */
export interface ContactLevels {
  readonly values: readonly number[];
  /** Default: equally likely. */
  readonly probabilities?: readonly number[];
}

export interface DynapseOptions extends ContactOptions {
  /** Sizes of excitatory and inhibitory contacts; signs do not count. Default 1 and 2. */
  readonly excitatory?: ContactLevels;
  readonly inhibitory?: ContactLevels;
  /** Spectral radius to scale to. */
  readonly spectralRadius?: number;
}

/** Contacts of a few strengths within a fan-in and fan-out limit (Rockpool's dynapse_conform). */
export function dynapseWeights(options: DynapseOptions, uniform: UniformSource): Result<ScaledContacts> {
  const { excitatory = commonLevels, inhibitory = commonLevels } = options;
  const refusal =
    refusedArgument({ 'spectral radius': [options.spectralRadius, notNegative] }) ??
    refusedLevels('excitatory', excitatory) ??
    refusedLevels('inhibitory', inhibitory);
  if (refusal !== undefined) return failed(refusal);
  const strengths = { excitatory: levelDraw(excitatory, 1), inhibitory: levelDraw(inhibitory, -1) };
  return andThen(chipContacts(options, strengths, uniform), (made) => scaled(made, options.spectralRadius, 1));
}

/** Strengths of 1 and 2, equally often. */
export const commonLevels: ContactLevels = { values: [1, 2] };

/** Draws one of the sizes, with the sign. */
export function levelDraw({ values, probabilities = values.map(() => 1) }: ContactLevels, sign: 1 | -1): Draw {
  const total = probabilities.reduce((sum, value) => sum + value, 0);
  return (uniform) => sign * Math.abs(values[chooseWeighted(probabilities, total, uniform)] as number);
}

/** The Problem of levels that cannot be drawn from. */
export function refusedLevels(name: string, { values, probabilities }: ContactLevels) {
  if (values.length === 0 || !values.every(Number.isFinite))
    return badArgument(`${name} strengths`, `[${values.join(', ')}]`, 'one finite number or more');
  if (probabilities === undefined) return undefined;
  const sum = probabilities.reduce((total, value) => total + value, 0);
  const fits = probabilities.length === values.length && probabilities.every((value) => value >= 0);
  if (fits && Math.abs(sum - 1) < 1e-8) return undefined;
  return badArgument(`${name} probabilities`, `[${probabilities.join(', ')}]`, `${values.length} shares that sum to 1`);
}

function scaled(made: ContactWeights, radius: number | undefined, rescale: number): Result<ScaledContacts> {
  const normalised = radius === undefined ? ok(made.weights) : scaleToSpectralRadius(made.weights, radius);
  return mapResult(normalised, (weights) => {
    const place = made.weights.values.findIndex((value) => value !== 0);
    const scale = place === -1 ? 1 : (weights.values[place] as number) / (made.weights.values[place] as number);
    return { weights: scaleMatrix(weights, rescale), contacts: made.contacts, scale: scale * rescale };
  });
}

/** The fields of an equation neuron: which parameter each holds, what it is called and what it expects. */
import {
  populationTextNames,
  type PopulationTextName,
  type PopulationTexts,
} from '../../engine/equations/population-text.ts';
import { textOf, type KindDescriptor } from '../../engine/model/kind.ts';
import type { ParameterValue } from '../../engine/model/value.ts';

export interface PopulationField {
  readonly name: PopulationTextName;
  readonly title: string;
  readonly note?: string;
  readonly placeholder: string;
  readonly single?: boolean;
  /** Shown only when it holds something, or when it is asked for. */
  readonly rare?: boolean;
}

export const populationFields: readonly PopulationField[] = [
  {
    name: 'model',
    title: 'Equations',
    note: 'one definition per line, with its unit',
    placeholder: 'dv/dt = (v_rest - v + R*I)/tau_mem : volt (unless refractory)\ntau_mem : second',
  },
  { name: 'threshold_condition', title: 'Threshold', note: 'a spike when', placeholder: 'v > v_thresh', single: true },
  { name: 'reset_statements', title: 'Reset', note: 'after a spike', placeholder: 'v = v_reset' },
  {
    name: 'refractory_period',
    title: 'Refractory',
    note: 'a time or a condition',
    placeholder: '2*ms',
    single: true,
  },
  {
    name: 'event_handlers',
    title: 'Spike inputs',
    note: 'w is the weight of the synapse',
    placeholder: 'on exc: ge += w',
  },
  {
    name: 'constants',
    title: 'Constants',
    note: 'numbers with units',
    placeholder: 'E_L = -70*mV',
    rare: true,
  },
  {
    name: 'custom_events',
    title: 'Events',
    note: 'name: condition -> statements',
    placeholder: 'half: v > v_half -> count += 1',
    rare: true,
  },
  {
    name: 'every_step',
    title: 'Every step',
    note: 'statements',
    placeholder: 'v = clip(v, v_low, v_high)',
    rare: true,
  },
  { name: 'tables', title: 'Tables', note: 'name(interval) : unit', placeholder: 'stimulus(1*ms) : amp', rare: true },
];

/** Whether a kind is the one whose equations people write. */
export function hasOwnEquations(kind: Pick<KindDescriptor, 'id'>): boolean {
  return kind.id === 'neurons/equations';
}

/** The texts of a record, or the defaults of its kind. */
export function textsOf(kind: KindDescriptor, parameters: Readonly<Record<string, ParameterValue>>): PopulationTexts {
  const entries = populationTextNames.map((name) => [name, textOf(kind, parameters, name)]);
  return Object.fromEntries(entries) as PopulationTexts;
}

/** The kind without the texts, which have an editor of their own. */
export function withoutTexts(kind: KindDescriptor): KindDescriptor {
  const texts = new Set<string>(populationTextNames);
  return { ...kind, parameters: kind.parameters.filter(({ name }) => !texts.has(name)) };
}

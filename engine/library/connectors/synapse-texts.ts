/** Texts of synapse models that a connector may carry: ready ones, and the user's own. */
import type { ParameterSpec } from '../../model/kind.ts';
import { textOf } from '../../model/kind.ts';
import type { ParameterValue } from '../../model/value.ts';
import { choice } from '../specs.ts';

/** What a synapse does, as texts of the equation language. */
export interface SynapseTexts {
  readonly model: string;
  readonly method: string;
  /** What arrives at the port: the effect of a spike of this weight; undefined when `onPre` says all. */
  readonly delivers: string | undefined;
  readonly onPre: string;
  readonly onPost: string;
}

const group = 'Synapse';

/** Which model the synapses of a connection have. */
export const synapseChoice: ParameterSpec = choice(
  'synapse',
  'synapse',
  'plain',
  [
    { value: 'plain', title: 'fixed weight' },
    { value: 'stdp', title: 'spike-timing dependent (pairs)' },
    { value: 'tsodyks-markram', title: 'short-term plasticity (Tsodyks–Markram)' },
    { value: 'own', title: 'own equations' },
  ],
  'What a synapse does with a spike: a fixed weight, a plastic one, or equations of your own.',
  { group },
);

function text(name: string, title: string, value: string, description: string): ParameterSpec {
  return { name, title, description, type: 'text', default: value, group };
}

/** Parameters of own equations. */
export const ownTexts: readonly ParameterSpec[] = [
  text(
    'synapse_model',
    'model',
    'dx/dt = -x/(20*ms) : 1 (event-driven)',
    'Variables of every synapse, one per line, as in equation neurons; equations are (event-driven) or (clock-driven), X_post = … : unit (summed) adds up in the target.',
  ),
  text(
    'on_pre',
    'on a spike of the source',
    '',
    'Statements; names ending in _pre and _post are variables of the two cells, w is the weight. Empty: what the port does with w.',
  ),
  text('on_post', 'on a spike of the target', '', 'Statements run when the target cell spikes.'),
  choice(
    'synapse_method',
    'integration',
    'auto',
    ['auto', 'exact', 'euler', 'exponential-euler', 'rk2', 'rk4', 'heun'].map((value) => ({
      value,
      title: value === 'auto' ? 'chosen by the equations' : value,
    })),
    'How clock-driven equations are advanced.',
    { group },
  ),
];

const fixed: SynapseTexts = { model: '', method: 'auto', delivers: 'w', onPre: '', onPost: '' };

/** Song, Miller and Abbott (2000): s is the strength between 0 and 1, which multiplies the weight. */
const stdp: SynapseTexts = {
  ...fixed,
  model: `s : 1
dapre/dt = -apre/tau_pre : 1 (event-driven)
dapost/dt = -apost/tau_post : 1 (event-driven)
tau_pre : second (shared, constant)
tau_post : second (shared, constant)
A_pre : 1 (shared, constant)
A_post : 1 (shared, constant)`,
  delivers: 'w*s',
  onPre: 'apre += A_pre\ns = clip(s + apost, 0, 1)',
  onPost: 'apost += A_post\ns = clip(s + apre, 0, 1)',
};

/** Tsodyks and Markram (1997): u facilitates and r depresses, both taken at the spike. */
const tsodyksMarkram: SynapseTexts = {
  ...fixed,
  model: `du/dt = -u/tau_f : 1 (event-driven)
dr/dt = (1 - r)/tau_d : 1 (event-driven)
U : 1 (shared, constant)
tau_f : second (shared, constant)
tau_d : second (shared, constant)`,
  delivers: 'w*(u + U*(1 - u))*r',
  onPre: 'u += U*(1 - u)\nr -= u*r',
};

/** Values with which the ready models start, in the unit shown: seconds are shown as ms. */
export const readyDefaults: Readonly<Record<string, { readonly value: number; readonly unit?: string }>> = {
  s: { value: 0.5 },
  tau_pre: { value: 20, unit: 'ms' },
  tau_post: { value: 20, unit: 'ms' },
  A_pre: { value: 0.01 },
  A_post: { value: -0.0105 },
  r: { value: 1 },
  U: { value: 0.5 },
  tau_f: { value: 50, unit: 'ms' },
  tau_d: { value: 200, unit: 'ms' },
};

/** The texts of a choice; `own` reads those of the user. */
export function textsOf(kind: string, own: (name: string) => string): SynapseTexts {
  if (kind === 'stdp') return stdp;
  if (kind === 'tsodyks-markram') return tsodyksMarkram;
  if (kind !== 'own') return fixed;
  const onPre = own('on_pre');
  return {
    model: own('synapse_model'),
    method: own('synapse_method'),
    delivers: onPre.trim() === '' ? 'w' : undefined,
    onPre,
    onPost: own('on_post'),
  };
}

/** The same from the parameters of a record. */
export function textsOfRecord(parameters: Readonly<Record<string, ParameterValue>>): SynapseTexts {
  const specs = { parameters: [synapseChoice, ...ownTexts] };
  const read = (name: string): string => textOf(specs, parameters, name);
  return textsOf(read('synapse'), read);
}

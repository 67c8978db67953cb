/** How a class of saved Rockpool networks stands for a kind: its fields, input, output and switches. */
import type { ResolvedValue } from '../model/validated.ts';
import type { ParameterValue } from '../model/value.ts';
import type { RockpoolField } from './rockpool-fields.ts';
import type { RockpoolLayer } from './rockpool-network.ts';
import { matrixFrom } from './rockpool-values.ts';

/** Parameters of an element in SI units. */
export type Resolved = Readonly<Record<string, ResolvedValue>>;

/** A class as a kind of the library. */
export interface RockpoolForm {
  readonly className: string;
  readonly kind: string;
  readonly fields: readonly RockpoolField[];
  /** Entry whose rows or columns are as many as the inputs. */
  readonly inputs: { readonly key: string; readonly side: 0 | 1 };
  /** Inputs, where no matrix tells them. */
  readonly channels?: (values: RockpoolLayer['values']) => number;
  /** What no file holds: the parameter, and what is taken for it. */
  readonly unsaid?: { readonly path: string; readonly what: string; readonly taken: string };
  readonly output: 'spikes' | 'out';
  /** Its input has to be events. */
  readonly takesEventsOnly?: true;
  /** A further port, which has to be connected, and the entry whose columns are as many as its channels. */
  readonly forced?: { readonly port: string; readonly key: string };
  /** Its events carry the time of the end of their step: a layer that listens meets them one step later. */
  readonly late?: true;
  /** `monitor_id` tells whose membrane is recorded. */
  readonly monitored?: true;
  /** What the released class does otherwise than a new block: parameters as they are set on import. */
  readonly switches: Readonly<Record<string, ParameterValue>>;
  /** Parameters by which the class differs from others of the kind. */
  readonly chosen?: Readonly<Record<string, ParameterValue>>;
  /** Whether an element that has what was chosen can be saved as this class; default: it can. */
  readonly fits?: (parameters: Resolved) => boolean;
  /** Whether it has an activation function, which is never saved. */
  readonly activation?: true;
  /** Matrix whose columns are the cells; default `weights`. */
  readonly cellMatrix?: string;
  /** Step in seconds where the file names none; undefined: it has to. */
  readonly defaultStep?: (values: RockpoolLayer['values']) => number;
}

/** Rows of `weights` are the inputs. */
export const feedForward = { key: 'weights', side: 0 } as const;

/** Seconds of the step of a layer; NaN where there is none. */
export function stepOf({ values }: Pick<RockpoolLayer, 'values'>, form: RockpoolForm | undefined): number {
  const given = values['dt'] ?? null;
  return given === null ? (form?.defaultStep?.(values) ?? Number.NaN) : Number(given);
}

/** Inputs of a saved layer by its weights, under either name; undefined where these are no matrix. */
export function inputsOf(form: RockpoolForm, values: RockpoolLayer['values']): number | undefined {
  const { inputs, fields, channels } = form;
  if (channels !== undefined) return channels(values);
  const { also = inputs.key } = fields.find(({ key }) => key === inputs.key) ?? {};
  return matrixFrom(values[inputs.key] ?? values[also] ?? null)?.shape[inputs.side];
}

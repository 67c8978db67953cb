/** What the measurement of memory capacity asks for: its arguments, and what they are until somebody changes them. */
import { integer, quantity } from '../../../engine/library/specs.ts';
import type { KindDescriptor, ParameterSpec } from '../../../engine/model/kind.ts';
import type { RecallWishes } from '../../commands/measure-gestures.ts';

type NumberName = Exclude<keyof RecallWishes, 'output'>;
export type GivenWishes = Partial<RecallWishes>;

/** Large enough for anybody, small enough for memory. */
const mostValues = 1_000_000;

/** The numbers asked for, in the order of the form. */
export function memoryFields(unit: string): readonly (ParameterSpec & { readonly name: NumberName })[] {
  const named = <N extends NumberName>(name: N, spec: ParameterSpec): ParameterSpec & { readonly name: N } => ({
    ...spec,
    name,
  });
  const whole = { minimum: 1, maximum: mostValues };
  return [
    named(
      'delays',
      integer('', 'longest delay', 100, 'Values back that the input is recalled from.', {
        minimum: 1,
        maximum: 10_000,
      }),
    ),
    named('values', integer('', 'values played', 1000, 'Ten for each delay, unless you say otherwise.', whole)),
    named(
      'washout',
      integer('', 'washout', 100, 'First values that are not trained on: as many as the longest delay.', {
        minimum: 0,
        maximum: mostValues,
      }),
    ),
    named(
      'testShare',
      quantity('', 'share tested', 0.2, '1', 'The last part of the values, which is not trained on.', {
        exclusiveMinimum: 0,
        maximum: 0.9,
      }),
    ),
    named('ridge', quantity('', 'ridge', 1e-6, '1', 'Penalty on large readout weights.', { minimum: 0 })),
    named('lowest', quantity('', 'lowest input', -0.8, unit, 'Noise is drawn evenly from here.')),
    named('highest', quantity('', 'highest input', 0.8, unit, 'Noise is drawn evenly up to here.')),
    named(
      'stepsPerValue',
      integer('', 'steps per value', 1, 'Time steps that each value lasts; more for slow cells.', {
        minimum: 1,
        maximum: 100_000,
      }),
    ),
    named('seed', integer('', 'seed', 1, 'The same seed plays the same noise.', { minimum: 0 })),
  ];
}

/** The unit in which the input of a layer is usually thought of. */
export function inputUnit(kind: KindDescriptor): string {
  const unit = kind.inputs.find(({ name }) => name === 'in')?.unit ?? '1';
  return unit === 'A' || unit === 'V' ? `m${unit}` : unit;
}

/** What is given, filled up as reservoirpy 0.4.2 does: ten values and one step of washout for each delay, a fifth tested. */
export function wishesOf(given: GivenWishes, kind: KindDescriptor): RecallWishes {
  const start = Object.fromEntries(memoryFields(inputUnit(kind)).map(({ name, default: value }) => [name, value]));
  const delays = given.delays ?? Number(start['delays']);
  // Layers with a readout of their own show what it says; what the cells do is told by another output.
  const output = ['activity', kind.defaultProbe]
    .map((wanted) => kind.outputs.find(({ name }) => name === wanted))
    .concat(kind.outputs)
    .find((port) => port !== undefined);
  return {
    ...(start as unknown as RecallWishes),
    ...{ delays, values: 10 * delays, washout: delays, output: output?.name ?? '' },
    ...given,
  };
}

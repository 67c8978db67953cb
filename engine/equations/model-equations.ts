/** ModelEquations: what a model string defines, before names and units are checked. */
import type { Span } from '../base/problem.ts';
import type { Dimension } from '../units/dimension.ts';
import type { Tree } from './tree.ts';

export type DefinitionKind = 'differential' | 'subexpression' | 'parameter';

/** Numbers with or without fraction, or True/False. Booleans count as 0 and 1 where they are multiplied. */
export type ValueType = 'float' | 'integer' | 'boolean';

export const flags = [
  'unless refractory',
  'event-driven',
  'clock-driven',
  'constant',
  'shared',
  'linked',
  'constant over dt',
  'summed',
  'input',
  'output',
] as const;
export type Flag = (typeof flags)[number];

/** One definition: `dX/dt = expression : unit (flags)`, `X = expression : unit (flags)` or `X : unit (flags)`. */
export interface Definition {
  readonly kind: DefinitionKind;
  readonly name: string;
  readonly nameSpan: Span;
  /** The right-hand side; undefined for parameters. */
  readonly expression: Tree | undefined;
  /** Dimension of the variable itself (not of its derivative). */
  readonly unit: Dimension;
  readonly type: ValueType;
  readonly unitText: string;
  readonly unitSpan: Span;
  readonly flags: readonly Flag[];
  readonly span: Span;
}

export interface ModelEquations {
  readonly text: string;
  readonly definitions: readonly Definition[];
}

/** Whether the equations belong to cells or to synapses: some flags exist only for one of them. */
export type ModelUse = 'cells' | 'synapses';

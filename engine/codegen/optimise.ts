/** From operators to the regions that code is made of: lowering, then the passes in their order. */
import type { Program, Signal } from '../build/program.ts';
import type { Precision } from './ir/lower.ts';
import { lowerOperator } from './ir/lower.ts';
import type { Region } from './ir/value.ts';
import { cutRegion } from './passes/cut.ts';
import { removeDead } from './passes/dead.ts';
import { hoistFromLoops } from './passes/hoist-loops.ts';
import { share } from './passes/share.ts';

/** What a program becomes before code is made of it. */
export interface OptimisedProgram {
  /** One function each, executed in order in every step. */
  readonly step: readonly Region[];
  /** Signals besides those of the program. */
  readonly signals: readonly Signal[];
}

/** Optimises the operators of a program. Every bit of every signal stays what the operators say. */
export function optimise(program: Program, precision: Precision): OptimisedProgram {
  const types = new Map(program.signals.map(({ id, type }) => [id, type]));
  const typeOf = (id: string) => types.get(id) ?? 'f64';
  const lowered = program.operators.flatMap((operator) => lowerOperator(operator, program.timeStepSeconds, precision));
  const shared = share(hoistFromLoops(share(lowered, typeOf)), typeOf);
  const { pieces, signals } = cutRegion(removeDead(shared), 'carried');
  return { step: pieces, signals };
}

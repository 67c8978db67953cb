/** From operators to the regions that code is made of: lowering, then the passes in their order. */
import type { ElementType, Program, Signal } from '../build/program.ts';
import type { Precision } from './ir/lower.ts';
import { lowerOperator } from './ir/lower.ts';
import type { Loop, Region } from './ir/value.ts';
import { lengthOf } from './layout.ts';
import { cutRegion } from './passes/cut.ts';
import { removeDead } from './passes/dead.ts';
import { fuse } from './passes/fuse.ts';
import { hoistFromLoops } from './passes/hoist-loops.ts';
import { hoistFromRun } from './passes/hoist-run.ts';
import { dropOverwritten } from './passes/overwritten.ts';
import { branchOnRare } from './passes/rare.ts';
import { share } from './passes/share.ts';
import { planVectors } from './passes/vector-plan.ts';
import type { LoopReport } from './passes/vectorise.ts';
import { vectorise } from './passes/vectorise.ts';

/** What a program becomes before code is made of it. */
export interface OptimisedProgram {
  /** One function each, executed in order when a run begins or goes on. */
  readonly prologue: readonly Region[];
  /** One function each, executed in order in every step. */
  readonly step: readonly Region[];
  /** Signals besides those of the program: numbers computed once, values carried between functions. */
  readonly signals: readonly Signal[];
  /** What `step` was cut from. */
  readonly whole: Region;
  readonly loops: readonly LoopReport[];
}

/** Optimises the operators of a program. Every bit of every signal stays what the operators say. */
export function optimise(program: Program, precision: Precision): OptimisedProgram {
  const known = new Map(program.signals.map((signal) => [signal.id, signal]));
  const typeOf = (id: string): ElementType => known.get(id)?.type ?? 'f64';
  const lengthIn = (id: string): number => lengthOf(known.get(id)?.shape ?? []);
  const clean = (region: Region): Region => removeDead(dropOverwritten(share(hoistFromLoops(region), typeOf)));
  const lowered = program.operators.flatMap((operator) => lowerOperator(operator, program.timeStepSeconds, precision));
  const suits = (loop: Loop): boolean => typeof planVectors(loop, lengthIn) !== 'string';
  const fused = clean(fuse(clean(share(lowered, typeOf)), suits));
  const hoisted = hoistFromRun(fused);
  for (const signal of hoisted.signals) known.set(signal.id, signal);
  const loops: LoopReport[] = [];
  const inLanes = (region: Region, report: (loop: LoopReport) => void): Region =>
    branchOnRare(clean(vectorise(removeDead(region), lengthIn, report)));
  const prologue = cutRegion(
    inLanes(hoisted.prologue, () => undefined),
    'carried/prologue',
  );
  const whole = inLanes(hoisted.step, (loop) => loops.push(loop));
  const step = cutRegion(whole, 'carried/step');
  return {
    prologue: prologue.pieces.filter((piece) => piece.length > 0),
    step: step.pieces,
    signals: [...hoisted.signals, ...prologue.signals, ...step.signals],
    whole,
    loops,
  };
}

/** From operators to the regions that code is made of: lowering, then the passes in their order. */
import type { ElementType, Operator, Program, Signal, SignalId } from '../build/program.ts';
import { touchedBy } from './ir/access.ts';
import type { Precision } from './ir/lower.ts';
import { lowerOperator } from './ir/lower.ts';
import type { Loop, PacedRegion, Region } from './ir/value.ts';
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
  /** One function each, executed in order in every step that is one of their pace. */
  readonly step: readonly PacedRegion[];
  /** Signals besides those of the program: numbers computed once, values carried between functions. */
  readonly signals: readonly Signal[];
  /** What `step` was cut from: the operators of one pace that follow each other. */
  readonly wholes: readonly PacedRegion[];
  readonly loops: readonly LoopReport[];
}

/** Optimises the operators of a program. Every bit of every signal stays what the operators say. */
export function optimise(program: Program, precision: Precision): OptimisedProgram {
  const lower = (operator: Operator): Region =>
    lowerOperator(operator, operator.pace?.timeStepSeconds ?? program.timeStepSeconds, precision);
  const lowered = samePaced(program.operators).map(({ every, operators }) => ({
    every,
    region: operators.flatMap(lower),
  }));
  const written = lowered.map(({ region }) => touchedBy(region).writes);
  const known = new Map(program.signals.map((signal) => [signal.id, signal]));
  const parts = lowered.map(({ every, region }, number) => {
    const others = written.flatMap((writes, place) => (place === number ? [] : [...writes]));
    return { every, ...optimiseRegion(region, known, new Set(others), number) };
  });
  return {
    prologue: parts.flatMap(({ prologue }) => prologue),
    step: parts.flatMap(({ every, step }) => step.map((region) => ({ every, region }))),
    signals: parts.flatMap(({ signals }) => signals),
    wholes: parts.map(({ every, whole }) => ({ every, region: whole })),
    loops: parts.flatMap(({ loops }) => loops),
  };
}

/** The operators cut where the pace changes. */
function samePaced(operators: readonly Operator[]): readonly { every: number; operators: readonly Operator[] }[] {
  const parts: { every: number; operators: Operator[] }[] = [];
  for (const operator of operators) {
    const every = operator.pace?.every ?? 1;
    const last = parts.at(-1);
    if (last?.every === every) last.operators.push(operator);
    else parts.push({ every, operators: [operator] });
  }
  return parts.length === 0 ? [{ every: 1, operators: [] }] : parts;
}

/** Optimises what is executed together; `others` are the signals that the rest of the step writes. */
function optimiseRegion(
  lowered: Region,
  known: Map<SignalId, Signal>,
  others: ReadonlySet<SignalId>,
  number: number,
): Pick<OptimisedProgram, 'prologue' | 'signals' | 'loops'> & { readonly step: readonly Region[]; whole: Region } {
  const suffix = number === 0 ? '' : `#${number}`;
  const typeOf = (id: string): ElementType => known.get(id)?.type ?? 'f64';
  const lengthIn = (id: string): number => lengthOf(known.get(id)?.shape ?? []);
  const clean = (region: Region): Region => removeDead(dropOverwritten(share(hoistFromLoops(region), typeOf)));
  const suits = (loop: Loop): boolean => typeof planVectors(loop, lengthIn) !== 'string';
  const fused = clean(fuse(clean(share(lowered, typeOf)), suits));
  const hoisted = hoistFromRun(fused, { written: others, prefix: `fixed${suffix}` });
  for (const signal of hoisted.signals) known.set(signal.id, signal);
  const loops: LoopReport[] = [];
  const inLanes = (region: Region, report: (loop: LoopReport) => void): Region =>
    branchOnRare(clean(vectorise(removeDead(region), lengthIn, report)));
  const prologue = cutRegion(
    inLanes(hoisted.prologue, () => undefined),
    `carried${suffix}/prologue`,
  );
  const whole = inLanes(hoisted.step, (loop) => loops.push(loop));
  const step = cutRegion(whole, `carried${suffix}/step`);
  return {
    prologue: prologue.pieces.filter((piece) => piece.length > 0),
    step: step.pieces,
    signals: [...hoisted.signals, ...prologue.signals, ...step.signals],
    whole,
    loops,
  };
}

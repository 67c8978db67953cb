/** Which signals each member of a batch has for itself, and how long they are. */
import type { Program, Signal, SignalId } from '../../build/program.ts';
import { lengthOf } from '../layout.ts';
import { constantsOfCells } from './cell-loops.ts';

/** What is the same or another in every member of a batch. */
export interface MemberChoice {
  readonly members: number;
  /** Constants whose contents differ between members. */
  readonly own?: Iterable<SignalId>;
  /** Signals besides constants that all members have in common: nothing writes them, or all add to them. */
  readonly shared?: ReadonlySet<SignalId>;
  /** Elements that draw the same random numbers in all members. */
  readonly alike?: ReadonlySet<string>;
}

/** What a program says itself about the batch it is to be run as. */
export function batchChoice({ batch, signals }: Program): MemberChoice {
  if (batch === undefined) return { members: 1 };
  const own = signals.filter(({ ofMembers }) => ofMembers !== undefined).map(({ id }) => id);
  return { ...batch, own };
}

/** The signals of a batch. */
export interface MemberSignals {
  readonly members: number;
  /** Whether each member has a signal for itself. */
  isOwn(signal: SignalId): boolean;
  /** Elements that a signal has in one member. */
  lengthOf(signal: SignalId): number;
  /** Whether an element draws the same random numbers in all members. */
  drawsAlike(element: string): boolean;
}

/**
 * States and transient signals are those of each member; constants are shared, but for those asked for and for numbers of
 * cells that lie beside them: one loop goes over the cells of all members.
 */
export function memberSignals(program: Program, choice: MemberChoice): MemberSignals {
  const signals = new Map(program.signals.map((signal) => [signal.id, signal]));
  const length = (id: SignalId): number => lengthOf(signals.get(id)?.shape ?? []);
  const asked = new Set(choice.own);
  const changing = ({ id, role }: Signal): boolean => role !== 'constant' && choice.shared?.has(id) !== true;
  const own = new Set(program.signals.filter((signal) => asked.has(signal.id) || changing(signal)).map(({ id }) => id));
  const given = {
    members: choice.members,
    isOwn: (id: SignalId) => own.has(id),
    lengthOf: length,
    drawsAlike: (element: string) => choice.alike?.has(element) === true,
  };
  const besides = constantsOfCells(program, given, (id) => signals.get(id)?.role === 'constant');
  return { ...given, isOwn: (id) => own.has(id) || besides.has(id) };
}

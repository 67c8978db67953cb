/** The tape: what signals held at certain moments of each step, written by the forward program and read by the backward one. */
import { defined } from '../../base/assert.ts';
import { kernel } from '../../build/ir/kernels.ts';
import type { Operator, Program, Signal, SignalId } from '../../build/program.ts';
import { lengthOf } from '../layout.ts';
import { operatorOf } from './operator-of.ts';
import { writtenBy } from './signal-flow.ts';

export interface Tape {
  /** Id of the rows of what a signal holds before operator `position` (after the last: the number of operators). */
  rowsAt(position: number, signal: SignalId): SignalId;
  /** Id of the signal that holds in the backward program what a signal held before operator `position`. */
  valueAt(position: number, signal: SignalId): SignalId;
  /** The program with everything recorded that was asked for. */
  record(): Program;
  /** Signals and the operator that bring the values of the step back. */
  restore(): { readonly signals: readonly Signal[]; readonly operators: readonly Operator[] };
}

/** A moment of a signal that is kept: after so many of the operators that write it. */
interface Moment {
  readonly signal: SignalId;
  readonly version: number;
}

/** A tape of so many steps; step s stands in row s mod rows. */
export function createTape(program: Program, rows: number): Tape {
  const signals = new Map(program.signals.map((signal) => [signal.id, signal]));
  const writers = writersOf(program);
  const kept = new Map<SignalId, Moment>();
  const restored = new Map<SignalId, Moment>();
  const momentAt = (position: number, signal: SignalId): Moment => ({
    signal,
    version: (writers.get(signal) ?? []).filter((writer) => writer < position).length,
  });
  const rowsOf = (moment: Moment): SignalId => {
    const id = `tape/${moment.signal}@${moment.version}`;
    kept.set(id, moment);
    return id;
  };
  const signalOf = ({ signal }: Moment): Signal => defined(signals.get(signal), `signal ${signal}`);
  const copy = (from: SignalId, to: SignalId, moment: Moment, turn: 'record' | 'restore') =>
    kernel(
      'copy',
      { from, to },
      {
        length: lengthOf(signalOf(moment).shape),
        fromRows: turn === 'record' ? 1 : rows,
        toRows: turn === 'record' ? rows : 1,
      },
    );
  const shaped = (id: SignalId, moment: Moment, shape: readonly number[]) => signalLike(signalOf(moment), id, shape);
  return {
    rowsAt: (position, signal) => rowsOf(momentAt(position, signal)),
    valueAt(position, signal) {
      if (!writers.has(signal)) return signal;
      const moment = momentAt(position, signal);
      rowsOf(moment);
      const id = `past/${signal}@${moment.version}`;
      restored.set(id, moment);
      return id;
    },
    record() {
      const following: Operator[][] = [[], ...program.operators.map(() => [])];
      for (const [id, moment] of kept) {
        const last = moment.version === 0 ? -1 : defined(writers.get(moment.signal)?.[moment.version - 1], 'a writer');
        following[last + 1]?.push(operatorOf(`${id}/record`, [copy(moment.signal, id, moment, 'record')]));
      }
      const added = [...kept].map(([id, moment]) => shaped(id, moment, [rows, lengthOf(signalOf(moment).shape)]));
      return {
        ...program,
        signals: [...program.signals, ...added],
        operators: withFollowing(program.operators, following),
        probes: [],
        readouts: [],
      };
    },
    restore() {
      const copies = [...restored].map(([id, moment]) => copy(rowsOf(moment), id, moment, 'restore'));
      return {
        signals: [...restored].map(([id, moment]) => shaped(id, moment, signalOf(moment).shape)),
        operators: copies.length === 0 ? [] : [operatorOf('tape/restore', copies)],
      };
    },
  };
}

/** What is to follow the n-th operator stands at n + 1; at 0 what comes first. */
function withFollowing(operators: readonly Operator[], [first = [], ...others]: readonly Operator[][]): Operator[] {
  return [...first, ...operators.flatMap((operator, position) => [operator, ...(others[position] ?? [])])];
}

/** A state of the same type as a signal. */
function signalLike(signal: Signal, id: SignalId, shape: readonly number[]): Signal {
  return { ...signal, id, name: id, shape, initial: 0, role: 'state' };
}

/** Positions of the operators that write each signal. */
function writersOf({ operators }: Program): ReadonlyMap<SignalId, readonly number[]> {
  const writers = new Map<SignalId, number[]>();
  operators.forEach((operator, position) => {
    for (const id of writtenBy(operator)) writers.set(id, [...(writers.get(id) ?? []), position]);
  });
  return writers;
}

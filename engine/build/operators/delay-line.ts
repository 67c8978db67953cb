/** Delay line: a ring of the last `delaySteps` vectors of a signal, so that step n sees what left at step n − delay. */
import type { Operator, Signal, SignalId } from '../program.ts';
import { add, i32, i32Local, load, loadI32, multiply, remainder, step } from '../ir/expressions.ts';
import { loop, store } from '../ir/statements.ts';
import type { Expression, Statement } from '../ir/types.ts';

export interface DelayLine {
  readonly signals: readonly Signal[];
  readonly operators: readonly Operator[];
  /** Transient vector holding the delayed values in each step. */
  readonly delayed: SignalId;
}

export interface DelayRequest {
  /** Id prefix of the signals and operators made. */
  readonly id: string;
  readonly element: string;
  readonly source: SignalId;
  readonly type: 'f64' | 'u8';
  readonly size: number;
  /** At least 1. */
  readonly delaySteps: number;
  readonly unit: string;
}

/**
 * Row n mod d of the ring is read in step n before the present vector is written over it. Reading comes from the
 * ring's state, so a delay of one step or more breaks any loop.
 */
export function delayLine(request: DelayRequest): DelayLine {
  const { id, element, source, type, size, delaySteps, unit } = request;
  const ring = `${id}/ring`;
  const delayed = `${id}/delayed`;
  const cell = i32Local('i');
  const place = add(multiply(remainder(step, i32(delaySteps)), i32(size)), cell);
  const fetch = (signal: SignalId, index: Expression): Expression =>
    type === 'f64' ? load(signal, index) : loadI32(signal, index);
  const copy = (to: SignalId, toIndex: Expression, from: SignalId, fromIndex: Expression): Statement[] => [
    loop('i', 0, size, [store(to, toIndex, fetch(from, fromIndex))]),
  ];
  const base = { element, unit, type, initial: 0 } as const;
  return {
    delayed,
    signals: [
      { ...base, id: ring, name: 'ring', shape: [delaySteps, size], role: 'state', ring: true, turning: 0 },
      { ...base, id: delayed, name: 'delayed', shape: [size], role: 'transient' },
    ],
    operators: [
      {
        id: `${id}/read`,
        element,
        slot: 'inputs',
        reads: [ring],
        sets: [delayed],
        adds: [],
        updates: [],
        readsUpdated: [],
        body: copy(delayed, cell, ring, place),
      },
      {
        id: `${id}/write`,
        element,
        slot: 'end',
        reads: [source],
        sets: [],
        adds: [],
        updates: [ring],
        readsUpdated: [],
        body: copy(ring, place, source, cell),
      },
    ],
  };
}

/** Monitors: rows of signals at an exact place in the step, as the original's state monitors take them. */
import { defined } from '../../base/assert.ts';
import { expectOk } from '../../base/result.ts';
import * as ir from '../../build/ir/expressions.ts';
import { loop, store } from '../../build/ir/statements.ts';
import { isFloat, type Operator, type Program, type Signal, type Slot } from '../../build/program.ts';
import { schedule } from '../../build/schedule.ts';

export interface MonitorRequest {
  /** Id of the probe that gives the rows. */
  readonly id: string;
  readonly signal: string;
  readonly slot: Slot;
  /** Within the slot. */
  readonly order: number;
}

/** The program with a probe of every step for each request; what it computes stays the same. */
export function withMonitors(program: Program, requests: readonly MonitorRequest[]): Program {
  const made = requests.map((request) => monitor(program, request));
  const operators = expectOk(schedule([...program.operators, ...made.map(({ operator }) => operator)], (id) => id));
  return {
    ...program,
    signals: [...program.signals, ...made.map(({ copy }) => copy)],
    operators,
    probes: [
      ...program.probes,
      ...made.map(({ copy, id }) => ({
        id,
        element: copy.element,
        target: copy.name,
        signal: copy.id,
        unit: copy.unit,
        type: 'samples' as const,
        when: 'end' as const,
        cells: null,
      })),
    ],
  };
}

/** A copy of the signal, taken in its turn among the operators that change it. */
function monitor(program: Program, { id, signal, slot, order }: MonitorRequest) {
  const watched = defined(
    program.signals.find((candidate) => candidate.id === signal),
    `signal ${signal}`,
  );
  const copy: Signal = { ...watched, id: `${id}/copy`, type: 'f64', role: 'transient', initial: 0 };
  const length = watched.shape.reduce((product, extent) => product * extent, 1);
  const cell = ir.i32Local('i');
  const value = isFloat(watched.type) ? ir.load(signal, cell) : ir.toF64(ir.loadI32(signal, cell));
  const changes = program.operators.some(({ updates }) => updates.includes(signal));
  const operator: Operator = {
    id: `${id}/take`,
    element: watched.element,
    slot,
    order,
    reads: changes ? [] : [signal],
    sets: [copy.id],
    adds: [],
    updates: changes ? [signal] : [],
    readsUpdated: [],
    body: [loop('i', 0, length, [store(copy.id, cell, value)])],
  };
  return { id, copy, operator };
}

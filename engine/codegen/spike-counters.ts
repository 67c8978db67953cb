/** Counts the spikes of every spiking element, whether it is probed or not: what rates and reports come from. */
import { add, i32Local, loadI32 } from '../build/ir/expressions.ts';
import { assign, letI32, loop, store } from '../build/ir/statements.ts';
import type { Operator, Program, Signal, SignalId } from '../build/program.ts';

/** Id of the counter of a spike signal: i32 [1], spikes since it was last set to zero. */
export function counterOf(spikes: SignalId): SignalId {
  return `count/${spikes}`;
}

/** The program with a counter and an operator at the end of the step for every spiking element. */
export function withSpikeCounters(program: Program): Program {
  const spiking = program.elements.flatMap(({ id, size, spikes }) =>
    spikes === undefined ? [] : [{ id, size, spikes }],
  );
  const signals = spiking.map(({ id, spikes }): Signal => ({
    id: counterOf(spikes),
    element: id,
    name: 'spike_count',
    type: 'i32',
    shape: [1],
    initial: 0,
    unit: '1',
    role: 'transient',
  }));
  const operators = spiking.map(({ id, size, spikes }): Operator => ({
    id: `${counterOf(spikes)}/add`,
    element: id,
    slot: 'end',
    reads: [spikes],
    sets: [],
    adds: [],
    updates: [counterOf(spikes)],
    readsUpdated: [],
    body: [
      letI32('total', loadI32(counterOf(spikes))),
      loop('i', 0, size, [assign('total', add(i32Local('total'), loadI32(spikes, i32Local('i'))))]),
      store(counterOf(spikes), 0, i32Local('total')),
    ],
  }));
  return { ...program, signals: [...program.signals, ...signals], operators: [...program.operators, ...operators] };
}

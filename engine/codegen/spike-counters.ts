/** Counts the spikes of every spiking element, whether it is probed or not: what rates and reports come from. */
import { add, loadI32 } from '../build/ir/expressions.ts';
import { store } from '../build/ir/statements.ts';
import { spikeListIds, spikeListParts } from '../build/operators/spike-list.ts';
import type { Operator, Program, Signal, SignalId } from '../build/program.ts';

/** Id of the counter of a spike signal: i32 [1], spikes since it was last set to zero. */
export function counterOf(spikes: SignalId): SignalId {
  return `count/${spikes}`;
}

/** The program with a counter and an operator at the end of the step for every spiking element, and the list it counts. */
export function withSpikeCounters(program: Program): Program {
  const spiking = program.elements.flatMap(({ id, size, spikes }) =>
    spikes === undefined ? [] : [{ id, size, spikes }],
  );
  const known = new Set(program.signals.map(({ id }) => id));
  const missing = spiking.filter(({ spikes }) => !known.has(spikeListIds(spikes).list));
  const lists = missing.map(({ id, size, spikes }) => spikeListParts(spikes, id, size));
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
  const operators = spiking.map(({ id, spikes }): Operator => ({
    id: `${counterOf(spikes)}/add`,
    element: id,
    slot: 'end',
    reads: [spikeListIds(spikes).count],
    sets: [],
    adds: [],
    updates: [counterOf(spikes)],
    readsUpdated: [],
    body: [store(counterOf(spikes), 0, add(loadI32(counterOf(spikes)), loadI32(spikeListIds(spikes).count)))],
  }));
  return {
    ...program,
    signals: [...program.signals, ...lists.flatMap((list) => list.signals), ...signals],
    operators: [...program.operators, ...lists.map(({ operator }) => operator), ...operators],
  };
}

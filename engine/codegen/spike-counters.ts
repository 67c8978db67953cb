/** Counts the spikes of every spiking element, whether it is probed or not: what rates and reports come from. */
import { add, i32, i32Local, load, loadI32, toI32 } from '../build/ir/expressions.ts';
import { assign, letI32, loop, store } from '../build/ir/statements.ts';
import type { Expression, Statement } from '../build/ir/types.ts';
import { spikeListIds, spikeListParts } from '../build/operators/spike-list.ts';
import { isFloat, type Operator, type Program, type Signal, type SignalId } from '../build/program.ts';

/** Id of the counter of a spike signal: i32 [1], spikes since it was last set to zero. */
export function counterOf(spikes: SignalId): SignalId {
  return `count/${spikes}`;
}

/** The program with a counter and an operator at the end of the step for every spiking element, and the list it counts. */
export function withSpikeCounters(program: Program): Program {
  const types = new Map(program.signals.map(({ id, type }) => [id, type]));
  const spiking = program.elements.flatMap(({ id, size, spikes }) =>
    spikes === undefined ? [] : [{ id, size, spikes, several: isFloat(types.get(spikes) ?? 'u8') }],
  );
  const missing = spiking.filter(({ spikes, several }) => !several && !types.has(spikeListIds(spikes).list));
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
  return {
    ...program,
    signals: [...program.signals, ...lists.flatMap((list) => list.signals), ...signals],
    operators: [...program.operators, ...lists.map(({ operator }) => operator), ...spiking.map(countingOperator)],
  };
}

interface Spiking {
  readonly id: string;
  readonly size: number;
  readonly spikes: SignalId;
  /** The signal tells how many spikes there are of each cell. */
  readonly several: boolean;
}

function countingOperator({ id, size, spikes, several }: Spiking): Operator {
  const counter = counterOf(spikes);
  return {
    id: `${counter}/add`,
    element: id,
    slot: 'end',
    reads: several ? [] : [spikeListIds(spikes).count],
    sets: [],
    adds: [],
    updates: [counter],
    readsUpdated: several ? [spikes] : [],
    body: several ? sumOfCounts(counter, spikes, size) : [addTo(counter, loadI32(spikeListIds(spikes).count))],
  };
}

function sumOfCounts(counter: SignalId, spikes: SignalId, size: number): Statement[] {
  const sum = i32Local('sum');
  return [
    letI32('sum', i32(0)),
    loop('i', 0, size, [assign('sum', add(sum, toI32(load(spikes, i32Local('i')))))]),
    addTo(counter, sum),
  ];
}

function addTo(counter: SignalId, more: Expression): Statement {
  return store(counter, 0, add(loadI32(counter), more));
}

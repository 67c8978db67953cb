/** Spikes as compact lists: the cells of a mask that fire, ascending, and queues of such lists for delayed delivery. */
import type { Assembly } from '../assembly.ts';
import { addSignal } from '../assembly.ts';
import { add, i32, i32Local, loadI32, multiply, remainder, step } from '../ir/expressions.ts';
import { kernel } from '../ir/kernels.ts';
import { letI32, loop, store } from '../ir/statements.ts';
import type { Operator, Signal, SignalId } from '../program.ts';

/** The cells that fire in this step. */
export interface SpikeList {
  /** i32 [cells], of which the first `count` hold. */
  readonly list: SignalId;
  /** i32 [1]. */
  readonly count: SignalId;
}

/** Ids of the list of a mask. */
export function spikeListIds(mask: SignalId): SpikeList {
  return { list: `${mask}/list`, count: `${mask}/count` };
}

/** The signals and the operator that make the list of a mask of so many cells. */
export function spikeListParts(mask: SignalId, element: string, cells: number) {
  const { list, count } = spikeListIds(mask);
  const base = { element, type: 'i32', initial: 0, unit: '1', role: 'transient' } as const;
  const signals: readonly Signal[] = [
    { ...base, id: list, name: 'spike_list', shape: [Math.max(1, cells)] },
    { ...base, id: count, name: 'spike_list_length', shape: [1] },
  ];
  const operator: Operator = {
    id: `${list}/gather`,
    element,
    slot: 'thresholds',
    reads: [mask],
    sets: [list, count],
    adds: [],
    updates: [],
    readsUpdated: [],
    body: [kernel('gather-spikes', { mask, list, count }, { cells })],
  };
  return { signals, operator };
}

/** The list of a mask; it is made once, for all who ask. */
export function spikeListOf(assembly: Assembly, mask: SignalId, element: string, cells: number): SpikeList {
  const ids = spikeListIds(mask);
  if (assembly.signals.has(ids.list)) return ids;
  const { signals, operator } = spikeListParts(mask, element, cells);
  for (const signal of signals) addSignal(assembly, signal);
  assembly.operators.push(operator);
  if (assembly.atRunStep.has(mask)) assembly.atRunStep.add(operator.id);
  return ids;
}

/** Lists of past steps: that of `delay` ≤ `rows` steps ago stands in row (step − delay) mod rows. */
export interface SpikeQueue extends SpikeList {
  readonly rows: number;
}

/**
 * A queue of the lists of a mask, under the id given; made once. The list of a step is put in after those who read the
 * queue, so that a delay of all rows finds what was put in a full turn ago.
 */
export function spikeQueueOf(
  assembly: Assembly,
  request: {
    readonly id: string;
    readonly mask: SignalId;
    readonly element: string;
    readonly cells: number;
    readonly rows: number;
  },
): SpikeQueue {
  const { id, mask, element, cells, rows } = request;
  const queue = { list: `${id}/lists`, count: `${id}/counts`, rows };
  if (assembly.signals.has(queue.list)) return queue;
  const source = spikeListOf(assembly, mask, element, cells);
  const base = { element, type: 'i32', initial: 0, unit: '1', role: 'state' } as const;
  const turns = { ...base, ring: true, turning: 0 } as const;
  addSignal(assembly, { ...turns, id: queue.list, name: 'spike_queue', shape: [rows, Math.max(1, cells)] });
  addSignal(assembly, { ...turns, id: queue.count, name: 'spike_queue_lengths', shape: [rows] });
  const position = i32Local('p');
  assembly.operators.push({
    id: `${id}/push`,
    element,
    slot: 'end',
    reads: [source.list, source.count],
    sets: [],
    adds: [],
    updates: [queue.list, queue.count],
    readsUpdated: [],
    body: [
      letI32('row', remainder(step, i32(rows))),
      letI32('base', multiply(i32Local('row'), i32(Math.max(1, cells)))),
      loop('p', 0, loadI32(source.count), [
        store(queue.list, add(i32Local('base'), position), loadI32(source.list, position)),
      ]),
      store(queue.count, i32Local('row'), loadI32(source.count)),
    ],
  });
  if (assembly.atRunStep.has(mask)) assembly.atRunStep.add(`${id}/push`);
  return queue;
}

/** Loops over the synapses that events reach: at once, after one delay, or after a delay of each synapse. */
import { defined } from '../../base/assert.ts';
import * as ir from '../ir/expressions.ts';
import { prefixedLocals } from '../ir/rename.ts';
import { assign, letI32, loop, store, when } from '../ir/statements.ts';
import type { Expression, SignalId, Statement } from '../ir/types.ts';
import { unmade } from '../library-kind.ts';
import type { SpikeList } from '../operators/spike-list.ts';
import type { SynapseDefinition, SynapsePathway } from './definition.ts';
import { endOf } from './end-names.ts';
import { indexByCell, type EventIndex } from './event-index.ts';
import type { SynapseContext } from './synapse-scope.ts';

/** The signals by which events find their synapses. */
interface EventSignals {
  readonly mask: SignalId;
  /** The mask as a list, where all cells of the population are listened to. */
  readonly list: SpikeList | undefined;
  readonly starts: SignalId;
  readonly synapses: SignalId | undefined;
}

/** Events on their way: per step of the ring the cells that fired, and how many. */
interface EventRing {
  readonly length: number;
  readonly cells: SignalId;
  readonly counts: SignalId;
  /** Delays in steps; only where there are several. */
  readonly delays: SignalId | undefined;
}

export interface EventLoop {
  /** Signals that the loop only reads, and its ring. */
  readonly reads: readonly SignalId[];
  readonly updates: readonly SignalId[];
  /** The whole body; each of `sweeps` in turn runs for each due synapse `s` of the cell `event` (counted in its population). */
  wrap(sweeps: readonly (readonly Statement[])[]): Statement[];
}

/** Index of the due synapse, and cell whose event arrives. */
export const dueSynapse: Expression = ir.i32Local('s');
export const eventCell: Expression = ir.i32Local('event');

/** The mask that a pathway listens to; undefined when the population has no such event. */
export function eventMask(definition: SynapseDefinition, pathway: SynapsePathway): SignalId | undefined {
  const { access } = endOf(definition, pathway.side);
  const event = pathway.event ?? 'spike';
  return access.events.get(event) ?? (event === 'spike' ? access.spikes : undefined);
}

/** Adds the index of a pathway and, with delays, its ring; gives the loop. */
export function createEventLoop(context: SynapseContext, pathway: SynapsePathway): EventLoop {
  const { definition } = context;
  const end = endOf(definition, pathway.side);
  const cells = pathway.side === 'pre' ? definition.sources : definition.targets;
  const index = indexByCell(cells, end.cells, pathway.delaySteps ?? 0);
  const signals = addIndex(context, pathway, index);
  const longest = index.delays[0] ?? 0;
  const ring = longest === 0 ? undefined : addRing(context, pathway, index, longest + 1);
  const span = { first: end.first, cells: end.cells, width: index.delays.length };
  const events = signals.list === undefined ? [signals.mask] : [signals.list.list, signals.list.count];
  const reads = [...events, signals.starts, signals.synapses, ring?.delays].filter((id) => id !== undefined);
  return {
    reads,
    updates: ring === undefined ? [] : [ring.cells, ring.counts],
    wrap: (sweeps) =>
      ring === undefined
        ? inTurn(sweeps, (inner) => immediate(signals, span, inner))
        : [
            ...pushEvents(signals, ring, span),
            ...inTurn(sweeps, (inner) => dueEvents(signals, ring, index, span, inner)),
          ],
  };
}

/** A loop per sweep; those after the first under names of their own. */
function inTurn(
  sweeps: readonly (readonly Statement[])[],
  loopOf: (inner: readonly Statement[]) => readonly Statement[],
): Statement[] {
  return sweeps.flatMap((inner, turn) => (turn === 0 ? loopOf(inner) : prefixedLocals(loopOf(inner), `turn${turn}_`)));
}

function addIndex(context: SynapseContext, pathway: SynapsePathway, { starts, synapses }: EventIndex): EventSignals {
  const { site } = context;
  const { name } = pathway;
  const base = { role: 'constant', type: 'i32' } as const;
  const contents = (values: Int32Array) => (site.outline ? unmade : values);
  const order =
    synapses === undefined
      ? undefined
      : site.signal({ ...base, name: `${name}/synapses`, shape: [synapses.length], initial: contents(synapses) });
  const mask = defined(eventMask(context.definition, pathway), `events of ${name}`);
  const { access, first, cells } = endOf(context.definition, pathway.side);
  return {
    mask,
    list: first === 0 && cells === access.cells ? site.spikeList(mask, cells) : undefined,
    starts: site.signal({ ...base, name: `${name}/starts`, shape: [starts.length], initial: contents(starts) }),
    synapses: order,
  };
}

function addRing(
  { site, definition }: SynapseContext,
  { name, side }: SynapsePathway,
  index: EventIndex,
  length: number,
): EventRing {
  const { cells } = endOf(definition, side);
  const base = { role: 'state', type: 'i32', initial: 0 } as const;
  const several = index.delays.length > 1;
  return {
    length,
    cells: site.signal({ ...base, name: `${name}/ring`, shape: [length, cells] }),
    counts: site.signal({ ...base, name: `${name}/ring_counts`, shape: [length] }),
    delays: several
      ? site.signal({
          name: `${name}/delays`,
          role: 'constant',
          type: 'i32',
          shape: [index.delays.length],
          initial: index.delays,
        })
      : undefined,
  };
}

interface EventSpan {
  readonly first: number;
  readonly cells: number;
  /** Rows of synapses per cell: one per delay. */
  readonly width: number;
}

/** No delay: every cell of the mask, then its synapses. */
function immediate(signals: EventSignals, span: EventSpan, inner: readonly Statement[]): Statement[] {
  const cell = ir.i32Local('cell');
  return firingCells(signals, span, [rowLoop(signals, span, cell, cell, inner)]);
}

/** The body for every firing cell, ascending, under the local `cell`. */
function firingCells({ mask, list }: EventSignals, span: EventSpan, body: readonly Statement[]): Statement[] {
  if (list !== undefined) {
    const place = ir.i32Local('place');
    const cell = letI32('cell', ir.loadI32(list.list, place));
    return [loop('place', 0, ir.loadI32(list.count), [cell, ...body])];
  }
  const fired = ir.notEqual(ir.loadI32(mask, offset(ir.i32Local('cell'), span.first)), ir.i32(0));
  return [loop('cell', 0, span.cells, [when(fired, body)])];
}

/** The synapses of one row; `event` and `s` are declared for the inner statements. */
function rowLoop(
  signals: EventSignals,
  span: EventSpan,
  cell: Expression,
  row: Expression,
  inner: readonly Statement[],
): Statement {
  const slot = ir.i32Local('k');
  const synapse = signals.synapses === undefined ? slot : ir.loadI32(signals.synapses, slot);
  return loop('k', ir.loadI32(signals.starts, row), ir.loadI32(signals.starts, ir.add(row, ir.i32(1))), [
    letI32('event', offset(cell, span.first)),
    letI32('s', synapse),
    ...inner,
  ]);
}

/** Cells that fire now go into the row of this step. */
function pushEvents(signals: EventSignals, ring: EventRing, span: EventSpan): Statement[] {
  const cell = ir.i32Local('cell');
  const count = ir.i32Local('pushed');
  const place = ir.add(ir.multiply(ir.i32Local('now'), ir.i32(span.cells)), count);
  return [
    letI32('now', ir.remainder(ir.step, ir.i32(ring.length))),
    letI32('pushed', ir.i32(0)),
    ...firingCells(signals, span, [store(ring.cells, place, cell), assign('pushed', ir.add(count, ir.i32(1)))]),
    store(ring.counts, ir.i32Local('now'), count),
  ];
}

/** For every delay, longest first: the cells that fired so long ago, then their synapses of that delay. */
function dueEvents(
  signals: EventSignals,
  ring: EventRing,
  index: EventIndex,
  span: EventSpan,
  inner: readonly Statement[],
): Statement[] {
  const number = ir.i32Local('d');
  const delay = ring.delays === undefined ? ir.i32(index.delays[0] ?? 0) : ir.loadI32(ring.delays, number);
  const then = ir.remainder(ir.subtract(ir.add(ir.i32Local('now'), ir.i32(ring.length)), delay), ir.i32(ring.length));
  const cell = ir.i32Local('fired');
  const row = span.width === 1 ? cell : ir.add(ir.multiply(cell, ir.i32(span.width)), number);
  const place = ir.add(ir.multiply(ir.i32Local('then'), ir.i32(span.cells)), ir.i32Local('e'));
  return [
    loop('d', 0, span.width, [
      letI32('then', then),
      loop('e', 0, ir.loadI32(ring.counts, ir.i32Local('then')), [
        letI32('fired', ir.loadI32(ring.cells, place)),
        rowLoop(signals, span, cell, row, inner),
      ]),
    ]),
  ];
}

function offset(cell: Expression, first: number): Expression {
  return first === 0 ? cell : ir.add(cell, ir.i32(first));
}

/**
 * Blocks of steps without a wait: where all that threads get from each other is some steps old, each does so many steps
 * of its own cells (Morrison et al. 2005, Neural Computation 17:1776, do so for the least delay of a network). What the
 * first thread does alone (lists of spikes, queues, recordings) it does for the steps of the block when all have done them.
 */
import type { SignalId } from '../../build/ir/types.ts';
import type { Signal } from '../../build/program.ts';
import type { Region } from '../ir/value.ts';
import type { Access, SharedItem } from './access.ts';
import { lagOf } from './lags.ts';
import { lateItems, lateWork, type LateItem } from './late-work.ts';
import { keepPast, pastSignal, rowBytes, type Past } from './past.ts';
import type { KnownSignals } from './thread-plan.ts';

export interface Block {
  /** Most steps that threads do before they wait. */
  readonly steps: number;
  /** What every thread does in a step, in order. */
  readonly ahead: readonly SharedItem[];
  /** What the first thread does afterwards for each of the steps. */
  readonly late: Region;
  readonly signals: readonly Signal[];
}

/** A longer block would gain nothing: waits are few by then. */
const mostBlockSteps = 16;

/** Rows of the past are to stay in the caches: so many bytes in all. */
export const mostPastBytes = 0x80000;

/** The blocks in which threads can do a step; undefined where one has to wait for another in every step. */
export function blockOf(items: readonly SharedItem[], known: KnownSignals): Block | undefined {
  const ahead = items.filter(({ share }) => share !== 'single');
  const written = { ahead: writtenBy(ahead), late: writtenBy(items.filter(({ share }) => share === 'single')) };
  if ([...written.late].some((id) => written.ahead.has(id)) || !keepApart(ahead)) return undefined;
  const lag = leastLag(ahead, written.late, known);
  const late = lateItems(items, written, known);
  if (late === undefined) return undefined;
  const pasts = pastsIn(late);
  const perStep = pasts.reduce((sum, past) => sum + rowBytes(past, known), 1);
  const steps = Math.min(lag, mostBlockSteps, Math.floor(mostPastBytes / perStep));
  if (steps < 2) return undefined;
  const isWritten = (id: SignalId): boolean => written.ahead.has(id) || written.late.has(id);
  const work = lateWork(late, steps, isWritten, known);
  if (work === undefined) return undefined;
  return {
    steps,
    ahead: withPasts(items, pasts, steps, known),
    late: work.region,
    signals: [...pasts.map((past) => pastSignal(past, steps, known)), ...work.signals],
  };
}

function writtenBy(items: readonly SharedItem[]): ReadonlySet<SignalId> {
  return new Set(items.flatMap(({ writes }) => [...writes.keys()]));
}

/** Whether no thread ever touches what another one writes. */
function keepApart(items: readonly SharedItem[]): boolean {
  const written = writtenBy(items);
  const isOwn = ([id, access]: readonly [SignalId, Access]): boolean => access === 'own' || !written.has(id);
  return items.every(({ reads, writes }) => [...reads, ...writes].every(isOwn));
}

/** Steps that threads may be ahead of the first one's late work; 0 where they need what it does in the same step. */
function leastLag(ahead: readonly SharedItem[], late: ReadonlySet<SignalId>, known: KnownSignals): number {
  const lags = ahead.flatMap(({ item, reads }) =>
    [...reads.keys()].filter((id) => late.has(id)).map((id) => lagOf(item, id, known) ?? 0),
  );
  return Math.min(Infinity, ...lags);
}

function pastsIn(late: readonly LateItem[]): readonly Past[] {
  const all = late.flatMap(({ past }) => [...past.values()].flat());
  return [...new Map(all.map((past) => [past.id, past])).values()];
}

/** The items of all threads, with the past kept at its places. */
function withPasts(
  items: readonly SharedItem[],
  pasts: readonly Past[],
  rows: number,
  known: KnownSignals,
): readonly SharedItem[] {
  const keptBehind = (number: number): readonly SharedItem[] =>
    pasts.filter(({ behind }) => behind === number).map((past) => keepPast(past, rows, known));
  return [
    ...keptBehind(-1),
    ...items.flatMap((shared, number) => [...(shared.share === 'single' ? [] : [shared]), ...keptBehind(number)]),
  ];
}

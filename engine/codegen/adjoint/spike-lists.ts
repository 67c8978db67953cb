/** Lists of spikes and the masks they are made of: a whole number carries no derivative, the spike it stands for does. */
import type { Statement } from '../../build/ir/types.ts';
import type { Program, SignalId } from '../../build/program.ts';

export interface SpikeLists {
  /** The mask of each list, and of its length, that is gathered in the same step. */
  readonly present: ReadonlyMap<SignalId, SignalId>;
  /** The mask of each queue of lists of earlier steps, [rows, cells], and of their lengths, [rows]. */
  readonly queued: ReadonlyMap<SignalId, SignalId>;
  /** The queues themselves: their adjoints are numbers per row and cell. */
  readonly queues: ReadonlySet<SignalId>;
}

/** All lists of a program. */
export function spikeListsIn({ operators, signals }: Program): SpikeLists {
  const present = new Map(operators.flatMap(({ body }) => body).flatMap(gathered));
  const queued = new Map<SignalId, SignalId>();
  for (const { reads, updates } of operators) {
    const [mask] = reads.flatMap((id) => present.get(id) ?? []);
    if (mask !== undefined && reads.every((id) => present.has(id))) for (const id of updates) queued.set(id, mask);
  }
  const queues = signals.filter(({ id, shape }) => queued.has(id) && shape.length === 2).map(({ id }) => id);
  return { present, queued, queues: new Set(queues) };
}

/** List and length with the mask they are gathered from. */
function gathered(statement: Statement): (readonly [SignalId, SignalId])[] {
  if (statement.kind !== 'kernel' || statement.kernel !== 'gather-spikes') return [];
  const { mask, list, count } = statement.signals;
  if (mask === undefined) return [];
  return [list, count].flatMap((id) => (id === undefined ? [] : [[id, mask] as const]));
}

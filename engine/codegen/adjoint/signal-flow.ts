/** Which signals of a program keep an adjoint: those that depend on what is asked for and on which the loss depends. */
import type { Operator, Program, SignalId } from '../../build/program.ts';

export interface FlowRequest {
  /** Signals whose gradients are asked for. */
  readonly wrt: readonly SignalId[];
  /** Signals that the loss looks at. */
  readonly observed: readonly SignalId[];
}

/** Numbers and spikes carry derivatives; whole numbers do not, but lists of spikes stand for the spikes in them. */
export function activeSignals(
  program: Program,
  { wrt, observed }: FlowRequest,
  lists: ReadonlySet<SignalId>,
): ReadonlySet<SignalId> {
  const types = new Map(program.signals.map(({ id, type }) => [id, type]));
  const carries = (id: SignalId): boolean => {
    const type = types.get(id);
    return type === 'f64' || type === 'f32' || type === 'u8' || lists.has(id);
  };
  const moves = program.operators.map((operator) => ({
    from: readBy(operator).filter(carries),
    to: writtenBy(operator).filter(carries),
  }));
  const varied = reach(wrt, moves);
  const useful = reach(
    observed,
    moves.map(({ from, to }) => ({ from: to, to: from })),
  );
  return new Set([...varied].filter((id) => useful.has(id)));
}

/** Signals that an operator writes. */
export function writtenBy({ sets, adds, updates }: Operator): SignalId[] {
  return [...new Set([...sets, ...adds, ...updates])];
}

function readBy({ reads, adds, updates, readsUpdated }: Operator): SignalId[] {
  return [...reads, ...adds, ...updates, ...readsUpdated];
}

interface Move {
  readonly from: readonly SignalId[];
  readonly to: readonly SignalId[];
}

/** All signals that come from the given ones, over any number of steps. */
function reach(start: readonly SignalId[], moves: readonly Move[]): Set<SignalId> {
  const reached = new Set(start);
  for (let before = -1; before < reached.size;) {
    before = reached.size;
    for (const { from, to } of moves) if (from.some((id) => reached.has(id))) for (const id of to) reached.add(id);
  }
  return reached;
}

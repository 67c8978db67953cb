/** Gradient programs for a batch: every member has its own tape and adjoints, those of shared constants are sums over all. */
import type { Program, SignalId } from '../../build/program.ts';
import type { AdjointPrograms } from '../adjoint/adjoint-program.ts';
import { batched } from './batched.ts';
import { memberSignals, type MemberChoice } from './which-signals.ts';

export interface BatchedAdjoint extends AdjointPrograms {
  /** Whether each member has a signal, and its adjoint, for itself. */
  isOwn(signal: SignalId): boolean;
}

/** The programs of a batch; `adjoint` is what `program` was differentiated to. */
export function batchedAdjoint(
  program: Program,
  adjoint: AdjointPrograms,
  { members, own = [], alike = new Set() }: Pick<MemberChoice, 'members' | 'own' | 'alike'>,
): BatchedAdjoint {
  const constants = program.signals.filter(({ role }) => role === 'constant').map(({ id }) => id);
  let known = new Set(own);
  const sharedWith = (): ReadonlySet<SignalId> => {
    const common = constants.filter((id) => !known.has(id));
    return new Set([...common, ...common.flatMap((id) => adjoint.adjointOf(id) ?? [])]);
  };
  for (let before = -1; before < known.size;) {
    before = known.size;
    const choice = { members, own: known, shared: sharedWith(), alike };
    const programs = [adjoint.forward, adjoint.backward].map((each) => memberSignals(each, choice));
    known = new Set(constants.filter((id) => programs.some(({ isOwn }) => isOwn(id))));
  }
  const choice = { members, own: known, shared: sharedWith(), alike };
  const shared = new Set(constants.filter((id) => !known.has(id)));
  return {
    ...adjoint,
    forward: batched(adjoint.forward, choice),
    backward: batched(adjoint.backward, choice),
    isOwn: (id) => !shared.has(id),
  };
}

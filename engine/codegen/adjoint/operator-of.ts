/** An operator that declares what its body does. */
import { kernelSignatures } from '../../build/ir/kernels.ts';
import type { Statement } from '../../build/ir/types.ts';
import type { Operator, SignalId } from '../../build/program.ts';
import { loadsOf } from './node.ts';

/** Makes an operator of a body; what it writes counts as updated. */
export function operatorOf(id: string, body: readonly Statement[]): Operator {
  const [reads, updates] = [new Set<SignalId>(), new Set<SignalId>()];
  for (const statement of body) note(statement, reads, updates);
  return {
    ...{ id, element: '', slot: 'groups', sets: [], adds: [], readsUpdated: [], body },
    reads: [...reads].filter((signal) => !updates.has(signal)),
    updates: [...updates],
  };
}

/** Names a signal that a body writes. */
export function writtenIn(statements: readonly Statement[]): ReadonlySet<SignalId> {
  const [reads, updates] = [new Set<SignalId>(), new Set<SignalId>()];
  for (const statement of statements) note(statement, reads, updates);
  return updates;
}

function note(statement: Statement, reads: Set<SignalId>, updates: Set<SignalId>): void {
  switch (statement.kind) {
    case 'let':
    case 'assign':
      return noteLoads([...loadsOf(statement.value)], reads);
    case 'store':
      updates.add(statement.signal);
      return noteLoads([...loadsOf(statement.index), ...loadsOf(statement.value)], reads);
    case 'loop':
      noteLoads([...loadsOf(statement.from), ...loadsOf(statement.to)], reads);
      return statement.body.forEach((inner) => note(inner, reads, updates));
    case 'if':
      noteLoads(loadsOf(statement.condition), reads);
      return [...statement.then, ...statement.else].forEach((inner) => note(inner, reads, updates));
    case 'kernel':
      for (const [name, id] of Object.entries(statement.signals)) {
        const access = kernelSignatures[statement.kernel].signals[name]?.access;
        (access === 'write' ? updates : reads).add(id);
      }
  }
}

function noteLoads(loads: readonly SignalId[], reads: Set<SignalId>): void {
  for (const id of loads) reads.add(id);
}

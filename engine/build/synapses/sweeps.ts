/**
 * Blocks that change cells which they also read: cut into sweeps over all synapses that are due, so that no synapse sees
 * the half of what its neighbours add in the same step (as Brian's vectorised code does, statement by statement).
 */
import { namesIn, type StatementTree } from '../../equations/tree.ts';
import { endVariable } from './end-names.ts';
import type { SynapseContext } from './synapse-scope.ts';

/** Statements that every due synapse runs before the next sweep begins. */
interface Sweep {
  readonly statements: readonly StatementTree[];
  /** The statement after them: every synapse computes its right-hand side, only then all apply it. */
  readonly awaited?: StatementTree;
}

type Known = Pick<SynapseContext, 'definition' | 'variables'>;
type Names = ReadonlySet<string>;

const additive: Names = new Set(['+=', '-=', '*=', '/=']);

/**
 * The block in sweeps. It is one sweep where no statement reads what another synapse changes, and where a statement
 * changes by what it or one above has read under the same name: then each synapse goes on from what the one before left.
 */
export function sweepsOf(context: Known, statements: readonly StatementTree[]): readonly Sweep[] {
  const { definition } = context;
  const reads = statements.map(({ expression }) => namesIn(expression));
  const signals = new Set(reads.flatMap((names) => [...names].map((name) => signalOf(definition, name))));
  const awaits = statements.map(({ target }) => {
    const found = endVariable(definition, target)?.variable;
    return found?.type === 'float' && signals.has(found.signal);
  });
  const whole = !awaits.includes(true) || goesOn(definition, statements, reads);
  if (whole || carriesTemporaries(context, { statements, reads, awaits })) return [{ statements }];
  const sweeps: Sweep[] = [];
  let before: StatementTree[] = [];
  for (const [place, statement] of statements.entries()) {
    if (awaits[place] === true) sweeps.push({ statements: before, awaited: statement });
    before = awaits[place] === true ? [] : [...before, statement];
  }
  return [...sweeps, { statements: before }];
}

function signalOf(definition: Known['definition'], name: string) {
  return endVariable(definition, name)?.variable.signal;
}

/** Whether a statement sets a cell, or changes one that has been read by its name up to there. */
function goesOn(
  definition: Known['definition'],
  statements: readonly StatementTree[],
  reads: readonly Names[],
): boolean {
  return statements.some(
    ({ target, operator }, place) =>
      endVariable(definition, target) !== undefined &&
      (!additive.has(operator) || reads.slice(0, place + 1).some((names) => names.has(target))),
  );
}

interface Block {
  readonly statements: readonly StatementTree[];
  readonly reads: readonly Names[];
  readonly awaits: readonly boolean[];
}

/** Whether a temporary of one sweep is read in a later one. */
function carriesTemporaries({ definition, variables }: Known, { statements, reads, awaits }: Block): boolean {
  const isTemporary = (name: string): boolean => !variables.has(name) && endVariable(definition, name) === undefined;
  const last = awaits.lastIndexOf(true);
  return statements.some(({ target }, place) => {
    if (place > last || !isTemporary(target)) return false;
    const cut = awaits.indexOf(true, place);
    return reads.slice(cut + 1).some((names) => names.has(target));
  });
}

/** Statement blocks as sequences in which every name is assigned once. */
import { writtenValue } from './check-statements.ts';
import { name } from './make-tree.ts';
import { substitute } from './substitute.ts';
import type { StatementTree, Tree } from './tree.ts';

/** `target` is a fresh name that starts with an underscore; the expression reads only names assigned before and names from outside. */
export interface Assignment {
  readonly target: string;
  readonly expression: Tree;
}

export interface StatementSequence {
  readonly assignments: readonly Assignment[];
  /** For every name written by the block, temporaries included, the fresh name that holds its last value. */
  readonly results: Readonly<Record<string, string>>;
}

/** The sequence of a block: each statement reads what the statements above it wrote. */
export function statementSequence(statements: readonly StatementTree[]): StatementSequence {
  const current = new Map<string, string>();
  const assignments = statements.map((statement, index) => {
    const expression = substitute(writtenValue(statement), (read) => {
      const held = current.get(read);
      return held === undefined ? undefined : name(held);
    });
    const target = `_${index + 1}_${statement.target}`;
    current.set(statement.target, target);
    return { target, expression };
  });
  return { assignments, results: Object.fromEntries(current) };
}

/** Discrete updates: the statements of a model as they stand, once per step. */
import { assert } from '../base/assert.ts';
import { statementSequence } from '../equations/statement-sequence.ts';
import { substitute } from '../equations/substitute.ts';
import { name } from '../equations/make-tree.ts';
import type { IntegrationMethod } from './method.ts';
import { refusal } from './refusal.ts';

const title = 'Discrete update';

/** Nothing is approximated: statements run from top to bottom, inputs are those of the present step. */
export const discrete: IntegrationMethod = {
  id: 'discrete',
  title,
  choice: 'discrete updates',
  summary: 'Runs update statements in the order written, once per step.',
  order: undefined,
  applies: (system) =>
    system.kind === 'discrete' ? undefined : refusal(title, 'the model has differential equations', system),
  step(system, context) {
    assert(system.kind === 'discrete', 'the method was not asked whether it applies');
    const sequence = statementSequence(system.statements);
    const assignments = sequence.assignments.map(({ target, expression }) => ({
      target,
      expression: substitute(expression, (read) =>
        system.inputs.has(read) ? name(context.sampleInput(read, 'start')) : undefined,
      ),
    }));
    const written = Object.entries(sequence.results).filter(([variable]) => system.variables.includes(variable));
    return { assignments, results: Object.fromEntries(written), noises: [] };
  },
};

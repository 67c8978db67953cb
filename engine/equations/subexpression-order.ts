/** The order of subexpressions, so that each comes after those it reads; circles are problems (rule E19 of SPEC.md). */
import { problem, type Problem } from '../base/problem.ts';
import { failed, ok, type Result } from '../base/result.ts';
import type { Definition } from './model-equations.ts';
import { namesIn } from './tree.ts';

interface Walk {
  readonly byName: ReadonlyMap<string, Definition>;
  readonly done: Set<string>;
  readonly path: string[];
  readonly ordered: Definition[];
  readonly problems: Problem[];
}

/** The subexpressions among the definitions in order of dependency, else in the order written. Fails with `equations/cycle`. */
export function orderSubexpressions(definitions: readonly Definition[]): Result<readonly Definition[]> {
  const subexpressions = definitions.filter((definition) => definition.kind === 'subexpression');
  const byName = new Map(subexpressions.map((definition) => [definition.name, definition]));
  const walk: Walk = { byName, done: new Set(), path: [], ordered: [], problems: [] };
  for (const definition of subexpressions) visit(walk, definition);
  return walk.problems.length === 0 ? ok(walk.ordered) : failed(...walk.problems);
}

function visit(walk: Walk, definition: Definition): void {
  if (walk.done.has(definition.name)) return;
  const earlier = walk.path.indexOf(definition.name);
  if (earlier >= 0) {
    walk.problems.push(cycleProblem([...walk.path.slice(earlier), definition.name], definition));
    return;
  }
  walk.path.push(definition.name);
  for (const name of definition.expression === undefined ? [] : namesIn(definition.expression)) {
    const read = walk.byName.get(name);
    if (read !== undefined) visit(walk, read);
  }
  walk.path.pop();
  walk.done.add(definition.name);
  walk.ordered.push(definition);
}

function cycleProblem(circle: readonly string[], definition: Definition): Problem {
  const message =
    circle.length === 2
      ? `"${definition.name}" is defined by itself.`
      : `Subexpressions refer to each other in a circle: ${circle.join(' → ')}.`;
  return problem('equations/cycle', message, {
    at: { span: definition.nameSpan },
    hint: 'Make one of them a differential equation or a parameter.',
  });
}

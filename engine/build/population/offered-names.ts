/** What synapses may know of a population by name: its variables, held values and inputs, and its subexpressions. */
import { name as nameTree } from '../../equations/make-tree.ts';
import { isWholeSteps } from '../../equations/tables-text.ts';
import { mapChildren, noSpan, type Tree } from '../../equations/tree.ts';
import type { OfferedTables, PopulationSubexpression, PopulationVariable } from './access.ts';
import type { EquationExpansion } from './equation-expansion.ts';

/** Variables with memory of their own can be read and, if anything writes them, written; held values and inputs only read. */
export function offeredVariables(expansion: EquationExpansion): Map<string, PopulationVariable> {
  const { population, variables, refractory, context } = expansion;
  const offered = new Map<string, PopulationVariable>();
  for (const [name, { storage, definition }] of variables) {
    if (storage === undefined) continue;
    const held = refractory !== undefined && definition.flags.includes('unless refractory');
    offered.set(name, { ...storage, dimension: definition.unit, held, writable: storage.written });
  }
  for (const { name, unit } of population.text.model.equations.definitions) {
    const storage = context.storages.get(name);
    if (storage === undefined || offered.has(name)) continue;
    offered.set(name, { ...storage, dimension: unit, held: false, writable: false, madeBefore: true });
  }
  return offered;
}

/** Subexpressions without a value of their own, written out in names that the population offers. */
export function offeredSubexpressions(
  expansion: EquationExpansion,
  variables: ReadonlyMap<string, PopulationVariable>,
): ReadonlyMap<string, PopulationSubexpression> {
  const { subexpressions } = expansion.population.text.model;
  return new Map(
    subexpressions
      .filter(({ name }) => !variables.has(name))
      .map(({ name, type, unit }) => [name, { tree: outside(expansion, nameTree(name)), type, dimension: unit }]),
  );
}

/** A tree as synapses read it: subexpressions and constants written out, tables called by the name of the population too. */
export function outside({ builder, expand, context, population }: EquationExpansion, tree: Tree): Tree {
  const renamed = (part: Tree): Tree => {
    if (part.kind === 'name') {
      const found = context.constants.get(part.name);
      if (found === undefined) return part;
      return { kind: 'number', value: found.value, integer: found.integer, span: noSpan };
    }
    const inner = mapChildren(part, renamed);
    if (inner.kind !== 'call' || !population.text.tables.has(inner.function)) return inner;
    return { ...inner, function: outsideName(builder.id, inner.function) };
  };
  return renamed(expand(tree));
}

/** The tables over time under the names that `outside` gives them. */
export function offeredTables({ builder, context, population }: EquationExpansion): OfferedTables {
  const { tables } = population.text;
  const inside = new Map([...tables.keys()].map((name) => [outsideName(builder.id, name), name]));
  const whole = [...tables.values()].filter((table) => isWholeSteps(table.intervalSeconds, builder.timeStepSeconds));
  return {
    lookUp(name, parameters) {
      const own = inside.get(name);
      return own === undefined ? undefined : context.table(own, parameters);
    },
    held: whole.map(({ name }) => outsideName(builder.id, name)),
  };
}

/** A name that no one can write in equations. */
function outsideName(element: string, table: string): string {
  return `${table} of ${element}`;
}

/** What is recorded of synapses: variables as they stand in memory, subexpressions as vectors made in slot `start`. */
import { name as nameTree } from '../../equations/make-tree.ts';
import type { Tree } from '../../equations/tree.ts';
import { unitOfDimension } from '../../units/dimension.ts';
import type { Definition } from '../../equations/model-equations.ts';
import * as ir from '../ir/expressions.ts';
import { store } from '../ir/statements.ts';
import { asNumber } from '../lower.ts';
import type { CheckedSynapses } from './check-synapses.ts';
import { addOperator, everySynapse, loopOverAll, openFrame } from './frame.ts';
import type { SynapseContext } from './synapse-scope.ts';

/** Offers every variable for recording, and makes the vectors of those subexpressions that are recorded. */
export function offerStates(context: SynapseContext, { plain, expand }: CheckedSynapses): void {
  for (const [name, { signal }] of context.variables) context.site.state(name, signal);
  for (const definition of plain)
    if (context.site.probes(definition.name)) addSeen(context, definition, expand(nameTree(definition.name)));
}

function addSeen(context: SynapseContext, { name, unit }: Definition, tree: Tree): void {
  const { site, definition } = context;
  const signal = site.signal({
    name,
    shape: [Math.max(1, definition.count)],
    initial: 0,
    role: 'transient',
    unit: unitOfDimension(unit),
  });
  const frame = openFrame(context, `seen/${name}`, everySynapse);
  const value = asNumber(frame.scope.lower(tree));
  addOperator(context, frame, {
    name: `seen/${name}`,
    slot: 'start',
    order: 100,
    tie: `${definition.name}_seen`,
    sets: [signal],
    body: [loopOverAll(context, frame.close([store(signal, ir.i32Local('s'), value)]))],
  });
  site.state(name, signal);
}

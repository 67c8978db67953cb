/** Loops over synapses under construction, and the operators they become. */
import type { Expression, SignalId, Statement } from '../ir/types.ts';
import * as ir from '../ir/expressions.ts';
import { letI32, loop } from '../ir/statements.ts';
import type { OperatorRequest } from '../library-kind.ts';
import type { Side } from './definition.ts';
import { endOf } from './end-names.ts';
import { eventCell } from './event-loop.ts';
import { createSynapseScope, type SynapseContext, type SynapsePlace, type SynapseScope } from './synapse-scope.ts';

/** A loop under construction: where it stands, what it declares at its start. */
export interface Frame {
  readonly scope: SynapseScope;
  /** Declarations of cells at the ends and of loaded names, then the statements. */
  close(statements: readonly Statement[]): Statement[];
  readonly reads: ReadonlySet<SignalId>;
  cellAt(side: Side): Expression;
}

export interface FrameOptions {
  /** The side whose cell is at hand; the other is looked up where it is needed. */
  readonly known?: Side;
  /** Before the names of locals. */
  readonly prefix?: string;
  /** What tells random draws of one place from each other. Default: the synapse. */
  readonly draw?: Expression;
}

/** A frame at a synapse; `purpose` tells its random draws from those of the others. */
export function openFrame(
  context: SynapseContext,
  purpose: string,
  synapse: Expression,
  { known, prefix = '', draw = synapse }: FrameOptions = {},
): Frame {
  const declared = new Map<Side, Statement>();
  const asked = new Set<Side>();
  const reads = new Set<SignalId>();
  const cell = (side: Side): Expression => {
    asked.add(side);
    if (side === known) return eventCell;
    const signal = context.cellsAt(side);
    reads.add(signal);
    declared.set(side, letI32(`${prefix}${side}`, ir.loadI32(signal, synapse)));
    return ir.i32Local(`${prefix}${side}`);
  };
  const place: SynapsePlace = { synapse, cell, draw };
  const scope = createSynapseScope(context, place, purpose, prefix);
  return {
    scope,
    reads,
    cellAt: cell,
    close(statements) {
      const woken = [...asked].flatMap((side) => wakeEnd(context, scope, side, cell(side), prefix));
      return [...declared.values(), ...woken, ...scope.declarations(), ...statements];
    },
  };
}

/** Brings the cell at an end up to now, where it is computed at events only and the statements touch what it is made of. */
function wakeEnd(
  { definition, site }: SynapseContext,
  scope: SynapseScope,
  side: Side,
  cell: Expression,
  prefix: string,
): readonly Statement[] {
  const { carry } = endOf(definition, side).access;
  if (carry === undefined || ![...scope.updates].some((signal) => carry.concerns.has(signal))) return [];
  for (const signal of carry.touched) (site.roleOf(signal) === 'constant' ? scope.reads : scope.updates).add(signal);
  return carry.wake(cell, `${prefix}${side}_`);
}

/** Declares the operator of a frame: constants are read, everything that changes in a step is updated in its turn. */
export function addOperator(
  context: SynapseContext,
  frame: Frame,
  request: Omit<OperatorRequest, 'reads' | 'updates'> & {
    readonly alsoReads?: readonly SignalId[];
    readonly alsoUpdates?: readonly SignalId[];
  },
): void {
  const { alsoReads = [], alsoUpdates = [], ...placed } = request;
  const updates = new Set([...frame.scope.updates, ...alsoUpdates]);
  const reads = new Set([...frame.scope.reads, ...frame.reads, ...alsoReads]);
  context.site.operator({
    ...placed,
    reads: [...reads].filter((signal) => !updates.has(signal)),
    updates: [...updates],
  });
}

export const everySynapse = ir.i32Local('s');

export function loopOverAll({ definition }: SynapseContext, body: readonly Statement[]): Statement {
  return loop('s', 0, definition.count, body);
}

/** What a population offers to the synapses that lead onto it or start from it. */
import type { StatementTree, Tree } from '../../equations/tree.ts';
import type { ValueType } from '../../equations/model-equations.ts';
import type { Dimension } from '../../units/dimension.ts';
import type { Expression, SignalId, Statement } from '../ir/types.ts';
import type { TableLookup } from './equation-scope.ts';

/** A value that the cells of a population hold. */
export interface PopulationVariable {
  /** One element per cell, a single one if `shared`. f64 for floats, i32 for integers, u8 (0 or 1) for booleans. */
  readonly signal: SignalId;
  readonly type: ValueType;
  readonly dimension: Dimension;
  readonly shared: boolean;
  /** Flagged `(unless refractory)`: writes from outside are dropped while the cell is refractory. */
  readonly held: boolean;
  /** Synapses may write it; its signal is a state then. */
  readonly writable: boolean;
  /** Made anew in each step before synapses look; nothing updates it afterwards. Default false. */
  readonly madeBefore?: boolean;
}

/** How cells that are computed at events only are reached from outside. */
export interface CellCarry {
  /** Signals that may be read or written only after `wake`. */
  readonly concerns: ReadonlySet<SignalId>;
  /** Signals that `wake` reads and writes. */
  readonly touched: readonly SignalId[];
  /** Statements that bring a cell (i32) up to now; `prefix` stands before the names of their locals. */
  wake(cell: Expression, prefix: string): readonly Statement[];
}

/** Tables over time that the subexpressions of a population call. */
export interface OfferedTables {
  readonly lookUp: TableLookup;
  /** Those whose values stand still over each step. */
  readonly held: readonly string[];
}

/** The inside of a population, by the names of its equations. */
export interface PopulationAccess {
  readonly cells: number;
  readonly variables: ReadonlyMap<string, PopulationVariable>;
  /** Subexpressions, written out down to variables, `t`, `dt`, `i` and `N`; they are evaluated on the current state. */
  readonly subexpressions: ReadonlyMap<string, PopulationSubexpression>;
  readonly tables?: OfferedTables;
  readonly spikes: SignalId | undefined;
  /** Custom events: u8 masks like `spikes`, set in slot `thresholds`. */
  readonly events: ReadonlyMap<string, SignalId>;
  /** u8 vector, 1 where a cell is not refractory; undefined without a refractory rule. */
  readonly notRefractory: SignalId | undefined;
  /** Statements of `event_handlers`, by the spike input port that runs them; `w` is the weight of the synapse. */
  readonly handlers: ReadonlyMap<string, readonly StatementTree[]>;
  /** Only where cells are computed at events. */
  readonly carry?: CellCarry;
}

export interface PopulationSubexpression {
  readonly tree: Tree;
  readonly type: ValueType;
  readonly dimension: Dimension;
}

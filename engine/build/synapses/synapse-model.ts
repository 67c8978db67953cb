/** The synapse model of a connection, as its connector gives it. */
import type { Dimension } from '../../units/dimension.ts';
import type { SynapseDefinition, SynapsePathway } from './definition.ts';

/** A pathway whose delay is still in seconds: one for all, or one per synapse. */
export type ModelPathway = Omit<SynapsePathway, 'delaySteps' | 'before'> & {
  readonly delaySeconds?: number | Float64Array;
  /** Before the code, what the port does with a spike of this weight (an expression, such as `w`). Default nothing. */
  readonly delivers?: string;
};

/** Cells of a population: the first and how many. */
export interface CellSlice {
  readonly first: number;
  readonly cells: number;
}

export interface SynapseModel extends Pick<
  SynapseDefinition,
  'model' | 'method' | 'regular' | 'initial' | 'constants' | 'tables'
> {
  readonly pathways: readonly ModelPathway[];
  /** Orders operators that fall together. Default: the id of the connection. */
  readonly name?: string;
  /** Dimension of the weights of the connector; the synapses know them as `w`. */
  readonly weight: Dimension;
  /** Parts of the populations that the lists of the connector count in. Default: all cells. */
  readonly sourceSlice?: CellSlice;
  readonly targetSlice?: CellSlice;
  /** Keep synapses in the order of the lists instead of sorting them by source. Default false. */
  readonly asListed?: boolean;
}

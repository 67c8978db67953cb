/** What threads touch, and how. */
import type { SignalId } from '../../build/ir/types.ts';
import type { Item } from '../ir/value.ts';

/** `own`: every thread within its range; `first`: the first thread alone; `each`: every thread, anywhere. */
export type Access = 'own' | 'first' | 'each';

export interface SharedItem {
  readonly item: Item;
  /** `parted`: each thread does its cells; `single`: the first does it all; `all`: every thread does the same. */
  readonly share: 'parted' | 'single' | 'all';
  readonly reads: ReadonlyMap<SignalId, Access>;
  readonly writes: ReadonlyMap<SignalId, Access>;
  /** Elements of the signals that a parted item writes. */
  readonly cells: number;
}

/** Number of elements of a signal. */
export type LengthOf = (signal: SignalId) => number;

/** What a parted item touches. */
export type PartedAccess = Pick<SharedItem, 'reads' | 'writes' | 'cells'>;

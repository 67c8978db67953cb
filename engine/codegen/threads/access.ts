/** What threads touch, and how. */
import type { SignalId } from '../../build/ir/types.ts';
import type { Item } from '../ir/value.ts';
import type { Part } from './ranges.ts';

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
  /** What a thread does of a parted item, where that is more than turns of a loop or of a kernel that are left out. */
  readonly itemsOf?: (part: Part) => readonly Item[];
}

/** Number of elements of a signal. */
export type LengthOf = (signal: SignalId) => number;

/** What a parted item touches. */
export type PartedAccess = Pick<SharedItem, 'reads' | 'writes' | 'cells'>;

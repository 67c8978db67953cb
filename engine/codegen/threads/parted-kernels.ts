/** Kernels whose results are ranges of cells: what they touch, and the statement of one thread. */
import type { KernelName, KernelStatement } from '../../build/ir/kernels.ts';
import { kernelSignatures } from '../../build/ir/kernels.ts';
import type { SignalId } from '../../build/ir/types.ts';
import type { Access, LengthOf, PartedAccess } from './access.ts';
import type { Part } from './ranges.ts';
import { grain, intersection, rangeOf } from './ranges.ts';
import { withSplits } from './row-splits.ts';

interface PartedKernel {
  /** Names of the signals that a thread touches at its own cells only; the first one is written and has the cells. */
  readonly own: readonly string[];
  /** Whether ranges may begin at multiples of the grain. */
  fits?(statement: KernelStatement): boolean;
  /** The statement for a thread; undefined where nothing of it is in its range. */
  part(statement: KernelStatement, cells: number, part: Part): KernelStatement | undefined;
}

const partedKernels: Partial<Record<KernelName, PartedKernel>> = {
  'poisson-counts': {
    own: ['counts'],
    part: (statement, cells, part) => withRange(statement, statement.numbers['cells'] ?? cells, cells, part),
  },
  'dense-product': {
    own: ['result'],
    fits: ({ numbers: { panelColumns = 0 } }) => panelColumns === 0 || grain % panelColumns === 0,
    part: (statement, cells, part) => withRange(statement, statement.numbers['outputs'] ?? cells, cells, part),
  },
  'scatter-rows': { own: ['target', 'mask', 'dropped'], part: withSplits },
};

/** What a kernel touches when threads share it; undefined where they cannot: those of members of a batch are done by one. */
export function partedKernel(statement: KernelStatement, lengthOf: LengthOf): PartedAccess | undefined {
  const parted = isOfBatch(statement) ? undefined : partedKernels[statement.kernel];
  const written = statement.signals[parted?.own[0] ?? ''];
  if (parted === undefined || written === undefined || parted.fits?.(statement) === false) return undefined;
  const [reads, writes] = touchedBy(statement, parted.own);
  return [...writes.keys()].some((id) => reads.has(id)) ? undefined : { reads, writes, cells: lengthOf(written) };
}

function isOfBatch({ begin, numbers }: KernelStatement): boolean {
  return begin !== undefined || (numbers['members'] ?? 1) > 1;
}

function touchedBy({ kernel, signals }: KernelStatement, own: readonly string[]) {
  const [reads, writes] = [new Map<SignalId, Access>(), new Map<SignalId, Access>()];
  for (const [name, id] of Object.entries(signals)) {
    const written = kernelSignatures[kernel].signals[name]?.access === 'write';
    (written ? writes : reads).set(id, own.includes(name) ? 'own' : 'each');
  }
  return [reads, writes] as const;
}

/** The statement that a thread executes. */
export function partOfKernel(statement: KernelStatement, cells: number, part: Part): KernelStatement | undefined {
  return partedKernels[statement.kernel]?.part(statement, cells, part);
}

function withRange(
  statement: KernelStatement,
  results: number,
  cells: number,
  part: Part,
): KernelStatement | undefined {
  const { from: first = 0, to: last = results } = statement.numbers;
  const { from, to } = intersection({ from: first, to: last }, rangeOf(cells, part));
  return from < to ? { ...statement, numbers: { ...statement.numbers, from, to } } : undefined;
}

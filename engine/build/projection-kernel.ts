/** The choice among ways to carry a projection, with its reason in words. */
import type { ResolvedValue } from '../model/validated.ts';
import type { DeliveryKernel, KernelChoice } from './program.ts';

/**
 * From this share of all pairs on, a matrix with zeros is faster than rows: it is read in whole vectors, 0.1 ns a pair
 * where a synapse of a row takes 0.38 ns (1,000 × 1,000, 0.2 % to all cells spiking: equal between 22 and 27 %). Continuous
 * values are alike: 0.5 ns a synapse, 0.11 ns a pair while the matrix fits into the caches and 0.3 ns when it does not (equal
 * at 22 % of 500 × 500, 38 % of 1,000 × 1,000, 47 % of 2,000 × 2,000).
 */
const denseShare = 0.3;

/** From this share on a matrix takes no more memory than rows, which keep a target of 2 bytes with every weight of 8. */
const compactShare = 0.8;

/** Pairs up to which a matrix may take more memory than rows. */
const mostSparePairs = 2 ** 23;

export interface ChoiceRequest {
  readonly spikes: boolean;
  readonly sourceSize: number;
  readonly targetSize: number;
  readonly synapses: number;
  /** All synapses have one weight, which is not stored. */
  readonly oneWeight: boolean;
  /** Every cell leads to the cell of its own number, and to no other. */
  readonly identity: boolean;
  /** Synapses have delays of their own, or targets that are not always written: rows only. */
  readonly rowsOnly: boolean;
  /** Parameter `kernel` of the connection. */
  readonly wanted: ResolvedValue | undefined;
}

/** How a projection is carried, without its bytes. */
export function chooseKernel(request: ChoiceRequest): Pick<KernelChoice, 'kernel' | 'reason'> {
  const able = ableKernels(request);
  const wanted = able.find((kernel) => kernel === request.wanted);
  if (wanted !== undefined) return { kernel: wanted, reason: 'parameter kernel' };
  return { kernel: automatic(request), reason: `${describe(request)}; parameter kernel: auto` };
}

function ableKernels({ spikes, rowsOnly }: ChoiceRequest): readonly DeliveryKernel[] {
  if (rowsOnly) return spikes ? ['event-driven'] : ['sparse'];
  return spikes ? ['dense', 'sparse', 'event-driven'] : ['dense', 'sparse'];
}

function automatic(request: ChoiceRequest): DeliveryKernel {
  if (!request.spikes && request.identity && !request.rowsOnly) return 'one-to-one';
  if (suitsMatrix(request) && !request.rowsOnly) return 'dense';
  return request.spikes ? 'event-driven' : 'sparse';
}

function suitsMatrix(request: ChoiceRequest): boolean {
  return shareOf(request) >= neededShare(request) && !request.oneWeight;
}

function neededShare({ sourceSize, targetSize }: ChoiceRequest): number {
  return sourceSize * targetSize > mostSparePairs ? compactShare : denseShare;
}

function shareOf({ sourceSize, targetSize, synapses }: ChoiceRequest): number {
  return synapses / Math.max(1, sourceSize * targetSize);
}

function describe(request: ChoiceRequest): string {
  const { sourceSize, targetSize, synapses, spikes, oneWeight } = request;
  const share = Number((100 * shareOf(request)).toPrecision(3));
  const weights = oneWeight ? 'one weight for all' : 'a weight for each';
  const activity = spikes ? 'only rows of spiking sources are added' : 'all sources act in every step';
  const border = oneWeight ? '' : `; a matrix is chosen from ${100 * neededShare(request)} % on`;
  return `${synapses} of ${sourceSize} × ${targetSize} pairs (${share} %), ${weights}, ${activity}${border}`;
}

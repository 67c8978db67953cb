/** The choice among ways to carry a projection, with its reason in words. */
import type { ResolvedValue } from '../model/validated.ts';
import type { DeliveryKernel, KernelChoice } from './program.ts';

/** From this share of all pairs on, a matrix with zeros is faster than rows: a matrix is read in whole vectors. */
const denseShare = 0.9;

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
  const dense = shareOf(request) >= denseShare && !request.oneWeight && !request.rowsOnly;
  if (dense) return 'dense';
  return request.spikes ? 'event-driven' : 'sparse';
}

function shareOf({ sourceSize, targetSize, synapses }: ChoiceRequest): number {
  return synapses / Math.max(1, sourceSize * targetSize);
}

function describe(request: ChoiceRequest): string {
  const { sourceSize, targetSize, synapses, spikes, oneWeight } = request;
  const share = Number((100 * shareOf(request)).toPrecision(3));
  const weights = oneWeight ? 'one weight for all' : 'a weight for each';
  const activity = spikes ? 'few sources spike in a step' : 'all sources act in every step';
  return `${synapses} of ${sourceSize} × ${targetSize} pairs (${share} %), ${weights}, ${activity}`;
}

/** Memory limit: the values of the setting "Memory limit", in GiB. */

/** The least and the most that can be chosen, and what holds until something is: the engine's own limit. */
export const memoryLimit = { least: 0.25, most: 4, usual: 2 } as const;

export function isMemoryLimit(value: unknown): value is number {
  return typeof value === 'number' && value >= memoryLimit.least && value <= memoryLimit.most;
}

export function bytesOfLimit(gibibytes: number): number {
  return Math.floor(gibibytes * 2 ** 30);
}

/** Settings of the engine: how much memory a run may take (setting `engine`: `{ "memoryLimitGiB": 2 }`). */
import type { Host } from '../../engine/platform/host.ts';

/** Bytes; undefined = the engine's own limit. A value that makes no sense counts as none. */
export async function readMemoryLimit(host: Host): Promise<number | undefined> {
  const kept = await host.settings.get('engine').catch(() => undefined);
  if (typeof kept !== 'object' || kept === null) return undefined;
  const gibibytes = (kept as Record<string, unknown>)['memoryLimitGiB'];
  const sensible = typeof gibibytes === 'number' && gibibytes > 0 && gibibytes <= 1024;
  return sensible ? Math.floor(gibibytes * 2 ** 30) : undefined;
}

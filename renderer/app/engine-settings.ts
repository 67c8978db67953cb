/** Settings of the engine: how much memory a run may take (setting `engine`: `{ "memoryLimitGiB": 2 }`). */
import type { Host } from '../../engine/platform/host.ts';
import { isMemoryLimit } from '../stores/memory-limit.ts';
import type { SessionStore, SessionValues } from '../stores/session-store.ts';

const setting = 'engine';

/** A limit that makes no sense counts as none. */
export async function readEngineSettings(host: Host): Promise<Partial<SessionValues>> {
  const kept = await host.settings.get(setting).catch(() => undefined);
  if (typeof kept !== 'object' || kept === null) return {};
  const { memoryLimitGiB } = kept as Record<string, unknown>;
  return isMemoryLimit(memoryLimitGiB) ? { memoryLimitGiB } : {};
}

/** Writes the limit whenever another one is chosen. */
export function keepEngineSettings(host: Host, session: SessionStore): () => void {
  return session.subscribe(({ memoryLimitGiB }, before) => {
    if (memoryLimitGiB !== before.memoryLimitGiB) host.settings.set(setting, { memoryLimitGiB }).catch(() => undefined);
  });
}

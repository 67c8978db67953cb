/** Recently used files, the latest first, kept among the settings. */
import { z } from '../../engine/base/schema.ts';
import type { FileReference, HostSettings } from '../../engine/platform/host.ts';

const settingName = 'host.recentFiles';
const most = 20;
const stored = z.array(z.object({ key: z.string(), name: z.string(), folder: z.string() }));

export interface RecentFiles {
  list(): Promise<readonly FileReference[]>;
  /** Puts a file first. */
  used(file: FileReference): Promise<void>;
}

/** The list in `settings`; a damaged one counts as empty. */
export function createRecentFiles(settings: HostSettings): RecentFiles {
  async function list(): Promise<readonly FileReference[]> {
    const parsed = stored.safeParse(await settings.get(settingName));
    return parsed.success ? parsed.data : [];
  }
  return {
    list,
    async used(file) {
      const others = (await list()).filter((other) => other.key !== file.key);
      await settings.set(settingName, [file, ...others].slice(0, most));
    },
  };
}

/** Recently used files, the latest first, kept among the settings. */
import { z } from '../../engine/base/schema.ts';
import { FileError } from '../../engine/platform/file-system.ts';
import type { FileReference, HostSettings } from '../../engine/platform/host.ts';

const settingName = 'host.recentFiles';
const most = 20;
const stored = z.array(z.object({ key: z.string(), name: z.string(), folder: z.string() }));

export interface RecentFiles {
  list(): Promise<readonly FileReference[]>;
  /** Puts a file first. When that cannot be written, the list stays as it is: it is never worth a failed save. */
  used(file: FileReference): Promise<void>;
}

/** The list in `settings`; a damaged one counts as empty. */
export function createRecentFiles(settings: HostSettings): RecentFiles {
  let last: Promise<void> = Promise.resolve();

  async function list(): Promise<readonly FileReference[]> {
    const parsed = stored.safeParse(await settings.get(settingName));
    return parsed.success ? parsed.data : [];
  }
  async function putFirst(file: FileReference): Promise<void> {
    const others = (await list()).filter((other) => other.key !== file.key);
    try {
      await settings.set(settingName, [file, ...others].slice(0, most));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
    }
  }
  return {
    list,
    used(file) {
      last = last.catch(() => undefined).then(() => putFirst(file));
      return last;
    },
  };
}

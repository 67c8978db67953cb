/** The services of this user that desktop and browser mode share: journal, settings, log, recent files. */
import { join } from 'node:path';
import type { Host, HostSettings } from '../../engine/platform/host.ts';
import { createJournalStore } from './journal-store.ts';
import type { JournalStore } from './journal-store.ts';
import { createLogFile } from './log-file.ts';
import { nodeFileSystem } from './node-file-system.ts';
import { nodeClock, nodeRandom } from './node-seams.ts';
import { createRecentFiles } from './recent-files.ts';
import type { RecentFiles } from './recent-files.ts';
import { createSettingsStore } from './settings-store.ts';

export interface UserServices {
  readonly journal: JournalStore;
  readonly settings: HostSettings;
  readonly log: Host['log'];
  readonly recent: RecentFiles;
}

/** Services that keep their files in the folder `state`. */
export function createUserServices(state: string): UserServices {
  const settings = createSettingsStore(nodeFileSystem, nodeRandom, join(state, 'settings.json'));
  return {
    journal: createJournalStore(nodeFileSystem, nodeRandom, join(state, 'journals')),
    settings,
    log: createLogFile(nodeFileSystem, nodeClock, join(state, 'spikeloom.log')),
    recent: createRecentFiles(settings),
  };
}

/** The services of this user that desktop and browser mode share: journal, settings, log, recent files. */
import { join } from 'node:path';
import type { Host, HostSettings } from '../../engine/platform/host.ts';
import { createJournalClaims } from './journal-claims.ts';
import type { JournalClaims } from './journal-claims.ts';
import { createJournalStore } from './journal-store.ts';
import { createLogFile } from './log-file.ts';
import { nodeFileSystem } from './node-file-system.ts';
import { nodeClock, nodeRandom } from './node-seams.ts';
import { createRecentFiles } from './recent-files.ts';
import type { RecentFiles } from './recent-files.ts';
import { createSettingsStore } from './settings-store.ts';

export interface UserServices {
  readonly journals: JournalClaims;
  readonly settings: HostSettings;
  readonly log: Host['log'];
  readonly recent: RecentFiles;
  /** Resolves when what was begun is written. */
  close(): Promise<void>;
}

/** Services that keep their files in the folder `state`; the desktop brings its own log. */
export function createUserServices(
  state: string,
  log: Host['log'] = createLogFile(nodeFileSystem, nodeClock, join(state, 'spikeloom.log')),
): UserServices {
  const settings = createSettingsStore(nodeFileSystem, nodeRandom, join(state, 'settings.json'));
  const journals = createJournalClaims(createJournalStore(nodeFileSystem, nodeRandom, join(state, 'journals')));
  return {
    journals,
    settings,
    log,
    recent: createRecentFiles(settings),
    close: () => journals.close(),
  };
}

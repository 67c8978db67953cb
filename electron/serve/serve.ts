/** Starts the browser mode for this user: services, page, server. */
import type { Host } from '../../engine/platform/host.ts';
import { findPageFiles } from '../platform/page-files.ts';
import { nodeFileSystem } from '../platform/node-file-system.ts';
import { nodeRandom } from '../platform/node-seams.ts';
import type { UserFolders } from '../platform/user-folders.ts';
import { createUserServices } from '../platform/user-services.ts';
import { createProjectFiles } from './project-files.ts';
import { startServer } from './server.ts';
import type { RunningServer } from './server.ts';

export interface ServeSettings {
  /** 0 = any free port. */
  readonly port: number;
  /** Folder of the built page. */
  readonly pageFolder: string;
  readonly folders: UserFolders;
  readonly onLinkUsed?: () => void;
}

export interface Serving extends RunningServer {
  readonly log: Host['log'];
}

/** Serves until closed. Rejects when the port is taken or the page is not built. */
export async function serve(settings: ServeSettings): Promise<Serving> {
  const { journal, settings: stored, log, recent } = createUserServices(settings.folders.state);
  const server = await startServer({
    port: settings.port,
    page: await findPageFiles(settings.pageFolder),
    random: nodeRandom,
    services: {
      files: createProjectFiles(nodeFileSystem, nodeRandom, settings.folders.projects, recent),
      journal,
      settings: stored,
      log,
      // A page sets its own title and closes its own tab.
      window: { setTitle: () => undefined, close: () => undefined },
    },
    ...(settings.onLinkUsed === undefined ? {} : { onLinkUsed: settings.onLinkUsed }),
  });
  return {
    ...server,
    log,
    async close() {
      await server.close();
      await journal.close();
    },
  };
}

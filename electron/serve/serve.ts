/** Starts the browser mode for this user: services, page, server. */
import { mapResult } from '../../engine/base/result.ts';
import type { Host, HostFiles } from '../../engine/platform/host.ts';
import { checkedAddress } from '../platform/external-address.ts';
import { findPageFiles } from '../platform/page-files.ts';
import { nodeFileSystem } from '../platform/node-file-system.ts';
import { nodeRandom } from '../platform/node-seams.ts';
import type { UserFolders } from '../platform/user-folders.ts';
import { createUserServices } from '../platform/user-services.ts';
import type { UserServices } from '../platform/user-services.ts';
import type { ServeLimits } from './limits.ts';
import type { PageServices } from './page-session.ts';
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
  readonly limits?: ServeLimits;
}

export interface Serving extends RunningServer {
  readonly log: Host['log'];
}

/** Serves until closed. Rejects when the port is taken or the page is not built. */
export async function serve(settings: ServeSettings): Promise<Serving> {
  const user = createUserServices(settings.folders.state);
  const server = await startServer({
    port: settings.port,
    page: await findPageFiles(settings.pageFolder),
    random: nodeRandom,
    services: servicesFor(user, createProjectFiles(nodeFileSystem, nodeRandom, settings.folders.projects, user.recent)),
    ...(settings.onLinkUsed === undefined ? {} : { onLinkUsed: settings.onLinkUsed }),
    ...(settings.limits === undefined ? {} : { limits: settings.limits }),
  });
  return {
    ...server,
    log: user.log,
    async close() {
      await server.close();
      await user.close();
    },
  };
}

/** A page sets its own title, has no native menu, closes its own tab and opens addresses itself. */
function servicesFor(user: UserServices, files: HostFiles): PageServices {
  return (emit) => {
    const page = user.journals.connect((id) => emit({ kind: 'taken', id }));
    return {
      files,
      journal: page.journal,
      settings: user.settings,
      log: user.log,
      window: {
        setTitle: () => undefined,
        setMenu: () => undefined,
        closing: () => undefined,
        saved: () => undefined,
      },
      openExternal: async (address) => mapResult(checkedAddress(address), () => undefined),
      update: async () => ({ kind: 'off', reason: 'the browser mode is updated with its installation' }),
      away: (isAway) => page.away(isAway),
      dispose: () => page.dispose(),
    };
  };
}

/** The host of the browser mode: `serve` keeps projects, journal and settings; the page itself opens files of the person. */
import { defined } from '../../engine/base/assert.ts';
import type { Host } from '../../engine/platform/host.ts';
import { createRemoteHost } from '../../engine/client/remote-host.ts';
import type { HostEvent, HostRequests } from '../../engine/protocol/host-requests.ts';
import type { LastingCaller } from '../../engine/protocol/lasting-caller.ts';
import { createLastingClaims } from './lasting-claims.ts';
import { createPageFiles, isPageFile } from './page-files.ts';

const projectSort = { title: 'Spikeloom project', extensions: ['spikeloom'] };

export function createBrowserHost(caller: LastingCaller<HostRequests, HostEvent>): Host {
  const remote = createRemoteHost('browser', caller, (handler) =>
    caller.onConnection((state) => handler(state === 'connected', state === 'ended')),
  );
  const claims = createLastingClaims(remote.journal);
  caller.onRenewed((session) => claims.renew(createRemoteHost('browser', session).journal));
  const page = createPageFiles();
  return {
    ...remote,
    journal: claims.journal,
    files: {
      open: (sorts) => page.open(sorts),
      read: (file) => page.read(file) ?? remote.files.read(file),
      async save(file, bytes, expected) {
        if (!isPageFile(file)) return remote.files.save(file, bytes, expected);
        const saved = page.save(file, bytes, expected);
        if (saved !== undefined) return saved;
        // A file the page may only read is saved among the projects, under its name.
        const elsewhere = await remote.files.saveAs(file.name, projectSort, bytes);
        return elsewhere.ok ? { ...elsewhere, value: defined(elsewhere.value, 'the server asks nobody') } : elsewhere;
      },
      saveAs: (suggestedName, sort, bytes) => remote.files.saveAs(suggestedName, sort, bytes),
      recent: () => remote.files.recent(),
    },
    async openExternal(address) {
      const checked = await remote.openExternal(address);
      if (checked.ok) window.open(address, '_blank', 'noopener,noreferrer');
      return checked;
    },
    window: { ...remote.window, setTitle: (title) => void (document.title = title) },
  };
}

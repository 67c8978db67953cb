/** The host of a page that nothing answers for (a plain web server): files by download, journal and settings in the browser's own storage. */
import { disposable } from '../../engine/base/disposable.ts';
import { problem } from '../../engine/base/problem.ts';
import { failed, ok } from '../../engine/base/result.ts';
import type { Host } from '../../engine/platform/host.ts';
import { sha256 } from '../../engine/base/sha256.ts';
import { createPageFiles } from './page-files.ts';
import { createPageJournals } from './page-journals.ts';

const settingKey = (name: string): string => `spikeloom setting ${name}`;

export function createPageHost(): Host {
  const page = createPageFiles();
  return {
    kind: 'browser',
    files: {
      open: (sorts) => page.open(sorts),
      read: async (file) =>
        page.read(file) ??
        failed(problem('file/not-found', `${file.name} must be chosen again.`, { hint: 'Use Open.' })),
      async save(file, bytes, expected) {
        const saved = await page.save(file, bytes, expected);
        if (saved !== undefined) return saved;
        download(file.name, bytes);
        return ok({ file, stamp: sha256(bytes) });
      },
      async saveAs(suggestedName, _sort, bytes) {
        download(suggestedName, bytes);
        const file = { key: `download:${suggestedName}`, name: suggestedName, folder: '' };
        return ok({ file, stamp: sha256(bytes) });
      },
      recent: async () => [],
    },
    journal: createPageJournals(),
    settings: {
      get: async (name) => JSON.parse(localStorage.getItem(settingKey(name)) ?? 'null') as unknown,
      async set(name, value) {
        localStorage.setItem(settingKey(name), JSON.stringify(value));
      },
    },
    window: {
      setTitle: (title) => void (document.title = title),
      setMenu: () => undefined,
      onCommand: () => disposable(() => undefined),
      onOpenFile: () => disposable(() => undefined),
      onClosing: () => disposable(() => undefined),
    },
    async openExternal(address) {
      window.open(address, '_blank', 'noopener,noreferrer');
      return ok(undefined);
    },
    update: async () => ({ kind: 'off', reason: 'a page is always the newest' }),
    onConnection: () => disposable(() => undefined),
    log: () => undefined,
  };
}

/** Gives the person a file by way of the browser's downloads. */
export function download(name: string, bytes: Uint8Array): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([new Uint8Array(bytes)]));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

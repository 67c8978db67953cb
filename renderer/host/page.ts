/** The host of a page that nothing answers for (a plain web server): files by download, journal and settings in the browser's own storage. */
import { disposable } from '../../engine/base/disposable.ts';
import { problem } from '../../engine/base/problem.ts';
import { failed, ok, type Failed } from '../../engine/base/result.ts';
import type { Host } from '../../engine/platform/host.ts';
import { sha256 } from '../../engine/base/sha256.ts';
import { createPageClaims } from './journal-claim.ts';
import { createPageFiles } from './page-files.ts';

const journalKey = (id: string): string => `spikeloom journal ${id}`;
const settingKey = (name: string): string => `spikeloom setting ${name}`;

export function createPageHost(): Host {
  const page = createPageFiles();
  const claim = createPageClaims();
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
    journal: {
      list: async () => ok([]),
      claim: async (id) => ok(await claim(id)),
      release: async () => undefined,
      onTaken: () => disposable(() => undefined),
      read: async (id) => ok((localStorage.getItem(journalKey(id)) ?? '').split('\n').filter((line) => line !== '')),
      append: async (id, lines) =>
        store(journalKey(id), (localStorage.getItem(journalKey(id)) ?? '') + lines.map((line) => `${line}\n`).join('')),
      async restart(id, lines) {
        for (const key of Object.keys(localStorage))
          if (key.startsWith(journalKey('')) && key !== journalKey(id)) localStorage.removeItem(key);
        return store(journalKey(id), lines.map((line) => `${line}\n`).join(''));
      },
    },
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

function store(key: string, text: string): ReturnType<typeof ok<void>> | Failed {
  try {
    localStorage.setItem(key, text);
    return ok(undefined);
  } catch (error) {
    return failed(
      problem('file/write', 'The storage of this browser is full.', {
        hint: 'Save the project to a file.',
        cause: String(error),
      }),
    );
  }
}

/** Gives the person a file by way of the browser's downloads. */
export function download(name: string, bytes: Uint8Array): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([new Uint8Array(bytes)]));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

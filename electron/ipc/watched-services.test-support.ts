/** Services that only note which of them was reached, and an argument for every request that each accepts. */
import { ok } from '../../engine/base/result.ts';
import type { HostRequests } from '../../engine/protocol/host-requests.ts';
import type { HostServices } from './host-handlers.ts';

const file = { key: 'net.spikeloom', name: 'net.spikeloom', folder: '' };
const sort = { title: 'Spikeloom project', extensions: ['spikeloom'] };
const bytes = Uint8Array.of(1, 2, 3);

/** A good argument for each request, in the order of the table of requests. */
export const goodArguments: { readonly [K in keyof HostRequests]: HostRequests[K]['argument'] } = {
  'files.open': { sorts: [sort] },
  'files.read': { file },
  'files.save': { file, bytes, expected: '0'.repeat(64) },
  'files.saveAs': { suggestedName: 'net.spikeloom', sort, bytes },
  'files.recent': {},
  'journal.list': {},
  'journal.claim': { id: 'one', take: false },
  'journal.release': { id: 'one' },
  'journal.read': { id: 'one' },
  'journal.append': { id: 'one', lines: ['a', 'b'] },
  'journal.restart': { id: 'one', lines: [] },
  'settings.get': { name: 'workbench' },
  'settings.set': { name: 'workbench', value: { theme: 'dark' } },
  'window.setTitle': { title: 'Net' },
  'window.setMenu': {
    menu: [{ title: 'Edit', items: [{ command: 'edit.undo', title: 'Undo', keys: 'Mod+Z', enabled: true }] }],
  },
  'window.closing': { name: 'Net', unsaved: true, pending: false },
  'window.saved': { saved: true },
  openExternal: { address: 'https://doi.org/' },
  update: {},
  log: { level: 'info', message: 'hello' },
};

export interface WatchedServices {
  readonly services: HostServices;
  /** Names of the requests that reached a service, in order. */
  readonly reached: string[];
}

export function watchedServices(): WatchedServices {
  const reached: string[] = [];
  const note =
    <T>(name: keyof HostRequests, reply: T): (() => T) =>
    () => {
      reached.push(name);
      return reply;
    };
  const later = <T>(name: keyof HostRequests, reply: T): (() => Promise<T>) => note(name, Promise.resolve(reply));
  const nothing = ok(undefined);
  return {
    reached,
    services: {
      files: {
        open: later('files.open', nothing),
        read: later('files.read', ok({ file, bytes, stamp: '' })),
        save: later('files.save', ok({ file, stamp: '' })),
        saveAs: later('files.saveAs', nothing),
        recent: later('files.recent', []),
      },
      journal: {
        list: later('journal.list', ok([])),
        claim: later('journal.claim', ok(true)),
        release: later('journal.release', undefined),
        read: later('journal.read', ok([])),
        append: later('journal.append', nothing),
        restart: later('journal.restart', nothing),
      },
      settings: { get: later('settings.get', undefined), set: later('settings.set', undefined) },
      window: {
        setTitle: note('window.setTitle', undefined),
        setMenu: note('window.setMenu', undefined),
        closing: note('window.closing', undefined),
        saved: note('window.saved', undefined),
      },
      openExternal: later('openExternal', nothing),
      update: later('update', { kind: 'current' } as const),
      log: note('log', undefined),
    },
  };
}

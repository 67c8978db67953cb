/** What pages may not do: every address, permission and event of the tables is refused. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LockableContents } from './lock-down.ts';
import { isPageAddress, isPageDocument, lockPages, lockSession, mayLoad } from './lock-down.ts';

const foreignAddresses = [
  'spikeloom://app.evil/',
  'spikeloom://apple/',
  'spikeloom://evil/app',
  'spikeloom://app@evil/',
  'spikeloom://user:word@app/',
  'spikeloom://app:8080/',
  'spikeloom://',
  'spikeloom:app',
  'spikelooms://app/',
  'https://app/',
  'http://127.0.0.1:4711/',
  'https://spikeloom.example/?spikeloom://app/',
  'file:///etc/passwd',
  'file:///home/me/dropped.html',
  'data:text/html,<script>1</script>',
  'blob:https://evil.example/1',
  'javascript:alert(1)',
  'about:blank',
  'view-source:spikeloom://app/',
  'ms-msdt:/id',
  '',
  '//app/',
];

type Listeners = Record<string, (event: never, ...rest: never[]) => void>;

function lockedContents(): { listeners: Listeners; opened: { action: string } } {
  const listeners: Listeners = {};
  let opened = { action: 'allow' };
  const contents: LockableContents = {
    setWindowOpenHandler: (handler) => void (opened = handler()),
    on: (event: string, listener: (event: never) => void) => void (listeners[event] = listener),
  };
  lockPages({
    on(event: string, listener: (event: never, ...rest: never[]) => void) {
      if (event === 'web-contents-created')
        (listener as (event: unknown, contents: LockableContents) => void)({}, contents);
      else listeners[event] = listener;
    },
  });
  return { listeners, opened };
}

/** Whether the listener of the event lets it happen. */
function happens(listeners: Listeners, name: string, details: object = {}, ...rest: unknown[]): boolean {
  let prevented = false;
  const event = { ...details, preventDefault: () => (prevented = true) };
  (listeners[name] as unknown as (event: object, ...rest: unknown[]) => void)(event, ...rest);
  return !prevented;
}

describe('navigation', () => {
  const { listeners } = lockedContents();
  const navigations = ['will-navigate', 'will-frame-navigate'] as const;

  it.each(foreignAddresses)('no page goes to %j', (url) => {
    expect(isPageDocument(url)).toBe(false);
    for (const name of navigations) expect(happens(listeners, name, { url, isMainFrame: true })).toBe(false);
  });

  it.each(['spikeloom://app/assets/main.js', 'spikeloom://app/index.html/x', 'spikeloom://app/workers/w.js'])(
    'nor to %s, which is no document',
    (url) => {
      for (const name of navigations) expect(happens(listeners, name, { url, isMainFrame: true })).toBe(false);
    },
  );

  it('the page may load itself again, and no frame inside it may load anything', () => {
    for (const name of navigations) {
      expect(happens(listeners, name, { url: 'spikeloom://app/', isMainFrame: true })).toBe(true);
      expect(happens(listeners, name, { url: 'spikeloom://app/', isMainFrame: false })).toBe(false);
    }
  });

  it('redirections, web views and windows are refused', () => {
    expect(happens(listeners, 'will-redirect', { url: 'spikeloom://app/' })).toBe(false);
    expect(happens(listeners, 'will-attach-webview')).toBe(false);
    expect(lockedContents().opened).toEqual({ action: 'deny' });
  });

  it('certificates that are wrong, asked for, or passwords for sites are refused', () => {
    const answers: boolean[] = [];
    const answer = (trusted: boolean): void => void answers.push(trusted);
    expect(happens(listeners, 'certificate-error', {}, {}, 'https://doi.org/', 'expired', {}, answer)).toBe(false);
    expect(answers).toEqual([false]);
    expect(happens(listeners, 'select-client-certificate')).toBe(false);
    expect(happens(listeners, 'login')).toBe(false);
  });
});

/** All permission names that the installed Electron knows, read from its own types. */
function permissionNames(): string[] {
  const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  const types = readFileSync(join(folder, 'electron.d.ts'), 'utf8');
  const handlers = types.match(/set(Permission(Request|Check)|DevicePermission)Handler\(handler: .*/g) ?? [];
  return [
    ...new Set(handlers.flatMap((line) => [...line.matchAll(/'([a-z][\w-]+)'/gi)].map(([, name]) => name ?? ''))),
  ];
}

describe('session', () => {
  function lockedSession() {
    const handlers: Record<string, (...values: unknown[]) => unknown> = {};
    const keep = (name: string) => (handler: unknown) => {
      handlers[name] = handler as (...values: unknown[]) => unknown;
    };
    lockSession({
      setPermissionRequestHandler: keep('request'),
      setPermissionCheckHandler: keep('check'),
      setDevicePermissionHandler: keep('device'),
      webRequest: { onBeforeRequest: keep('load') },
      on: (_event, listener) => keep('download')(listener),
    });
    return handlers;
  }

  it('no permission is given, whatever its name', () => {
    const handlers = lockedSession();
    const names = [...permissionNames(), 'a-permission-of-tomorrow'];
    expect(names).toContain('media');
    expect(names).toContain('serial');
    expect(names.length).toBeGreaterThan(30);
    for (const name of names) {
      const answers: unknown[] = [];
      handlers['request']?.({}, name, (granted: unknown) => answers.push(granted));
      expect([name, answers, handlers['check']?.({}, name, 'spikeloom://app')]).toEqual([name, [false], false]);
    }
    for (const deviceType of ['hid', 'serial', 'usb']) expect(handlers['device']?.({ deviceType })).toBe(false);
  });

  it('nothing is loaded from elsewhere', () => {
    const handlers = lockedSession();
    const loads = (url: string): boolean => {
      let cancelled = true;
      handlers['load']?.({ url }, ({ cancel }: { cancel: boolean }) => (cancelled = cancel));
      return !cancelled;
    };
    const own = [
      'spikeloom://app/',
      'spikeloom://app/assets/x.js',
      'data:image/png;base64,AA',
      'blob:spikeloom://app/1',
    ];
    expect(own.filter((url) => !loads(url))).toEqual([]);
    const foreign = foreignAddresses.filter((url) => !url.startsWith('data:'));
    expect(foreign.filter(loads)).toEqual([]);
    expect(foreign.filter(mayLoad)).toEqual([]);
    expect(['ws://127.0.0.1/', 'wss://evil.example/', 'chrome://gpu/', 'ftp://x/'].filter(loads)).toEqual([]);
  });

  it('only what the page made itself is downloaded', () => {
    const handlers = lockedSession() as unknown as Listeners;
    const downloads = (url: string): boolean => happens(handlers, 'download', {}, { getURL: () => url });
    expect(downloads('blob:spikeloom://app/1-2')).toBe(true);
    for (const url of [
      'https://evil.example/x',
      'data:text/plain,x',
      'spikeloom://app/assets/x.js',
      'blob:https://evil/1',
    ])
      expect(downloads(url)).toBe(false);
  });
});

it('addresses are compared by their parts', () => {
  expect(isPageAddress('spikeloom://app/assets/x.js?y#z')).toBe(true);
  expect(foreignAddresses.filter(isPageAddress)).toEqual([]);
});

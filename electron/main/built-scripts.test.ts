/** The scripts of the desktop app as they are built: what they load, what they expose, and settings that must never stand in them. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { builtinModules } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostMethods } from '../../engine/platform/host.ts';
import { hostBridgeName } from '../../engine/protocol/host-requests.ts';
import { createRemoteHost } from '../../engine/client/remote-host.ts';
import { eventChannel, requestChannel } from '../ipc/channels.ts';
import { createHostHandlers } from '../ipc/host-handlers.ts';
import { hostSchemas } from '../ipc/host-schemas.ts';
import { goodArguments, watchedServices } from '../ipc/watched-services.test-support.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
let folder = '';
/** Built files by name. */
let scripts: ReadonlyMap<string, string> = new Map();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spikeloom-built-'));
  for (const preload of [false, true]) await bundle(preload);
  const names = (await readdir(folder, { recursive: true })).filter((name) => /\.c?js$/.test(name));
  scripts = new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const)),
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Builds with the project's own configuration into the test's folder. */
async function bundle(preload: boolean): Promise<void> {
  const before = process.env['SPIKELOOM_BUILD'];
  process.env['SPIKELOOM_BUILD'] = preload ? 'preload' : 'main';
  try {
    await build({
      root,
      configFile: join(root, 'vite.node.config.ts'),
      logLevel: 'silent',
      build: { outDir: folder, emptyOutDir: false, sourcemap: false },
    });
  } finally {
    if (before === undefined) delete process.env['SPIKELOOM_BUILD'];
    else process.env['SPIKELOOM_BUILD'] = before;
  }
}

/** Names of the modules that a script asks for. */
function modulesOf(text: string): string[] {
  const found = text.matchAll(
    /(?:^|[\s;}])(?:import|export)\b[^'"`;()]*?from\s*["']([^"']+)["']|(?:\brequire|__require|\bimport)\(\s*["']([^"']+)["']\s*\)/gm,
  );
  return [...new Set([...found].map(([, from, called]) => from ?? called ?? ''))].sort();
}

function scriptOf(name: string): string {
  const text = scripts.get(name);
  if (text === undefined) throw new Error(`${name} was not built`);
  return text;
}

describe('main script', () => {
  it('is built, and asks for nothing but Electron, Node and its own parts', () => {
    const known = new Set(['electron', ...builtinModules, ...builtinModules.map((name) => `node:${name}`)]);
    const asked = [...scripts].flatMap(([name, text]) => modulesOf(text).map((module) => [name, module] as const));
    const foreign = asked.filter(
      ([, module]) => !known.has(module) && !module.startsWith('./') && !module.startsWith('../'),
    );
    expect(foreign).toEqual([]);
    expect(modulesOf(scriptOf('main.js'))).toContain('electron');
  });

  it('loads the updater only when it is asked to', () => {
    const updater = [...scripts].filter(
      ([name, text]) => name.startsWith('chunks') && text.includes('autoUpdater') && text.includes('electron-updater'),
    );
    expect(updater.map(([name]) => name)).toHaveLength(1);
    const [name = ''] = updater[0] ?? [];
    const atOnce = [...scripts].filter(([, text]) =>
      new RegExp(`(from|import)\\s*["']\\.{1,2}/(chunks/)?${name.slice('chunks/'.length)}["']`).test(text),
    );
    expect(atOnce).toEqual([]);
    expect(scriptOf('main.js')).toMatch(new RegExp(`import\\(["']\\./chunks/${name.slice('chunks/'.length)}["']\\)`));
  });
});

describe('preload script', () => {
  /** Runs it as the sandbox does: nothing but `require`, which knows nothing but Electron. */
  function runPreload() {
    const asked: string[] = [];
    const exposed: (readonly [string, object])[] = [];
    const channels: string[] = [];
    const electron = {
      contextBridge: { exposeInMainWorld: (name: string, api: object) => void exposed.push([name, api]) },
      ipcRenderer: {
        invoke: async (channel: string, ...values: unknown[]) => void channels.push(channel, ...values.map(String)),
        on: (channel: string) => void channels.push(channel),
        removeListener: (channel: string) => void channels.push(channel),
      },
    };
    const require = (name: string): unknown => {
      asked.push(name);
      if (name === 'electron') return electron;
      throw new Error(`module not found: ${name}`);
    };
    runInNewContext(scriptOf('preload.cjs'), { require, exports: {}, module: { exports: {} } });
    return { asked, exposed, channels };
  }

  it('asks for nothing but Electron and exposes call and listen', () => {
    const { asked, exposed } = runPreload();
    expect([...new Set(asked)]).toEqual(['electron']);
    expect(modulesOf(scriptOf('preload.cjs'))).toEqual(['electron']);
    expect(exposed.map(([name, api]) => [name, Object.keys(api).sort()])).toEqual([
      [hostBridgeName, ['call', 'listen']],
    ]);
  });

  it('uses the two channels and no other, whatever the page asks for', async () => {
    const { exposed, channels } = runPreload();
    const bridge = exposed[0]?.[1] as {
      call(name: unknown, argument: unknown): Promise<unknown>;
      listen(handler: () => void): () => void;
    };
    await bridge.call('files.open', {});
    await bridge.call({ toString: () => 'ELECTRON_BROWSER_REQUIRE' }, 7);
    bridge.listen(() => undefined)();
    expect(channels).toEqual([
      requestChannel,
      'files.open',
      '[object Object]',
      requestChannel,
      'ELECTRON_BROWSER_REQUIRE',
      '7',
      eventChannel,
      eventChannel,
    ]);
  });

  it('stays small', async () => {
    const files = ['preload.ts', 'bridge.ts'];
    const lines = await Promise.all(
      files.map(async (file) => (await readFile(join(root, 'electron', 'preload', file), 'utf8')).split('\n').length),
    );
    expect(lines.reduce((sum, count) => sum + count, 0)).toBeLessThan(80);
  });
});

/** Settings of Electron and Chromium that take protection away. */
const forbidden: readonly (readonly [string, RegExp, string])[] = [
  ['web security off', /webSecurity\s*:\s*(false|!1)/, 'webSecurity: false'],
  ['Node in the page', /nodeIntegration(InWorker|InSubFrames)?\s*:\s*(true|!0)/, 'nodeIntegration: true'],
  ['isolation off', /contextIsolation\s*:\s*(false|!1)/, 'contextIsolation:!1'],
  ['sandbox off', /\bsandbox\s*:\s*(false|!1)/, 'sandbox: false'],
  ['insecure content', /allowRunningInsecureContent\s*:\s*(true|!0)/, 'allowRunningInsecureContent: true'],
  ['experiments', /experimentalFeatures\s*:\s*(true|!0)|enableBlinkFeatures/, 'enableBlinkFeatures: "x"'],
  ['web views', /webviewTag\s*:\s*(true|!0)/, 'webviewTag: true'],
  ['remote module', /enableRemoteModule|@electron\/remote/, 'enableRemoteModule: true'],
  ['a switch at run time', /appendSwitch\(|appendArgument\(/, 'app.commandLine.appendSwitch("no-sandbox")'],
  ['pages from files', /loadFile\(|loadURL\(\s*[`"']file:/, 'window.loadURL("file:///x")'],
  ['pages of the web', /loadURL\(\s*[`"']https?:/, 'window.loadURL("https://x")'],
  ['scripts put into pages', /executeJavaScript\(|insertCSS\(/, 'contents.executeJavaScript(x)'],
  ['privileged schemes', /bypassCSP|corsEnabled\s*:\s*(true|!0)/, '{ bypassCSP: true }'],
];

describe('settings that must not stand in the scripts', () => {
  it.each(forbidden)('%s', (_name, pattern, sample) => {
    expect(pattern.test(sample)).toBe(true);
    const own = [...scripts].filter(([name]) => name === 'main.js' || name === 'preload.cjs');
    expect(own).toHaveLength(2);
    expect(own.filter(([, text]) => pattern.test(text)).map(([name]) => name)).toEqual([]);
  });

  it('what protects the page stands in the main script', () => {
    const main = scriptOf('main.js');
    const protections = [
      'contextIsolation: true',
      'sandbox: true',
      'nodeIntegration: false',
      'webviewTag: false',
      'enableSandbox()',
    ];
    expect(protections.filter((setting) => !main.includes(setting))).toEqual([]);
  });
});

describe('one table of requests', () => {
  const answers = ['window.closing', 'window.saved'];
  const expected = [...hostMethods, ...answers].sort();

  it('interface, schemas, handlers and the arguments of the tests name the same requests', () => {
    expect(Object.keys(hostSchemas).sort()).toEqual(expected);
    expect(Object.keys(createHostHandlers(watchedServices().services)).sort()).toEqual(expected);
    expect(Object.keys(goodArguments).sort()).toEqual(expected);
  });

  it('the page asks for every one of them, and for no other', async () => {
    const asked = new Set<string>();
    const handlers: ((event: unknown) => void)[] = [];
    const host = createRemoteHost('electron', {
      request: async (name: string) => void asked.add(name) as never,
      listen(handler) {
        handlers.push(handler as (event: unknown) => void);
        return { dispose: () => undefined };
      },
      onGone: () => undefined,
      dispose: () => undefined,
    });
    const file = { key: 'a', name: 'a', folder: '' };
    const sort = { title: '', extensions: [] };
    await Promise.all([
      host.files.open([]),
      host.files.read(file),
      host.files.save(file, new Uint8Array(), undefined),
      host.files.saveAs('a', sort, new Uint8Array()),
      host.files.recent(),
      host.journal.list(),
      host.journal.claim('a', false),
      host.journal.release('a'),
      host.journal.read('a'),
      host.journal.append('a', []),
      host.journal.restart('a', []),
      host.settings.get('a'),
      host.settings.set('a', 1),
      host.openExternal('a'),
      host.update(),
    ]);
    host.window.setTitle('a');
    host.window.setMenu([]);
    host.log('info', 'a');
    host.window.onClosing({ state: () => ({ name: '', unsaved: false, pending: false }), save: async () => true });
    for (const handler of handlers) for (const kind of ['closing', 'save']) handler({ kind });
    await expect.poll(() => [...asked].sort()).toEqual(expected);
  });
});

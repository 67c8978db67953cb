/** Electron's two processes in one: ipcMain, ipcRenderer, the context bridge and windows, joined by structured clones as there. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createElectronHost } from '../../renderer/host/electron.ts';
import { defined } from '../../engine/base/assert.ts';
import type { Host } from '../../engine/platform/host.ts';
import type { HostBridge } from '../../engine/protocol/host-requests.ts';
import { nodeClock, nodeRandom } from '../platform/node-seams.ts';
import type { UserServices } from '../platform/user-services.ts';
import { createUserServices } from '../platform/user-services.ts';
import { createBridge } from '../preload/bridge.ts';
import type { RequestDoor, RequestEvent } from './answer-page.ts';
import type { Desktop, DesktopParts } from './desktop.ts';
import { createDesktop } from './desktop.ts';
import type { MenuTemplateItem } from './native-menu.ts';
import type { GoneDetails, WindowPart } from './parts.ts';
import type { Message } from './prompts.ts';
import type { Rectangle } from './window-place.ts';

type Listener = (...values: never[]) => void;

/** A frame that asks. */
export type FakeFrame = RequestEvent['senderFrame'];
export const pageFrame: FakeFrame = { parent: null, url: 'spikeloom://app/' };

export interface FakeDoor extends RequestDoor {
  /** A request as ipcRenderer.invoke sends it: argument and reply cross as clones. */
  invoke(sender: number, frame: FakeFrame, channel: string, ...values: readonly unknown[]): Promise<unknown>;
}

export function createFakeDoor(): FakeDoor {
  const handlers = new Map<string, (event: RequestEvent, name: unknown, argument: unknown) => unknown>();
  return {
    handle(channel, listener) {
      if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
      handlers.set(channel, listener);
    },
    async invoke(id, senderFrame, channel, ...values) {
      const [name, argument] = values.map((value) => structuredClone(value));
      await Promise.resolve();
      const handler = handlers.get(channel);
      if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
      return structuredClone(await handler({ senderFrame, sender: { id } }, name, argument));
    },
  };
}

export interface FakeWindow extends WindowPart {
  readonly id: number;
  /** What happened to it, in order: `show`, `destroy`, `reload` … */
  readonly log: string[];
  title: string;
  bounds: Rectangle;
  /** The host of its page, over the bridge. */
  readonly host: Host;
  readonly bridge: HostBridge;
  /** What Electron tells of the window or its page. */
  tell(event: string, ...values: readonly unknown[]): void;
  /** The person closes it. */
  close(): void;
  /** The page dies. */
  endPage(details: GoneDetails): void;
}

export function createFakeWindow(id: number, door: FakeDoor, bounds: Rectangle): FakeWindow {
  const listeners = new Map<string, Listener[]>();
  const on = (event: string, listener: Listener): void => {
    listeners.set(event, [...(listeners.get(event) ?? []), listener]);
  };
  const log: string[] = [];
  let destroyed = false;
  let pageListeners = new Set<{ channel: string; listener: (event: unknown, message: unknown) => void }>();
  const renderer = {
    invoke: (channel: string, ...values: unknown[]) => door.invoke(id, pageFrame, channel, ...values),
    on(channel: string, listener: (event: unknown, message: unknown) => void) {
      pageListeners.add({ channel, listener });
    },
    removeListener(_channel: string, listener: (event: unknown, message: unknown) => void) {
      for (const known of pageListeners) if (known.listener === listener) pageListeners.delete(known);
    },
  };
  const bridge = createBridge(renderer);
  let host: Host | undefined;
  const note =
    (name: string): (() => void) =>
    () =>
      void log.push(name);
  const fake: FakeWindow = {
    id,
    log,
    title: '',
    bounds,
    bridge,
    // The page runs when it was loaded; it listens before it asks.
    get host() {
      return (host ??= createElectronHost(bridge));
    },
    webContents: {
      id,
      send(channel, message) {
        const copy: unknown = structuredClone(message);
        queueMicrotask(() => {
          for (const known of [...pageListeners]) if (known.channel === channel) known.listener({ secret: true }, copy);
        });
      },
      reload() {
        log.push('reload');
        fake.tell('did-navigate');
      },
      forcefullyCrashRenderer: note('forcefullyCrashRenderer'),
      on,
    },
    loadURL: async (address) => {
      log.push(`load ${address}`);
      fake.tell('did-navigate');
    },
    show: note('show'),
    focus: note('focus'),
    restore: note('restore'),
    isMinimized: () => false,
    maximize: note('maximize'),
    isMaximized: () => log.includes('maximize'),
    getNormalBounds: () => fake.bounds,
    setTitle: (title) => (fake.title = title),
    destroy() {
      if (destroyed) return;
      destroyed = true;
      log.push('destroy');
      fake.tell('closed');
    },
    isDestroyed: () => destroyed,
    on,
    tell(event, ...values) {
      for (const listener of listeners.get(event) ?? [])
        (listener as (...values: readonly unknown[]) => void)(...values);
    },
    close() {
      let prevented = false;
      fake.tell('close', { preventDefault: () => (prevented = true) });
      if (!prevented) fake.destroy();
    },
    endPage(details) {
      pageListeners = new Set();
      host = undefined;
      fake.tell('render-process-gone', {}, details);
    },
  };
  return fake;
}

/** The desktop app over fakes; services and files are real, in a folder of its own. */
export interface TestDesktop {
  readonly desktop: Desktop;
  readonly door: FakeDoor;
  readonly folder: string;
  readonly user: UserServices;
  readonly windows: FakeWindow[];
  /** The last menu shown. */
  menu: MenuTemplateItem[];
  readonly messages: Message[];
  /** Button that the person presses in each message box. */
  press: (message: Message) => number | Promise<number>;
  /** Paths that the person chooses in the file dialogs, the next first; undefined or none left = Cancel. */
  readonly choices: (string | undefined)[];
  readonly recentDocuments: string[];
  readonly openedAddresses: string[];
  window(index?: number): FakeWindow;
  remove(): Promise<void>;
}

export async function createTestDesktop(changed: Partial<DesktopParts> = {}): Promise<TestDesktop> {
  const folder = await mkdtemp(join(tmpdir(), 'spikeloom-desktop-'));
  const door = createFakeDoor();
  const user = createUserServices(join(folder, 'state'), () => undefined);
  const test: TestDesktop = {
    door,
    folder,
    user,
    windows: [],
    menu: [],
    messages: [],
    press: ({ cancelId }) => cancelId,
    choices: [],
    recentDocuments: [],
    openedAddresses: [],
    window: (index = 0) => defined(test.windows[index], `there is a window ${index}`),
    async remove() {
      for (const window of test.windows) window.destroy();
      await user.close();
      await rm(folder, { recursive: true, force: true });
    },
    desktop: createDesktop({
      door,
      user,
      clock: nodeClock,
      random: nodeRandom,
      apple: false,
      makeWindow(place) {
        const window = createFakeWindow(test.windows.length + 1, door, { x: 0, y: 0, ...place });
        test.windows.push(window);
        return {
          window,
          dialogs: { chooseFile: async () => test.choices.shift(), choosePlace: async () => test.choices.shift() },
          async showMessage(message) {
            test.messages.push(message);
            return test.press(message);
          },
        };
      },
      screens: () => [{ x: 0, y: 0, width: 1920, height: 1080 }],
      showMenu: (template) => void (test.menu = template),
      addRecentDocument: (path) => void test.recentDocuments.push(path),
      openExternal: async (address) => void test.openedAddresses.push(address),
      update: async () => ({ kind: 'off', reason: 'a test' }),
      ...changed,
    }),
  };
  return test;
}

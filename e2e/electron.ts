/** The desktop app under test: the built scripts in the real Electron, where there is one. */
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { _electron } from '@playwright/test';
import type { ElectronApplication, Page } from '@playwright/test';

const root = join(import.meta.dirname, '..');
const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'));

/** Why the window cannot be opened here; undefined when it can. Nothing is fetched. */
export function electronObstacle(): string | undefined {
  if (electronPath() === undefined) return 'the binary of Electron is not here';
  if (process.getuid?.() === 0) return 'the sandbox of Electron cannot run as root';
  const needsDisplay = process.platform === 'linux';
  if (needsDisplay && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) return 'there is no display';
  return undefined;
}

function electronPath(): string | undefined {
  const note = join(folder, 'path.txt');
  const path = existsSync(note) ? join(folder, 'dist', readFileSync(note, 'utf8').trim()) : undefined;
  return path !== undefined && existsSync(path) ? path : undefined;
}

export interface RunningDesktop {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly home: string;
  end(): Promise<void>;
}

/** Starts the app with folders of its own and waits for its first window. */
export async function startDesktop(args: readonly string[] = []): Promise<RunningDesktop> {
  const home = await mkdtemp(join(tmpdir(), 'spikeloom-desktop-'));
  const executablePath = electronPath();
  const app = await _electron.launch({
    args: [`--user-data-dir=${join(home, 'chromium')}`, root, ...args],
    env: { ...(process.env as Record<string, string>), SPIKELOOM_HOME: home },
    ...(executablePath === undefined ? {} : { executablePath }),
  });
  return {
    app,
    home,
    page: await app.firstWindow(),
    async end() {
      // The windows would ask; the test has seen what it wanted.
      await app.evaluate(({ app: electron }) => electron.exit(0)).catch(() => undefined);
      await app.close().catch(() => undefined);
      await rm(home, { recursive: true, force: true });
    },
  };
}

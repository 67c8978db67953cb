/** `spikeloom serve`: the browser mode on 127.0.0.1, until stopped. */
import { spawn } from 'node:child_process';
import { pageFolder } from '../platform/program-folders.ts';
import { userFolders } from '../platform/user-folders.ts';
import { serve } from '../serve/serve.ts';
import type { Serving } from '../serve/serve.ts';
import type { Command } from './command.ts';
import { exitCodes } from './output.ts';
import { withStopSignals } from './signals.ts';

export interface ServeOptions {
  /** 0 = any free port. */
  readonly port: number;
  readonly open: boolean;
}

export const serveCommand: Command<ServeOptions> = async (output, { port, open }) => {
  let serving: Serving | undefined;
  const announce = (reason: string): void => {
    if (serving === undefined) return;
    output.line(`${reason} ${serving.link()}`);
    output.result({ port: serving.port, url: serving.link() });
  };
  try {
    serving = await serve({
      port,
      pageFolder: pageFolder(),
      folders: userFolders(),
      onLinkUsed: () => setImmediate(() => output.note(`Opened. For another browser: ${serving?.link() ?? ''}`)),
    });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    output.note(`Port ${port} is taken. Choose another one with --port, or leave --port out.`);
    return exitCodes.problems;
  }
  announce('Spikeloom runs at');
  if (open) openBrowser(serving.link());
  const code = await withStopSignals((stopped) => stopped);
  await serving.close();
  return code;
};

/** Opens the user's browser where there is one; the link is printed anyway. */
function openBrowser(link: string): void {
  const command = { darwin: 'open', win32: 'explorer' }[process.platform as string] ?? 'xdg-open';
  if (command === 'xdg-open' && process.env['DISPLAY'] === undefined && process.env['WAYLAND_DISPLAY'] === undefined)
    return;
  const child = spawn(command, [link], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}

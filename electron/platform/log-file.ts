/** The log file: one line per message with its time; starts over when it grows large. */
import { dirname } from 'node:path';
import type { FileSystem, OpenFile } from '../../engine/platform/file-system.ts';
import type { Host } from '../../engine/platform/host.ts';
import type { Clock } from '../../engine/platform/seams.ts';

const maximumBytes = 4 << 20;

/** Logs into the file at `path`, keeping the one before as `path.old`. What cannot be logged is dropped: a log never stops work. */
export function createLogFile(files: FileSystem, clock: Clock, path: string): Host['log'] {
  let file: OpenFile | undefined;
  let written = 0;
  let queue: Promise<void> = Promise.resolve();

  async function write(line: string): Promise<void> {
    const bytes = new TextEncoder().encode(line);
    if (file === undefined || written + bytes.length > maximumBytes) {
      await file?.close();
      await files.makeFolder(dirname(path));
      await files.rename(path, `${path}.old`).catch(() => undefined);
      file = await files.openForAppend(path);
      written = 0;
    }
    await file.write(bytes);
    written += bytes.length;
  }

  return (level, message) => {
    const time = new Date(clock.wallTime()).toISOString();
    // One message is one line, and cannot pass for another one.
    const line = `${time} ${level} ${JSON.stringify(message)}\n`;
    queue = queue.then(() => write(line)).catch(() => undefined);
  };
}

/** A stand-in for Electron's distribution, so that packing runs where the real one cannot be had: a file with fuses, and what belongs to it. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where a binary of Electron keeps its fuses begins with this. */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

/** The positions in which Electron is delivered: running as Node, NODE_OPTIONS, --inspect, file: privileges and WebAssembly traps are on. */
export const deliveredFuses = '101100011';

export function binaryWithFuses(wire: string = deliveredFuses): Buffer {
  const version = 1;
  return Buffer.concat([
    Buffer.from(`\x7fELF${'x'.repeat(1000)}${sentinel}`, 'latin1'),
    Buffer.from([version, wire.length]),
    Buffer.from(`${wire}${'y'.repeat(100)}`, 'latin1'),
  ]);
}

/** Writes the distribution of `version` into `folder`, as Linux gets it. */
export async function writeStandIn(folder: string, version: string): Promise<void> {
  await mkdir(join(folder, 'resources'), { recursive: true });
  await mkdir(join(folder, 'locales'), { recursive: true });
  await writeFile(join(folder, 'electron'), binaryWithFuses(), { mode: 0o755 });
  await writeFile(join(folder, 'version'), version);
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'locales/en-US.pak', 'locales/de.pak'])
    await writeFile(join(folder, name), 'stand-in');
}

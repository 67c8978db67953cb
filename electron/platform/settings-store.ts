/** Settings: small JSON values by name, in one file written whole. */
import { dirname } from 'node:path';
import type { FileSystem } from '../../engine/platform/file-system.ts';
import type { HostSettings } from '../../engine/platform/host.ts';
import type { RandomSource } from '../../engine/platform/seams.ts';
import { writeAtomically } from './atomic-write.ts';

const maximumBytes = 1 << 24;

/** Settings in the file at `path`. A file that is missing or damaged counts as empty: settings are never worth a failed start. */
export function createSettingsStore(files: FileSystem, random: RandomSource, path: string): HostSettings {
  let loaded: Promise<Map<string, unknown>> | undefined;
  let writing: Promise<void> = Promise.resolve();

  function values(): Promise<Map<string, unknown>> {
    loaded ??= load(files, path);
    return loaded;
  }

  async function write(): Promise<void> {
    const text = JSON.stringify(Object.fromEntries(await values()), undefined, 2);
    await files.makeFolder(dirname(path));
    await writeAtomically(files, random, path, new TextEncoder().encode(text));
  }

  return {
    get: async (name) => (await values()).get(name),
    async set(name, value) {
      (await values()).set(name, value);
      writing = writing.catch(() => undefined).then(write);
      await writing;
    },
  };
}

async function load(files: FileSystem, path: string): Promise<Map<string, unknown>> {
  try {
    const json: unknown = JSON.parse(new TextDecoder().decode(await files.read(path, maximumBytes)));
    return typeof json === 'object' && json !== null ? new Map(Object.entries(json)) : new Map();
  } catch {
    return new Map();
  }
}

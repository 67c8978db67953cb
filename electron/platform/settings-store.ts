/** Settings: small JSON values by name, in one file written whole; several processes may write it. */
import { dirname } from 'node:path';
import type { FileSystem } from '../../engine/platform/file-system.ts';
import { FileError } from '../../engine/platform/file-system.ts';
import type { HostSettings } from '../../engine/platform/host.ts';
import type { RandomSource } from '../../engine/platform/seams.ts';
import { prepareFile, readIfPresent, sweepTemporaryFiles } from './atomic-write.ts';

const maximumBytes = 1 << 24;
/** How often a value is put into what another process just wrote. */
const attempts = 20;

/**
 * Settings in the file at `path`. A file that is missing or damaged counts as empty: settings are never worth a failed
 * start; a damaged one is kept as `path.damaged`. `set` rejects with FileError when the value is not safe on disk.
 */
export function createSettingsStore(files: FileSystem, random: RandomSource, path: string): HostSettings {
  let writing: Promise<void> = Promise.resolve();
  let prepared: Promise<void> | undefined;

  async function prepare(): Promise<void> {
    await files.makeFolder(dirname(path));
    await sweepTemporaryFiles(files, dirname(path));
  }

  async function text(): Promise<string> {
    return new TextDecoder().decode((await readIfPresent(files, path, maximumBytes)) ?? new Uint8Array());
  }

  async function write(name: string, value: unknown): Promise<void> {
    prepared ??= prepare();
    await prepared.catch((error: unknown) => {
      prepared = undefined;
      throw error;
    });
    for (let attempt = 0; ; attempt += 1) {
      const before = await text();
      const content = JSON.stringify({ ...(await valuesOf(before)), [name]: value }, undefined, 2);
      const file = await prepareFile(files, random, path, new TextEncoder().encode(content));
      // Another process may have set something meanwhile.
      if (attempt === attempts || (await text().catch(() => undefined)) === before) return file.replace();
      await file.discard();
    }
  }

  async function valuesOf(content: string): Promise<Record<string, unknown>> {
    const values = parsed(content);
    if (values === undefined && content !== '') await files.rename(path, `${path}.damaged`);
    return values ?? {};
  }

  return {
    async get(name) {
      // What was set before is to be seen.
      await writing.catch(() => undefined);
      try {
        const values = parsed(await text()) ?? {};
        return Object.hasOwn(values, name) ? values[name] : undefined;
      } catch (error) {
        if (error instanceof FileError) return undefined;
        throw error;
      }
    },
    set(name, value) {
      writing = writing.catch(() => undefined).then(() => write(name, value));
      return writing;
    },
  };
}

/** undefined when the text is damaged. */
function parsed(content: string): Record<string, unknown> | undefined {
  try {
    const json: unknown = JSON.parse(content);
    return typeof json === 'object' && json !== null && !Array.isArray(json) ? { ...json } : undefined;
  } catch {
    return undefined;
  }
}

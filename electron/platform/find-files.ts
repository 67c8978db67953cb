/** Finds files under a folder. */
import { join } from 'node:path';
import type { FileSystem } from '../../engine/platform/file-system.ts';

/** Paths of all files at or under `path` whose name `wanted` accepts, in alphabetical order. A file is found as itself. */
export async function findFiles(files: FileSystem, path: string, wanted: (name: string) => boolean): Promise<string[]> {
  const names = await namesIn(files, path);
  if (names === undefined) return [path];
  const found: string[] = [];
  for (const name of [...names].sort()) {
    const inside = join(path, name);
    const isFolder = !wanted(name) && (await namesIn(files, inside)) !== undefined;
    if (isFolder) found.push(...(await findFiles(files, inside, wanted)));
    else if (wanted(name)) found.push(inside);
  }
  return found;
}

/** Names in a folder; undefined when the path is no folder. */
export async function namesIn(files: FileSystem, path: string): Promise<readonly string[] | undefined> {
  try {
    return await files.list(path);
  } catch {
    return undefined;
  }
}

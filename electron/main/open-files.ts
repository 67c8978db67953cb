/** Files that the system asks to open: from the command line of a start, and from the file manager. */
import { isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const extension = '.spikeloom';

/** Paths of projects among the arguments of a start. Options and everything else are none of ours. */
export function projectPaths(args: readonly string[], workingFolder: string): readonly string[] {
  return args.flatMap((arg) => projectPath(arg, workingFolder) ?? []);
}

/** The absolute path of a project that an argument (a path, or a `file:` address as Linux passes it) means; undefined when it means none. */
export function projectPath(arg: string, workingFolder: string): string | undefined {
  if (arg.startsWith('-') || arg.includes('\0') || arg.length > 4096) return undefined;
  if (/^(?!file:)[a-z][a-z0-9+.-]+:/i.test(arg)) return undefined; // an address; one letter would be a drive
  const path = arg.startsWith('file:') ? pathOfAddress(arg) : arg;
  if (path?.toLowerCase().endsWith(extension) !== true) return undefined;
  return isAbsolute(path) ? path : resolve(workingFolder, path);
}

function pathOfAddress(address: string): string | undefined {
  try {
    const path = fileURLToPath(address);
    return path.includes('\0') ? undefined : path;
  } catch {
    return undefined; // a file of another machine, or an address that is none
  }
}

/** Where the program's own files are, from wherever its code runs: built, bundled or under test. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defined } from '../../engine/base/assert.ts';

/** The folder with the program's package.json and assets. */
function programRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'assets')) || !existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('the files of the program are not complete');
    folder = parent;
  }
  return folder;
}

/** The built page; rejects as a bug when it was not built. */
export function pageFolder(): string {
  const folder = join(programRoot(), 'dist', 'renderer');
  return defined(existsSync(join(folder, 'index.html')) ? folder : undefined, 'the page is not built: npm run build');
}

/** The examples that come with the program. */
export function examplesFolder(): string {
  return join(programRoot(), 'assets', 'examples');
}

/** A built script of the Node side. */
export function builtScript(name: string): string {
  return join(programRoot(), 'dist', 'electron', `${name}.js`);
}

/** File name of the example that opens first. */
export const openingExample = 'excitatory-inhibitory.spikeloom';

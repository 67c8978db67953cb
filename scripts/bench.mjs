/** `npm run bench -- …`: measures the benchmark projects; bundles what stands in scripts/bench first, as Node runs no TypeScript. */
import { join } from 'node:path';
import { ensureBuilt } from './steps/build.mjs';
import { ensureInstalled } from './steps/install.mjs';
import { root, run } from './steps/process.mjs';

await ensureInstalled();
await ensureBuilt(['node']); // threads that help are scripts of it
const folder = join(root, '.cache', 'bench');
const { build } = await import('vite');
await build({
  configFile: false,
  root,
  publicDir: false,
  logLevel: 'warn',
  ssr: { noExternal: true },
  build: {
    ssr: true,
    outDir: folder,
    target: 'node20',
    minify: false,
    sourcemap: true,
    rollupOptions: {
      input: Object.fromEntries(
        ['main', 'measure', 'measure-edits', 'measure-training'].map((name) => [
          name,
          join(root, 'scripts/bench', `${name}.ts`),
        ]),
      ),
      output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
    },
  },
});
const { code } = await run(process.execPath, [join(folder, 'main.mjs'), ...process.argv.slice(2)], { output: 'pass' });
process.exitCode = code;

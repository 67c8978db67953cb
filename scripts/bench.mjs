/** `npm run bench -- …`: measures the benchmark projects; bundles what stands in scripts/bench first, as Node runs no TypeScript. */
import { basename, join } from 'node:path';
import { ensureBuilt } from './steps/build.mjs';
import { ensureInstalled } from './steps/install.mjs';
import { root, run } from './steps/process.mjs';

/** What runs in a process or thread of its own. */
const scripts = [
  ...['main', 'measure', 'measure-edits', 'measure-training'],
  ...['measure-control', 'session-thread', 'busy-thread'].map((name) => `control/${name}`),
];

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
      input: Object.fromEntries(scripts.map((path) => [basename(path), join(root, 'scripts/bench', `${path}.ts`)])),
      output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
    },
  },
});
const { code } = await run(process.execPath, [join(folder, 'main.mjs'), ...process.argv.slice(2)], { output: 'pass' });
process.exitCode = code;

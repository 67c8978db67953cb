/** The Node side: electron/ into dist/electron. The preload script alone is CommonJS, as the sandbox demands. */
import { defineConfig } from 'vite';

const preload = process.env['SPIKELOOM_BUILD'] === 'preload';

export default defineConfig({
  publicDir: false,
  // Nothing is left to be found in node_modules: a package of the desktop app holds these files and no others.
  ssr: { noExternal: true, external: ['electron'] },
  build: {
    ssr: true,
    outDir: 'dist/electron',
    emptyOutDir: !preload,
    target: 'node20',
    minify: false,
    sourcemap: true,
    rollupOptions: {
      input: preload
        ? { preload: 'electron/preload/preload.ts' }
        : {
            main: 'electron/main/main.ts',
            cli: 'electron/cli/main.ts',
            'run-thread': 'electron/jobs/run-thread.ts',
            'step-thread': 'electron/jobs/step-thread.ts',
          },
      external: ['electron'],
      output: preload
        ? { format: 'cjs', entryFileNames: '[name].cjs' }
        : { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
});

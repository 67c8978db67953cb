/** The Node side: electron/ into dist/electron. The preload script alone is CommonJS, as the sandbox demands. */
import { defineConfig } from 'vite';

const preload = process.env['SPIKELOOM_BUILD'] === 'preload';

export default defineConfig({
  publicDir: false,
  // The preload script may load nothing but Electron; everything else keeps its packages in node_modules.
  ssr: preload ? { noExternal: true, external: ['electron'] } : { external: true },
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
          },
      external: ['electron'],
      output: preload
        ? { format: 'cjs', entryFileNames: '[name].cjs' }
        : { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
});

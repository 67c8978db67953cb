/** The page: renderer/ into dist/renderer, workers as ES modules of their own. */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { cspNoncePlaceholder } from './engine/platform/content-security.ts';

export default defineConfig({
  root: 'renderer',
  base: '/',
  publicDir: false,
  plugins: [react()],
  html: { cspNonce: cspNoncePlaceholder },
  worker: {
    format: 'es',
    // Stable names: the security headers of a worker script depend on its name.
    rollupOptions: {
      output: { entryFileNames: 'workers/[name]-[hash].js', chunkFileNames: 'workers/[name]-[hash].js' },
    },
  },
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'chrome140',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 4000,
    reportCompressedSize: false,
    sourcemap: true,
  },
});

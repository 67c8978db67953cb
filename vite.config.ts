/** The page: renderer/ into dist/renderer, workers as ES modules of their own. */
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { cspNoncePlaceholder } from './engine/platform/content-security.ts';

/** Fonts of formulas: every browser we run in reads woff2, so the older forms are not packed. */
const woff2Only: Plugin = {
  name: 'woff2-only',
  enforce: 'pre',
  transform: (code, id) =>
    /katex[^/]*\.css$/.test(id) ? code.replaceAll(/,url\([^)]*\.(?:woff|ttf)\) format\("[^"]*"\)/g, '') : undefined,
};

export default defineConfig({
  root: 'renderer',
  base: '/',
  publicDir: false,
  plugins: [react(), woff2Only],
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

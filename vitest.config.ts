/** Unit, property, contract and reference-case tests: one project per runtime. */
import { defineConfig } from 'vitest/config';
import { budgets } from './e2e/budget.ts';

const project = (name: string, include: string[], environment: 'node' | 'happy-dom') => ({
  extends: true as const,
  test: { name, include, environment },
});

export default defineConfig({
  test: {
    testTimeout: 120_000, // against hangs only; a loaded machine may be many times slower
    // Files of a project share what they import: loading the engine for each anew took a third of the time.
    isolate: false,
    maxWorkers: '100%', // without, one processor is left idle
    provide: { budget: budgets() },
    projects: [
      project('engine', ['engine/**/*.test.ts'], 'node'),
      project('renderer', ['renderer/**/*.test.{ts,tsx}'], 'happy-dom'),
      project('electron', ['electron/**/*.test.ts'], 'node'),
      project('e2e', ['e2e/specs/**/*.test.ts'], 'node'),
      project('scripts', ['scripts/**/*.test.ts'], 'node'),
    ],
  },
});

/** The lint rules of the architecture refuse what they are there to refuse. */
import { existsSync } from 'node:fs';
import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';
import { seams } from './seams.mjs';

const root = new URL('..', import.meta.url).pathname;
const eslint = new ESLint({
  cwd: root,
  overrideConfig: {
    languageOptions: { parserOptions: { project: null } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'off',
      '@typescript-eslint/no-misused-promises': 'off',
      '@typescript-eslint/await-thenable': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': 'off',
    },
  },
});

/** Ids of the rules that a file of this content at this path breaks. */
async function broken(filePath: string, text: string): Promise<string[]> {
  const [result] = await eslint.lintText(text, { filePath });
  const rules = (result?.messages ?? []).map((message) => message.ruleId ?? message.message);
  return [...new Set(rules)].filter((rule) => rule !== '@typescript-eslint/no-unused-vars').sort();
}

const use = (source: string): string => `import { thing } from '${source}';\nthing();\n`;
const useType = (source: string): string => `import type { Thing } from '${source}';\nexport type Other = Thing;\n`;

const refused: [string, string, string, string][] = [
  ['units knows no model', 'engine/units/x.ts', use('../model/document.ts'), 'boundaries/dependencies'],
  [
    'runtime takes only types from build',
    'engine/runtime/x.ts',
    use('../build/ir/types.ts'),
    'boundaries/dependencies',
  ],
  ['base imports nothing', 'engine/base/x.ts', use('../platform/host.ts'), 'boundaries/dependencies'],
  ['engine takes no Node module', 'engine/model/x.ts', use('node:path'), 'boundaries/dependencies'],
  ['engine takes no other package', 'engine/model/x.ts', use('react'), 'boundaries/dependencies'],
  [
    'engine does not know electron/',
    'engine/model/x.ts',
    use('../../renderer/plots/envelope.ts'),
    'boundaries/dependencies',
  ],
  [
    'the renderer does not run the engine',
    'renderer/panels/x.ts',
    use('../../engine/build/program.ts'),
    'boundaries/dependencies',
  ],
  ['reactflow stays in canvas', 'renderer/panels/x.ts', use('reactflow'), 'boundaries/dependencies'],
  ['uplot stays in plots', 'renderer/canvas/x.ts', use('uplot'), 'boundaries/dependencies'],
  ['primitives stay in ui', 'renderer/canvas/x.ts', use('@base-ui/react/dialog'), 'boundaries/dependencies'],
  ['icons stay in ui', 'renderer/inspector/x.ts', use('lucide-react'), 'boundaries/dependencies'],
  ['electron stays in main and preload', 'electron/serve/x.ts', use('electron'), 'boundaries/dependencies'],
  [
    'a folder outside the table is refused',
    'engine/elsewhere/x.ts',
    'export const x = 1;\n',
    'boundaries/no-unknown-files',
  ],
  ['no any', 'engine/units/x.ts', 'export const x = (y: any): unknown => y;\n', '@typescript-eslint/no-explicit-any'],
  ['no default export', 'engine/units/x.ts', 'export default 1;\n', 'no-restricted-exports'],
  [
    'no non-null assertion',
    'engine/units/x.ts',
    'export const x = (y: number[]): number => y[0]!;\n',
    '@typescript-eslint/no-non-null-assertion',
  ],
  ['no long file', 'engine/units/x.ts', '// x\n'.repeat(401), 'max-lines'],
];

/** What belongs to a seam, the rule that refuses it elsewhere, and a file that may. */
const seamUses: [string, string, string, string][] = [
  ['Clock', 'Date.now();', 'no-restricted-properties', 'electron/platform/node-seams.ts'],
  ['Clock', 'performance.now();', 'no-restricted-properties', 'renderer/host/clock.ts'],
  ['Clock', 'new Date();', 'no-restricted-syntax', 'renderer/host/clock.ts'],
  ['Clock', 'Date();', 'no-restricted-syntax', 'renderer/host/clock.ts'],
  ['Clock', "import 'node:timers';", 'no-restricted-imports', 'electron/platform/node-seams.ts'],
  ['RandomSource', 'Math.random();', 'no-restricted-properties', 'electron/platform/node-seams.ts'],
  ['RandomSource', 'crypto.randomUUID();', 'no-restricted-properties', 'renderer/host/clock.ts'],
  ['RandomSource', 'crypto.getRandomValues(x);', 'no-restricted-properties', 'renderer/host/clock.ts'],
  [
    'RandomSource',
    "import { randomBytes } from 'node:crypto';\nrandomBytes(1);",
    'no-restricted-imports',
    'electron/platform/node-seams.ts',
  ],
  ['WorkerFactory', "new Worker('x.js');", 'no-restricted-syntax', 'renderer/host/trusted-workers.ts'],
  ['WorkerFactory', "new globalThis.SharedWorker('x.js');", 'no-restricted-syntax', 'renderer/host/trusted-workers.ts'],
  ['WorkerFactory', "import 'worker_threads';", 'no-restricted-imports', 'electron/platform/node-threads.ts'],
  ['Processes', "import 'node:child_process';", 'no-restricted-imports', 'electron/cli/serve.ts'],
  [
    'MemoryProvider',
    'new WebAssembly.Memory({ initial: 1 });',
    'no-restricted-syntax',
    'electron/platform/node-memory.ts',
  ],
  ['FileSystem', "import 'node:fs';", 'no-restricted-imports', 'electron/platform/node-file-system.ts'],
  ['FileSystem', "import 'fs/promises';", 'no-restricted-imports', 'electron/platform/page-files.ts'],
  ['Storage', 'localStorage.clear();', 'no-restricted-globals', 'renderer/host/page.ts'],
  ['Storage', 'indexedDB.databases();', 'no-restricted-globals', 'renderer/host/page.ts'],
  ['Storage', 'globalThis.sessionStorage.clear();', 'no-restricted-properties', 'renderer/host/socket.ts'],
  ['Transport', "new WebSocket('wss://x');", 'no-restricted-syntax', 'renderer/host/socket.ts'],
  ['Transport', 'navigator.serial;', 'no-restricted-properties', 'renderer/host/socket.ts'],
  ['Transport', "import 'node:net';", 'no-restricted-imports', 'electron/serve/server.ts'],
];

const accepted: [string, string, string][] = [
  ['everything imports base', 'engine/units/x.ts', use('../base/assert.ts')],
  ['runtime takes types from build', 'engine/runtime/x.ts', useType('../build/ir/types.ts')],
  ['a folder imports itself', 'engine/units/x.ts', use('./dimension.ts')],
  ['model takes zod', 'engine/model/x.ts', use('zod')],
  ['canvas takes reactflow', 'renderer/canvas/x.ts', use('reactflow')],
  ['ui takes the primitives', 'renderer/ui/x.ts', use('@base-ui/react/dialog')],
  ['a lazy panel has a default export', 'renderer/panels/problems/X.tsx', 'export default 1;\n'],
];

describe('lint rules', () => {
  it.each(refused)('%s', async (_name, path, text, rule) => {
    expect(await broken(`${root}${path}`, text)).toContain(rule);
  });

  it.each(seamUses)('%s: %s belongs to few', async (_seam, text, rule, allowed) => {
    for (const elsewhere of [
      'electron/serve/x.ts',
      'electron/platform/x.ts',
      'renderer/host/x.ts',
      'renderer/stores/x.ts',
    ]) {
      expect(await broken(`${root}${elsewhere}`, text), elsewhere).toContain(rule);
    }
    expect(await broken(`${root}${allowed}`, text)).not.toContain(rule);
    const mayAlso = seams.filter(({ files }) => files.includes(allowed)).map((one) => one.seam);
    const foreign = seamUses.find(([other]) => !mayAlso.includes(other));
    expect(await broken(`${root}${allowed}`, foreign?.[1] ?? ''), 'it may do everything').toContain(foreign?.[2]);
  });

  it('name every file that may, each of which is there', async () => {
    for (const { files } of seams) {
      expect(files.length).toBeLessThanOrEqual(6);
      for (const file of files) expect(existsSync(`${root}${file}`), file).toBe(true);
    }
    expect(new Set(seams.flatMap(({ files }) => files)).size).toBeLessThanOrEqual(20);
  });

  it.each(accepted)('%s', async (_name, path, text) => {
    expect(await broken(`${root}${path}`, text)).toEqual([]);
  });
});

/** The lint rules of the architecture refuse what they are there to refuse. */
import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';

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
  ['no clock', 'engine/units/x.ts', 'export const x = Date.now();\n', 'no-restricted-properties'],
  ['no randomness', 'renderer/stores/x.ts', 'export const x = Math.random();\n', 'no-restricted-properties'],
  ['no worker', 'renderer/stores/x.ts', "export const x = new Worker('x.js');\n", 'no-restricted-syntax'],
  [
    'no memory',
    'engine/runtime/x.ts',
    'export const x = new WebAssembly.Memory({ initial: 1 });\n',
    'no-restricted-syntax',
  ],
  ['no file system', 'electron/serve/x.ts', use('node:fs'), 'no-restricted-imports'],
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

const accepted: [string, string, string][] = [
  ['everything imports base', 'engine/units/x.ts', use('../base/assert.ts')],
  ['runtime takes types from build', 'engine/runtime/x.ts', useType('../build/ir/types.ts')],
  ['a folder imports itself', 'engine/units/x.ts', use('./dimension.ts')],
  ['model takes zod', 'engine/model/x.ts', use('zod')],
  ['canvas takes reactflow', 'renderer/canvas/x.ts', use('reactflow')],
  ['ui takes the primitives', 'renderer/ui/x.ts', use('@base-ui/react/dialog')],
  ['electron/platform takes the file system', 'electron/platform/x.ts', use('node:fs')],
  ['a lazy panel has a default export', 'renderer/panels/problems/X.tsx', 'export default 1;\n'],
  ['the renderer host starts workers', 'renderer/host/x.ts', "export const x = new Worker('x.js');\n"],
];

describe('lint rules', () => {
  it.each(refused)('%s', async (_name, path, text, rule) => {
    expect(await broken(`${root}${path}`, text)).toContain(rule);
  });

  it.each(accepted)('%s', async (_name, path, text) => {
    expect(await broken(`${root}${path}`, text)).toEqual([]);
  });
});

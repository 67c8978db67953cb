/** Lint rules: the import table, the seams, and the sizes a file and a function may have. */
import boundaries from 'eslint-plugin-boundaries';
import importX from 'eslint-plugin-import-x';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import { enginePackages, importTable, soleImporters } from './scripts/import-table.mjs';
import { noSeamRules, seamExceptions, seamRules } from './scripts/seams.mjs';

const tests = ['**/*.test.ts', '**/*.test.tsx', '**/*.test-support.ts'];
const folders = importTable.map((row) => row.folder);
const engineTypes = folders.filter((folder) => folder.startsWith('engine/'));
const otherTypes = folders.filter((folder) => !folder.startsWith('engine/'));

/** The same rule for every element type but these: the package may not be imported there. */
function forbidPackages({ packages, folders: importers }) {
  const others = folders.filter((folder) => !importers.includes(folder));
  return {
    from: { element: { types: { anyOf: others } } },
    disallow: { to: { module: { source: [...packages] } } },
    message: `Only ${importers.join(', ')} may import ${packages.join(', ')}.`,
  };
}

/** What a folder of the table may import: itself, what the row names, and packages. */
function allowRow({ folder, allowed }) {
  const values = allowed.filter((name) => !name.endsWith(':type'));
  const types = allowed.filter((name) => name.endsWith(':type')).map((name) => name.slice(0, -':type'.length));
  const to = [{ to: { element: { types: { anyOf: [folder, ...values] } } } }];
  if (types.length > 0) to.push({ to: { element: { types: { anyOf: types } } }, dependency: { kind: 'type' } });
  return { from: { element: { type: folder } }, allow: to };
}

const importPolicies = [
  ...importTable.map(allowRow),
  {
    from: { element: { types: { anyOf: otherTypes } } },
    allow: [{ to: { module: { origin: 'external' } } }, { to: { module: { origin: 'core' } } }],
  },
  ...enginePackages.map((source) => ({
    from: { element: { types: { anyOf: engineTypes } } },
    allow: { to: { module: { origin: 'external', source } } },
  })),
  ...soleImporters.map(forbidPackages),
];

export default tseslint.config(
  { ignores: ['dist/', '.cache/', 'node_modules/', 'test-results/', 'playwright-report/', 'coverage/', 'assets/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,tsx,mjs,js}'],
    extends: [tseslint.configs.strict],
    plugins: { 'import-x': importX },
    settings: { 'import/resolver': { typescript: { noWarnOnMultipleProjects: true } } },
    rules: {
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      // A switch over a union counts once: the compiler checks that it is complete.
      complexity: ['error', { max: 10, variant: 'modified' }],
      eqeqeq: 'error',
      'no-console': 'error',
      'no-restricted-exports': [
        'error',
        {
          restrictDefaultExports: {
            direct: true,
            named: true,
            defaultFrom: true,
            namedFrom: true,
            namespaceFrom: true,
          },
        },
      ],
      ...seamRules,
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/unified-signatures': 'off',
    },
  },
  {
    files: ['**/*.{ts,tsx}'],
    languageOptions: {
      parserOptions: {
        // One program for all: a program per runtime checks the engine's types six times over.
        project: 'tsconfig.lint.json',
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
    },
  },
  {
    files: ['{engine,renderer,electron}/**/*.{ts,tsx}'],
    ignores: tests,
    plugins: { boundaries },
    settings: {
      'boundaries/elements': importTable.map(({ folder }) => ({ type: folder, pattern: folder, partialMatch: false })),
      'boundaries/legacy-templates': false,
    },
    rules: {
      'boundaries/no-unknown-files': 'error',
      'boundaries/no-unknown-dependencies': 'error',
      'boundaries/dependencies': ['error', { default: 'disallow', checkAllOrigins: true, policies: importPolicies }],
      'import-x/no-cycle': ['error', { maxDepth: Infinity, ignoreExternal: true }],
    },
  },
  { files: ['engine/platform/globals.d.ts'], rules: { '@typescript-eslint/triple-slash-reference': 'off' } },
  {
    files: ['renderer/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: { ...reactHooks.configs.recommended.rules },
  },
  ...seamExceptions,
  // What runs before or around the product.
  { files: ['scripts/**', 'e2e/**', '*.{ts,js}', ...tests], rules: noSeamRules },
  {
    // Panels and plots are loaded when first shown; configurations are default exports by convention of their tools.
    files: ['renderer/panels/**/*.tsx', 'renderer/plots/**/*.tsx', '{e2e,electron/packaging}/*.config.ts', '*.{ts,js}'],
    rules: { 'no-restricted-exports': 'off' },
  },
  { files: ['scripts/**', 'e2e/**', 'electron/cli/**'], rules: { 'no-console': 'off' } },
  {
    files: [...tests, 'e2e/**/*.ts'],
    rules: { 'max-lines': ['error', { max: 600 }], 'max-lines-per-function': 'off' },
  },
);

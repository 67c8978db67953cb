/** The import table of the architecture: which folder may import which. Read by the linter. */

/**
 * Folders of engine/ and what each may import besides itself and `base`. A trailing `:type` allows types only.
 * @type {Record<string, readonly string[]>}
 */
export const engineFolders = {
  base: [],
  units: [],
  equations: ['units'],
  model: ['units', 'equations'],
  timeseries: [],
  library: ['model', 'units', 'equations', 'math', 'timeseries', 'generators', 'build', 'boards'],
  integration: ['equations', 'math'],
  generators: ['math', 'timeseries'],
  build: ['model', 'integration', 'equations', 'units', 'math'],
  codegen: ['build', 'equations', 'math'],
  runtime: ['codegen', 'build:type', 'platform'],
  math: [],
  training: ['model', 'units', 'build', 'codegen', 'runtime', 'math', 'timeseries'],
  analysis: ['math', 'timeseries'],
  doctor: ['model', 'build', 'analysis', 'boards'],
  formats: ['model', 'library', 'equations', 'units', 'math', 'timeseries'],
  conform: [
    'model',
    'library',
    'build',
    'runtime',
    'training',
    'timeseries',
    'generators',
    'analysis',
    'math',
    'platform:type',
    'formats',
    'boards',
  ],
  boards: ['model', 'build:type', 'math', 'protocol', 'platform'],
  platform: [],
  protocol: ['model:type', 'build:type', 'platform:type'],
  client: ['protocol', 'platform'],
  worker: [
    'model:type',
    'protocol',
    'build',
    'codegen',
    'runtime',
    'training',
    'analysis',
    'math',
    'doctor',
    'platform',
  ],
};

/** What every part of the renderer may import from engine/: descriptions, never the machinery that runs them. */
const describing = [
  'base',
  'units',
  'equations',
  'model',
  'timeseries',
  'library',
  'math',
  'analysis',
  'doctor',
  'formats',
  'platform',
  'protocol',
  'client',
  'build:type',
];

/**
 * Folders of renderer/ and the renderer folders each may import besides itself. All may import `describing`;
 * `host` alone starts the engine and may import all of engine/.
 * @type {Record<string, readonly string[]>}
 */
export const rendererFolders = {
  theme: [],
  ui: ['theme'],
  host: [],
  stores: ['host:type'],
  commands: ['stores'],
  plots: ['stores', 'commands', 'ui', 'theme'],
  'equation-editor': ['stores', 'commands', 'ui', 'theme'],
  inspector: ['stores', 'commands', 'ui', 'theme', 'equation-editor'],
  canvas: ['stores', 'commands', 'plots', 'inspector', 'ui', 'theme'],
  panels: ['stores', 'commands', 'ui', 'theme', 'canvas', 'inspector', 'equation-editor', 'plots'],
  app: ['host', 'stores', 'commands', 'plots', 'equation-editor', 'inspector', 'canvas', 'panels', 'ui', 'theme'],
};

/**
 * Folders of electron/ and the electron folders each may import besides itself.
 * @type {Record<string, readonly string[]>}
 */
export const electronFolders = {
  platform: [],
  ipc: ['platform'],
  preload: ['ipc'],
  bridge: ['platform', 'ipc'],
  jobs: ['platform'],
  serve: ['platform', 'ipc', 'jobs', 'bridge'],
  main: ['platform', 'ipc', 'jobs', 'bridge', 'serve'],
  cli: ['platform', 'ipc', 'jobs', 'bridge', 'serve'],
  packaging: [],
};

/** Rows of the whole table: folder, what it may import. */
export const importTable = [
  ...Object.entries(engineFolders).map(([folder, allowed]) => ({
    folder: `engine/${folder}`,
    allowed: ['base', ...allowed].map((name) => `engine/${name}`),
  })),
  ...Object.entries(rendererFolders).map(([folder, allowed]) => ({
    folder: `renderer/${folder}`,
    allowed: [
      ...allowed.map((name) => `renderer/${name}`),
      ...(folder === 'host' ? Object.keys(engineFolders) : describing).map((name) => `engine/${name}`),
    ],
  })),
  ...Object.entries(electronFolders).map(([folder, allowed]) => ({
    folder: `electron/${folder}`,
    allowed: [
      ...allowed.map((name) => `electron/${name}`),
      ...Object.keys(engineFolders).map((name) => `engine/${name}`),
    ],
  })),
];

/**
 * Packages and the only folders that may import them. A package of engine/ that is not here is an error.
 * @type {readonly { packages: readonly string[], folders: readonly string[] }[]}
 */
export const soleImporters = [
  { packages: ['reactflow'], folders: ['renderer/canvas'] },
  { packages: ['uplot'], folders: ['renderer/plots'] },
  { packages: ['@base-ui/react', 'lucide-react'], folders: ['renderer/ui'] },
  { packages: ['dockview-react'], folders: ['renderer/app', 'renderer/panels'] },
  { packages: ['katex'], folders: ['renderer/equation-editor', 'renderer/inspector', 'renderer/ui'] },
  { packages: ['@fontsource/*'], folders: ['renderer/theme'] },
  { packages: ['zustand'], folders: ['renderer/stores', 'renderer/commands', 'renderer/app'] },
  { packages: ['immer'], folders: ['engine/model', 'renderer/stores', 'renderer/commands'] },
  { packages: ['electron'], folders: ['electron/main', 'electron/preload'] },
  { packages: ['ws'], folders: ['electron/serve'] },
  { packages: ['commander'], folders: ['electron/cli'] },
  { packages: ['electron-log', 'electron-updater'], folders: ['electron/main'] },
  { packages: ['electron-builder', '@electron/fuses', '@electron/asar'], folders: ['electron/packaging'] },
];

/** Packages that engine/ may import, beside what tests use. */
export const enginePackages = ['zod', 'immer', 'fflate'];

/** The seams: what only their implementations may touch, and the files that are those. Read by the linter. */

/**
 * `syntax`: selectors of constructions; `properties`: members of globals; `globals`: names; `imports`: modules (regular
 * expressions), of which `names` alone when given; `files`: who may, each named.
 * @typedef {{
 *   seam: string,
 *   message: string,
 *   syntax?: readonly string[],
 *   properties?: readonly { object?: string, property: string }[],
 *   globals?: readonly string[],
 *   imports?: readonly { regex: string, names?: string }[],
 *   files: readonly string[],
 * }} Seam
 */

/** A construction of a global class, also as a member of the global object. */
const made = (/** @type {string} */ names) => [
  `NewExpression[callee.name=/^(${names})$/]`,
  `NewExpression[callee.property.name=/^(${names})$/]`,
];

/** @type {readonly Seam[]} */
export const seams = [
  {
    seam: 'Clock',
    message: 'The time comes from a Clock (engine/platform/seams.ts).',
    syntax: ["NewExpression[callee.name='Date'][arguments.length=0]", "CallExpression[callee.name='Date']"],
    properties: [
      { object: 'Date', property: 'now' },
      { object: 'performance', property: 'now' },
      { object: 'performance', property: 'timeOrigin' },
    ],
    imports: [{ regex: '^(node:)?(perf_hooks|timers(/promises)?)$' }],
    files: ['renderer/host/clock.ts', 'electron/platform/node-seams.ts'],
  },
  {
    seam: 'RandomSource',
    message:
      'Random numbers come from engine/base/random.ts, random bytes from a RandomSource (engine/platform/seams.ts).',
    properties: [
      { object: 'Math', property: 'random' },
      { object: 'crypto', property: 'getRandomValues' },
      { object: 'crypto', property: 'randomUUID' },
    ],
    imports: [{ regex: '^(node:)?crypto$', names: '^(random.*|webcrypto|getRandomValues|default)$' }],
    files: ['renderer/host/clock.ts', 'electron/platform/node-seams.ts'],
  },
  {
    seam: 'WorkerFactory',
    message: 'Workers come from a WorkerFactory (engine/platform/seams.ts).',
    syntax: made('Worker|SharedWorker'),
    imports: [{ regex: '^(node:)?(worker_threads|cluster)$' }],
    files: ['renderer/host/trusted-workers.ts', 'electron/platform/node-threads.ts'],
  },
  {
    seam: 'Processes',
    message: 'Other programs are started in one place.',
    imports: [{ regex: '^(node:)?child_process$' }],
    files: ['electron/cli/serve.ts'],
  },
  {
    seam: 'MemoryProvider',
    message: 'WebAssembly memory comes from a MemoryProvider (engine/platform/seams.ts).',
    syntax: ["NewExpression[callee.object.name='WebAssembly'][callee.property.name='Memory']"],
    files: ['renderer/host/engine-worker.ts', 'electron/platform/node-memory.ts'],
  },
  {
    seam: 'FileSystem',
    message: 'Files are reached through a FileSystem (engine/platform/file-system.ts).',
    imports: [{ regex: '^(node:)?fs(/promises)?$' }],
    files: [
      'electron/platform/node-file-system.ts',
      // Asks the system who runs.
      'electron/platform/node-processes.ts',
      // What comes with the program: there when it starts, never written.
      'electron/platform/node-threads.ts',
      'electron/platform/page-files.ts',
      'electron/platform/program-folders.ts',
      'electron/main/main.ts',
    ],
  },
  {
    seam: 'Storage',
    message: 'What a page keeps goes through the Host (engine/platform/host.ts).',
    globals: ['localStorage', 'sessionStorage', 'indexedDB', 'caches'],
    properties: ['localStorage', 'sessionStorage', 'indexedDB'].map((property) => ({ property })),
    files: [
      'renderer/host/page.ts',
      'renderer/host/page-journals.ts',
      'renderer/host/socket.ts',
      'renderer/host/page-tab-memory.ts',
    ],
  },
  {
    seam: 'Transport',
    message: 'Connections are opened by the implementations of the Host and by the server.',
    syntax: made('WebSocket|WebSocketServer|EventSource|RTCPeerConnection|XMLHttpRequest|BroadcastChannel'),
    properties: [
      { object: 'navigator', property: 'serial' },
      { object: 'navigator', property: 'usb' },
      { object: 'navigator', property: 'hid' },
      { object: 'navigator', property: 'bluetooth' },
    ],
    imports: [{ regex: '^(node:)?(net|tls|dgram|http|https|http2)$' }],
    files: [
      'renderer/host/socket.ts',
      'electron/serve/gate.ts',
      'electron/serve/server.ts',
      'electron/serve/strangers.ts',
    ],
  },
];

/**
 * Rules for a file that may touch what belongs to some seams and to no other one.
 * @param {readonly string[]} allowed
 */
function rulesFor(allowed) {
  const others = seams.filter(({ seam }) => !allowed.includes(seam));
  const patterns = others.flatMap(({ imports = [], message }) =>
    imports.map(({ regex, names }) => ({
      regex,
      message,
      ...(names === undefined ? {} : { importNamePattern: names }),
    })),
  );
  return {
    'no-restricted-syntax': listed(
      others.flatMap(({ syntax = [], message }) => syntax.map((selector) => ({ selector, message }))),
    ),
    'no-restricted-properties': listed(
      others.flatMap(({ properties = [], message }) => properties.map((one) => ({ ...one, message }))),
    ),
    'no-restricted-globals': listed(
      others.flatMap(({ globals = [], message }) => globals.map((name) => ({ name, message }))),
    ),
    'no-restricted-imports': patterns.length === 0 ? 'off' : ['error', { patterns }],
  };
}

/**
 * A rule with a list. Without options the linter would go on with those of the rules before.
 * @param {readonly object[]} options
 */
function listed(options) {
  return options.length === 0 ? 'off' : ['error', ...options];
}

/** Rules for every file that is no implementation of a seam. */
export const seamRules = rulesFor([]);

/** Rules for each file that is one. */
export const seamExceptions = [...new Set(seams.flatMap(({ files }) => files))].map((file) => ({
  files: [file],
  rules: rulesFor(seams.filter(({ files }) => files.includes(file)).map(({ seam }) => seam)),
}));

/** No rules, for tests and for what runs before or around the product. */
export const noSeamRules = Object.fromEntries(Object.keys(seamRules).map((rule) => [rule, 'off']));

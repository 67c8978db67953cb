/** What is in a package: the built files and a manifest; no source, no test, no map, nothing of node_modules. */

/** Patterns of electron-builder, against the project folder. */
export const packageFiles: readonly string[] = [
  'package.json',
  'dist/electron/main.js',
  'dist/electron/preload.cjs',
  'dist/electron/chunks/*.js',
  'dist/renderer/**',
  'assets/examples/*.spikeloom',
  '!**/*.map',
  '!**/node_modules/**',
];

/** Every path that a package may hold. What fits none of these is a mistake. */
const allowed: readonly RegExp[] = [
  /^package\.json$/,
  /^dist\/electron\/main\.js$/,
  /^dist\/electron\/preload\.cjs$/,
  /^dist\/electron\/chunks\/[\w.-]+\.js$/,
  /^dist\/renderer\/index\.html$/,
  /^dist\/renderer\/assets\/[\w.-]+\.(js|css|woff2|svg|png|wasm|spikeloom|csv|md|json)$/,
  /^dist\/renderer\/workers\/[\w.-]+\.(js|wasm)$/,
  /^assets\/examples\/[\w-]+\.spikeloom$/,
];

/** Files without which the app does not start. */
const needed: readonly RegExp[] = [
  /^package\.json$/,
  /^dist\/electron\/main\.js$/,
  /^dist\/electron\/preload\.cjs$/,
  /^dist\/renderer\/index\.html$/,
  /^dist\/renderer\/workers\/engine-worker-/,
  /^dist\/renderer\/workers\/history-worker-/,
  /^assets\/examples\//,
];

/** What is wrong with the list of files in an `app.asar`; [] when it is as it should be. */
export function contentFaults(paths: readonly string[]): readonly string[] {
  const foreign = paths.filter((path) => !allowed.some((pattern) => pattern.test(path)));
  const missing = needed.filter((pattern) => !paths.some((path) => pattern.test(path)));
  return [
    ...foreign.map((path) => `${path} does not belong there`),
    ...missing.map((pattern) => `nothing is like ${pattern.source}`),
  ];
}

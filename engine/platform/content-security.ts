/** Content security: the response headers of every file of the workbench, the same for desktop, `serve` and tests. */

/** Stands in the built page where each response puts its own nonce. */
export const cspNoncePlaceholder = 'SPIKELOOM_CSP_NONCE';

/** The worker scripts that may compile WebAssembly, by the name they are built under (`workers/NAME-HASH.js`). */
export const wasmWorkers = ['engine-worker'] as const;

/** Headers of every response, whatever it holds. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), serial=(), usb=(), hid=()',
  'Cache-Control': 'no-store',
} as const;

/**
 * Headers for the file at `path` of the built page (`/`, `/workers/engine-worker-x1.js`). `nonce` is fresh for each
 * response; `socketOrigin` (`ws://127.0.0.1:4711`) is what the page may open a WebSocket to, none when undefined.
 */
export function securityHeaders(path: string, nonce: string, socketOrigin?: string): Readonly<Record<string, string>> {
  return { ...isolation, 'Content-Security-Policy': policyOf(path, nonce, socketOrigin) };
}

/** Whether the script at `path` is one of the workers that may compile WebAssembly. */
export function mayCompileWasm(path: string): boolean {
  return wasmWorkers.some((name) => new RegExp(`^/workers/${name}-[A-Za-z0-9_-]{8,}\\.js$`).test(path));
}

function policyOf(path: string, nonce: string, socketOrigin: string | undefined): string {
  if (path.startsWith('/workers/')) return workerPolicy(path);
  const connect = socketOrigin === undefined ? "'self'" : `'self' ${socketOrigin}`;
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src ${connect}`,
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    'trusted-types spikeloom',
    "require-trusted-types-for 'script'",
  ].join('; ');
}

function workerPolicy(path: string): string {
  const scripts = mayCompileWasm(path) ? "'self' 'wasm-unsafe-eval'" : "'self'";
  return `default-src 'none'; script-src ${scripts}; connect-src 'self'; worker-src 'self'`;
}

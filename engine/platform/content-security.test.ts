/** Content security: the policy of every sort of file, as the promises say it. */
import { describe, expect, it } from 'vitest';
import { mayCompileWasm, securityHeaders, wasmWorkers } from './content-security.ts';

/** The policy of a path as directive → sources. */
function policy(path: string, socketOrigin?: string): Readonly<Record<string, string>> {
  const text = securityHeaders(path, 'abc', socketOrigin)['Content-Security-Policy'] ?? '';
  return Object.fromEntries(
    text.split('; ').map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1).join(' ')]),
  );
}

describe('policy of the page', () => {
  it('allows its own scripts, styles, pictures, fonts and workers, and nothing else', () => {
    expect(policy('/')).toEqual({
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': "'self' 'nonce-abc'",
      'img-src': "'self' data: blob:",
      'font-src': "'self'",
      'connect-src': "'self'",
      'worker-src': "'self'",
      'base-uri': "'none'",
      'form-action': "'none'",
      'frame-ancestors': "'none'",
      'trusted-types': 'spikeloom',
      'require-trusted-types-for': "'script'",
    });
  });

  it('names the one socket of browser mode', () => {
    expect(policy('/', 'ws://127.0.0.1:4711')['connect-src']).toBe("'self' ws://127.0.0.1:4711");
  });

  it.each(['/', '/index.html', '/assets/index-abcdefgh.js', '/assets/x.css', '/engine-worker-abcdefgh.js'])(
    'never lets %s compile anything, nor run what stands in the page',
    (path) => {
      expect(JSON.stringify(policy(path))).not.toMatch(/unsafe-|\*|https?:/);
    },
  );
});

describe('policy of workers', () => {
  it.each(wasmWorkers)('%s may compile WebAssembly and no text', (name) => {
    expect(policy(`/workers/${name}-abcdefgh.js`)['script-src']).toBe("'self' 'wasm-unsafe-eval'");
  });

  it.each([
    '/workers/history-worker-abcdefgh.js',
    '/workers/engine-worker.js',
    '/workers/engine-worker-a.js',
    '/workers/x/engine-worker-abcdefgh.js',
    '/workers/engine-worker-abcdefgh.js/',
    '/workers/engine-worker-abcdefgh.js.map',
    '/workers/not-engine-worker-abcdefgh.js',
    '/workers/engine-worker-abcdefgh.mjs',
    '/assets/engine-worker-abcdefgh.js',
  ])('%s may not', (path) => {
    expect(mayCompileWasm(path)).toBe(false);
    expect(policy(path)['script-src']).toBe("'self'");
  });
});

describe('headers of every file', () => {
  it.each(['/', '/assets/x.js', '/workers/engine-worker-abcdefgh.js'])('isolate %s', (path) => {
    expect(securityHeaders(path, 'abc')).toMatchObject({
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'no-store',
    });
  });
});

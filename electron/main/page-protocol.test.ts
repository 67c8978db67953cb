/** spikeloom://app/ gives out the files of the page, with their headers, and nothing else by any spelling. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPageFiles } from '../platform/page-files.ts';
import type { PageFiles } from '../platform/page-files.ts';
import { answerRequest, registerScheme, servePage } from './page-protocol.ts';

const random = { bytes: (count: number) => new Uint8Array(count).fill(7) };
let folder = '';
let page: PageFiles;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spikeloom-page-'));
  await mkdir(join(folder, 'page', 'assets'), { recursive: true });
  await mkdir(join(folder, 'page', 'workers'), { recursive: true });
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await writeFile(join(folder, 'page', 'index.html'), '<meta nonce="SPIKELOOM_CSP_NONCE">');
  await writeFile(join(folder, 'page', 'assets', 'main-abc.js'), 'script');
  await writeFile(join(folder, 'page', 'workers', 'engine-worker-abcdefgh.js'), 'worker');
  page = await findPageFiles(join(folder, 'page'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const ask = (url: string, method = 'GET'): Promise<Response> => answerRequest({ url, method }, page, random);

/** Ways to write a path that leaves the folder, or that is not the name of a file in it. */
const spellings = [
  '/../secret.txt',
  '/../../secret.txt',
  '/..%2fsecret.txt',
  '/..%2Fsecret.txt',
  '/%2e%2e/secret.txt',
  '/%2e%2e%2fsecret.txt',
  '/%2E%2E%2Fsecret.txt',
  '/.%2e/secret.txt',
  '/%2e./secret.txt',
  '/..%5csecret.txt',
  '/..\\secret.txt',
  '/%5c..%5csecret.txt',
  '/..%c0%afsecret.txt',
  '/..%e0%80%afsecret.txt',
  '/%252e%252e%252fsecret.txt',
  '/..%252fsecret.txt',
  '/....//secret.txt',
  '/..;/secret.txt',
  '/assets/../../secret.txt',
  '/assets/..%2f..%2fsecret.txt',
  '/assets/%2e%2e/%2e%2e/secret.txt',
  '/assets/....//....//secret.txt',
  '//secret.txt',
  '///etc/passwd',
  '/etc/passwd',
  '/%2fetc%2fpasswd',
  '/C:/Windows/win.ini',
  '/C%3a%5cWindows%5cwin.ini',
  '/index.html%00',
  '/%00',
  '/index.html%00.js',
  '/index.html/',
  '/index.html/.',
  '/index.html.',
  '/INDEX.HTML',
  '/index.html%20',
  '/index.html::$DATA',
  '/assets',
  '/assets/',
  '/assets/main-abc.js/x',
  '/~/secret.txt',
  '/%uff0e%uff0e/secret.txt',
  `/${'../'.repeat(500)}etc/passwd`,
  `/${'a'.repeat(100_000)}`,
  '/constructor',
  '/__proto__',
  '/file:///etc/passwd',
];

describe('what is served', () => {
  it('files of the page, with their type and the isolation headers', async () => {
    const answer = await ask('spikeloom://app/');
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe(`<meta nonce="${'07'.repeat(16)}">`);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(answer.headers.get('cross-origin-embedder-policy')).toBe('require-corp');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await (await ask('spikeloom://app/assets/main-abc.js?x#y')).text()).toBe('script');
  });

  it('only the engine worker may compile WebAssembly', async () => {
    const policy = async (path: string) => (await ask(`spikeloom://app${path}`)).headers.get('content-security-policy');
    expect(await policy('/workers/engine-worker-abcdefgh.js')).toContain("'wasm-unsafe-eval'");
    expect(await policy('/assets/main-abc.js')).not.toContain('wasm-unsafe-eval');
    expect(await policy('/')).not.toContain('unsafe');
  });

  it.each(spellings.map((path) => [path.slice(0, 60), path]))('not %s', async (_name, path) => {
    const answer = await ask(`spikeloom://app${path}`);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toBe('There is nothing here.');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('nothing under another host, and nothing but by GET', async () => {
    for (const url of ['spikeloom://app.evil/', 'spikeloom://evil/', 'spikeloom://x@app/', 'https://app/', 'nonsense'])
      expect((await ask(url)).status).toBe(404);
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS'])
      expect((await ask('spikeloom://app/', method)).status).toBe(404);
  });
});

it('the scheme is registered as secure and standard, and served', async () => {
  const registered: unknown[] = [];
  const protocol = {
    registerSchemesAsPrivileged: (schemes: unknown) => void registered.push(schemes),
    handle: (scheme: string, handler: (request: { url: string; method: string }) => Promise<Response>) =>
      void registered.push(scheme, handler),
  };
  registerScheme(protocol);
  servePage(protocol, page, random);
  expect(registered[0]).toEqual([
    { scheme: 'spikeloom', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
  expect(registered[1]).toBe('spikeloom');
  const handler = registered[2] as (request: { url: string; method: string }) => Promise<Response>;
  expect((await handler({ url: 'spikeloom://app/', method: 'GET' })).status).toBe(200);
});

/** The files of the built page, found once: what is not among them cannot be asked for. */
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { cspNoncePlaceholder } from '../../engine/platform/content-security.ts';

export interface PageFile {
  readonly type: string;
  readonly bytes: Uint8Array;
}

export interface PageFiles {
  /** Paths of all files (`/index.html`, `/assets/x.js`). */
  readonly paths: readonly string[];
  /** The file at a path of the page (`/`, `/assets/x.js`), its nonce filled in; undefined when there is none. */
  find(path: string, nonce: string): Promise<PageFile | undefined>;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.md': 'text/markdown; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
};

/** The files under `folder`; rejects when it does not exist. */
export async function findPageFiles(folder: string): Promise<PageFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const byPath = new Map(files.map((file) => [`/${relative(folder, file).split(sep).join('/')}`, file]));
  return {
    paths: [...byPath.keys()],
    async find(path, nonce) {
      const file = byPath.get(path === '/' ? '/index.html' : path);
      if (file === undefined) return undefined;
      const bytes = await readFile(file);
      const type = types[extname(file)] ?? 'application/octet-stream';
      return { type, bytes: extname(file) === '.html' ? withNonce(bytes, nonce) : bytes };
    },
  };
}

function withNonce(page: Buffer, nonce: string): Uint8Array {
  return Buffer.from(page.toString('utf8').replaceAll(cspNoncePlaceholder, nonce));
}

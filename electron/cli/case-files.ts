/** Reference cases on disk: plain JSON or gzipped, anywhere under the folders given. */
import { relative } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Result } from '../../engine/base/result.ts';
import { andThen, failed, ok } from '../../engine/base/result.ts';
import { problem } from '../../engine/base/problem.ts';
import { readCase } from '../../engine/conform/reference-case.ts';
import type { ReferenceCase } from '../../engine/conform/reference-case.ts';
import { findFiles } from '../platform/find-files.ts';
import { fileResult, largestFile } from '../platform/file-problems.ts';
import { nodeFileSystem } from '../platform/node-file-system.ts';

const caseName = /\.json(\.gz)?$/;

export interface CaseFile {
  /** Path as told to the user. */
  readonly name: string;
  /** The case, or why the file is none. */
  readonly content: Result<ReferenceCase>;
}

/** All cases at or under `path`, read one by one. */
export async function* caseFiles(path: string): AsyncGenerator<CaseFile> {
  for (const file of await findFiles(nodeFileSystem, path, (name) => caseName.test(name))) {
    const name = relative(path, file) || file;
    yield { name, content: await readCaseFile(file, name) };
  }
}

async function readCaseFile(path: string, name: string): Promise<Result<ReferenceCase>> {
  const bytes = await fileResult('read', name, () => nodeFileSystem.read(path, largestFile));
  return andThen(bytes, (content) => andThen(parse(content, name), (json) => readCase(json, name)));
}

function parse(content: Uint8Array, name: string): Result<unknown> {
  try {
    const gzipped = content[0] === 0x1f && content[1] === 0x8b;
    const text = new TextDecoder('utf-8', { fatal: true }).decode(gzipped ? gunzipSync(content) : content);
    return ok(JSON.parse(text) as unknown);
  } catch (error) {
    return failed(problem('conform/bad-case', `${name} cannot be read as JSON.`, { cause: String(error) }));
  }
}

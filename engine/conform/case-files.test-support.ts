/** The reference cases of the repository and a laboratory to run them in, for tests. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { nodeMemory } from '../../electron/platform/node-memory.ts';
import { expectOk } from '../base/result.ts';
import type { Laboratory } from './laboratory.ts';
import { readCase, type ReferenceCase } from './reference-case.ts';

const root = fileURLToPath(new URL('../../e2e/cases/', import.meta.url));

/** Names of all case files, sorted: `rockpool/PassThrough/plain.json.gz`. */
export const caseNames: readonly string[] = readdirSync(root, { recursive: true })
  .map(String)
  .filter((name) => name.endsWith('.json.gz'))
  .sort();

/** The JSON of a case file. */
export function readCaseJson(name: string): unknown {
  return JSON.parse(gunzipSync(readFileSync(`${root}${name}`)).toString('utf8')) as unknown;
}

/** A case by the name of its file. */
export function openCase(name: string): ReferenceCase {
  return expectOk(readCase(readCaseJson(name), name));
}

/** A laboratory on Node. */
export function laboratoryOn(target: Laboratory['target']): Laboratory {
  return { target, memory: nodeMemory };
}

/** What a command of the command line gets and gives. */
import { resolve } from 'node:path';
import type { Result } from '../../engine/base/result.ts';
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import { nodeFileSystem } from '../platform/node-file-system.ts';
import { documentOf, readProjectAt } from '../platform/project-storage.ts';
import type { Output } from './output.ts';

/** A command does its work, prints, and gives its exit code. What it cannot help it throws (a bug). */
export type Command<Options> = (output: Output, options: Options) => Promise<number>;

/** The project that a user named, by a path relative to where the command was called. */
export async function openProject(path: string): Promise<Result<SpikeloomDocument>> {
  return documentOf(await readProjectAt(nodeFileSystem, absolutePath(path)));
}

/** npm runs scripts in the project's folder; INIT_CWD is where the user is. */
export function absolutePath(path: string): string {
  return resolve(process.env['INIT_CWD'] ?? process.cwd(), path);
}

/** `spikeloom conform DIR…`: runs every reference case and compares; a line per case that fails. */
import { formatProblem } from '../../engine/base/problem.ts';
import type { CaseResult } from '../../engine/conform/run-case.ts';
import { runCase } from '../../engine/conform/run-case.ts';
import type { Laboratory } from '../../engine/conform/laboratory.ts';
import { nodeMemory } from '../platform/node-memory.ts';
import { nodeClock } from '../platform/node-seams.ts';
import { caseFiles } from './case-files.ts';
import type { CaseFile } from './case-files.ts';
import { absolutePath } from './command.ts';
import type { Command } from './command.ts';
import { fitsPattern } from './pattern.ts';
import { exitCodes } from './output.ts';
import type { Output } from './output.ts';
import { withStopSignals } from './signals.ts';

export interface ConformOptions {
  readonly folders: readonly string[];
  /** Only cases whose id fits this pattern. */
  readonly only: string | undefined;
  /** Only cases of these kinds; all when undefined. */
  readonly kinds: readonly string[] | undefined;
  readonly target: Laboratory['target'];
}

export const conformCommand: Command<ConformOptions> = (output, options) =>
  withStopSignals(async (stopped) => {
    let stopCode: number | undefined;
    void stopped.then((code) => (stopCode = code));
    const cases: CaseResult[] = [];
    for await (const file of filesIn(options.folders)) {
      if (stopCode !== undefined) return stopCode;
      if (!isWanted(file, options)) continue;
      const result = judge(file, { target: options.target, memory: nodeMemory });
      cases.push(result);
      if (result.status === 'failed') output.line(describe(result));
      // Lets a signal in.
      await nodeClock.wait(0);
    }
    return conclude(output, cases);
  });

async function* filesIn(folders: readonly string[]): AsyncGenerator<CaseFile> {
  for (const folder of folders) yield* caseFiles(absolutePath(folder));
}

function conclude(output: Output, cases: readonly CaseResult[]): number {
  const failures = cases.filter((result) => result.status === 'failed').length;
  if (cases.length === 0) output.note('No reference case was found.');
  output.result({ cases });
  output.line(`${cases.length - failures} passed, ${failures} failed`);
  return failures === 0 && cases.length > 0 ? exitCodes.done : exitCodes.problems;
}

/** A file that is no case cannot be known to be unwanted, so it always counts. */
function isWanted({ content }: CaseFile, { only, kinds }: ConformOptions): boolean {
  if (!content.ok) return true;
  const { id, kind } = content.value;
  return (only === undefined || fitsPattern(id, only)) && (kinds === undefined || kinds.includes(kind));
}

function judge({ name, content }: CaseFile, laboratory: Laboratory): CaseResult {
  if (content.ok) return runCase(content.value, laboratory);
  const message = content.problems.map(formatProblem).join('; ');
  return { id: name, system: '', status: 'failed', maxAbs: 0, maxRel: 0, message };
}

function describe({ id, message, maxAbs, maxRel }: CaseResult): string {
  return `FAILED ${id}: ${message} (greatest error ${maxAbs} absolute, ${maxRel} relative)`;
}

/** What a command prints: its result on stdout, everything for people beside it on stderr under `--json`. */
import { formatProblem } from '../../engine/base/problem.ts';
import type { Problem } from '../../engine/base/problem.ts';

/** Exit codes of every command. */
export const exitCodes = { done: 0, problems: 1, usage: 2, bug: 3, interrupted: 130, terminated: 143 } as const;

export interface TextSink {
  write(text: string): unknown;
}

export interface Output {
  readonly json: boolean;
  /** A line of the result for people; with `--json` it goes to stderr. */
  line(text: string): void;
  /** A line that is never part of the result: progress, notes. */
  note(text: string): void;
  /** The result for programs, once; printed only with `--json`. */
  result(value: unknown): void;
  problems(found: readonly Problem[]): void;
}

/** Output on the given sinks. */
export function createOutput(json: boolean, stdout: TextSink, stderr: TextSink): Output {
  const people = json ? stderr : stdout;
  return {
    json,
    line: (text) => void people.write(`${text}\n`),
    note: (text) => void stderr.write(`${text}\n`),
    result(value) {
      if (json) stdout.write(`${JSON.stringify(value, undefined, 2)}\n`);
    },
    problems(found) {
      for (const each of found) stderr.write(`${formatProblem(each)}\n`);
    },
  };
}

/** Exit code for problems found: 1 when one of them is an error. */
export function exitCodeOf(found: readonly Problem[]): number {
  return found.some((each) => each.severity === 'error') ? exitCodes.problems : exitCodes.done;
}

/** `spikeloom run PROJECT --stream`: rows of numbers come in on standard input, a line of JSON goes out for each. */
import { problem, type Problem } from '../../engine/base/problem.ts';
import { andThen, failed, ok, type Result } from '../../engine/base/result.ts';
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import { toSi } from '../../engine/units/convert.ts';
import { parseQuantity } from '../../engine/units/parse-quantity.ts';
import { createStreamedRun, type StreamedRun, type StreamRow } from '../jobs/streamed-run.ts';
import { nodeMemory } from '../platform/node-memory.ts';
import { exitCodeOf, type Output } from './output.ts';
import type { RunOptions } from './run.ts';

/** Ends with the rows, with the run, or at the first Problem. With `--json` the lines are gathered in one document. */
export async function streamRows(
  output: Output,
  options: RunOptions,
  document: SpikeloomDocument,
  stdin: AsyncIterable<string | Uint8Array> = nothing(),
): Promise<number> {
  const made = andThen(secondsOf(options.rowTime), (rowSeconds) => {
    const { target, precision, memoryLimitBytes } = options;
    return createStreamedRun({
      ...{ document, target, precision, memory: nodeMemory },
      ...(memoryLimitBytes === undefined ? {} : { memoryLimitBytes }),
      ...(rowSeconds === undefined ? {} : { rowSeconds }),
    });
  });
  const rows: StreamRow[] = [];
  const tell = (row: StreamRow): void => void (output.json ? rows.push(row) : output.line(JSON.stringify(row)));
  const problems = made.ok ? [...made.problems, ...(await feedAll(made.value, stdin, tell))] : made.problems;
  const steps = made.ok ? made.value.step : 0;
  if (made.ok) made.value.dispose();
  output.problems(problems);
  output.result({ steps, rows, problems });
  return exitCodeOf(problems);
}

async function feedAll(
  run: StreamedRun,
  stdin: AsyncIterable<string | Uint8Array>,
  tell: (row: StreamRow) => void,
): Promise<readonly Problem[]> {
  for await (const line of linesOf(stdin)) {
    const fed = andThen(numbersOf(line), (row) => run.feed(row));
    if (!fed.ok) return fed.problems;
    if (fed.value === undefined) return [];
    tell(fed.value);
  }
  return [];
}

async function* linesOf(stdin: AsyncIterable<string | Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const part of stdin) {
    const lines = (rest + (typeof part === 'string' ? part : decoder.decode(part, { stream: true }))).split(/\r?\n/u);
    rest = lines.pop() ?? '';
    yield* lines.filter((line) => line.trim() !== '');
  }
  if (rest.trim() !== '') yield rest;
}

/** Numbers separated by commas, tabs or spaces. */
function numbersOf(line: string): Result<number[]> {
  const parts = line.trim().split(/\s*[,;\t ]\s*/u);
  const numbers = parts.map((part) => (part === '' ? NaN : Number(part)));
  const bad = numbers.findIndex((value) => !Number.isFinite(value));
  if (bad === -1) return ok(numbers);
  const found = problem('model/parameter-not-finite', `“${parts[bad] ?? ''}” in a row is no finite number.`, {
    hint: 'Write numbers separated by commas, tabs or spaces, one row in a line.',
  });
  return failed(found);
}

function secondsOf(text: string | undefined): Result<number | undefined> {
  if (text === undefined) return ok(undefined);
  return andThen(parseQuantity(text), (quantity) => andThen(toSi(quantity), ({ value }) => ok(value)));
}

async function* nothing(): AsyncGenerator<string> {
  // No standard input: no rows.
}

/** `spikeloom run PROJECT`: runs a project, records every probe, tells what came out. */
import { basename, dirname, join } from 'node:path';
import type { Problem } from '../../engine/base/problem.ts';
import { failed, mapResult, ok } from '../../engine/base/result.ts';
import type { Ok, Result } from '../../engine/base/result.ts';
import type { RunSettings, SpikeloomDocument } from '../../engine/model/document.ts';
import type { Target } from '../../engine/protocol/messages.ts';
import { parseQuantity } from '../../engine/units/parse-quantity.ts';
import { significant } from '../../engine/units/format-quantity.ts';
import type { RunOutcome, RunProgress, RunReport, RunRequest } from '../jobs/run-request.ts';
import type { RunStarter } from '../jobs/start-run.ts';
import { writeAtomically } from '../platform/atomic-write.ts';
import { fileResult } from '../platform/file-problems.ts';
import { nodeFileSystem } from '../platform/node-file-system.ts';
import { nodeRandom } from '../platform/node-seams.ts';
import { createCheckpointWriter } from './checkpoint-writer.ts';
import { absolutePath, openProject } from './command.ts';
import type { Command } from './command.ts';
import { exitCodeOf } from './output.ts';
import type { Output } from './output.ts';
import { withStopSignals } from './signals.ts';
import { streamRows } from './stream.ts';

export interface RunOptions {
  readonly project: string;
  readonly duration: string | undefined;
  readonly timeStep: string | undefined;
  readonly seed: number | undefined;
  readonly memoryLimitBytes: number | undefined;
  readonly precision: 'f64' | 'f32';
  readonly target: Target;
  readonly threads: number | 'auto';
  readonly out: string | undefined;
  /** File for checkpoints on the way and when a signal stops the run. */
  readonly checkpoint: string | undefined;
  /** Wall seconds between checkpoints on the way. */
  readonly checkpointSeconds: number;
  /** Checkpoint to go on from. */
  readonly resume: string | undefined;
  /** Rows come from standard input, and a line goes out for each. */
  readonly stream: boolean;
  /** How long a row holds. */
  readonly rowTime: string | undefined;
}

/** The command, with what starts its run. */
export function createRunCommand(start: RunStarter, stdin?: AsyncIterable<string | Uint8Array>): Command<RunOptions> {
  return async (output, options) => {
    const document = await documentToRun(options);
    if (!document.ok) return conclude(output, undefined, document.problems);
    if (options.stream) return streamRows(output, options, document.value, stdin);
    return runToEnd(start, output, options, document);
  };
}

/** Runs in a thread and writes what was recorded. */
async function runToEnd(
  start: RunStarter,
  output: Output,
  options: RunOptions,
  document: Ok<SpikeloomDocument>,
): Promise<number> {
  const { target, precision, memoryLimitBytes, threads } = options;
  const limit = memoryLimitBytes === undefined ? {} : { memoryLimitBytes };
  const record = options.out !== undefined;
  const begin = await beginning(options);
  if (!begin.ok) return conclude(output, undefined, begin.problems);
  const request = { document: document.value, target, precision, record, threads, ...limit, ...begin.value };
  const writer = createCheckpointWriter(checkpointName(options));
  let stopCode: number | undefined;
  const outcome = await withStopSignals((stopped) => {
    const tell = ({ step, steps }: RunProgress): void =>
      output.note(`${Math.floor((100 * step) / steps)} % (step ${step} of ${steps})`);
    const run = start(request, tell, (file) => writer.write(file));
    void stopped.then((code) => {
      stopCode = code;
      run.stop();
    });
    return run.outcome;
  });
  if (outcome.checkpoint !== undefined) writer.write(outcome.checkpoint);
  const kept = await writer.finish();
  if (outcome.report?.stopped === true && kept.length === 0)
    output.note(`to go on: the same command with --resume ${checkpointName(options)}`);
  const written = await writeOutcome(outcome, options.out);
  const problems = [...document.problems, ...outcome.problems, ...kept, ...written.problems];
  const code = conclude(output, outcome.report, problems);
  return stopCode ?? code;
}

/** Larger than memory that a run can have. */
const mostCheckpointBytes = 2 ** 33;

/** Where checkpoints go: where one was named or the run came from, else with what is recorded, else where the command is called. */
function checkpointName({ checkpoint, resume, project, out }: RunOptions): string {
  const beside = out?.endsWith('.npz') === true ? out.replace(/\.npz$/, '.checkpoint') : out;
  const named = checkpoint ?? resume;
  if (named !== undefined) return named;
  if (beside === undefined) return `${basename(project).replace(/\.spikeloom$/, '')}.checkpoint`;
  return beside === out ? join(out, 'run.checkpoint') : beside;
}

/** What the request says about checkpoints. On the way they are written only where a file is named. */
async function beginning(options: RunOptions): Promise<Result<Pick<RunRequest, 'resume' | 'checkpointSeconds'>>> {
  const { checkpoint, resume, checkpointSeconds } = options;
  const onTheWay = checkpoint === undefined && resume === undefined ? {} : { checkpointSeconds };
  if (resume === undefined) return ok(onTheWay);
  const read = await fileResult('read', resume, () => nodeFileSystem.read(absolutePath(resume), mostCheckpointBytes));
  return mapResult(read, (file) => ({ ...onTheWay, resume: file }));
}

/** The project with what the options change about its run. */
async function documentToRun(options: RunOptions): Promise<Result<SpikeloomDocument>> {
  const opened = await openProject(options.project);
  if (!opened.ok) return opened;
  const duration = timeOption(options.duration, '--duration');
  const timeStep = timeOption(options.timeStep, '--dt');
  if (!duration.ok || !timeStep.ok) return failed(...duration.problems, ...timeStep.problems);
  const run: RunSettings = {
    ...opened.value.run,
    ...(duration.value === undefined ? {} : { duration: duration.value }),
    ...(timeStep.value === undefined ? {} : { timeStep: timeStep.value }),
    ...(options.seed === undefined ? {} : { seed: options.seed }),
  };
  return mapResult(opened, (document) => ({ ...document, run }));
}

function timeOption(text: string | undefined, name: string): Result<RunSettings['timeStep'] | undefined> {
  if (text === undefined) return ok(undefined);
  const parsed = parseQuantity(text);
  return { ...parsed, problems: parsed.problems.map((found) => ({ ...found, at: { ...found.at, path: name } })) };
}

/** Writes the recordings to `FILE.npz`, or into a folder together with the report. */
async function writeOutcome({ report, archive }: RunOutcome, out: string | undefined): Promise<Result<void>> {
  if (out === undefined || archive === undefined) return ok(undefined);
  const path = absolutePath(out);
  const content: [string, Uint8Array][] = out.endsWith('.npz')
    ? [[path, archive]]
    : [
        [join(path, 'probes.npz'), archive],
        [join(path, 'report.json'), new TextEncoder().encode(`${JSON.stringify(report, undefined, 2)}\n`)],
      ];
  return fileResult('write', out, async () => {
    for (const [file, bytes] of content) {
      await nodeFileSystem.makeFolder(dirname(file));
      await writeAtomically(nodeFileSystem, nodeRandom, file, bytes);
    }
  });
}

function conclude(output: Output, report: RunReport | undefined, problems: readonly Problem[]): number {
  output.problems(problems);
  if (report !== undefined) for (const line of describeReport(report)) output.line(line);
  output.result({ ...report, problems });
  return exitCodeOf(problems);
}

function describeReport(report: RunReport): string[] {
  const factor = report.wallSeconds > 0 ? report.simSeconds / report.wallSeconds : Infinity;
  const spikes = Object.entries(report.spikes).map(([name, count]) => `${name}: ${count} spikes`);
  const readouts = report.readouts.map(
    ({ name, nrmse, persistenceNrmse, scoredSteps }) =>
      `${name}: NRMSE ${nrmse ?? 'not known'} over ${scoredSteps} steps (persistence ${persistenceNrmse ?? 'not known'})`,
  );
  return [
    `${report.stopped ? 'stopped after' : 'ran'} ${report.steps} steps = ${significant(report.simSeconds)} s in ${significant(report.wallSeconds)} s (${significant(factor)} × real time, built in ${significant(report.buildSeconds)} s)`,
    `${report.cells} cells, ${report.synapses} synapses${report.members > 1 ? `, a batch of ${report.members}` : ''}`,
    ...spikes,
    ...readouts,
  ];
}

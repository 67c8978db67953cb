/** `spikeloom train PROJECT`: trains what the project says is trainable, tells how the loss fell, writes the trained project. */
import type { Problem } from '../../engine/base/problem.ts';
import { andThen, failed, mapResult, ok, type Result } from '../../engine/base/result.ts';
import { prepareRun, prepareTraining } from '../../engine/library/prepare-run.ts';
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import { applyEdit } from '../../engine/model/edits/apply-edit.ts';
import { createLiveRidge } from '../../engine/training/live-ridge.ts';
import {
  startTraining,
  type TrainedScore,
  type TrainingOutcome,
  type TrainingRun,
} from '../../engine/training/project/training-run.ts';
import { significant } from '../../engine/units/format-quantity.ts';
import { nodeFileSystem } from '../platform/node-file-system.ts';
import { nodeMemory } from '../platform/node-memory.ts';
import { nodeRandom } from '../platform/node-seams.ts';
import { projectFormOf, writeProjectAt, type ProjectForm } from '../platform/project-storage.ts';
import { absolutePath, openProject, type Command } from './command.ts';
import { unknownForm } from './convert.ts';
import { exitCodeOf, type Output } from './output.ts';
import { withStopSignals } from './signals.ts';

export interface TrainOptions {
  readonly project: string;
  /** Instead of what the objective says. */
  readonly epochs: number | undefined;
  /** Where the trained project goes. */
  readonly out: string | undefined;
}

/** A training that can begin. */
interface Begun {
  readonly document: SpikeloomDocument;
  readonly run: TrainingRun;
  /** Of the file that is to be written. */
  readonly form: ProjectForm | undefined;
}

export const trainCommand: Command<TrainOptions> = async (output, options) => {
  const begun = await begin(options);
  if (!begun.ok) return conclude(output, undefined, begun.problems);
  const { document, run, form } = begun.value;
  const { code: stopCode, stopped } = await withStopSignals((signal) => goThrough(run, output, signal));
  const outcome = run.finish();
  const written = await write(trainedDocument(document, outcome), options.out, form);
  if (written.ok && options.out !== undefined) output.note(`written to ${options.out}`);
  const problems = [...begun.problems, ...outcome.problems, ...written.problems];
  const code = conclude(output, { ...outcome, stopped }, problems);
  return stopCode ?? code;
};

async function begin({ project, out, epochs }: TrainOptions): Promise<Result<Begun>> {
  const form = out === undefined ? undefined : projectFormOf(out);
  if (out !== undefined && form === undefined) return failed(unknownForm(out));
  const surroundings = { target: 'wasm', memory: nodeMemory, prepareRun, prepareTraining } as const;
  return andThen(await openProject(project), (document) =>
    mapResult(startTraining(document, { epochs }, { ...surroundings, trainerFor: createLiveRidge }), (run) => ({
      ...{ document, run, form },
    })),
  );
}

/** Epoch by epoch, with a line for each, until a signal comes; signals have their turn between epochs. */
async function goThrough(run: TrainingRun, output: Output, signal: Promise<number>) {
  const stop: { code?: number } = {};
  void signal.then((code) => (stop.code = code));
  let more = true;
  let told = 0;
  while (more && stop.code === undefined) {
    more = run.advance();
    if (run.curve.length > told) {
      told = run.curve.length;
      output.note(
        `epoch ${told} of ${run.epochs}: loss ${digits(run.curve[told - 1])}, best ${digits(run.best?.loss)}`,
      );
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { code: stop.code, stopped: more };
}

function digits(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : significant(value);
}

/** The project with what was learnt; as it was where nothing got better. */
function trainedDocument(document: SpikeloomDocument, { edit }: TrainingOutcome): Result<SpikeloomDocument> {
  return edit === null ? ok(document) : mapResult(applyEdit(document, edit), (done) => done.document);
}

async function write(
  trained: Result<SpikeloomDocument>,
  out: string | undefined,
  form: ProjectForm | undefined,
): Promise<Result<unknown>> {
  if (!trained.ok || out === undefined || form === undefined) return trained;
  return writeProjectAt(nodeFileSystem, nodeRandom, absolutePath(out), form, trained.value);
}

type Told = TrainingOutcome & { readonly stopped: boolean };

function conclude(output: Output, outcome: Told | undefined, problems: readonly Problem[]): number {
  output.problems(problems);
  const { curve = [], bestEpoch = null, scores = [], stopped = false } = outcome ?? {};
  if (outcome !== undefined) tellPeople(output, outcome);
  const best = bestEpoch === null ? null : (curve[bestEpoch] ?? null);
  output.result({ epochs: curve.length, curve, bestEpoch, bestLoss: best, scores, stopped, problems });
  return exitCodeOf(problems);
}

function tellPeople(output: Output, { curve, bestEpoch, scores, edit }: Told): void {
  if (bestEpoch !== null)
    output.line(
      `${curve.length} epochs: loss ${digits(curve[0])} before, ${digits(curve[bestEpoch])} at its best (epoch ${bestEpoch + 1})`,
    );
  const rows = [['name', 'measure', 'before', 'after', 'NRMSE'], ...scores.map(rowOf)];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length))) ?? [];
  for (const row of scores.length === 0 ? [] : rows)
    output.line(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  if (edit === null) output.line('Nothing got better.');
}

function rowOf({ name, measure, before, after, nrmse }: TrainedScore): string[] {
  return [name, measure, digits(before), digits(after), digits(nrmse)];
}

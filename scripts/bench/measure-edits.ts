/** Process that edits a project again and again and times how long it takes until the first step is done. */
import { expectOk } from '../../engine/base/result.ts';
import type { ParameterValue } from '../../engine/model/value.ts';
import type { ElementRecord, SpikeloomDocument } from '../../engine/model/document.ts';
import { nodeFileSystem } from '../../electron/platform/node-file-system.ts';
import { documentOf, readProjectAt } from '../../electron/platform/project-storage.ts';
import { measureRun } from './measure-run.ts';
import type { MeasuredRow } from './row.ts';

interface EditRequest {
  readonly project: string;
  readonly precision: 'f64' | 'f32';
}

const rounds = 15;

const request = JSON.parse(process.argv[2] ?? '') as EditRequest;
const opened = expectOk(documentOf(await readProjectAt(nodeFileSystem, request.project)));
const document: SpikeloomDocument = { ...opened, run: { ...opened.run, duration: opened.run.timeStep } };

/** What this process prints. */
export interface EditFigures {
  readonly rows: readonly MeasuredRow[];
  /** Seconds, by element and parameter. */
  readonly medians: Readonly<Record<string, number>>;
}

interface Edit {
  readonly name: string;
  edited(round: number): SpikeloomDocument;
}

timed(document); // warm-up
const parameters = mediansOf([...elementEdits(), ...connectionEdits()]);
const equations = mediansOf(equationEdits());
const rows = [worstOf('edit.parameter', parameters), worstOf('edit.equation', equations)];
process.stdout.write(`${JSON.stringify({ rows, medians: { ...parameters, ...equations } } satisfies EditFigures)}\n`);

function mediansOf(edits: readonly Edit[]): Record<string, number> {
  return Object.fromEntries(
    edits.map(({ name, edited }) => [name, median(Array.from({ length: rounds }, (_, round) => timed(edited(round))))]),
  );
}

/** The row of the edit with the greatest median, as the time of the build. */
function worstOf(workload: string, medians: Readonly<Record<string, number>>): MeasuredRow {
  const wish = { workload, precision: request.precision, threads: 1, repeats: 1 } as const;
  const worst = Math.max(...Object.values(medians));
  return { ...measureRun(document, wish), build_s: worst, sim_s: 0, sim_all: [], cpu_s: 0 };
}

/** Seconds from the document to the end of its first step. */
function timed(edited: SpikeloomDocument): number {
  const begun = performance.now();
  measureRun(edited, { workload: '', precision: request.precision, threads: 1, repeats: 1 });
  return (performance.now() - begun) / 1000;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return Math.round((sorted[Math.floor(sorted.length / 2)] ?? 0) * 1e4) / 1e4;
}

/** Every quantity that an element states, made larger by a thousandth in each round. */
function elementEdits(): Edit[] {
  return Object.values(document.elements).flatMap((owner) =>
    Object.entries(owner.parameters)
      .filter(([, value]) => isQuantity(value))
      .map(([name, value]) => ({
        name: `${owner.id}.${name}`,
        edited: (round) => withParameter(owner, name, larger(value, round)),
      })),
  );
}

/** The weights of every projection. */
function connectionEdits(): Edit[] {
  return Object.values(document.connections).flatMap((owner) => {
    const { weight } = owner.parameters;
    if (weight === undefined) return [];
    return [
      {
        name: `${owner.id}.weight`,
        edited: (round: number) => {
          const changed = { ...owner, parameters: { ...owner.parameters, weight: larger(weight, round) } };
          return { ...document, connections: { ...document.connections, [owner.id]: changed } };
        },
      },
    ];
  });
}

/** The first equation of every population gets another factor in each round. */
function equationEdits(): Edit[] {
  return Object.values(document.elements).flatMap((owner) => {
    const { model } = owner.parameters;
    if (typeof model !== 'string') return [];
    const edited = (round: number): SpikeloomDocument =>
      withParameter(owner, 'model', model.replace(/=\s*(.*?)\s*:/, `= (1 + ${round + 1}e-4)*($1) :`));
    return [{ name: `${owner.id}.model`, edited }];
  });
}

function withParameter(owner: ElementRecord, name: string, value: ParameterValue): SpikeloomDocument {
  const changed = { ...owner, parameters: { ...owner.parameters, [name]: value } };
  return { ...document, elements: { ...document.elements, [owner.id]: changed } };
}

function isQuantity(value: ParameterValue | undefined): value is { value: number; unit: string } {
  return typeof value === 'object' && value !== null && 'value' in value;
}

/** A thousandth more in each round; of a distribution every argument. */
function larger(value: ParameterValue, round: number): ParameterValue {
  const factor = 1 + (round + 1) / 1000;
  if (isQuantity(value)) return { ...value, value: value.value * factor };
  if (typeof value !== 'object' || value === null || !('distribution' in value)) return value;
  const scaled = Object.entries(value.arguments).map(([name, { value: number, unit }]) => {
    return [name, { value: number * factor, unit }] as const;
  });
  return { ...value, arguments: Object.fromEntries(scaled) };
}

/** Process that edits a project again and again and times how long it takes until the first step is done. */
import { expectOk } from '../../engine/base/result.ts';
import type { ParameterValue } from '../../engine/model/value.ts';
import type { SpikeloomDocument } from '../../engine/model/document.ts';
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

const rows = [
  worstOf('edit.parameter', [...elementEdits(), ...connectionEdits()]),
  worstOf('edit.equation', equationEdits()),
];
process.stdout.write(`${JSON.stringify(rows)}\n`);

type Edit = (round: number) => SpikeloomDocument;

/** The row of the edit with the greatest median, with its median as the time of the build. */
function worstOf(workload: string, edits: readonly Edit[]): MeasuredRow {
  const medians = edits.map((edit) => median(Array.from({ length: rounds }, (_, round) => timed(edit(round)))));
  const wish = { workload, precision: request.precision, threads: 1, repeats: 1 } as const;
  return { ...measureRun(document, wish), build_s: Math.max(...medians), sim_s: 0, sim_all: [], cpu_s: 0 };
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
      .map(([name, value]): Edit => {
        return (round) => {
          const parameters = { ...owner.parameters, [name]: larger(value, round) };
          return { ...document, elements: { ...document.elements, [owner.id]: { ...owner, parameters } } };
        };
      }),
  );
}

/** The weight of every projection. */
function connectionEdits(): Edit[] {
  return Object.values(document.connections).flatMap((owner) =>
    Object.entries(owner.parameters)
      .filter(([name, value]) => name === 'weight' && isQuantity(value))
      .map(([name, value]): Edit => {
        return (round) => {
          const parameters = { ...owner.parameters, [name]: larger(value, round) };
          return { ...document, connections: { ...document.connections, [owner.id]: { ...owner, parameters } } };
        };
      }),
  );
}

/** The first equation of every population gets another factor in each round. */
function equationEdits(): Edit[] {
  return Object.values(document.elements).flatMap((owner) => {
    const { model } = owner.parameters;
    if (typeof model !== 'string') return [];
    return [
      (round: number): SpikeloomDocument => {
        const edited = model.replace(/=\s*(.*?)\s*:/, `= (1 + ${round + 1}e-4)*($1) :`);
        const parameters = { ...owner.parameters, model: edited };
        return { ...document, elements: { ...document.elements, [owner.id]: { ...owner, parameters } } };
      },
    ];
  });
}

function isQuantity(value: ParameterValue | undefined): value is { value: number; unit: string } {
  return typeof value === 'object' && value !== null && 'value' in value;
}

function larger(value: ParameterValue, round: number): ParameterValue {
  return isQuantity(value) ? { ...value, value: value.value * (1 + (round + 1) / 1000) } : value;
}

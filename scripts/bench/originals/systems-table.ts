/** The table of systems against their original packages. */
import { untimed } from './cases.ts';

/** A system on its large case, in seconds. */
export interface SystemRow {
  readonly system: string;
  readonly case: string;
  readonly steps: number;
  /** The time loop with its recordings. */
  readonly run_s: number;
  /** With building, compiling and handing out the results. */
  readonly all_s: number;
  /** The same in the first call of all. */
  readonly first_s: number;
  /** The original's evolve call, its layer being built already; and its first, with building and what it compiles. */
  readonly original?: { readonly run_s: number; readonly first_s: number };
  /** Why there is no figure of the original. */
  readonly why?: string;
}

const columns = [
  ...['system', 'case', 'steps', 'ours', 'with building', 'original', 'ratio', 'ratio with building'],
  ...['our first call', "the original's", 'ratio of first calls', 'goal'],
];

/** Slowest first; systems without a figure of the original come last. */
export function systemsTable(rows: readonly SystemRow[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const lines = slowestFirst(rows, runRatio).map((row) => line(cellsOf(row)));
  return [line(columns), line(columns.map(() => '---')), ...lines].join('\n');
}

/** The smallest ratios of all, in words. */
export function slowestText(rows: readonly SystemRow[]): string {
  const measured = rows.filter(({ original }) => original !== undefined);
  const least = (ratio: Ratio): string => {
    const [row] = slowestFirst(measured, ratio);
    return row === undefined ? '' : `${figure(ratio(row))} (${row.system})`;
  };
  if (measured.length === 0) return 'No original was measured.';
  return `The slowest ratio is ${least(runRatio)}, of first calls ${least(firstRatio)}; an original that is built and compiled already against ours with building: ${least(wholeRatio)}.`;
}

/** The systems without a row, each with the reason. */
export function untimedText(): string {
  const lines = Object.entries(untimed).map(([reason, systems]) => `- ${systems.join(', ')}: ${reason}.`);
  return ['Systems without a row:', '', ...lines].join('\n');
}

/** A row as it is told while the others are measured. */
export function describeSystem(row: SystemRow): string {
  return cellsOf(row).join('  ');
}

type Ratio = (row: SystemRow) => number;
const runRatio: Ratio = ({ original, run_s }) => (original?.run_s ?? Infinity) / run_s;
const wholeRatio: Ratio = ({ original, all_s }) => (original?.run_s ?? Infinity) / all_s;
const firstRatio: Ratio = ({ original, first_s }) => (original?.first_s ?? Infinity) / first_s;

function slowestFirst(rows: readonly SystemRow[], ratio: Ratio): readonly SystemRow[] {
  return [...rows].sort((a, b) => compared(ratio(a), ratio(b)));
}

function compared(a: number, b: number): number {
  return a === b ? 0 : a - b;
}

function cellsOf(row: SystemRow): readonly string[] {
  const { system, case: name, steps, run_s, all_s, first_s, original, why = '' } = row;
  const begin = [system, name.split('/').at(-1) ?? '', String(steps), seconds(run_s), seconds(all_s)];
  if (original === undefined) return [...begin, `original ${why}`, '–', '–', seconds(first_s), '–', '–', '≥ 1'];
  const ratio = runRatio(row);
  return [
    ...[...begin, seconds(original.run_s), figure(ratio), figure(wholeRatio(row))],
    ...[seconds(first_s), seconds(original.first_s), figure(firstRatio(row))],
    ratio >= 1 ? '≥ 1, met' : `≥ 1, ${Math.round(100 * (1 - ratio))} % short`,
  ];
}

function seconds(value: number): string {
  return `${value.toPrecision(3)} s`;
}

function figure(ratio: number): string {
  return ratio >= 100 ? ratio.toFixed(0) : ratio.toPrecision(3);
}

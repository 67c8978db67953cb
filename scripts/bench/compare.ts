/** The goals table: peer, ours, ratio, goal, shortfall. */
import { goals, ownGoals } from './goals.ts';
import type { Goal, OwnGoal } from './goals.ts';
import type { BenchRow, MeasuredRow, PeerRow } from './row.ts';

type OurRow = BenchRow & Partial<Pick<MeasuredRow, 'memoryBytes'>>;

/** One line of the table; figures are texts, empty where there is nothing to tell. */
export interface TableLine {
  readonly workload: string;
  readonly against: string;
  readonly precision: string;
  readonly peer: string;
  readonly ours: string;
  readonly ratio: string;
  /** Ratio of processor seconds, which other work on the machine disturbs less. */
  readonly cpu: string;
  readonly goal: string;
  /** `met`, how far the ratio falls short, or why there is no ratio. */
  readonly shortfall: string;
}

/** The whole table. Peers and rows of ours that are missing are told, never left out. */
export function compareRows(peers: readonly PeerRow[], ours: readonly OurRow[]): readonly TableLine[] {
  return [
    ...goals.flatMap((goal) => precisionsOf(goal).map((precision) => compareWith(goal, precision, peers, ours))),
    ...ownGoals.map((goal) => compareOwn(goal, ours)),
  ];
}

function precisionsOf(goal: Goal): readonly ('f64' | 'f32')[] {
  return (['f64', 'f32'] as const).filter((precision) => goal.ratio[precision] !== undefined);
}

function compareWith(
  goal: Goal,
  precision: 'f64' | 'f32',
  peers: readonly PeerRow[],
  ours: readonly OurRow[],
): TableLine {
  const { workload, of = 'run' } = goal;
  const wanted = goal.ratio[precision] ?? 0;
  const peer = peers.find(({ label }) => label === goal.peer);
  const own = ours.find((row) => row.workload === workload && row.precision === precision && row.threads === 1);
  const theirs = peerFigure(peer, of);
  const mine = ownFigure(own, of);
  const ratio = quotient(theirs, mine);
  return {
    workload: of === 'run' ? workload : `${workload} ${of}`,
    against: goal.peer.slice(workload.length + 1),
    precision,
    peer: figureText(theirs, of),
    ours: figureText(mine, of),
    ratio: ratioText(ratio),
    cpu: of === 'run' ? ratioText(quotient(peer?.cpu_s, own?.cpu_s)) : '',
    goal: `≥ ${wanted}`,
    shortfall: shortfallText(ratio, wanted, mine),
  };
}

type Kind = NonNullable<Goal['of']>;

function peerFigure(peer: PeerRow | undefined, of: Kind): number | undefined {
  if (of === 'memory') return peer?.memory_bytes;
  if (typeof peer?.sim_s !== 'number') return undefined;
  return of === 'run' ? peer.sim_s : peer.sim_s + (peer.build_s ?? 0);
}

function ownFigure(row: OurRow | undefined, of: Kind): number | undefined {
  if (row === undefined || of === 'memory') return row?.memoryBytes;
  return of === 'run' ? row.sim_s : row.sim_s + row.build_s;
}

function compareOwn(goal: OwnGoal, ours: readonly OurRow[]): TableLine {
  const row = ours.find(({ workload }) => workload === goal.workload);
  const common = { workload: goal.title, precision: row?.precision ?? '', cpu: '', goal: `≤ ${goal.most}` };
  if (goal.against === undefined) {
    const milliseconds = row === undefined ? undefined : 1000 * row.build_s;
    const shortfall = excessText(milliseconds, goal.most);
    return { ...common, against: '', peer: '', ours: ratioText(milliseconds), ratio: '', shortfall };
  }
  const base = ours.find(({ workload }) => workload === goal.against);
  const ratio = quotient(row?.sim_s, base?.sim_s);
  return {
    ...common,
    against: goal.against,
    peer: figureText(base?.sim_s, 'run'),
    ours: figureText(row?.sim_s, 'run'),
    ratio: ratioText(ratio),
    shortfall: excessText(ratio, goal.most),
  };
}

function excessText(value: number | undefined, most: number): string {
  if (value === undefined) return 'not measured';
  return value <= most ? 'met' : `${percent(value / most - 1)} over`;
}

function quotient(above: number | null | undefined, below: number | null | undefined): number | undefined {
  return typeof above === 'number' && typeof below === 'number' && below > 0 ? above / below : undefined;
}

function shortfallText(ratio: number | undefined, wanted: number, mine: number | undefined): string {
  if (mine === undefined) return 'not measured';
  if (ratio === undefined) return 'no figure of the peer';
  return ratio >= wanted ? 'met' : `${percent(1 - ratio / wanted)} short`;
}

function figureText(figure: number | undefined, of: Kind): string {
  if (figure === undefined) return '–';
  return of === 'memory' ? `${Math.round(figure / 1e6)} MB` : `${figure.toPrecision(3)} s`;
}

function ratioText(ratio: number | undefined): string {
  return ratio === undefined ? '–' : ratio.toPrecision(3);
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

const columns = ['workload', 'against', 'precision', 'peer', 'ours', 'ratio', 'cpu', 'goal', 'shortfall'] as const;

/** The table as a terminal shows it. */
export function printTable(lines: readonly TableLine[]): string {
  const rows = [columns.map(String), ...lines.map((line) => columns.map((column) => line[column]))];
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** The table in Markdown. */
export function markdownTable(lines: readonly TableLine[]): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    row(columns),
    row(columns.map(() => '---')),
    ...lines.map((line) => row(columns.map((column) => line[column]))),
  ].join('\n');
}

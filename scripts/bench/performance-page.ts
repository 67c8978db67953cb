/** docs/performance.md: how time grows with the network, and how far the goals are met; each part is written anew on its own. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { markdownTable } from './compare.ts';
import type { TableLine } from './compare.ts';
import { figureTable, type Figure } from './control/figure.ts';
import { growthOf } from './families.ts';
import type { MeasuredFamily } from './families.ts';
import { linePlot } from './line-plot.ts';
import { repository } from './measure-project.ts';
import { slowestText, systemsTable, untimedText, type SystemRow } from './originals/systems-table.ts';

export interface PerformanceParts {
  readonly families?: readonly MeasuredFamily[];
  readonly goals?: readonly TableLine[];
  /** The goals are a part of the table only: the other lines stay as they are. */
  readonly part?: boolean;
  readonly control?: readonly Figure[];
  readonly systems?: readonly SystemRow[];
}

/** The texts between the marks of the page. */
export type PageParts = Readonly<Record<'goals' | 'bounds' | 'systems' | 'control' | 'growth', string>>;

const page = join(repository, 'docs/performance.md');
const pictures = join(repository, 'docs/performance');

/** Writes what is given between its marks and leaves the other part as it was. */
export function writePerformancePage(parts: PerformanceParts): void {
  const before = existsSync(page) ? readFileSync(page, 'utf8') : '';
  const goals = goalsText(partOf(before, 'goals'), parts);
  const growth = parts.families === undefined ? partOf(before, 'growth') : describeFamilies(parts.families);
  const control =
    parts.control === undefined ? partOf(before, 'control') : `${machine()}\n\n${figureTable(parts.control)}`;
  const systems = parts.systems === undefined ? partOf(before, 'systems') : describeSystems(parts.systems);
  for (const family of parts.families ?? []) {
    mkdirSync(pictures, { recursive: true });
    writeFileSync(join(pictures, `${family.id}.svg`), linePlot(family));
  }
  writeFileSync(page, composePage({ goals, bounds: partOf(before, 'bounds'), systems, control, growth }));
}

function goalsText(before: string, { goals, part = false }: PerformanceParts): string {
  if (goals === undefined) return before;
  return part ? withLines(before, goals) : `${machine()}\n\n${markdownTable(goals)}`;
}

/** The table with these lines in the place of those of the same workload, peer and precision. */
export function withLines(table: string, lines: readonly TableLine[]): string {
  const keyOf = (row: string): string => row.split(' | ').slice(0, 3).join(' | ');
  const rows = new Map(
    markdownTable(lines)
      .split('\n')
      .slice(2)
      .map((row) => [keyOf(row), row]),
  );
  return table
    .split('\n')
    .map((row) => rows.get(keyOf(row)) ?? row)
    .join('\n');
}

/** The whole page of its parts; what bounds the goals is written by hand and stays. */
export function composePage({ goals, bounds, systems, control, growth }: PageParts): string {
  return `# Performance

The networks are projects of \`assets/examples\`, run as \`spikeloom run\` runs them; \`npm run bench\` measures them. Seconds are wall time of the time loop alone, the best of several runs; "cpu" is the same ratio in processor seconds, which other work on the machine disturbs less.

## Against other simulators

Written by \`npm run bench -- compare PEERS.json … --passes N\`. A ratio is the peer's least time over our least time: a shared machine changes its speed by up to 1.6 within minutes, so peers and ours are measured several times in turn.

${mark('goals', 'begin')}
${goals}
${mark('goals', 'end')}

## What bounds what is missed

${mark('bounds', 'begin')}
${bounds}
${mark('bounds', 'end')}

## Systems against their original packages

Written by \`npm run bench -- families systems --originals FILE.json --write\`. Each system plays a reference case a hundred times as long (its input a hundred times over, in one evolve call), in turn with the package whose results the case holds. "ours" is the time loop with the recordings that the case asks for, the original's time that of its evolve call alone, with its layer built and everything compiled in a call before; the least of ten further calls counts (of fewer once they have taken 15 s). What takes no steps, an operation on a series, is timed whole; instants at which it looks are repeated as the series is. "with building" adds to ours building, compiling and handing out the results; first calls are compared with all of that on both sides. A ratio is the original's time over ours.

${mark('systems', 'begin')}
${systems}
${mark('systems', 'end')}

## A run in hand

Written by \`npm run bench -- control --write\`. Each is a ratio or a time within one process: what is compared takes turns, and the least of many short pieces counts; of latencies the greatest.

${mark('control', 'begin')}
${control}
${mark('control', 'end')}

## Growth

Written by \`npm run bench -- families --write\`. A deviation is the greatest distance of a point from the straight line fitted to all of them, as a share of the line's value at the largest network.

${mark('growth', 'begin')}
${growth}
${mark('growth', 'end')}
`;
}

function mark(name: string, edge: 'begin' | 'end'): string {
  return `<!-- ${name}: ${edge} -->`;
}

/** What stands between the marks of a part. */
export function partOf(text: string, name: string): string {
  const [, after = ''] = text.split(`${mark(name, 'begin')}\n`);
  return after.split(`\n${mark(name, 'end')}`)[0] ?? '';
}

function describeSystems(rows: readonly SystemRow[]): string {
  return [machine(), slowestText(rows), systemsTable(rows), untimedText()].join('\n\n');
}

function describeFamilies(families: readonly MeasuredFamily[]): string {
  const sections = families.map((family) => {
    const { slope, deviation } = growthOf(family.lines.flatMap(({ points }) => points));
    const growth = `${(1e9 * slope).toPrecision(3)} ns per ${family.per}, deviation ${(100 * deviation).toFixed(1)} %.`;
    return `### ${family.title}\n\n![${family.title}](performance/${family.id}.svg)\n\n${growth}`;
  });
  return [machine(), ...sections].join('\n\n');
}

/** The machine without its name. */
function machine(): string {
  const [first] = cpus();
  const date = new Date().toISOString().slice(0, 10);
  return `Measured on ${date}: ${cpus().length} processors (${first?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}, one thread; load when written ${loadavg()[0]?.toFixed(1) ?? ''} (at 1 and below the machine did nothing else).`;
}

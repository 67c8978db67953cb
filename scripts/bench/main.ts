/** `npm run bench`: measures workloads, compares with peers, draws how time grows. */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readBenchArguments, usage } from './arguments.ts';
import type { BenchCommand, MeasureOptions } from './arguments.ts';
import { compareRows, printTable } from './compare.ts';
import { describeFigure, figureTable } from './control/figure.ts';
import { measureControl } from './control/control.ts';
import { measureFamilies } from './families.ts';
import { goals } from './goals.ts';
import { furtherMeasurements } from './further.ts';
import { measureSystems, readInterpreters } from './originals/measure-systems.ts';
import { describeSystem, slowestText, systemsTable } from './originals/systems-table.ts';
import { measurePeer } from './measure-peer.ts';
import { measureProject } from './measure-project.ts';
import { writePerformancePage } from './performance-page.ts';
import { leastOfOurs, leastOfPeers, publicRow, readOurRows, readPeerRows } from './row.ts';
import type { BenchRow, MeasuredRow, PeerRow } from './row.ts';
import { workloads } from './workloads.ts';

const known = [...workloads.map(({ id }) => id), ...Object.keys(furtherMeasurements)];
const command = readBenchArguments(process.argv.slice(2), known);
if (command === undefined) {
  say(`${usage}\nNames: ${known.join(', ')}`);
  process.exitCode = 2;
} else {
  process.exitCode = await carryOut(command);
}

async function carryOut(wanted: BenchCommand): Promise<number> {
  switch (wanted.kind) {
    case 'workloads':
      writeRows(wanted.json, await measureNamed(wanted.names, wanted));
      return 0;
    case 'families':
      return families(wanted);
    case 'control':
      return control(wanted, wanted.write);
    case 'compare':
      return compare(wanted);
  }
}

/** One after the other, each in a process of its own. One that fails is told and left out. */
async function measureNamed(names: readonly string[], options: MeasureOptions): Promise<readonly MeasuredRow[]> {
  const rows: MeasuredRow[] = [];
  for (const name of names) {
    try {
      const measured = await measureName(name, options);
      for (const row of measured) say(describeRow(row));
      rows.push(...measured);
    } catch (error) {
      say(`${name} was not measured: ${error instanceof Error ? error.message : String(error)}`);
      process.exitCode = 1;
    }
  }
  return rows;
}

async function measureName(name: string, options: MeasureOptions): Promise<readonly MeasuredRow[]> {
  const workload = workloads.find(({ id }) => id === name);
  if (workload === undefined) return (await furtherMeasurements[name]?.(options)) ?? [];
  const { example, milliseconds, repeats } = workload;
  return [await measureProject(example, { workload: name, milliseconds, repeats }, options)];
}

async function families(wanted: Extract<BenchCommand, { kind: 'families' }>): Promise<number> {
  const { parts, originals, write, quick } = wanted;
  const interpreters = originals === undefined ? {} : readInterpreters(readFileSync(absolute(originals), 'utf8'));
  if (interpreters === undefined) {
    say(`${originals ?? ''} is no JSON object of interpreters by the names of drivers.`);
    return 2;
  }
  if (parts.includes('systems')) {
    const rows = await measureSystems({ interpreters, quick }, (row) => say(describeSystem(row)));
    process.stdout.write(`${systemsTable(rows)}\n${slowestText(rows)}\n`);
    if (write) writePerformancePage({ systems: rows });
  }
  if (parts.includes('growth')) {
    const measured = await measureFamilies(wanted, (row) => say(describeRow(row)));
    writeRows(
      wanted.json,
      measured.flatMap(({ rows }) => rows),
    );
    if (write) writePerformancePage({ families: measured });
  }
  return 0;
}

async function control(options: MeasureOptions, write: boolean): Promise<number> {
  const figures = await measureControl(options.quick, (figure) => say(describeFigure(figure)));
  process.stdout.write(`${figureTable(figures)}\n`);
  if (write) writePerformancePage({ control: figures });
  return 0;
}

async function compare(wanted: Extract<BenchCommand, { kind: 'compare' }>): Promise<number> {
  const lists = wanted.peers.map((path) => readPeerRows(readFileSync(absolute(path), 'utf8')));
  const bad = lists.indexOf(undefined);
  if (bad >= 0) {
    say(`${wanted.peers[bad] ?? ''} is no list of measurements with labels, as the peers' scripts write it.`);
    return 2;
  }
  const inTurn: PeerRow[] = [];
  const ours = wanted.ours === undefined ? await measurePasses(wanted, inTurn) : readOurs(wanted.ours);
  const peers = leastOfPeers([...lists.flatMap((list) => list ?? []), ...inTurn]);
  if (ours === undefined) {
    say(`${wanted.ours ?? ''} is no list of measurements, as --json writes it.`);
    return 2;
  }
  const lines = compareRows(peers, ours).filter(({ workload }) => isAsked(wanted.only, workload));
  process.stdout.write(`${printTable(lines)}\n`);
  if (wanted.write) writePerformancePage({ goals: lines, part: wanted.only !== undefined });
  return 0;
}

/** Whether a line of the table, `W2c memory`, belongs to the workloads asked for. */
function isAsked(only: readonly string[] | undefined, workload: string): boolean {
  return only?.includes(workload.split(' ')[0] ?? '') ?? true;
}

/** Peers that have a command take turns with ours; their rows are added to `peers`. */
async function measurePasses(
  wanted: Extract<BenchCommand, { kind: 'compare' }>,
  peers: PeerRow[],
): Promise<readonly MeasuredRow[]> {
  const rows: MeasuredRow[] = [];
  for (let pass = 0; pass < wanted.passes; pass += 1) {
    for (const [label, command] of wanted.commands) peers.push(await measurePeer(label, command, say));
    rows.push(...(await measureAll(wanted, wanted.only ?? known)));
  }
  return leastOfOurs(rows);
}

/** Everything in double precision, and in single precision what has a goal there. */
async function measureAll(options: MeasureOptions, names: readonly string[]): Promise<readonly MeasuredRow[]> {
  const inSingle = goals.filter(({ ratio, workload }) => ratio.f32 !== undefined && names.includes(workload));
  const single = new Set(inSingle.map(({ workload }) => workload));
  const double = await measureNamed(names, { ...options, precision: 'f64' });
  return [...double, ...(await measureNamed([...single], { ...options, precision: 'f32' }))];
}

function readOurs(path: string): readonly BenchRow[] | undefined {
  return readOurRows(readFileSync(absolute(path), 'utf8'));
}

function writeRows(path: string | undefined, rows: readonly MeasuredRow[]): void {
  const text = `${JSON.stringify(rows.map(publicRow), undefined, 1)}\n`;
  if (path === undefined) process.stdout.write(text);
  else writeFileSync(absolute(path), text);
}

function describeRow(row: MeasuredRow): string {
  const perStep = (1e6 * row.sim_s) / Math.max(1, row.steps);
  const name = row.workload.padEnd(22);
  const times = `build ${row.build_s.toFixed(3)} s, run ${row.sim_s.toFixed(3)} s (${perStep.toFixed(2)} µs a step, processor ${row.cpu_s.toFixed(3)} s)`;
  const sizes = `${row.neurons} cells, ${row.synapses} synapses, ${row.spikes} spikes, ${Math.round(row.memoryBytes / 1e6)} MB`;
  return `${name} ${row.precision} ${times}; ${sizes}`;
}

/** npm runs scripts in the project's folder; INIT_CWD is where the user is. */
function absolute(path: string): string {
  return resolve(process.env['INIT_CWD'] ?? process.cwd(), path);
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

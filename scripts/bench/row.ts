/** A measurement as it stands in the JSON of `npm run bench`, and the figures of peers that it is compared with. */

/** One workload, measured. Times in seconds. */
export interface BenchRow {
  readonly workload: string;
  readonly precision: 'f64' | 'f32';
  readonly threads: number;
  /** From the project's file to the first step, the first time in a fresh process. */
  readonly build_s: number;
  /** The best of `sim_all`. */
  readonly sim_s: number;
  readonly sim_all: readonly number[];
  /** Of all threads of the process in the repeat with the least, without the build. */
  readonly cpu_s: number;
  readonly steps: number;
  readonly neurons: number;
  readonly synapses: number;
  readonly spikes: number;
}

/** A row with what only people are told. */
export interface MeasuredRow extends BenchRow {
  /** Most memory that the process held, in bytes. */
  readonly memoryBytes: number;
}

/** What a peer's script says, as far as it is compared. */
export interface PeerRow {
  readonly label: string;
  readonly build_s?: number | null;
  readonly sim_s?: number | null;
  readonly cpu_s?: number | null;
  /** Most memory, where somebody measured it. */
  readonly memory_bytes?: number;
}

/** One row per label with the least of each figure: the machine is not equally fast all the time, and a peer is no slower than its best. */
export function leastOfPeers(rows: readonly PeerRow[]): readonly PeerRow[] {
  return grouped(rows, ({ label }) => label).map((same) => {
    const least = (figure: 'build_s' | 'sim_s' | 'cpu_s' | 'memory_bytes') => {
      const values = same.flatMap((row) => (typeof row[figure] === 'number' ? [row[figure]] : []));
      return values.length === 0 ? {} : { [figure]: Math.min(...values) };
    };
    const { label } = same[0];
    return { label, ...least('build_s'), ...least('sim_s'), ...least('cpu_s'), ...least('memory_bytes') };
  });
}

/** The same of rows of ours with the same workload, precision and threads. */
export function leastOfOurs(rows: readonly MeasuredRow[]): readonly MeasuredRow[] {
  const keyOf = ({ workload, precision, threads }: MeasuredRow): string => `${workload} ${precision} ${threads}`;
  return grouped(rows, keyOf).map((same) => ({
    ...same[0],
    build_s: Math.min(...same.map(({ build_s }) => build_s)),
    sim_s: Math.min(...same.map(({ sim_s }) => sim_s)),
    sim_all: same.flatMap(({ sim_all }) => sim_all),
    cpu_s: Math.min(...same.map(({ cpu_s }) => cpu_s)),
    memoryBytes: Math.min(...same.map(({ memoryBytes }) => memoryBytes)),
  }));
}

function grouped<Row>(rows: readonly Row[], keyOf: (row: Row) => string): readonly (readonly [Row, ...Row[]])[] {
  const groups = new Map<string, [Row, ...Row[]]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group === undefined) groups.set(keyOf(row), [row]);
    else group.push(row);
  }
  return [...groups.values()];
}

/** The row as the JSON has it. */
export function publicRow(row: MeasuredRow): BenchRow {
  const { memoryBytes: _memoryBytes, ...rest } = row;
  return rest;
}

/** Rows of a file of ours; undefined when it is none. */
export function readOurRows(text: string): readonly BenchRow[] | undefined {
  return readRows<BenchRow>(text, (row) => typeof row['workload'] === 'string' && typeof row['sim_s'] === 'number');
}

/** Rows of a peers' file, those that failed included; undefined when it is none. */
export function readPeerRows(text: string): readonly PeerRow[] | undefined {
  return readRows<PeerRow>(text, (row) => typeof row['label'] === 'string');
}

function readRows<Row>(
  text: string,
  fits: (row: Readonly<Record<string, unknown>>) => boolean,
): readonly Row[] | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    if (!Array.isArray(parsed)) return undefined;
    const rows = parsed as readonly unknown[];
    return rows.every((row) => typeof row === 'object' && row !== null && fits(row as Record<string, unknown>))
      ? (rows as readonly Row[])
      : undefined;
  } catch {
    return undefined;
  }
}

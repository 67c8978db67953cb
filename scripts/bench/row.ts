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

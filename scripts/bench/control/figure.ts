/** A figure of how a run is kept in hand, with its goal, and the table of all of them. */

export interface Figure {
  readonly what: string;
  /** As it is told: `0.8 %`, `12 ms`. */
  readonly measured: string;
  /** The same by processor seconds, where that makes sense. */
  readonly cpu?: string;
  readonly goal?: string;
  /** Whether the goal is met; by processor seconds where they are told, which other work disturbs less. */
  readonly met?: boolean;
}

const columns = ['figure', 'measured', 'cpu', 'goal', 'outcome'] as const;

/** The figures as a table in Markdown. */
export function figureTable(figures: readonly Figure[]): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const lines = figures.map(({ what, measured, cpu = '', goal = '', met }) =>
    row([what, measured, cpu, goal, met === undefined ? '' : met ? 'met' : 'missed']),
  );
  return [row(columns), row(columns.map(() => '---')), ...lines].join('\n');
}

/** One figure for a terminal. */
export function describeFigure({ what, measured, cpu, goal }: Figure): string {
  const processor = cpu === undefined ? '' : ` (cpu ${cpu})`;
  return `${what.padEnd(64)} ${measured}${processor}${goal === undefined ? '' : `, goal ${goal}`}`;
}

export function percentText(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

export function millisecondsText(milliseconds: number): string {
  return `${Number(milliseconds.toPrecision(3))} ms`;
}

/** The value in the middle. */
export function medianOf(values: readonly number[]): number {
  return [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;
}

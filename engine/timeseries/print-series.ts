/** Series as text, in the form that Rockpool 1.0.7 prints: a line that sums them up, then a line per sample or event. */
import type { ContinuousSeries } from './continuous-series.ts';
import type { EventSeries } from './event-series.ts';

export interface PrintOptions {
  readonly name?: string;
  /** Every line, however many. Default false. */
  readonly full?: boolean;
  /** Lines at the beginning and at the end of a shortened text. Default 4. */
  readonly numFirst?: number;
  readonly numLast?: number;
  /** Longer series are shortened. Default 10. */
  readonly limitShorten?: number;
}

/** The text of a series with its last line end; times in seconds. */
export function printSeries(series: ContinuousSeries | EventSeries, options: PrintOptions = {}): string {
  const line = (row: number): string => `${pythonNumber(series.times[row] as number)}: \t ${rowText(series, row)}`;
  const parts = shownRows(series.times.length, options).map((rows) => rows.map(line).join('\n'));
  return `${headOf(series, options.name)}\n${parts.join('\n\t...\n')}\n`;
}

function headOf(series: ContinuousSeries | EventSeries, name: string | undefined): string {
  const rows = series.times.length;
  const kind = rows === 0 ? 'Empty' : series.periodic ? 'periodic' : 'non-periodic';
  const [start, stop] = [pythonNumber(series.start), pythonNumber(series.stop)];
  if (series.type === 'continuous')
    return `${kind} TSContinuous object \`${name ?? 'unnamed'}\` from t=${start} to ${stop}. Samples: ${rows}. Channels: ${series.channelCount}`;
  const end = rows === 0 ? `t=${stop}.` : `${stop}. Channels: ${series.channelCount}. Events: ${rows}`;
  return `${kind} \`TSEvent\` object \`${name ?? 'None'}\` from t=${start} to ${end}\nTime \t Ch.-ID`;
}

/** Numbers of the rows shown, in one part or two. */
function shownRows(rows: number, options: PrintOptions): number[][] {
  const { full = false, numFirst = 4, numLast = 4, limitShorten = 10 } = options;
  const all = Array.from({ length: rows }, (_, row) => row);
  return full || rows <= limitShorten ? [all] : [all.slice(0, numFirst), all.slice(Math.max(0, rows - numLast))];
}

function rowText(series: ContinuousSeries | EventSeries, row: number): string {
  if (series.type === 'events') return String(series.channels[row]);
  return numpyRow(series.samples.subarray(row * series.channelCount, (row + 1) * series.channelCount));
}

/** A float as Python's `str` gives it, for ordinary magnitudes. */
function pythonNumber(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

/** A row as numpy prints a vector of ordinary magnitudes: at most eight fractional digits, trailing zeros dropped, columns aligned. */
function numpyRow(values: Float64Array): string {
  const parts = Array.from(values, (value) => {
    const [whole = '', fraction = ''] = shortest(value).split('.');
    return { whole, fraction, finite: Number.isFinite(value) };
  });
  const finite = parts.filter((part) => part.finite);
  const left = Math.max(0, ...finite.map((part) => part.whole.length));
  const right = Math.max(0, ...finite.map((part) => part.fraction.length));
  const width = finite.length === 0 ? Math.max(0, ...parts.map((part) => part.whole.length)) : left + 1 + right;
  const words = parts.map((part) =>
    part.finite ? `${part.whole.padStart(left)}.${part.fraction.padEnd(right)}` : part.whole.padStart(width),
  );
  return `[${words.join(' ')}]`;
}

/** Shortest text that reads back as the value, but not more than eight fractional digits. */
function shortest(value: number): string {
  if (!Number.isFinite(value)) return value !== value ? 'nan' : value > 0 ? 'inf' : '-inf';
  const text = String(value);
  const fraction = text.split('.')[1] ?? '';
  return fraction.length <= 8 ? text : String(Number(value.toFixed(8)));
}

/** The text that Rockpool 1.0.7 prints of an analogue series: summary line, then rows as numpy shows them. */
import type { NumericArray } from '../../model/validated.ts';

const longest = 10;
const shownAtEachEnd = 4;

/** Text of an unnamed, not periodic series with its line end. */
export function printSeries(times: Float64Array, samples: NumericArray): string {
  const [rows = 0, channels = 0] = samples.shape;
  const line = (row: number): string =>
    `${pythonNumber(times[row] as number)}: \t ${numpyRow(samples.values.subarray(row * channels, (row + 1) * channels))}`;
  const all = Array.from({ length: rows }, (_, row) => row);
  const range = `from t=${pythonNumber(times[0] ?? 0)} to ${pythonNumber(times[rows - 1] ?? 0)}`;
  const head = `non-periodic TSContinuous object \`unnamed\` ${range}. Samples: ${rows}. Channels: ${channels}`;
  const body =
    rows <= longest
      ? all.map(line).join('\n')
      : `${all.slice(0, shownAtEachEnd).map(line).join('\n')}\n\t...\n${all.slice(-shownAtEachEnd).map(line).join('\n')}`;
  return `${head}\n${body}\n`;
}

/** A float as Python's `str` gives it, for ordinary magnitudes. */
function pythonNumber(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

/** A row as numpy prints a vector: at most eight fractional digits, trailing zeros dropped, columns aligned. */
function numpyRow(values: Float64Array): string {
  const parts = Array.from(values, (value) => {
    const [whole = '', fraction = ''] = shortest(value).split('.');
    return { whole, fraction };
  });
  const left = Math.max(...parts.map((part) => part.whole.length));
  const right = Math.max(...parts.map((part) => part.fraction.length));
  return `[${parts.map(({ whole, fraction }) => `${whole.padStart(left)}.${fraction.padEnd(right)}`).join(' ')}]`;
}

/** Shortest text that reads back as the value, but not more than eight fractional digits. */
function shortest(value: number): string {
  const text = String(value);
  const fraction = text.split('.')[1] ?? '';
  return fraction.length <= 8 ? text : String(Number(value.toFixed(8)));
}

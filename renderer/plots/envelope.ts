/** Envelope: a reduced trace as the points of a line that touches every extreme, with gaps where nothing was recorded. */
import type { TraceView } from '../../engine/protocol/history-messages.ts';

/** x and y of a line per channel; null breaks the line. */
export interface LinePoints {
  readonly times: Float64Array;
  readonly values: readonly (readonly (number | null)[])[];
  /** Columns were reduced to their extremes: dashes would hide some of them. */
  readonly reduced: boolean;
}

/** Raw samples become one point each; a reduced column becomes its two extremes, the one nearer to the point before first. */
export function linePoints(view: TraceView, scale = 1): LinePoints {
  if (view.samplesPerColumn <= 1) {
    return {
      times: view.times,
      values: view.minimum.map((samples) => Array.from(samples, (sample) => pointOf(sample * scale))),
      reduced: false,
    };
  }
  const times = new Float64Array(view.times.length * 2);
  for (let column = 0; column < view.times.length; column++) {
    const time = view.times[column] as number;
    times[2 * column] = time;
    times[2 * column + 1] = time;
  }
  const values = view.minimum.map((least, channel) => extremes(least, view.maximum[channel] ?? least, scale));
  return { times, values, reduced: true };
}

function extremes(least: Float64Array, greatest: Float64Array, scale: number): (number | null)[] {
  const points: (number | null)[] = new Array<number | null>(least.length * 2);
  let before = Number.NaN;
  for (let column = 0; column < least.length; column++) {
    const low = (least[column] as number) * scale;
    const high = (greatest[column] as number) * scale;
    const lowFirst = !(Math.abs(before - high) < Math.abs(before - low));
    points[2 * column] = pointOf(lowFirst ? low : high);
    points[2 * column + 1] = pointOf(lowFirst ? high : low);
    before = lowFirst ? high : low;
  }
  return points;
}

function pointOf(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

export interface ValueRange {
  readonly minimum: number;
  readonly maximum: number;
}

/** Least and greatest value of the whole view; undefined while there is none. */
export function valueRangeOf(views: readonly TraceView[], scale = 1): ValueRange | undefined {
  const minimum = -greatestOf(
    views.flatMap((view) => view.minimum),
    -scale,
  );
  const maximum = greatestOf(
    views.flatMap((view) => view.maximum),
    scale,
  );
  return minimum <= maximum ? { minimum, maximum } : undefined;
}

/** The greatest finite value times the factor; −∞ when there is none. */
function greatestOf(columns: readonly Float64Array[], factor: number): number {
  let greatest = -Infinity;
  for (const values of columns) {
    for (const value of values) {
      const scaled = value * factor;
      if (scaled > greatest && scaled < Infinity) greatest = scaled;
    }
  }
  return greatest;
}

/**
 * The axis range for the data: with a margin, and calm. It grows at once, so nothing is cut off, and shrinks only when the
 * data need less than half of it.
 */
export function steadyRange(previous: ValueRange | undefined, wanted: ValueRange | undefined): ValueRange {
  if (wanted === undefined) return previous ?? { minimum: 0, maximum: 1 };
  const padded = withMargin(wanted);
  if (previous === undefined) return padded;
  const fits = wanted.minimum >= previous.minimum && wanted.maximum <= previous.maximum;
  const wasteful = (wanted.maximum - wanted.minimum) * 2 < previous.maximum - previous.minimum;
  if (fits && !wasteful) return previous;
  if (fits) return padded;
  if (wasteful) return padded;
  return { minimum: Math.min(previous.minimum, padded.minimum), maximum: Math.max(previous.maximum, padded.maximum) };
}

function withMargin(range: ValueRange): ValueRange {
  const span = range.maximum - range.minimum;
  const margin = span > 0 ? span * 0.08 : Math.max(Math.abs(range.maximum) * 0.1, 1e-12);
  return { minimum: range.minimum - margin, maximum: range.maximum + margin };
}

/**
 * Splines through points: piecewise polynomials of degree 2 or 3 that are as smooth as they can be. Between the ends the
 * pieces of a cubic meet at the points, except at the second and the last but one ("not a knot"); those of a quadratic
 * meet halfway between the points, except at the first and the last half.
 * Source: C. de Boor, A Practical Guide to Splines (1978), chapters IX, X and XIII; knots as scipy's interp1d chooses them.
 */

/** A spline in the basis of B-splines: `coefficients[basis * channelCount + channel]`. */
export interface Spline {
  readonly degree: number;
  readonly knots: Float64Array;
  readonly coefficients: Float64Array;
  readonly channelCount: number;
}

/** The spline through rows of samples. The times increase strictly, and there are more of them than `degree`. */
export function splineThrough(times: Float64Array, samples: Float64Array, channelCount: number, degree: 2 | 3): Spline {
  const knots = knotsOf(times, degree);
  const coefficients = solveBand(bandOf(times, knots, degree), degree, Float64Array.from(samples), channelCount);
  return { degree, knots, coefficients, channelCount };
}

function knotsOf(times: Float64Array, degree: 2 | 3): Float64Array {
  const count = times.length;
  const first = times[0] as number;
  const last = times[count - 1] as number;
  const meeting = (place: number): number =>
    degree === 3 ? (times[place + 2] as number) : ((times[place + 1] as number) + (times[place + 2] as number)) / 2;
  const inner = Array.from({ length: count - degree - 1 }, (_, place) => meeting(place));
  const ends = degree + 1;
  return Float64Array.from([...repeated(first, ends), ...inner, ...repeated(last, ends)]);
}

function repeated(value: number, times: number): number[] {
  return Array.from({ length: times }, () => value);
}

/** Values of the basis at the times: row by row the 2·degree + 1 columns around the diagonal. */
function bandOf(times: Float64Array, knots: Float64Array, degree: number): Float64Array {
  const width = 2 * degree + 1;
  const band = new Float64Array(times.length * width);
  const basis = new Float64Array(degree + 1);
  times.forEach((time, row) => {
    const piece = writeBasis(knots, degree, time, basis);
    for (let part = 0; part <= degree; part += 1) {
      // Column `piece − degree + part`; what lies outside the band is 0.
      const place = piece + part - row;
      if (place >= 0 && place < width) band[row * width + place] = basis[part] as number;
    }
  });
  return band;
}

/** Writes the values of the degree + 1 basis functions that are not 0 at `time`; returns the knot that its piece begins with. */
function writeBasis(knots: Float64Array, degree: number, time: number, basis: Float64Array): number {
  const piece = pieceOf(knots, degree, time);
  basis[0] = 1;
  for (let order = 1; order <= degree; order += 1) {
    let carried = 0;
    for (let part = 0; part < order; part += 1) {
      const right = knots[piece + part + 1] as number;
      const left = knots[piece + part + 1 - order] as number;
      const share = (basis[part] as number) / (right - left);
      basis[part] = carried + (right - time) * share;
      carried = (time - left) * share;
    }
    basis[order] = carried;
  }
  return piece;
}

/** The last knot at or before `time` that a piece begins with. */
function pieceOf(knots: Float64Array, degree: number, time: number): number {
  let low = degree;
  let high = knots.length - degree - 1;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((knots[middle] as number) <= time) low = middle;
    else high = middle;
  }
  return low;
}

/** Solves the banded equations for every channel; they need no exchange of rows, for their matrix is totally positive. */
function solveBand(band: Float64Array, degree: number, values: Float64Array, channelCount: number): Float64Array {
  const width = 2 * degree + 1;
  const rows = band.length / width;
  for (let pivot = 0; pivot < rows; pivot += 1) {
    for (let row = pivot + 1; row <= Math.min(rows - 1, pivot + degree); row += 1) {
      const factor = entry(band, degree, row, pivot) / entry(band, degree, pivot, pivot);
      if (factor === 0) continue;
      for (let column = pivot + 1; column <= Math.min(rows - 1, pivot + degree); column += 1)
        band[row * width + column - row + degree] =
          entry(band, degree, row, column) - factor * entry(band, degree, pivot, column);
      subtractRow(values, channelCount, row, pivot, factor);
    }
  }
  for (let row = rows - 1; row >= 0; row -= 1) {
    for (let column = row + 1; column <= Math.min(rows - 1, row + degree); column += 1)
      subtractRow(values, channelCount, row, column, entry(band, degree, row, column));
    for (let channel = 0; channel < channelCount; channel += 1)
      values[row * channelCount + channel] =
        (values[row * channelCount + channel] as number) / entry(band, degree, row, row);
  }
  return values;
}

function entry(band: Float64Array, degree: number, row: number, column: number): number {
  return band[row * (2 * degree + 1) + column - row + degree] as number;
}

/** values[row] −= factor · values[other], in every channel. */
function subtractRow(values: Float64Array, channelCount: number, row: number, other: number, factor: number): void {
  for (let channel = 0; channel < channelCount; channel += 1) {
    const place = row * channelCount + channel;
    values[place] = (values[place] as number) - factor * (values[other * channelCount + channel] as number);
  }
}

/** Writes the values of all channels at a time between the first and the last point, from `at` on. */
export function writeSplineRow(spline: Spline, time: number, values: Float64Array, at: number): void {
  const { degree, knots, coefficients, channelCount } = spline;
  const basis = new Float64Array(degree + 1);
  const piece = writeBasis(knots, degree, time, basis);
  for (let channel = 0; channel < channelCount; channel += 1) {
    let sum = 0;
    for (let part = 0; part <= degree; part += 1)
      sum += (basis[part] as number) * (coefficients[(piece - degree + part) * channelCount + channel] as number);
    values[at + channel] = sum;
  }
}

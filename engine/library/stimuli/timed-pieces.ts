/** A series as pieces from time to time, each a polynomial over 0 … 1: what a step can evaluate without the series. */
import { splineDegrees, type ContinuousSeries, type InterpolationKind } from '../../timeseries/continuous-series.ts';
import { splineThrough, writeSplineRow } from '../../timeseries/spline.ts';
import { cubicThrough } from './spline-pieces.ts';

/** What is known of the pieces before they are made. */
export interface PieceShape {
  /** Where pieces begin, in seconds, and the end of the last. */
  readonly knots: Float64Array;
  /** Coefficients per piece and channel. */
  readonly powers: 1 | 2 | 4;
  /** A time at which a piece begins belongs to the piece before it. */
  readonly early: boolean;
}

/** Between which rows a piece leads; a piece that holds a row leads nowhere. */
interface Piece {
  readonly begin: number;
  readonly row: number;
  readonly next?: number;
}

const powersOf: Readonly<Record<InterpolationKind, PieceShape['powers']>> = {
  previous: 1,
  zero: 1,
  next: 1,
  nearest: 1,
  linear: 2,
  quadratic: 4,
  cubic: 4,
};

/** Knots and sizes of the pieces of a series of at least one row. */
export function shapeOfPieces(series: ContinuousSeries): PieceShape {
  const { interpolation, times } = series;
  const begins = piecesOf(series).map(({ begin }) => begin);
  const last = times.at(-1) as number;
  return {
    knots: Float64Array.from([...begins, times.length === 1 ? last + 1 : last]),
    powers: powersOf[interpolation],
    early: ['next', 'nearest', 'linear'].includes(interpolation),
  };
}

/** `coefficients[(piece * channels + channel) * powers + power]`. */
export function coefficientsOf(series: ContinuousSeries): Float64Array {
  const pieces = piecesOf(series);
  const powers = powersOf[series.interpolation];
  const coefficients = new Float64Array(pieces.length * series.channelCount * powers);
  const valuesOf = splineDegrees[series.interpolation] === undefined ? plainValues(series) : splineValues(series);
  pieces.forEach((piece, place) => {
    for (let channel = 0; channel < series.channelCount; channel += 1)
      coefficients.set(valuesOf(piece, channel), (place * series.channelCount + channel) * powers);
  });
  return coefficients;
}

/** Rows that share a time: the first and the last of them. */
interface Group {
  readonly time: number;
  readonly first: number;
  readonly last: number;
}

function groupsOf(times: Float64Array): Group[] {
  const groups: Group[] = [];
  times.forEach((time, row) => {
    const before = groups.at(-1);
    if (before?.time === time) groups[groups.length - 1] = { ...before, last: row };
    else groups.push({ time, first: row, last: row });
  });
  return groups;
}

function piecesOf({ times, interpolation }: ContinuousSeries): Piece[] {
  const groups = groupsOf(times);
  const [start] = groups as [Group];
  switch (interpolation) {
    case 'previous':
    case 'zero':
      return groups.map(({ time, last }) => ({ begin: time, row: last }));
    case 'next':
      return groups.map(({ first }, place) => ({ begin: groups[Math.max(0, place - 1)]?.time ?? 0, row: first }));
    case 'nearest':
      return groups.flatMap(({ time, first, last }, place) => {
        const before = groups[place - 1];
        const toThis = { begin: before === undefined ? time : (before.time + time) / 2, row: first };
        return first === last ? [toThis] : [toThis, { begin: time, row: last }];
      });
    case 'linear':
    case 'cubic':
    case 'quadratic':
      if (groups.length === 1) return [{ begin: start.time, row: start.last }];
      return groups.slice(1).flatMap((group, place) => betweenGroups(groups[place] as Group, group, interpolation));
  }
}

/** Pieces from one time to the next: those of a quadratic spline meet halfway. */
function betweenGroups(from: Group, to: Group, interpolation: InterpolationKind): Piece[] {
  const piece = { begin: from.time, row: from.last, next: to.first };
  return interpolation === 'quadratic' ? [piece, { ...piece, begin: (from.time + to.time) / 2 }] : [piece];
}

type PieceValues = (piece: Piece, channel: number) => readonly number[];

function plainValues({ samples, channelCount, interpolation }: ContinuousSeries): PieceValues {
  return ({ row, next = row }, channel) => {
    const value = samples[row * channelCount + channel] as number;
    return interpolation === 'linear' ? [value, (samples[next * channelCount + channel] as number) - value] : [value];
  };
}

function splineValues(series: ContinuousSeries): PieceValues {
  const { times, samples, channelCount, interpolation } = series;
  if (times.length === 1) return (_, channel) => [samples[channel] as number, 0, 0, 0];
  const spline = splineThrough(times, samples, channelCount, interpolation === 'quadratic' ? 2 : 3);
  const read = new Float64Array(channelCount);
  return ({ begin, row, next = row }, channel) => {
    const [left, right] = [times[row] as number, times[next] as number];
    const end = begin === left && interpolation === 'quadratic' ? (left + right) / 2 : right;
    const values = [0, 1, 2, 3].map((third) => {
      writeSplineRow(spline, begin + ((end - begin) * third) / 3, read, 0);
      return read[channel] as number;
    });
    return cubicThrough(values);
  };
}

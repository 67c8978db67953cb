/** Losses on what a run leaves in its signals, with their slopes. */
import type { SignalId } from '../build/program.ts';
import type { Loss } from './gradient-run.ts';

/** Mean of (outcome − target)² over all steps and channels. */
export function meanSquaredError(signal: SignalId, target: ArrayLike<number>): Loss {
  return (outcome) => {
    const difference = outcome(signal).map((value, place) => value - (target[place] as number));
    const value = difference.reduce((sum, part) => sum + part * part, 0) / difference.length;
    return { value, slopes: new Map([[signal, difference.map((part) => (2 * part) / difference.length)]]) };
  };
}

/** `scale` times the mean over cells of (sum over steps − `wanted`)²: how many spikes each cell, or all of them, should have. */
export function spikeCountError(
  signal: SignalId,
  cells: number,
  wanted: number | ArrayLike<number>,
  scale: number,
): Loss {
  return (outcome) => {
    const counts = outcome(signal);
    const excess = Float64Array.from({ length: cells }, (_, cell) =>
      typeof wanted === 'number' ? -wanted : -(wanted[cell] as number),
    );
    counts.forEach((count, place) => (excess[place % cells] = (excess[place % cells] as number) + count));
    const value = (scale * excess.reduce((sum, part) => sum + part * part, 0)) / cells;
    const slope = (place: number): number => (2 * scale * (excess[place % cells] as number)) / cells;
    return { value, slopes: new Map([[signal, counts.map((_, place) => slope(place))]]) };
  };
}

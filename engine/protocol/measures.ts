/** Measures of a layer that the engine worker takes: the radii of its recurrent weights, and how far back it remembers. */
import type { Problem } from '../base/problem.ts';
import type { SpikeloomDocument } from '../model/document.ts';

export interface RadiiRequest {
  /** The layer alone. */
  readonly document: SpikeloomDocument;
  /** The signal of its recurrent weights, `element/name`. */
  readonly weights: string;
  /** Share of its state that it replaces in a step; null where it has no leak. */
  readonly leak: number | null;
}

export interface Radii {
  readonly cells: number;
  /** In SI units of the weights. */
  readonly spectralRadius: number;
  /** null where there is no leak. */
  readonly effective: number | null;
}

export interface RecallRequest {
  /** The layer alone with its input; the probe `recorded` takes its output. */
  readonly document: SpikeloomDocument;
  /** All values of the series; the first `mostDelay` are not played, the others for `stepsPerValue` steps each. */
  readonly series: Float64Array;
  readonly mostDelay: number;
  readonly stepsPerValue: number;
  /** Rows at the beginning of the training that are left out. */
  readonly washout: number;
  /** Below 1 a share of the series; else the number of rows. */
  readonly testShare: number;
  readonly ridge: number;
}

export interface Recall {
  /** Squared correlations of what was recalled with what was played, for delays of 1, 2 … values. */
  readonly capacities: Float64Array;
  readonly total: number;
  readonly trainRows: number;
  readonly testRows: number;
}

/** `value` is undefined where the problems say why there is none. */
export interface Measured<T> {
  readonly value: T | undefined;
  readonly problems: readonly Problem[];
}

/** Requests of measures. Aborting one ends it between two slices of work. */
export interface MeasureRequests {
  measureRadii: { argument: RadiiRequest; reply: Measured<Radii> };
  measureRecall: { argument: RecallRequest; reply: Measured<Recall> };
}

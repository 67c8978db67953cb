/** Messages between a plot and the history worker, which keeps what probes recorded and answers with what a screen can show. */

/** A window of a `samples` probe, reduced to at most `columns` columns. */
export interface TraceRequest {
  readonly probe: string;
  readonly fromSeconds: number;
  readonly toSeconds: number;
  /** Pixel columns of the plot. */
  readonly columns: number;
  /** Recorded channels wanted (index among the recorded ones). */
  readonly channels: readonly number[];
  /** Of which member of a batch. Default 0, the first. */
  readonly member?: number;
}

/**
 * When `samplesPerColumn` is 1 the samples themselves: `times[k]`, `minimum[c][k] === maximum[c][k]`. Otherwise per column
 * the least and the greatest value of the samples in it; NaN where there are none.
 */
export interface TraceView {
  readonly times: Float64Array;
  readonly minimum: readonly Float64Array[];
  readonly maximum: readonly Float64Array[];
  readonly samplesPerColumn: number;
  /** Samples in the window. */
  readonly total: number;
}

/** A window of an `events` probe. */
export interface RasterRequest {
  readonly probe: string;
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly columns: number;
  readonly rows: number;
  /** Of which member of a batch. Default 0, the first. */
  readonly member?: number;
}

/** Every event of the window, while there are at most 20,000; else counts per pixel cell, so that none is lost. */
export type RasterView =
  | { readonly kind: 'events'; readonly times: Float64Array; readonly cells: Int32Array; readonly total: number }
  | {
      readonly kind: 'density';
      readonly columns: number;
      readonly rows: number;
      /** Row-major [rows][columns], row 0 = cell 0. */
      readonly counts: Uint32Array;
      readonly total: number;
    };

export interface HistoryRequests {
  trace: { argument: TraceRequest; reply: TraceView };
  raster: { argument: RasterRequest; reply: RasterView };
  /** Events (or samples) per column over all probes: the picture of the time strip. */
  overview: { argument: { fromSeconds: number; toSeconds: number; columns: number }; reply: { counts: Float64Array } };
  /** What is kept: first and last time per probe, bytes, records lost. */
  extent: { argument: object; reply: HistoryExtent };
  /** Everything kept of a probe, of one member of a batch (default 0, the first), for export. */
  export: {
    argument: { probe: string; member?: number };
    reply: { times: Float64Array; values: Float64Array; channels: number };
  };
}

export interface HistoryExtent {
  readonly firstSeconds: number;
  readonly lastSeconds: number;
  readonly bytes: number;
  readonly lost: number;
  readonly probes: Readonly<
    Record<string, { readonly firstSeconds: number; readonly lastSeconds: number; readonly total: number }>
  >;
}

/** What plots and live pictures need from the rest of the workbench; the app supplies it from its stores, tests from fakes. */
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import type { KindCatalogue } from '../../engine/model/kind.ts';
import type { HistoryRequests } from '../../engine/protocol/history-messages.ts';
import type { ProbeInformation, ReadoutProgress, RunState } from '../../engine/protocol/messages.ts';
import type { Readable } from './readable.ts';
import type { TimeRange } from './time-range.ts';

/** The history worker's client: one promise per question. */
export type HistoryReader = {
  readonly [Name in keyof HistoryRequests]: (
    argument: HistoryRequests[Name]['argument'],
  ) => Promise<HistoryRequests[Name]['reply']>;
};

/** What is known of the run; a new value about 20 times a second while it runs. */
export interface RunView {
  readonly state: RunState;
  readonly newestSeconds: number;
  /** Simulated seconds per wall second; 0 when not running. */
  readonly realTimeFactor: number;
  readonly probes: readonly ProbeInformation[];
  /** Hz per cell, by element id. */
  readonly rates: Readonly<Record<string, number>>;
  readonly readouts: readonly ReadoutProgress[];
}

/** The window of time that all plots, the time strip and the live pictures share. */
export interface TimeView {
  readonly range: TimeRange;
  /** The right edge stays at the newest sample. */
  readonly follow: boolean;
}

/** What can be done to the shared window and to the linked cursor. */
export interface TimeControl {
  pan(seconds: number): void;
  zoom(factor: number, aboutSeconds: number): void;
  follow(): void;
  /** Shows exactly this window. */
  show(range: TimeRange): void;
  point(seconds: number | undefined): void;
}

/** Changes of plots and probes; each is one command that can be undone. */
export interface PlotCommands {
  addPlot(kind: string, probes: readonly string[]): void;
  removePlot(plot: string): void;
  changePlot(plot: string, change: { readonly kind?: string; readonly probes?: readonly string[] }): void;
  /** Makes a probe (or finds the same one) and shows it in the plot; without a plot in a new one. Never restarts the run. */
  addProbe(probe: NewProbe, plot: string | undefined): void;
}

export interface NewProbe {
  readonly element: string;
  readonly target: string;
  readonly cells: readonly number[] | null;
}

/** Files for people: a picture or a table, saved where they choose. */
export type SaveFile = (
  name: string,
  sort: { readonly title: string; readonly extensions: readonly string[] },
  bytes: Uint8Array,
) => void;

export interface PlotServices {
  readonly history: HistoryReader;
  readonly catalogue: KindCatalogue;
  readonly document: Readable<SpikeloomDocument>;
  readonly run: Readable<RunView>;
  /** The same, changing only a few times a second: for figures that people read. */
  readonly figures: Readable<RunView>;
  readonly time: Readable<TimeView>;
  readonly cursor: Readable<number | undefined>;
  /** Changes when colours must be read again. */
  readonly theme: Readable<string>;
  readonly control: TimeControl;
  /** Values at the cursor, for the live region and the reader of the plot. */
  readOut(text: string): void;
  readonly commands: PlotCommands;
  readonly save: SaveFile;
}

/** Plot plan: what a kind of plot asks the history and how it shows the answer; everything about it that is not React. */
import type { Registered } from '../../engine/base/registry.ts';
import type { ProbeInformation, ReadoutProgress } from '../../engine/protocol/messages.ts';
import type { LinePoints, ValueRange } from './envelope.ts';
import type { HistoryReader } from './plot-services.ts';
import type { TimeRange } from './time-range.ts';
import type { ChartPainter, LineStyle, ValueTick } from './uplot-chart.ts';

export interface PlotColours {
  readonly ink: string;
  readonly secondInk: string;
  readonly thirdInk: string;
  readonly panel: string;
  readonly grid: string;
  readonly accent: string;
  /** Numbers on axes. */
  readonly font: string;
  /** Names beside lines. */
  readonly textFont: string;
  readonly excitatory: string;
  readonly inhibitory: string;
  /** Lines, one after the other; told apart in both themes and by the colour-blind. */
  readonly lines: readonly string[];
}

export interface PlanContext {
  readonly probes: readonly ProbeInformation[];
  readonly history: Pick<HistoryReader, 'trace' | 'raster'>;
  readonly colours: PlotColours;
}

export interface Picture {
  readonly points: LinePoints | undefined;
  readonly values: ValueRange;
}

/** A plan lives as long as its probes and colours stay the same. */
export interface PlotPlan {
  readonly lines: readonly LineStyle[];
  readonly paintBelow?: ChartPainter;
  readonly paintAbove?: ChartPainter;
  valueTicks(values: ValueRange, wanted: number): readonly ValueTick[];
  /** Asks for a window; the answer is shown by calling the function it resolves to. */
  ask(range: TimeRange, columns: number, rows: number): Promise<() => Picture>;
  /** What stands at a time in the last answer, in words: "cell 0 −62.1 mV". */
  valuesAt(seconds: number): string;
  /** What the right end of the header says about the last answer ("all 6,203 spikes shown"). */
  badge(): string;
}

export interface PlotKind extends Registered {
  readonly title: string;
  /** What an empty plot of this kind says; `plot` is how a block is plotted: "press P". */
  empty(plot: string): string;
  accepts(probe: ProbeInformation): boolean;
  plan(context: PlanContext): PlotPlan;
  /** The chip beside the title ("500 cells · 12.4 Hz"). */
  chip(probes: readonly ProbeInformation[], figures: PlotFigures): string;
}

export interface PlotFigures {
  readonly rates: Readonly<Record<string, number>>;
  readonly readouts: readonly ReadoutProgress[];
}

/** "tau" for one cell: the name of the element and the cell it stands for. */
export function channelName(probe: ProbeInformation, channel: number): string {
  const cell = probe.cells?.[channel] ?? channel;
  return probe.channels === 1 && probe.cells === null ? probe.target : `cell ${cell}`;
}

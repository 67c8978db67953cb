/** A chart on the screen: mounts a plan, feeds it from the history and passes gestures on. */
import { useEffect, useEffectEvent, useRef } from 'react';
import type { PlotColours, PlotPlan } from './plot-plan.ts';
import type { PlotServices } from './plot-services.ts';
import type { TimeRange } from './time-range.ts';
import { createChart, type Chart } from './uplot-chart.ts';
import { usePlotServices } from './use-plot-services.ts';
import { createViewFeed } from './view-feed.ts';

export interface PlotChartProps {
  readonly plan: PlotPlan;
  readonly colours: PlotColours;
  readonly label: string;
  /** Called when what the plan says about its last answer may have changed. */
  onShown(): void;
  /** Hands out the canvas for export while mounted. */
  onChart(chart: Chart | undefined): void;
}

export function PlotChart({ plan, colours, label, onShown, onChart }: PlotChartProps) {
  const services = usePlotServices();
  const host = useRef<HTMLDivElement>(null);
  const shown = useEffectEvent(onShown);
  const charted = useEffectEvent(onChart);
  useEffect(() => {
    if (host.current === null) return undefined;
    return mountChart(host.current, plan, colours, services, {
      onShown: () => shown(),
      onChart: (chart) => charted(chart),
    });
  }, [plan, colours, services]);
  return (
    <div
      ref={host}
      className="plot-chart"
      tabIndex={0}
      role="img"
      aria-label={`${label}. Arrow keys move in time, plus and minus zoom, End follows, Shift and arrow keys read values.`}
    />
  );
}

/** Everything with a lifetime, put up and taken down together. */
function mountChart(
  host: HTMLElement,
  plan: PlotPlan,
  colours: PlotColours,
  services: PlotServices,
  told: Pick<PlotChartProps, 'onShown' | 'onChart'>,
): () => void {
  const { paintBelow, paintAbove } = plan;
  const chart = createChart(host, {
    colours: { ink: colours.thirdInk, grid: colours.grid, font: colours.font },
    lines: plan.lines,
    valueTicks: plan.valueTicks,
    ...(paintBelow === undefined ? {} : { paintBelow }),
    ...(paintAbove === undefined ? {} : { paintAbove }),
    gestures: services.control,
  });
  const readout = document.createElement('span');
  readout.className = 'plot-readout';
  host.append(readout);
  const feed = createViewFeed<{ picture: () => ReturnType<Awaited<ReturnType<PlotPlan['ask']>>>; range: TimeRange }>({
    ask() {
      const { range } = services.time.get();
      return plan.ask(range, chart.columns(), chart.rows()).then((picture) => ({ picture, range }));
    },
    show({ picture, range }) {
      const { points, values } = picture();
      chart.show(points, range, values);
      told.onShown();
    },
  });
  const stops = [
    services.time.subscribe(feed.invalidate),
    services.run.subscribe(feed.invalidate),
    services.cursor.subscribe(() => {
      const seconds = services.cursor.get();
      chart.setCursor(seconds);
      const [focused, pointed] = [host === document.activeElement, host.matches(':hover')];
      const text =
        seconds === undefined || !(focused || pointed) ? '' : `${secondsText(seconds)}: ${plan.valuesAt(seconds)}`;
      readout.textContent = text;
      if (focused && !pointed && text !== '') services.readOut(text);
    }),
    watchSize(host, (width, height) => (chart.resize(width, height), feed.invalidate())),
    watchVisibility(host, feed.setVisible),
  ];
  feed.invalidate();
  told.onChart(chart);
  return () => {
    told.onChart(undefined);
    for (const stop of stops) stop();
    feed.dispose();
    chart.dispose();
    readout.remove();
  };
}

function secondsText(seconds: number): string {
  return `${Number(seconds.toFixed(6))} s`;
}

function watchSize(host: HTMLElement, changed: (width: number, height: number) => void): () => void {
  const observer = new ResizeObserver(() => changed(host.clientWidth, host.clientHeight));
  observer.observe(host);
  return () => observer.disconnect();
}

function watchVisibility(host: HTMLElement, changed: (visible: boolean) => void): () => void {
  const observer = new IntersectionObserver((entries) => changed(entries.at(-1)?.isIntersecting ?? true));
  observer.observe(host);
  return () => observer.disconnect();
}

/** A curve of numbers over numbers: results of measures and of training, which have no place on the time axis of the plots. */
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { significant } from '../../engine/units/format-quantity.ts';
import { useSession } from '../stores/services.ts';
import { shownTheme } from '../stores/session-store.ts';
import { plotColours } from './use-plot-colours.ts';

interface CurveChartProps {
  /** What the curve is, for those who cannot see it. */
  readonly label: string;
  readonly across: string;
  readonly up: string;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  /** The least the vertical axis reaches, for linear axes. */
  readonly least?: number;
  /** Vertical axis by powers of ten; values that are not positive are left out. */
  readonly logarithmic?: boolean;
}

const height = 200;

export function CurveChart({ label, across, up, x, y, least, logarithmic = false }: CurveChartProps) {
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot>(undefined);
  const theme = useSession(shownTheme);
  useEffect(() => {
    const room = host.current;
    if (room === null) return undefined;
    const plot = new uPlot(curveOptions(room.clientWidth, { across, up, least, logarithmic, theme }), [[], []], room);
    chart.current = plot;
    const observer = new ResizeObserver(() => plot.setSize({ width: Math.max(room.clientWidth, 80), height }));
    observer.observe(room);
    return () => {
      observer.disconnect();
      plot.destroy();
      chart.current = undefined;
    };
  }, [across, up, least, logarithmic, theme]);
  useEffect(() => {
    const shown = Array.from(y, (value) => (Number.isFinite(value) && (!logarithmic || value > 0) ? value : null));
    chart.current?.setData([Array.from(x), shown]);
  }, [x, y, across, up, least, logarithmic, theme]);
  return <div ref={host} className="curve-chart" role="img" aria-label={label} />;
}

interface CurveLook {
  readonly across: string;
  readonly up: string;
  readonly least: number | undefined;
  readonly logarithmic: boolean;
  readonly theme: string;
}

function curveOptions(width: number, { across, up, least, logarithmic, theme }: CurveLook): uPlot.Options {
  const colours = plotColours(theme);
  const axis = {
    ...{ stroke: colours.secondInk, font: colours.font, labelFont: colours.textFont, labelSize: 18, gap: 4 },
    ...{ ticks: { show: false }, border: { show: false } },
  };
  const wholeSteps = (_: uPlot, splits: number[]) => splits.map((each) => (Number.isInteger(each) ? String(each) : ''));
  return {
    ...{ width: Math.max(width, 80), height, padding: [8, 14, 0, 0], legend: { show: false } },
    cursor: { show: false },
    scales: {
      x: { time: false },
      y: logarithmic
        ? { distr: 3, log: 10 }
        : { range: (_, low, high) => [Math.min(least ?? low, low), high > low ? high + (high - low) / 20 : low + 1] },
    },
    axes: [
      { ...axis, label: across, size: 22, grid: { show: false }, values: wholeSteps },
      {
        ...{ ...axis, label: up, size: 52, grid: { stroke: colours.grid, width: 1 } },
        values: (_, splits) => splits.map((each) => (each === null ? '' : significant(each))),
      },
    ],
    series: [{}, { stroke: colours.accent, width: 1.75, points: { show: false }, spanGaps: true }],
  };
}

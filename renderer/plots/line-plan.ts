/** Line plan: what traces and predictions share: questions per probe, lanes per unit, names beside the lines. */
import type { TraceView } from '../../engine/protocol/history-messages.ts';
import type { ProbeInformation } from '../../engine/protocol/messages.ts';
import { linePoints, steadyRange, valueRangeOf, type LinePoints } from './envelope.ts';
import { laneScale, laneTicks, laneValue, unitOfLane, type Lane } from './lanes.ts';
import { significant } from '../../engine/units/format-quantity.ts';
import type { PlanContext, PlotPlan } from './plot-plan.ts';
import type { ChartArea, LineStyle } from './uplot-chart.ts';

export interface LineRequest extends LineStyle {
  readonly probe: ProbeInformation;
  readonly channel: number;
  readonly name: string;
}

const noPoints: LinePoints = { times: new Float64Array(0), values: [], reduced: false };

/** All lines share the columns of one window, so that they share one time axis: lines of other probes are laid on it. */
export function createLinePlan(
  context: PlanContext,
  badgeOf: (views: readonly TraceView[]) => string,
  lines: readonly LineRequest[],
): PlotPlan {
  const probes = [...new Set(lines.map((line) => line.probe))];
  const units = [...new Set(lines.map((line) => line.probe.unit))];
  let lanes: readonly Lane[] = [];
  let views: readonly TraceView[] = [];
  let shown: LinePoints = noPoints;
  const channelsOf = (probe: ProbeInformation): number[] =>
    lines.filter((line) => line.probe === probe).map((line) => line.channel);
  return {
    lines,
    valueTicks: (_values, wanted) => laneTicks(lanes, wanted),
    async ask(range, columns) {
      const answers = await Promise.all(
        probes.map((probe) =>
          context.history.trace({ probe: probe.id, ...range, columns, channels: channelsOf(probe) }),
        ),
      );
      return () => {
        views = answers;
        lanes = lanesOf(units, probes, answers, lanes);
        shown = placedLines(lines, probes, answers, lanes);
        return { points: shown, values: { minimum: 0, maximum: 1 } };
      };
    },
    paintBelow: (canvas, area) => paintUnits(canvas, area, lanes, context),
    paintAbove: (canvas, area) => paintNames(canvas, area, lines, shown, context),
    valuesAt: (seconds) => valuesAt(lines, shown, lanes, seconds),
    badge: () => badgeOf(views),
  };
}

/** A lane per unit, holding its range calm from answer to answer. */
function lanesOf(
  units: readonly string[],
  probes: readonly ProbeInformation[],
  views: readonly TraceView[],
  before: readonly Lane[],
): Lane[] {
  return units.map((unit, index) => {
    const own = views.filter((_, at) => probes[at]?.unit === unit);
    return {
      unit,
      range: steadyRange(valueRangeOf(own) === undefined ? undefined : before[index]?.range, valueRangeOf(own)),
    };
  });
}

/** Lines of all probes on one time axis: points of one view, gaps for the others, merged in order of time. */
function placedLines(
  lines: readonly LineRequest[],
  probes: readonly ProbeInformation[],
  views: readonly TraceView[],
  lanes: readonly Lane[],
): LinePoints {
  const parts = views.map((view, at) => {
    const index = lanes.findIndex((lane) => lane.unit === probes[at]?.unit);
    const lane = lanes[index];
    const place = lane === undefined ? { factor: 1, offset: 0 } : laneScale(lane, index, lanes.length);
    const points = linePoints(view, place.factor);
    return {
      ...points,
      values: points.values.map((values) => values.map((value) => (value === null ? null : value + place.offset))),
    };
  });
  const ordered = lines.map((line) => ({ part: probes.indexOf(line.probe), row: channelRow(lines, line) }));
  return mergeLines(parts, ordered);
}

function channelRow(lines: readonly LineRequest[], line: LineRequest): number {
  return lines.filter((other) => other.probe === line.probe).indexOf(line);
}

/** Parts with the same times are taken as they are; else `undefined` (no sample, no gap) fills the times a part has not. */
export function mergeLines(
  parts: readonly LinePoints[],
  order: readonly { readonly part: number; readonly row: number }[],
): LinePoints {
  const first = parts[0];
  if (first === undefined) return noPoints;
  const reduced = parts.some((part) => part.reduced);
  const values = (part: number, row: number): readonly (number | null)[] => parts[part]?.values[row] ?? [];
  if (parts.every((part) => sameTimes(part.times, first.times))) {
    return { times: first.times, values: order.map(({ part, row }) => values(part, row)), reduced };
  }
  const count = parts.reduce((sum, part) => sum + part.times.length, 0);
  const entries = parts.flatMap((part, at) => Array.from(part.times, (time, index) => ({ time, at, index })));
  entries.sort((left, right) => left.time - right.time || left.at - right.at || left.index - right.index);
  const merged = order.map(({ part, row }) => {
    const source = values(part, row);
    return entries.map((entry) => (entry.at === part ? (source[entry.index] ?? null) : undefined)) as (number | null)[];
  });
  const times = new Float64Array(count);
  for (const [index, entry] of entries.entries()) times[index] = entry.time;
  return { times, values: merged, reduced };
}

function sameTimes(left: Float64Array, right: Float64Array): boolean {
  return left === right || (left.length === right.length && left.every((time, index) => time === right[index]));
}

/** Each line with the value drawn nearest to the time. */
function valuesAt(lines: readonly LineRequest[], shown: LinePoints, lanes: readonly Lane[], seconds: number): string {
  const parts = lines.flatMap((line, row) => {
    const at = lanes.findIndex(({ unit }) => unit === line.probe.unit);
    const [lane, height] = [lanes[at], heightAt(shown, row, seconds)];
    if (lane === undefined || height === undefined) return [];
    const { scale, label } = unitOfLane(lane);
    return [`${line.name} ${significant(laneValue(lane, at, lanes.length, height) * scale)} ${label}`.trimEnd()];
  });
  return parts.length === 0 ? 'no values here' : parts.join(', ');
}

function heightAt({ times, values }: LinePoints, row: number, seconds: number): number | undefined {
  let nearest: { readonly away: number; readonly height: number } | undefined;
  for (const [index, height] of (values[row] ?? []).entries()) {
    const away = Math.abs((times[index] ?? Infinity) - seconds);
    if (typeof height === 'number' && away < (nearest?.away ?? Infinity)) nearest = { away, height };
  }
  return nearest?.height;
}

/** The unit of each lane at the top of its stretch of the axis. */
function paintUnits(
  context: CanvasRenderingContext2D,
  area: ChartArea,
  lanes: readonly Lane[],
  { colours }: PlanContext,
): void {
  context.font = scaledFont(colours.font, area.ratio);
  context.textAlign = 'left';
  context.textBaseline = 'top';
  for (const [index, lane] of lanes.entries()) {
    const { label } = unitOfLane(lane);
    const top = area.top + (area.height * index) / lanes.length;
    if (index > 0) paintBorder(context, area, top, colours.grid);
    context.fillStyle = colours.thirdInk;
    context.fillText(label, area.left + 4 * area.ratio, top + 2 * area.ratio);
  }
}

function paintBorder(context: CanvasRenderingContext2D, area: ChartArea, top: number, colour: string): void {
  context.fillStyle = colour;
  context.fillRect(area.left, Math.round(top), area.width, Math.max(Math.round(area.ratio), 1));
}

/** The name of each line at its right end, moved apart where they would cover each other. */
function paintNames(
  context: CanvasRenderingContext2D,
  area: ChartArea,
  lines: readonly LineRequest[],
  shown: LinePoints,
  plan: PlanContext,
): void {
  const size = 12 * area.ratio;
  const wanted = lines
    .map((line, index) => ({ line, height: lastHeight(shown, index) }))
    .filter((name) => name.height !== undefined);
  wanted.sort((left, right) => (right.height ?? 0) - (left.height ?? 0));
  context.font = scaledFont(plan.colours.textFont, area.ratio);
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  let above = area.top;
  for (const [index, { line, height }] of wanted.entries()) {
    const latest = area.top + area.height - size * (wanted.length - index - 0.5);
    const y = Math.min(
      Math.max(area.y(height ?? 0) - size * 0.8, above + size / 2),
      Math.max(latest, above + size / 2),
    );
    above = y + size / 2;
    const right = area.left + area.width - 4 * area.ratio;
    const width = context.measureText(line.name).width + size / 2;
    context.globalAlpha = 0.8;
    context.fillStyle = plan.colours.panel;
    context.fillRect(right - width + size / 4, y - size / 2, width, size);
    context.globalAlpha = 1;
    context.fillStyle = line.colour;
    context.fillText(line.name, right, y);
  }
}

function lastHeight(shown: LinePoints, index: number): number | undefined {
  return shown.values[index]?.findLast((value) => typeof value === 'number') ?? undefined;
}

/** The font of the theme at device pixels: "12px Inter" becomes "24px Inter" on a screen of twice the density. */
function scaledFont(font: string, ratio: number): string {
  return font.replace(/([\d.]+)px/, (_, size: string) => `${Number(size) * ratio}px`);
}

/** Lanes: lines of different units above each other in one plot; each unit has its own stretch of the height and its own scale. */
import { axisLabels, axisUnit, roundValues } from './axis-unit.ts';
import type { ValueRange } from './envelope.ts';

export interface Lane {
  readonly unit: string;
  readonly range: ValueRange;
}

/** A value of lane `index` of `count` as height in the plot: the first lane is on top, the whole plot is 0 … 1. */
export function laneHeight(lane: Lane, index: number, count: number, value: number): number {
  const share = (value - lane.range.minimum) / (lane.range.maximum - lane.range.minimum);
  return (count - 1 - index + share) / count;
}

/** The value that stands at a height of the plot: `laneHeight` the other way round. */
export function laneValue(lane: Lane, index: number, count: number, height: number): number {
  const share = height * count - (count - 1 - index);
  return lane.range.minimum + share * (lane.range.maximum - lane.range.minimum);
}

/** The scale of a lane as factor and offset, for whole arrays: height = value · factor + offset. */
export function laneScale(
  lane: Lane,
  index: number,
  count: number,
): { readonly factor: number; readonly offset: number } {
  const factor = 1 / ((lane.range.maximum - lane.range.minimum) * count);
  return { factor, offset: (count - 1 - index) / count - lane.range.minimum * factor };
}

export interface LaneTick {
  readonly height: number;
  readonly label: string;
}

/** Ticks of all lanes. `wanted`: how many labels the whole height has room for. */
export function laneTicks(lanes: readonly Lane[], wanted: number): LaneTick[] {
  return lanes.flatMap((lane, index) =>
    ticksOf(lane, index, lanes.length, Math.max(Math.floor(wanted / lanes.length), 2)),
  );
}

function ticksOf(lane: Lane, index: number, count: number, wanted: number): LaneTick[] {
  const unit = unitOfLane(lane);
  const values = labelledValues(lane.range.minimum * unit.scale, lane.range.maximum * unit.scale, wanted);
  const labels = axisLabels(values);
  return values.map((value, at) => ({
    height: laneHeight(lane, index, count, value / unit.scale),
    label: labels[at] ?? '',
  }));
}

/** At least two values, so that a scale can be read. */
function labelledValues(minimum: number, maximum: number, wanted: number): number[] {
  const values = roundValues(minimum, maximum, wanted);
  return values.length > 1 || wanted > 8 ? values : labelledValues(minimum, maximum, wanted + 1);
}

/** The unit a lane is labelled in. */
export function unitOfLane(lane: Lane): { readonly scale: number; readonly label: string } {
  return axisUnit(lane.unit, Math.max(Math.abs(lane.range.minimum), Math.abs(lane.range.maximum)));
}

/** Picture of the time strip: how much happened, what was left behind as a shadow of it, edits and branches as marks. */
import type { Courses, FormerCourse } from '../stores/courses.ts';
import type { PlotColours } from './plot-plan.ts';
import { shareOf } from './strip-geometry.ts';
import { spanOf, type TimeRange } from './time-range.ts';

interface StripPicture {
  readonly strip: TimeRange;
  /** Per column of the strip. */
  readonly counts: Float64Array;
  readonly courses: Courses;
  readonly timeStepSeconds: number;
}

/** Height of the lane of marks at the top, in pixels of the page. */
const laneHeight = 8;
/** Part of the height below the lane that the tallest bar takes. */
const tallest = 0.85;

/** Paints into the whole canvas, in its own resolution. */
export function paintStripPicture(canvas: HTMLCanvasElement, picture: StripPicture, colours: PlotColours): void {
  const ratio = window.devicePixelRatio;
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  if (canvas.width !== Math.round(width * ratio)) canvas.width = Math.round(width * ratio);
  if (canvas.height !== Math.round(height * ratio)) canvas.height = Math.round(height * ratio);
  const context = canvas.getContext('2d');
  if (context === null) return;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  const room = { context, width, height, ...picture };
  const scale = greatestCount(picture);
  for (const course of picture.courses.former) paintLeft(room, course, scale, colours);
  paintCounts(room, scale, colours.thirdInk);
  for (const step of picture.courses.edits) paintEdit(room, step * picture.timeStepSeconds, colours.secondInk);
  for (const course of picture.courses.former) if (course.parted) paintFork(room, course, colours);
}

interface Room extends StripPicture {
  readonly context: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
}

/** Counts of what was left behind are scaled to the width of a column. */
function greatestCount({ counts, courses, strip }: StripPicture): number {
  const column = spanOf(strip) / Math.max(counts.length, 1);
  const left = courses.former.flatMap(({ bars }) => bars.map((bar) => countIn(bar, column)));
  return Math.max(
    1,
    counts.reduce((most, count) => Math.max(most, count), 0),
    left.reduce((a, b) => Math.max(a, b), 0),
  );
}

function countIn({ fromSeconds, toSeconds, count }: FormerCourse['bars'][number], column: number): number {
  return (count * column) / Math.max(toSeconds - fromSeconds, column);
}

function paintCounts({ context, counts, width, height }: Room, greatest: number, colour: string): void {
  context.fillStyle = colour;
  const step = width / Math.max(counts.length, 1);
  for (const [index, count] of counts.entries()) {
    const tall = count > 0 ? Math.max(((height - laneHeight) * tallest * count) / greatest, 1) : 0;
    context.fillRect(index * step, height - tall, Math.max(step - 0.5, 0.5), tall);
  }
}

/** A pale shadow under a dashed line, from where the present course leaves it. */
function paintLeft(room: Room, course: FormerCourse, greatest: number, colours: PlotColours): void {
  const { context, counts, strip, width, height } = room;
  const column = spanOf(strip) / Math.max(counts.length, 1);
  const from = course.fromStep * course.timeStepSeconds;
  context.globalAlpha = 0.38;
  context.fillStyle = colours.thirdInk;
  for (const bar of course.bars) {
    if (bar.count === 0 || bar.toSeconds <= Math.max(from, strip.fromSeconds)) continue;
    const left = shareOf(Math.max(bar.fromSeconds, from), strip) * width;
    const tall = Math.max(((height - laneHeight) * tallest * countIn(bar, column)) / greatest, 1);
    context.fillRect(left, height - tall, Math.max(shareOf(bar.toSeconds, strip) * width - left, 0.5), tall);
  }
  context.globalAlpha = 1;
  context.strokeStyle = colours.secondInk;
  context.setLineDash([2, 2]);
  context.beginPath();
  context.moveTo(shareOf(from, strip) * width, laneHeight / 2);
  context.lineTo(shareOf(course.toStep * course.timeStepSeconds, strip) * width, laneHeight / 2);
  context.stroke();
  context.setLineDash([]);
}

/** A small triangle that hangs from the top. */
function paintEdit({ context, strip, width }: Room, seconds: number, colour: string): void {
  if (seconds < strip.fromSeconds || seconds > strip.toSeconds) return;
  const x = shareOf(seconds, strip) * width;
  context.fillStyle = colour;
  context.beginPath();
  context.moveTo(x - 3, 0);
  context.lineTo(x + 3, 0);
  context.lineTo(x, 5);
  context.fill();
}

/** A diamond where a branch leaves the former course, and a line down from it. */
function paintFork({ context, strip, width, height }: Room, course: FormerCourse, colours: PlotColours): void {
  const seconds = course.fromStep * course.timeStepSeconds;
  if (seconds < strip.fromSeconds || seconds > strip.toSeconds) return;
  const x = Math.min(Math.max(shareOf(seconds, strip) * width, 4), width - 4);
  context.fillStyle = colours.ink;
  context.fillRect(x - 0.5, laneHeight, 1, height - laneHeight);
  context.beginPath();
  context.moveTo(x - 4, laneHeight / 2);
  context.lineTo(x, 0);
  context.lineTo(x + 4, laneHeight / 2);
  context.lineTo(x, laneHeight);
  context.fill();
}

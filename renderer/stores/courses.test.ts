import { describe, expect, it } from 'vitest';
import { createEmptyDocument } from '../../engine/model/new-document.ts';
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import {
  branchedOff,
  courseAhead,
  noCourses,
  rejoined,
  wasEdited,
  wentBack,
  wentOn,
  type Courses,
  type WayBack,
} from './courses.ts';

const plain = createEmptyDocument('plain');
const seeded = (seed: number): SpikeloomDocument => ({ ...plain, run: { ...plain.run, seed } });

const way = (fromStep: number, toStep: number, document = plain): WayBack => ({
  fromStep,
  toStep,
  timeStepSeconds: 1e-3,
  document,
  entry: 0,
  bars: [{ fromSeconds: toStep / 1e3, toSeconds: fromStep / 1e3, count: 1 }],
});

/** The former courses as short rows. */
const rows = ({ former }: Courses): unknown[] =>
  former.map(({ fromStep, toStep, parted, lost }) => [fromStep, toStep, parted ? 'parted' : 'ahead', lost]);

describe('courses of a run', () => {
  it('going back leaves a course ahead, further back makes it longer, forward again changes nothing', () => {
    const back = wentBack(noCourses, way(1000, 700));
    expect(rows(back)).toEqual([[700, 1000, 'ahead', false]]);
    const further = wentBack(back, way(700, 400));
    expect(rows(further)).toEqual([[400, 1000, 'ahead', false]]);
    expect(courseAhead(further)?.bars.map(({ fromSeconds }) => fromSeconds)).toEqual([0.4, 0.7]);
    expect(wentBack(wentOn(further, 800), way(800, 500)).former).toEqual(further.former);
  });

  it('a course that is followed to its end without an edit is gone; the way there keeps it', () => {
    const back = wentBack(noCourses, way(1000, 700));
    expect(wentOn(back, 999)).toBe(back);
    expect(wentOn(back, 1000).former).toEqual([]);
  });

  it('an edit makes a branch where it takes effect, and taking it back there makes it none', () => {
    const back = wentBack(noCourses, way(1000, 700));
    const edited = wasEdited(back, 800, seeded(9));
    expect(rows(edited)).toEqual([[800, 1000, 'parted', false]]);
    expect(rows(wentOn(edited, 2000))).toEqual([[800, 1000, 'parted', false]]);
    expect(rows(wasEdited(edited, 800, plain))).toEqual([[800, 1000, 'ahead', false]]);
    expect(rows(wasEdited(edited, 850, plain))).toEqual([[800, 1000, 'parted', false]]);
  });

  it('a branch is left for the former course and found again', () => {
    const edited = wasEdited(wentBack(noCourses, way(1000, 700)), 700, seeded(9));
    const left = wentBack(edited, way(1500, 700, seeded(9)));
    expect(rows(left)).toEqual([
      [700, 1000, 'parted', false],
      [700, 1500, 'ahead', false],
    ]);
    expect(rows(wasEdited(left, 700, plain))).toEqual([
      [700, 1000, 'ahead', false],
      [700, 1500, 'parted', false],
    ]);
  });

  it('going back behind an edit is another course at once, since the edit holds from there on', () => {
    const edited = wasEdited(noCourses, 500, seeded(9));
    const back = wentBack(edited, way(1000, 400, seeded(9)));
    expect(rows(back)).toEqual([[400, 1000, 'parted', true]]);
    expect(back.edits).toEqual([400]);
    expect(wentBack(edited, way(1000, 500, seeded(9)))).toMatchObject({ edits: [500], former: [{ lost: false }] });
  });

  it('an edit before the place where a course was left makes it unreachable', () => {
    const parted = wasEdited(wentBack(noCourses, way(1000, 700)), 700, seeded(9));
    const before = wentBack(parted, way(900, 300, seeded(9)));
    expect(rows(before)).toEqual([
      [700, 1000, 'parted', true],
      [300, 900, 'parted', true],
    ]);
    const twice = wentBack(branchedOff(wentBack(noCourses, way(1000, 700)), 700), way(900, 300));
    expect(rows(twice).slice(0, 1)).toEqual([[700, 1000, 'parted', false]]);
    expect(rows(wasEdited(twice, 350, seeded(3)))).toEqual([
      [700, 1000, 'parted', true],
      [350, 900, 'parted', false],
    ]);
  });

  it('a branch without an edit is one on request, and the former course can be taken up again', () => {
    const branched = branchedOff(wentBack(noCourses, way(1000, 700)), 750);
    expect(rows(wentOn(branched, 1200))).toEqual([[750, 1000, 'parted', false]]);
    const back = wentBack(wentOn(branched, 1200), way(1200, 750));
    expect(rows(rejoined(back, branched.former[0]?.id ?? 0, 750))).toEqual([
      [750, 1000, 'ahead', false],
      [750, 1200, 'parted', false],
    ]);
  });

  it('forgets the oldest courses and edits', () => {
    let courses = noCourses;
    for (let turn = 1; turn <= 40; turn += 1)
      courses = wasEdited(wentBack(courses, way(turn * 10, turn * 10 - 5)), turn * 10 - 5, seeded(turn));
    expect(courses.former.length).toBe(12);
    expect(new Set(courses.former.map(({ id }) => id)).size).toBe(12);
  });
});

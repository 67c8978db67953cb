/** Courses: what a run left behind when it went back, and where it was edited; what the time strip marks. Pure. */
import type { SpikeloomDocument } from '../../engine/model/document.ts';

/** So much happened in a stretch of time: the picture of what was left behind. */
export interface Bar {
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly count: number;
}

/** What the run did after the place it went back to. */
export interface FormerCourse {
  readonly id: number;
  /** Where the present course leaves it. */
  readonly fromStep: number;
  /** Where it ended. */
  readonly toStep: number;
  readonly timeStepSeconds: number;
  /** The document it ended with, and the last entry of the history then. */
  readonly document: SpikeloomDocument;
  readonly entry: number;
  /** The present course is another one: a branch. Until then this one is what lies ahead. */
  readonly parted: boolean;
  /** An edit lies within or before it, so running again does not lead there. */
  readonly lost: boolean;
  readonly bars: readonly Bar[];
}

export interface Courses {
  /** Steps before which the present course was edited, ascending. */
  readonly edits: readonly number[];
  /** Oldest first; at most one has not parted. */
  readonly former: readonly FormerCourse[];
  readonly nextId: number;
}

export const noCourses: Courses = { edits: [], former: [], nextId: 1 };

/** Kept at most; the oldest are forgotten. */
const mostCourses = 12;
const mostEdits = 2000;
const mostBars = 4000;

/** The run went from a step back to an earlier one. */
export interface WayBack {
  readonly fromStep: number;
  readonly toStep: number;
  readonly timeStepSeconds: number;
  readonly document: SpikeloomDocument;
  readonly entry: number;
  readonly bars: readonly Bar[];
}

/** The course that lies ahead as long as nothing is changed. */
export function courseAhead({ former }: Pick<Courses, 'former'>): FormerCourse | undefined {
  return former.find(({ parted }) => !parted);
}

/** What lay ahead lies further ahead now; else what was left is a former course. Edits that were left behind hold from here on. */
export function wentBack(before: Courses, way: WayBack): Courses {
  const behind = before.edits.some((step) => step > way.toStep);
  const kept = before.edits.filter((step) => step <= way.toStep);
  const edits = behind ? [...kept, way.toStep] : kept;
  const courses = behind ? { ...before, former: before.former.map((each) => lostAfter(each, way.toStep)) } : before;
  const ahead = courseAhead(courses);
  if (ahead === undefined || way.fromStep > ahead.toStep) {
    const { fromStep, toStep, ...rest } = way;
    const left = { ...rest, id: courses.nextId, fromStep: toStep, toStep: fromStep, parted: behind, lost: behind };
    return { edits, former: [...courses.former, left].slice(-mostCourses), nextId: courses.nextId + 1 };
  }
  if (way.toStep >= ahead.fromStep) return { ...courses, edits };
  const longer = {
    ...ahead,
    fromStep: way.toStep,
    bars: [...way.bars, ...ahead.bars].slice(0, mostBars),
    parted: behind,
    lost: ahead.lost || behind,
  };
  return { ...courses, edits, former: replaced(courses.former, longer) };
}

/** The model was edited before this step. What lay ahead is a branch, unless the edit takes back the one that made it so. */
export function wasEdited(courses: Courses, step: number, document: SpikeloomDocument): Courses {
  const edits = courses.edits.at(-1) === step ? courses.edits : [...courses.edits, step].slice(-mostEdits);
  if (courses.former.length === 0) return { ...courses, edits };
  const former = courses.former.map((each): FormerCourse => {
    if (!each.parted) return { ...each, fromStep: Math.max(step, each.fromStep), parted: true };
    return lostAfter(each, step);
  });
  const again = former.find((each) => !each.lost && each.fromStep === step && sameModel(each.document, document));
  return { ...courses, edits, former: again === undefined ? former : replaced(former, { ...again, parted: false }) };
}

/** The present course has another model from `step` on: what left it later is not reached any more. */
function lostAfter(course: FormerCourse, step: number): FormerCourse {
  return course.parted && course.fromStep > step && !course.lost ? { ...course, lost: true } : course;
}

/** Steps were executed: a course that was followed to its end is none any more. */
export function wentOn(courses: Courses, step: number): Courses {
  const ahead = courseAhead(courses);
  if (ahead === undefined || step < ahead.toStep) return courses;
  return { ...courses, former: courses.former.filter((each) => each !== ahead) };
}

/** What lies ahead counts as a course of its own from here on, although nothing was changed. */
export function branchedOff(courses: Courses, step: number): Courses {
  const ahead = courseAhead(courses);
  if (ahead === undefined) return courses;
  return { ...courses, former: replaced(courses.former, { ...ahead, fromStep: step, parted: true }) };
}

/** The run goes along this course again from `step` on. */
export function rejoined(courses: Courses, id: number, step: number): Courses {
  const former = courses.former.map((each): FormerCourse => {
    if (each.id === id) return { ...each, parted: false, fromStep: step };
    return each.parted ? each : { ...each, parted: true };
  });
  return { ...courses, former };
}

export function forgotten(courses: Courses, id: number): Courses {
  return { ...courses, former: courses.former.filter((each) => each.id !== id) };
}

/** Whether two documents lead to the same course from the same state: names, probes and views do not count. */
export function sameModel(left: SpikeloomDocument, right: SpikeloomDocument): boolean {
  return left === right || modelText(left) === modelText(right);
}

function modelText({ elements, connections, run }: SpikeloomDocument): string {
  const bare = Object.values(elements).map(({ id, kind, parameters, timeStep }) => ({
    id,
    kind,
    parameters,
    timeStep,
  }));
  return JSON.stringify([bare, connections, run.timeStep, run.duration, run.seed]);
}

function replaced(former: readonly FormerCourse[], by: FormerCourse): readonly FormerCourse[] {
  return former.map((each) => (each.id === by.id ? by : each));
}

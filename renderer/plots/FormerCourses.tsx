/** Former courses: a button on the time strip and the list that hangs from it, with the way back to each. */
import { useState } from 'react';
import { hindranceOf, editsBetween, takeUp } from '../commands/course-gestures.ts';
import type { FormerCourse } from '../stores/courses.ts';
import { useDocument, useRun, useServices } from '../stores/services.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { Popover } from '../ui/Popover.tsx';

export function FormerCourses() {
  const former = useRun(({ courses }) => courses.former);
  const [open, setOpen] = useState(false);
  if (former.length === 0) return null;
  const words = former.length === 1 ? '1 former course' : `${former.length} former courses`;
  return (
    <Popover
      title="Former courses of the run"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <button type="button" title="What the run did before it went back">
          {words} <span aria-hidden="true">▾</span>
        </button>
      }
    >
      <ul className="courses">
        {former.toReversed().map((course) => (
          <CourseRow key={course.id} course={course} close={() => setOpen(false)} />
        ))}
      </ul>
    </Popover>
  );
}

function CourseRow({ course, close }: { readonly course: FormerCourse; readonly close: () => void }) {
  const services = useServices();
  useDocument(({ history }) => history);
  const hindrance = hindranceOf(services, course);
  const edits = editsBetween(services, course) ?? 0;
  return (
    <li>
      <div className="course-words">
        <span>
          to <span className="mono">{timeOf(course, course.toStep)}</span>, {course.parted ? 'left at' : 'ahead from'}{' '}
          <span className="mono">{timeOf(course, course.fromStep)}</span>
        </span>
        <small>{hindrance ?? whatItTakes(course, edits)}</small>
      </div>
      <Button
        disabled={hindrance !== undefined}
        onClick={() => {
          close();
          void takeUp(services, course);
        }}
      >
        Run again
      </Button>
      <IconButton
        icon="close"
        look="quiet"
        label={`Forget the course to ${timeOf(course, course.toStep)}`}
        onClick={() => services.runs.forget(course.id)}
      />
    </li>
  );
}

function whatItTakes({ parted }: FormerCourse, edits: number): string {
  if (!parted) return 'The run comes there again by itself if nothing is changed.';
  if (edits === 0) return 'Goes back and runs to its end.';
  const them = edits === 1 ? 'takes one edit back or does it again' : `takes ${edits} edits back or does them again`;
  return `Goes back, ${them}, and runs to its end.`;
}

function timeOf({ timeStepSeconds }: FormerCourse, step: number): string {
  return `${(step * timeStepSeconds).toFixed(3)} s`;
}

/** The lane at the top of the time strip: how far back the run can go, the present, and where a press would go back to. */
import { useRef, useState, type PointerEvent, type RefObject } from 'react';
import { canGoBack, goBackTo } from '../commands/course-gestures.ts';
import { useRun, useServices } from '../stores/services.ts';
import { spanOf, type TimeRange } from './time-range.ts';

interface PastLaneProps {
  /** Placed by the strip: the stretch that can be gone back over, and the present. */
  readonly past: RefObject<HTMLDivElement | null>;
  readonly present: RefObject<HTMLDivElement | null>;
  /** The stretch of time that the strip shows now. */
  shown(): TimeRange;
}

/** Where the pointer is, in percent of the lane, and the time there. */
interface Aim {
  readonly percent: number;
  readonly seconds: number;
}

/** What the lane does is on keys too, so it is hidden from screen readers. */
export function PastLane({ past, present, shown }: PastLaneProps) {
  const services = useServices();
  const running = useRun(({ progress }) => progress.state === 'running');
  const possible = useRun(() => canGoBack(services)) && !running;
  const [aim, setAim] = useState<Aim | undefined>(undefined);
  const pressed = useRef(false);
  const follow = (event: PointerEvent<HTMLDivElement>): void => {
    setAim(possible ? aimOf(event, shown(), reachOf(services)) : undefined);
  };
  const press = (event: PointerEvent<HTMLDivElement>): void => {
    event.stopPropagation();
    if (!possible) return;
    pressed.current = true;
    event.currentTarget.setPointerCapture(event.pointerId);
    follow(event);
  };
  const release = (event: PointerEvent<HTMLDivElement>): void => {
    event.stopPropagation();
    const target = pressed.current ? aimOf(event, shown(), reachOf(services)) : undefined;
    pressed.current = false;
    setAim(undefined);
    if (target !== undefined) goBackTo(services, target.seconds);
  };
  return (
    <div
      className="past-lane"
      aria-hidden="true"
      data-possible={possible || undefined}
      title={possible ? undefined : running ? 'Pause to go back in the run' : 'Nothing to go back to yet'}
      onPointerDown={press}
      onPointerMove={follow}
      onPointerUp={release}
      onPointerLeave={() => !pressed.current && setAim(undefined)}
      onPointerCancel={() => {
        pressed.current = false;
        setAim(undefined);
      }}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      <div ref={past} className="past-stretch" />
      <div ref={present} className="past-present" />
      {aim !== undefined && (
        <div className="past-aim" style={{ left: `${aim.percent}%` }} data-side={aim.percent > 80 ? 'left' : undefined}>
          <span className="mono">Go back to {aim.seconds.toFixed(3)} s</span>
        </div>
      )}
    </div>
  );
}

/** The times between which the run can go back to one. */
function reachOf({ run }: ReturnType<typeof useServices>): TimeRange {
  const { progress, load } = run.getState();
  const fromSeconds = (progress.backTo ?? progress.step) * (load?.timeStepSeconds ?? 0);
  return { fromSeconds, toSeconds: progress.simulatedSeconds };
}

function aimOf(event: PointerEvent<HTMLDivElement>, strip: TimeRange, reach: TimeRange): Aim {
  const box = event.currentTarget.getBoundingClientRect();
  const there = strip.fromSeconds + ((event.clientX - box.left) / Math.max(box.width, 1)) * spanOf(strip);
  const seconds = Math.min(Math.max(there, reach.fromSeconds), reach.toSeconds);
  return { seconds, percent: (100 * (seconds - strip.fromSeconds)) / spanOf(strip) };
}

/** A border that is dragged, or moved with the arrow keys, to share the height between canvas and plots. */
import type { KeyboardEvent, PointerEvent } from 'react';

interface SplitterProps {
  readonly label: string;
  /** Part of the height below the border. */
  readonly fraction: number;
  onMove(fraction: number): void;
}

const least = 0.15;
const most = 0.8;

export function Splitter({ label, fraction, onMove }: SplitterProps) {
  const move = (next: number): void => onMove(Math.min(Math.max(next, least), most));
  const drag = (event: PointerEvent<HTMLDivElement>): void => {
    const column = event.currentTarget.closest('main')?.getBoundingClientRect();
    if (event.buttons !== 1 || column === undefined || column.height === 0) return;
    move((column.bottom - event.clientY) / column.height);
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowUp') move(fraction + 0.03);
    else if (event.key === 'ArrowDown') move(fraction - 0.03);
    else return;
    event.preventDefault();
  };
  return (
    <div
      className="splitter"
      role="separator"
      aria-orientation="horizontal"
      aria-label={label}
      aria-valuenow={Math.round(fraction * 100)}
      aria-valuemin={least * 100}
      aria-valuemax={most * 100}
      tabIndex={0}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onDoubleClick={() => move(0.36)}
      onKeyDown={press}
    />
  );
}

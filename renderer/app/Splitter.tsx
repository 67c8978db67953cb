/** A border that is dragged, or moved with the arrow keys, to share room between two parts of the window. */
import type { KeyboardEvent, MouseEvent, PointerEvent } from 'react';

interface SplitterProps {
  readonly label: string;
  /** How the border lies. */
  readonly orientation: 'horizontal' | 'vertical';
  readonly className?: string;
  /** Size of the part that the border belongs to, in whatever unit. */
  readonly size: number;
  readonly least: number;
  readonly most: number;
  /** Where a double click puts it. */
  readonly usual: number;
  /** What an arrow key adds. */
  readonly step: number;
  /** The arrow key that makes the part larger; the opposite one makes it smaller. */
  readonly larger: 'ArrowUp' | 'ArrowLeft' | 'ArrowRight';
  /** What one of the unit is for screen readers; 1 when left out. */
  readonly scale?: number;
  /** The size for a place of the pointer; undefined where it cannot be told. */
  sizeAt(event: PointerEvent<HTMLDivElement>): number | undefined;
  onMove(size: number): void;
}

const opposite = { ArrowUp: 'ArrowDown', ArrowLeft: 'ArrowRight', ArrowRight: 'ArrowLeft' } as const;

export function Splitter({ label, orientation, className, scale = 1, sizeAt, onMove, ...sizes }: SplitterProps) {
  const { size, least, most, usual } = sizes;
  const move = (next: number): void => onMove(Math.min(Math.max(next, least), most));
  const drag = (event: PointerEvent<HTMLDivElement>): void => {
    const next = event.buttons === 1 ? sizeAt(event) : undefined;
    if (next !== undefined) move(next);
  };
  const press = (event: KeyboardEvent): void => {
    const next = sizeByKey(event.key, sizes);
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    move(next);
  };
  return (
    <div
      className={className === undefined ? 'splitter' : `splitter ${className}`}
      role="separator"
      aria-orientation={orientation}
      aria-label={label}
      aria-valuenow={Math.round(size * scale)}
      aria-valuemin={least * scale}
      aria-valuemax={most * scale}
      tabIndex={0}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onMouseDown={takeMouse}
      onPointerMove={drag}
      onDoubleClick={() => move(usual)}
      onKeyDown={press}
    />
  );
}

/** Else what comes to lie under the place of the press, such as a block of the palette, would be dragged. */
function takeMouse(event: MouseEvent<HTMLElement>): void {
  event.preventDefault();
  event.currentTarget.focus({ preventScroll: true });
}

function sizeByKey(
  key: string,
  { size, least, most, step, larger }: Pick<SplitterProps, 'size' | 'least' | 'most' | 'step' | 'larger'>,
): number | undefined {
  if (key === larger) return size + step;
  if (key === opposite[larger]) return size - step;
  return { Home: least, End: most }[key];
}

/** The right edge of a note: dragged, or moved with the arrow keys, it sets the width. */
import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { useReactFlow } from 'reactflow';

interface NoteEdgeProps {
  /** Pixels of the canvas. */
  readonly width: number;
  /** The width while it is dragged. */
  onMove(width: number): void;
  onEnd(width: number): void;
}

const limits = { least: 120, most: 1200, usual: 240 } as const;
const step = 16;

export function NoteEdge({ width, onMove, onEnd }: NoteEdgeProps) {
  const flow = useReactFlow();
  const drag = useRef<{ readonly x: number; width: number } | undefined>(undefined);
  const begin = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0) return;
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { x: event.clientX, width };
  };
  const move = (event: PointerEvent): void => {
    if (drag.current === undefined) return;
    drag.current.width = within(width + (event.clientX - drag.current.x) / flow.getZoom());
    onMove(drag.current.width);
  };
  const end = (): void => {
    if (drag.current !== undefined) onEnd(drag.current.width);
    drag.current = undefined;
  };
  const press = (event: KeyboardEvent): void => {
    const change = { ArrowLeft: -step, ArrowRight: step }[event.key];
    if (change === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onEnd(within(width + change));
  };
  return (
    <div
      className="note-edge nodrag nopan"
      role="separator"
      aria-orientation="vertical"
      aria-label="Width of the note"
      aria-valuenow={width}
      aria-valuemin={limits.least}
      aria-valuemax={limits.most}
      tabIndex={0}
      onPointerDown={begin}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={end}
      onDoubleClick={(event) => {
        event.stopPropagation();
        onEnd(limits.usual);
      }}
      onKeyDown={press}
    />
  );
}

function within(width: number): number {
  return Math.round(Math.min(Math.max(width, limits.least), limits.most));
}

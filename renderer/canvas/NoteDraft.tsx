/** A note that is being written for the first time: it becomes part of the project when it has words. */
import { useEffect, useState, type RefObject } from 'react';
import { useReactFlow, ViewportPortal, type ReactFlowInstance } from 'reactflow';
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import { blockWidth } from './block-geometry.ts';
import { useCanvasServices, type Place } from './canvas-services.ts';
import { NoteWords } from './NoteWords.tsx';

/** Pixels of the canvas. */
const size = { width: 240, height: 120 } as const;
const spacing = 24;
/** Most blocks are not higher. */
const blockHeight = 170;

export function NoteDraft({ surface }: { readonly surface: RefObject<HTMLElement | null> }) {
  const { request, commands, document, focusCanvas } = useCanvasServices();
  const flow = useReactFlow();
  const [place, setPlace] = useState<Place | undefined>(undefined);
  useEffect(
    () =>
      request.subscribe(() => {
        if (request.get()?.what === 'canvas.note') setPlace(freeSpot(flow, surface.current, document.get()));
      }),
    [request, flow, surface, document],
  );
  if (place === undefined) return null;
  const done = (): void => {
    setPlace(undefined);
    focusCanvas();
  };
  return (
    <ViewportPortal>
      <div className="note-draft" style={{ left: place.x, top: place.y, width: size.width }}>
        <NoteWords text="" write={(text) => commands.addNote({ text, ...place, width: size.width })} done={done} />
      </div>
    </ViewportPortal>
  );
}

/** A place in view, from the left upper corner on, where neither block nor note stands; the corner where there is none. */
function freeSpot(
  flow: Pick<ReactFlowInstance, 'screenToFlowPosition'>,
  surface: HTMLElement | null,
  { view }: SpikeloomDocument,
): Place {
  const box = surface?.getBoundingClientRect() ?? new DOMRect(0, 0, 800, 600);
  const start = flow.screenToFlowPosition({ x: box.left, y: box.top });
  const end = flow.screenToFlowPosition({ x: box.right, y: box.bottom });
  const corner = { x: Math.round(start.x + spacing), y: Math.round(start.y + spacing) };
  const taken = [
    ...Object.values(view.positions).map((at) => ({ ...at, width: blockWidth, height: blockHeight })),
    ...(view.notes ?? []).map((note) => ({ ...note, height: size.height })),
  ];
  for (let { y } = corner; y + size.height < end.y; y += spacing)
    for (let { x } = corner; x + size.width < end.x; x += spacing)
      if (taken.every((each) => apart({ x, y, ...size }, each))) return { x, y };
  return corner;
}

interface Area extends Place {
  readonly width: number;
  readonly height: number;
}

function apart(left: Area, right: Area): boolean {
  const beside = left.x + left.width + spacing < right.x || right.x + right.width + spacing < left.x;
  return beside || left.y + left.height + spacing < right.y || right.y + right.height + spacing < left.y;
}

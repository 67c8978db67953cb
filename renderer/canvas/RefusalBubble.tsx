/** Refusal bubble: why the wire in hand cannot end here, at the pointer; it stays a moment after the wire was let go. */
import { useEffect } from 'react';
import { useConnection, useViewport } from 'reactflow';
import { canConnect } from '../../engine/model/connections.ts';
import { connectionOf } from './connection-gesture.ts';
import { useCanvasServices } from './canvas-services.ts';

/** A refusal that stays: its reason and where, in pixels of the canvas. */
export interface Refusal {
  readonly reason: string;
  readonly left: number;
  readonly top: number;
}

const shownMilliseconds = 4000;

export function RefusalBubble({ last, forget }: { readonly last: Refusal | undefined; forget(): void }) {
  const { document, catalogue } = useCanvasServices();
  const viewport = useViewport();
  const connection = useConnection();
  useEffect(() => {
    if (last === undefined) return undefined;
    const timer = setTimeout(forget, shownMilliseconds);
    return () => clearTimeout(timer);
  }, [last, forget]);
  const ends = connection.inProgress ? connectionOf(connection) : undefined;
  if (connection.inProgress && ends !== undefined) {
    const refused = canConnect(document.get(), catalogue, ends.from, ends.to);
    if (refused === undefined) return null;
    const { x, y } = connection.to;
    return (
      <Bubble reason={refused.message} left={x * viewport.zoom + viewport.x} top={y * viewport.zoom + viewport.y} />
    );
  }
  return last === undefined || connection.inProgress ? null : <Bubble {...last} />;
}

function Bubble({ reason, left, top }: Refusal) {
  return (
    <div className="refusal" style={{ left, top }}>
      {reason}
    </div>
  );
}

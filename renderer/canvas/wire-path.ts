/** Path of a wire: the curve from port to port, its end, and where its label stands. */
import { getBezierPath, Position } from 'reactflow';

export interface WireEnds {
  readonly sourceX: number;
  readonly sourceY: number;
  readonly targetX: number;
  readonly targetY: number;
}

export interface WirePath {
  readonly line: string;
  /** Outline of the arrow head. */
  readonly arrow: string;
  readonly dot: { readonly x: number; readonly y: number; readonly radius: number };
  readonly labelX: number;
  readonly labelY: number;
}

/** The line stops inside its end; a wire from an element to itself goes round below the block, `loopDepth` under its output. */
export function wirePath(ends: WireEnds, thickness: number, loopDepth: number | undefined): WirePath {
  const size = 7 + 2 * thickness;
  const stop = ends.targetX - size * 0.7;
  const { line, labelX, labelY } = loopDepth === undefined ? curve(ends, stop) : loop(ends, stop, loopDepth);
  const { targetX, targetY } = ends;
  const half = size * 0.5;
  return {
    line,
    arrow: `M${targetX - size},${targetY - half} L${targetX},${targetY} L${targetX - size},${targetY + half} Z`,
    dot: { x: targetX - size * 0.35, y: targetY, radius: size * 0.35 },
    labelX,
    labelY,
  };
}

type Curve = { readonly line: string; readonly labelX: number; readonly labelY: number };

function curve(ends: WireEnds, stop: number): Curve {
  const [line, labelX, labelY] = getBezierPath({
    ...ends,
    targetX: stop,
    sourcePosition: Position.Right,
    targetPosition: Position.Left,
  });
  return { line, labelX, labelY };
}

const loopWidth = 22;

function loop({ sourceX, sourceY, targetY }: WireEnds, stop: number, depth: number): Curve {
  const bottom = sourceY + depth;
  const right = sourceX + loopWidth;
  const left = stop - loopWidth;
  const round = 18;
  const line =
    `M${sourceX},${sourceY} C${right},${sourceY} ${right},${sourceY} ${right},${sourceY + round} L${right},${bottom - round} Q${right},${bottom} ${right - round},${bottom}` +
    ` L${left + round},${bottom} Q${left},${bottom} ${left},${bottom - round} L${left},${targetY + round} C${left},${targetY} ${left},${targetY} ${stop},${targetY}`;
  return { line, labelX: (left + right) / 2, labelY: bottom };
}

/** Path of a wire: a curve from port to port, or a way round the blocks where that would cross them; its end, and where its label stands. */
import { getBezierPath, Position } from 'reactflow';

export interface WireEnds {
  readonly sourceX: number;
  readonly sourceY: number;
  readonly targetX: number;
  readonly targetY: number;
}

/** Distances from the port at an end up to the top of its block and down to its bottom. */
export interface PortPlace {
  readonly above: number;
  readonly below: number;
}

/** What a wire must not cross: the blocks at its ends. */
export interface WireBlocks {
  readonly source: PortPlace;
  readonly target: PortPlace;
  /** From an element to itself. */
  readonly recurrent: boolean;
}

export interface WirePath {
  readonly line: string;
  /** Outline of the arrow head. */
  readonly arrow: string;
  readonly dot: { readonly x: number; readonly y: number; readonly radius: number };
  readonly labelX: number;
  readonly labelY: number;
}

/** The line stops inside its end. */
export function wirePath(ends: WireEnds, thickness: number, blocks: WireBlocks): WirePath {
  const size = 7 + 2 * thickness;
  const stop = ends.targetX - size * 0.7;
  const way = wayRound(ends, blocks);
  const { line, labelX, labelY } = way === undefined ? curve(ends, stop) : around(ends, stop, way);
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

/** A way out to the right, along a level, and in from the left. */
interface Way {
  readonly level: number;
  /** How far it stands out at both sides. */
  readonly width: number;
}

const loopWidth = 22;
const detourWidth = 34;
const margin = 14;
/** A wire that goes forward at least so far is a plain curve. */
const forward = 24;
const narrowGap = 30;
/** There and back between two blocks do not lie on each other. */
const lane = 6;

/** Undefined where a curve from port to port crosses no block at its ends. */
function wayRound(ends: WireEnds, { source, target, recurrent }: WireBlocks): Way | undefined {
  const { sourceX, sourceY, targetX, targetY } = ends;
  if (recurrent) return { level: sourceY + source.below + margin, width: loopWidth };
  if (targetX >= sourceX + forward) return undefined;
  const from = { top: sourceY - source.above, bottom: sourceY + source.below };
  const to = { top: targetY - target.above, bottom: targetY + target.below };
  if (to.top - from.bottom >= narrowGap) return { level: (from.bottom + to.top) / 2 + lane, width: detourWidth };
  if (from.top - to.bottom >= narrowGap) return { level: (to.bottom + from.top) / 2 - lane, width: detourWidth };
  // Loops go round below; this one above both.
  return { level: Math.min(from.top, to.top) - margin, width: detourWidth };
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

const roundest = 18;

function around({ sourceX, sourceY, targetY }: WireEnds, stop: number, { level, width }: Way): Curve {
  const right = sourceX + width;
  const left = stop - width;
  const leaving = turn(level - sourceY);
  const arriving = turn(targetY - level);
  const round = Math.min(roundest, (right - left) / 2);
  const line = [
    `M${sourceX},${sourceY}`,
    `C${right},${sourceY} ${right},${sourceY} ${right},${sourceY + leaving}`,
    `L${right},${level - leaving}`,
    `Q${right},${level} ${right - round},${level}`,
    `L${left + round},${level}`,
    `Q${left},${level} ${left},${level + arriving}`,
    `L${left},${targetY - arriving}`,
    `C${left},${targetY} ${left},${targetY} ${stop},${targetY}`,
  ].join(' ');
  return { line, labelX: (left + right) / 2, labelY: level };
}

/** How much of a vertical stretch its round corner takes, with the sign of the stretch. */
function turn(stretch: number): number {
  return Math.sign(stretch) * Math.min(roundest, Math.abs(stretch) / 2);
}

/** The wheel: two fingers on a trackpad pan, a wheel zooms; the system does not tell them apart, their steps do. */

interface Turn {
  readonly deltaX: number;
  readonly deltaY: number;
  readonly deltaMode: number;
  readonly ctrlKey: boolean;
}

const leastNotch = 50;

/** Small or slanted steps in pixels come from fingers; a pinch arrives with the control key and zooms. */
export function isTwoFingerPan(turn: Turn): boolean {
  if (turn.ctrlKey || turn.deltaMode !== 0) return false;
  return turn.deltaX !== 0 || (turn.deltaY !== 0 && Math.abs(turn.deltaY) < leastNotch);
}

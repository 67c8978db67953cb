/** Step windows: which steps lie in a window of time, exactly as `step × timeStep` rounds. */

/** Steps `first ≤ step < end`. */
export interface StepWindow {
  readonly first: number;
  readonly end: number;
}

/** The steps n ≥ 0 with `from ≤ n × timeStep ≤ to`, compared as the floating-point products compare. */
export function stepWindow(fromSeconds: number, toSeconds: number, timeStepSeconds: number): StepWindow {
  const first = firstStepAt(fromSeconds, timeStepSeconds);
  let end = firstStepAt(toSeconds, timeStepSeconds);
  if (end * timeStepSeconds === toSeconds) end += 1;
  return { first, end: Math.max(first, end) };
}

/** The least step n ≥ 0 with `n × timeStep ≥ seconds`. */
function firstStepAt(seconds: number, timeStepSeconds: number): number {
  if (!(seconds > 0)) return 0;
  if (seconds / timeStepSeconds > Number.MAX_SAFE_INTEGER / 2) return Number.MAX_SAFE_INTEGER;
  let step = Math.ceil(seconds / timeStepSeconds);
  while (step > 0 && (step - 1) * timeStepSeconds >= seconds) step -= 1;
  while (step * timeStepSeconds < seconds) step += 1;
  return step;
}

/** Synapses by the cell whose events they listen to, and within a cell by delay. */
export interface EventIndex {
  /** Distinct delays in steps, longest first: what left earlier arrives first. */
  readonly delays: Int32Array;
  /** Synapses of cell c with delay number d stand at starts[c · delays + d] … starts[c · delays + d + 1] − 1. */
  readonly starts: Int32Array;
  /** Synapse numbers in that order; undefined where they already stand so. */
  readonly synapses: Int32Array | undefined;
}

/** Sorts synapses by cell and delay; those that agree keep their order of creation. */
export function indexByCell(cells: Int32Array, cellCount: number, delaySteps: number | Int32Array): EventIndex {
  const delays = distinctDescending(delaySteps, cells.length);
  const numbers = new Map([...delays].map((delay, number) => [delay, number]));
  const width = delays.length;
  const row = (synapse: number): number => {
    const delay = typeof delaySteps === 'number' ? delaySteps : (delaySteps[synapse] as number);
    return (cells[synapse] as number) * width + (numbers.get(delay) ?? 0);
  };
  const starts = new Int32Array(cellCount * width + 1);
  for (let synapse = 0; synapse < cells.length; synapse += 1) {
    const place = row(synapse) + 1;
    starts[place] = (starts[place] as number) + 1;
  }
  for (let place = 1; place < starts.length; place += 1)
    starts[place] = (starts[place] as number) + (starts[place - 1] as number);
  return { delays, starts, synapses: sorted(cells.length, row, starts) };
}

function sorted(count: number, row: (synapse: number) => number, starts: Int32Array): Int32Array | undefined {
  const next = starts.slice();
  const synapses = new Int32Array(count);
  let moved = false;
  for (let synapse = 0; synapse < count; synapse += 1) {
    const place = next[row(synapse)] as number;
    next[row(synapse)] = place + 1;
    synapses[place] = synapse;
    moved ||= place !== synapse;
  }
  return moved ? synapses : undefined;
}

function distinctDescending(delaySteps: number | Int32Array, count: number): Int32Array {
  if (typeof delaySteps === 'number' || count === 0)
    return Int32Array.of(typeof delaySteps === 'number' ? delaySteps : 0);
  return Int32Array.from(new Set(delaySteps)).sort().reverse();
}

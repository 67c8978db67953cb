/** Changing the state of a run from outside: back to the start, drawn anew, or kept while the clock begins anew. */
import type { Signal, SignalContents } from '../build/program.ts';
import { drawState } from '../codegen/drawn-state.ts';
import { settledSignals } from './settled.ts';
import type { Simulation } from './simulation.ts';

/** See `EngineRequests.changeState`. */
export interface StateChange {
  readonly kind: 'reset' | 'randomise';
  /** null: all of them. */
  readonly elements: readonly string[] | null;
  readonly seed: number;
}

/** Clock, weights and what was learnt stay; a reset empties the delay lines of the elements as well. */
export function changeState(simulation: Simulation, { kind, elements, seed }: StateChange): void {
  const wanted = (element: string): boolean => elements === null || elements.includes(element);
  settle(simulation, wanted);
  const { signals, states = [] } = simulation.program;
  const byId = new Map(signals.map((signal) => [signal.id, signal]));
  for (const state of states) {
    const signal = byId.get(state.signal);
    if (signal === undefined || !wanted(state.element)) continue;
    if (kind === 'reset') simulation.writeSignal(signal.id, initialOf(simulation, signal));
    else if (state.holds === 'numbers') {
      const values = simulation.readSignal(signal.id);
      drawState(state, values, seed);
      simulation.writeSignal(signal.id, values);
    }
  }
  if (kind === 'randomise') return;
  const lines = signals.filter((signal) => isDelayLine(signal) && wanted(signal.element));
  for (const line of lines) simulation.writeSignal(line.id, initialOf(simulation, line));
}

/**
 * The clock begins at 0 again and records start over; states stay, and so does what readouts and synapses have learnt.
 * What is on its way in delay lines arrives as many steps later as it would have; times that states hold are those of the
 * start.
 */
export function resetTime(simulation: Simulation): void {
  const { program, readouts } = simulation;
  settle(simulation, () => true);
  const owners = new Set(program.connections?.map(({ id }) => id));
  const kept = new Set((program.states ?? []).filter(({ holds }) => holds !== 'moments').map(({ signal }) => signal));
  for (const { weights, bias, trained } of program.readouts) for (const id of [weights, bias, trained]) kept.add(id);
  for (const { id, element, role } of program.signals) if (role === 'state' && owners.has(element)) kept.add(id);
  const contents = new Map([...kept].map((id) => [id, simulation.readSignal(id)]));
  for (const line of program.signals.filter(isDelayLine)) contents.set(line.id, turnedBack(simulation, line));
  const learnt = readouts.map(({ memory }) => memory);
  simulation.reset();
  for (const [id, values] of contents) simulation.writeSignal(id, values);
  readouts.forEach((readout, index) => {
    const memory = learnt[index];
    if (memory !== undefined) readout.resume({ ...memory, step: 0 });
  });
}

function isDelayLine({ turning, role }: Signal): boolean {
  return turning !== undefined && role === 'state';
}

/** The contents of a delay line with the rows where they belong when the next step is step 0. */
function turnedBack({ program, step, readSignal }: Simulation, line: Signal): SignalContents {
  const every = program.operators.find(({ updates }) => updates.includes(line.id))?.pace?.every ?? 1;
  const { shape, turning = 0 } = line;
  const rows = shape[turning] ?? 1;
  const width = shape.slice(turning + 1).reduce((product, extent) => product * extent, 1);
  const shift = Math.ceil(step / every) % rows;
  const values = readSignal(line.id);
  return values.map((_, place) => {
    const row = Math.floor(place / width) % rows;
    const from = (row + shift) % rows;
    return values[place + (from - row) * width] as number;
  });
}

/** Cells that are computed at events only are brought up to now, so that whatever is changed holds from here. */
function settle(simulation: Simulation, wanted: (element: string) => boolean): void {
  for (const [id, contents] of settledSignals(simulation, wanted)) simulation.writeSignal(id, contents);
}

function initialOf(simulation: Simulation, { id, initial }: Signal): ArrayLike<number> {
  const values = simulation.readSignal(id);
  if (typeof initial === 'number') return values.fill(initial);
  return ArrayBuffer.isView(initial) ? values.map((_, place) => initial[place % initial.length] as number) : values;
}

/** Changing the state of a run from outside: back to the start, drawn anew, or kept while the clock begins anew. */
import type { Signal } from '../build/program.ts';
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
  const lines = signals.filter(({ ring, role, element }) => ring === true && role === 'state' && wanted(element));
  for (const line of lines) simulation.writeSignal(line.id, initialOf(simulation, line));
}

/**
 * The clock begins at 0 again and records start over; states stay, and so does what readouts and synapses have learnt.
 * What was on its way in delay lines is lost, and times that states hold are those of the start.
 */
export function resetTime(simulation: Simulation): void {
  const { program, readouts } = simulation;
  settle(simulation, () => true);
  const lines = new Set(program.signals.filter(({ ring }) => ring === true).map(({ id }) => id));
  const owners = new Set(program.connections?.map(({ id }) => id));
  const kept = new Set((program.states ?? []).filter(({ holds }) => holds !== 'moments').map(({ signal }) => signal));
  for (const { weights, bias, trained } of program.readouts) for (const id of [weights, bias, trained]) kept.add(id);
  for (const { id, element, role } of program.signals)
    if (role === 'state' && owners.has(element) && !lines.has(id)) kept.add(id);
  const contents = [...kept].map((id) => [id, simulation.readSignal(id)] as const);
  const learnt = readouts.map(({ memory }) => memory);
  simulation.reset();
  for (const [id, values] of contents) simulation.writeSignal(id, values);
  readouts.forEach((readout, index) => {
    const memory = learnt[index];
    if (memory !== undefined) readout.resume({ ...memory, step: 0 });
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

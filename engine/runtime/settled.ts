/** State of cells that are computed at events only, brought up to the end of the last step; the run itself is not touched. */
import { defined } from '../base/assert.ts';
import type { Operator, Program, Signal, SignalContents, SignalId } from '../build/program.ts';
import { executeOnce } from '../codegen/interpreter/interpreter.ts';
import type { Simulation } from './simulation.ts';

/** What such signals hold once all cells are up to date; of all elements, or of those that are asked for. */
export function settledSignals(
  simulation: Simulation,
  wanted: (element: string) => boolean = () => true,
): ReadonlyMap<SignalId, SignalContents> {
  const found = new Map<SignalId, SignalContents>();
  for (const operator of simulation.program.settling ?? [])
    if (wanted(operator.element)) settle(simulation, operator, found);
  return found;
}

/** A copy of the contents of a signal, up to date. */
export function readSettled(simulation: Simulation, id: SignalId): SignalContents {
  const element = simulation.program.signals.find((signal) => signal.id === id)?.element;
  return settledSignals(simulation, (each) => each === element).get(id) ?? simulation.readSignal(id);
}

function settle(simulation: Simulation, operator: Operator, found: Map<SignalId, SignalContents>): void {
  const { program, compiled, step } = simulation;
  const copies = new Map(operator.updates.map((id) => [id, simulation.readSignal(id)]));
  const view = (id: SignalId): SignalContents => defined(copies.get(id), `${operator.id} declares ${id}`);
  const { every, timeStepSeconds } = operator.pace ?? { every: 1, timeStepSeconds: program.timeStepSeconds };
  executeOnce(operator, { timeStepSeconds, precision: compiled.precision, view }, Math.ceil(step / every));
  for (const [id, contents] of copies) found.set(id, contents);
}

/** Whether an element goes on in another program just as in this one, so that cells asleep may sleep on. */
export function goesOnAlike(element: string, before: Program, after: Program): boolean {
  return description(element, before) === description(element, after) && sameConstants(element, before, after);
}

/** Text of the operators that advance the element. */
function description(element: string, { operators, settling = [] }: Program): string {
  const names = ['step', 'threshold', 'sleep'].map((name) => `${element}/${name}`);
  const own = [
    ...operators.filter(({ id }) => names.includes(id)),
    ...settling.filter((one) => one.element === element),
  ];
  return JSON.stringify(own.map(({ body }) => body));
}

function sameConstants(element: string, before: Program, after: Program): boolean {
  const known = new Map(after.signals.map((signal) => [signal.id, signal.initial]));
  return before.signals
    .filter((signal) => signal.element === element && signal.role === 'constant')
    .every(({ id, initial }) => sameContents(initial, known.get(id)));
}

function sameContents(left: Signal['initial'], right: Signal['initial'] | undefined): boolean {
  if (left === right || !ArrayBuffer.isView(left) || !ArrayBuffer.isView(right)) return left === right;
  return left.length === right.length && left.every((value, place) => value === right[place]);
}

/** Carrying state over from one simulation to the next, when the document was edited during a run. */
import type { Program } from '../build/program.ts';
import { heldSignals } from './checkpoint.ts';
import { goesOnAlike, settledSignals } from './settled.ts';
import type { Simulation } from './simulation.ts';

/**
 * Copies every state signal, and what is held between steps, that exists in both with the same type and shape, and the
 * step number. What is new starts with its initial contents. Cells that are computed at events only are brought up to now where they are to go on in another way. Readouts are not carried: a mixture of two models would score neither.
 */
export function carryState(from: Simulation, to: Simulation): void {
  const before = new Map(from.program.signals.map((signal) => [signal.id, signal]));
  const settled = settledSignals(from, (element) => !goesOnAlike(element, from.program, to.program));
  const held = heldSignals(to.program);
  for (const signal of to.program.signals) {
    const old = before.get(signal.id);
    const lasts = signal.role === 'state' || held.has(signal.id);
    if (!lasts || old === undefined || old.type !== signal.type || !sameShape(old.shape, signal.shape)) continue;
    to.writeSignal(signal.id, settled.get(signal.id) ?? from.readSignal(signal.id));
  }
  to.setStep(from.step);
}

/**
 * The same, with what the readouts have learnt and scored. Only for programs of one and the same model (a probe was
 * added, a plot changed).
 */
export function carryAll(from: Simulation, to: Simulation): void {
  carryState(from, to);
  for (const readout of to.readouts) {
    const before = from.readouts.find(({ plan }) => plan.element === readout.plan.element);
    if (before !== undefined) readout.resume(before.memory);
  }
}

/** Whether a run can go on in an edited program: time goes on in the same steps, and its members are the same. */
export function canGoOn(to: Simulation, from: Simulation): boolean {
  const [before, after] = [from.program, to.program];
  return sameSteps(before, after) && before.members === after.members;
}

/** Whether steps mean the same in both: those of the run, and those of every element that is in both. */
function sameSteps(from: Program, to: Program): boolean {
  const before = new Map(from.elements.map(({ id, pace }) => [id, pace?.every ?? 1]));
  const alike = to.elements.every(({ id, pace }) => (before.get(id) ?? pace?.every ?? 1) === (pace?.every ?? 1));
  return alike && from.timeStepSeconds === to.timeStepSeconds;
}

/**
 * Whether checkpoints of `from` can be gone back to in `to`: the same states in the same places, and cells that are
 * computed at events only sleep on as they did.
 */
export function canRestore(to: Simulation, from: Simulation): boolean {
  const asleep = [...(from.program.settling ?? []), ...(to.program.settling ?? [])].map(({ element }) => element);
  return (
    JSON.stringify(to.stored) === JSON.stringify(from.stored) &&
    asleep.every((element) => goesOnAlike(element, from.program, to.program))
  );
}

function sameShape(left: readonly number[], right: readonly number[]): boolean {
  return left.length === right.length && left.every((extent, axis) => extent === right[axis]);
}

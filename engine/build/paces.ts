/** The paces of operators, and what goes from elements with a step of their own into the steps of the run. */
import { defined } from '../base/assert.ts';
import { problem } from '../base/problem.ts';
import type { Result } from '../base/result.ts';
import { failed, ok } from '../base/result.ts';
import type { Pace } from '../model/own-step.ts';
import { nameOf, paceAt, addSignal, type Assembly, type ElementAssembly, type OutputSignal } from './assembly.ts';
import { equal, f64, i32, i32Local, load, loadI32, remainder, step } from './ir/expressions.ts';
import { loop, store, when } from './ir/statements.ts';
import type { Statement } from './ir/types.ts';
import type { Operator, SignalId } from './program.ts';

/** Spikes of an element with a step of its own leave in the step of the run in which they were made, and in no other. */
export function letSpikesLeave(assembly: Assembly, { element, outputs, outputSizes }: ElementAssembly): void {
  if (element.pace === undefined) return;
  for (const [port, output] of outputs) {
    if (output.type !== 'spikes') continue;
    const size = outputSizes[port] ?? 0;
    outputs.set(port, { ...output, own: output.signal, signal: leave(assembly, output, size, element.pace) });
  }
}

/** Whoever reads what the element sets sees it in the same step; what it updates, in the next one of the run. */
function leave(assembly: Assembly, { signal, counts, unit }: OutputSignal, size: number, { every }: Pace): SignalId {
  const left = `${signal}/left`;
  // Two ports may give the same.
  if (assembly.signals.has(left)) return left;
  const { element, type } = defined(assembly.signals.get(signal), `signal ${signal}`);
  const updated = assembly.operators.every(({ sets }) => !sets.includes(signal));
  const role = updated ? 'state' : 'transient';
  addSignal(assembly, { id: left, element, name: 'left', type, shape: [Math.max(1, size)], initial: 0, unit, role });
  const access = { reads: [signal], sets: [left], adds: [], updates: [], readsUpdated: [] };
  const later = { reads: [], sets: [], adds: [], updates: [left], readsUpdated: [signal] };
  assembly.operators.push({
    ...{ id: `${left}/leave`, element, slot: updated ? 'end' : 'thresholds' },
    ...(updated ? later : access),
    body: [
      when(equal(remainder(step, i32(every)), i32(0)), copied(signal, left, size, counts), zeroed(left, size, counts)),
    ],
  });
  assembly.atRunStep.add(left).add(`${left}/leave`);
  return left;
}

function copied(from: SignalId, to: SignalId, size: number, numbers: boolean): Statement[] {
  const cell = i32Local('i');
  return [loop('i', 0, size, [store(to, cell, numbers ? load(from, cell) : loadI32(from, cell))])];
}

function zeroed(signal: SignalId, size: number, numbers: boolean): Statement[] {
  return [loop('j', 0, size, [store(signal, i32Local('j'), numbers ? f64(0) : i32(0))])];
}

/** The operator with the pace of its element; those of a connection go with what it leads to. */
export function pacedOperators(assembly: Assembly, operators: readonly Operator[]): readonly Operator[] {
  const targets = new Map(assembly.model.connections.map(({ record }) => [record.id, record.to.element]));
  return operators.map((operator) => {
    const owner = targets.get(operator.element) ?? operator.element;
    const pace = assembly.atRunStep.has(operator.id) ? undefined : paceAt(assembly, owner);
    return pace === undefined ? operator : { ...operator, pace };
  });
}

/** Refuses a step of its own for what learns while the network runs: pairs are collected in every step of the run. */
export function learnsAtRunStep(assembly: Assembly): Result<void> {
  const learning = assembly.readouts.find(({ element }) => paceAt(assembly, element) !== undefined);
  if (learning === undefined) return ok(undefined);
  const { element } = learning;
  const message = `"${nameOf(assembly, element)}" learns while the network runs, which it does in the run's steps.`;
  return failed(
    problem('model/time-step', message, { hint: 'Leave its step empty.', at: { element, path: 'timeStep' } }),
  );
}

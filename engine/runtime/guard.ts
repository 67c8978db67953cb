/** The guard against runaway models: finds state variables that are infinite or not a number. */
import type { Problem } from '../base/problem.ts';
import { problem } from '../base/problem.ts';
import type { Signal } from '../build/program.ts';
import type { CompiledProgram } from '../codegen/compiled.ts';
import type { SignalMemory } from './signal-memory.ts';

/** The first state variable that is not finite after `step` steps, as `run/not-finite`; undefined when all are. */
export function findNonFinite(compiled: CompiledProgram, signals: SignalMemory, step: number): Problem | undefined {
  for (const signal of compiled.source.signals) {
    if (signal.role !== 'state' || (signal.type !== 'f64' && signal.type !== 'f32')) continue;
    const values = signals.view(signal.id);
    for (let index = 0; index < values.length; index += 1) {
      const value = values[index] as number;
      if (value - value !== 0) return nonFinite(compiled, signal, index, value, step);
    }
  }
  return undefined;
}

function nonFinite(compiled: CompiledProgram, signal: Signal, index: number, value: number, step: number): Problem {
  const { elements, timeStepSeconds } = compiled.source;
  const name = elements.find((element) => element.id === signal.element)?.name ?? signal.element;
  const time = Number((step * timeStepSeconds).toPrecision(6));
  return problem(
    'run/not-finite',
    `${signal.name} of cell ${index} of "${name}" became ${Number.isNaN(value) ? 'not a number' : 'infinite'} before t = ${time} s.`,
    {
      hint: 'Use a smaller time step or another integration method, or check weights and parameters that may let it explode.',
      at: { element: signal.element, path: `states.${signal.name}` },
    },
  );
}

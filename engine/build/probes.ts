/** Probes of the document resolved to signals of the program. */
import { problem } from '../base/problem.ts';
import type { Result } from '../base/result.ts';
import { failed, ok } from '../base/result.ts';
import type { ProbeRecord } from '../model/document.ts';
import type { Assembly, ElementAssembly, OutputSignal } from './assembly.ts';
import { elementAssembly } from './assembly.ts';
import type { ProgramProbe } from './program.ts';

/** Output ports are recorded at the end of the step, state variables at its start (before the step changes them). */
export function resolveProbes(assembly: Assembly): Result<ProgramProbe[]> {
  const probes: ProgramProbe[] = [];
  for (const record of assembly.model.probes) {
    const resolved = resolveProbe(assembly, elementAssembly(assembly, record.element), record);
    if (!resolved.ok) return resolved;
    probes.push(resolved.value);
  }
  return ok(probes);
}

function resolveProbe(assembly: Assembly, target: ElementAssembly, record: ProbeRecord): Result<ProgramProbe> {
  const output = target.outputs.get(record.target);
  const state = target.states.get(record.target);
  const signal = output?.signal ?? state;
  const size = signal === undefined ? 0 : lengthOf(assembly, signal);
  const inside = (record.cells ?? []).every((cell) => cell < size);
  if (signal === undefined || !inside) return failed(probeProblem(target, record, size));
  return ok({
    ...momentOf(output),
    id: record.id,
    element: record.element,
    target: record.target,
    signal,
    unit: assembly.signals.get(signal)?.unit ?? '1',
    cells: record.cells,
  });
}

function momentOf(output: OutputSignal | undefined): Pick<ProgramProbe, 'type' | 'when'> {
  if (output === undefined) return { type: 'samples', when: 'start' };
  return { type: output.type === 'spikes' ? 'events' : 'samples', when: 'end' };
}

function lengthOf(assembly: Assembly, signal: string): number {
  return (assembly.signals.get(signal)?.shape ?? []).reduce((product, extent) => product * extent, 1);
}

function probeProblem(target: ElementAssembly, record: ProbeRecord, size: number) {
  const { name } = target.element.record;
  const message =
    size === 0
      ? `A probe asks for "${record.target}" of "${name}", which it does not have.`
      : `A probe asks for a cell of "${name}" beyond its ${size}.`;
  return problem('model/unknown-reference', message, {
    hint: 'Choose another variable or other cells for the probe, or remove it.',
    at: { element: record.element, path: `probes.${record.id}` },
  });
}

/** Probes of the document resolved to signals of the program. */
import { problem } from '../base/problem.ts';
import type { Result } from '../base/result.ts';
import { failed, ok } from '../base/result.ts';
import type { ProbeRecord } from '../model/document.ts';
import type { Assembly, OutputSignal } from './assembly.ts';
import { connectionName, nameOf } from './assembly.ts';
import type { ProgramProbe } from './program.ts';

/** Output ports are recorded at the end of the step, state variables at its start (before the step changes them). */
export function resolveProbes(assembly: Assembly): Result<ProgramProbe[]> {
  const probes: ProgramProbe[] = [];
  for (const record of assembly.model.probes) {
    const resolved = resolveProbe(assembly, record);
    if (!resolved.ok) return resolved;
    probes.push(resolved.value);
  }
  return ok(probes);
}

function resolveProbe(assembly: Assembly, record: ProbeRecord): Result<ProgramProbe> {
  const { output, signal } = recorded(assembly, record);
  const size = signal === undefined ? 0 : lengthOf(assembly, signal);
  const inside = (record.cells ?? []).every((cell) => cell < size);
  if (signal === undefined || !inside) return failed(probeProblem(ownerName(assembly, record.element), record, size));
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

/** What the name stands for: an output port, else a state of the element, or of the synapses of a connection. */
function recorded(assembly: Assembly, { element: owner, target }: ProbeRecord) {
  const element = assembly.elements.get(owner);
  const output = element?.outputs.get(target);
  const states = element?.states ?? assembly.synapseStates.get(owner);
  return { output, signal: output?.signal ?? states?.get(target) };
}

function momentOf(output: OutputSignal | undefined): Pick<ProgramProbe, 'type' | 'when'> {
  if (output === undefined) return { type: 'samples', when: 'start' };
  return { type: output.type === 'spikes' ? 'events' : 'samples', when: 'end' };
}

function lengthOf(assembly: Assembly, signal: string): number {
  return (assembly.signals.get(signal)?.shape ?? []).reduce((product, extent) => product * extent, 1);
}

/** Name for people of the element or connection that is recorded. */
function ownerName(assembly: Assembly, id: string): string {
  const connection = assembly.model.connections.find(({ record }) => record.id === id);
  return connection === undefined ? nameOf(assembly, id) : connectionName(assembly, connection);
}

function probeProblem(name: string, record: ProbeRecord, size: number) {
  const message =
    size === 0
      ? `A probe asks for "${record.target}" of "${name}", which it does not have.`
      : `A probe asks for a cell of "${name}" beyond its ${size}.`;
  return problem('model/unknown-reference', message, {
    hint: 'Choose another variable or other cells for the probe, or remove it.',
    at: { element: record.element, path: `probes.${record.id}` },
  });
}

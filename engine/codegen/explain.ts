/** What a compiled program is made of, as an Explanation, and that as text. */
import type { Explanation, KernelExplanation, OperatorExplanation, PartExplanation } from '../build/explanation.ts';
import type { Statement } from '../build/ir/types.ts';
import type { Operator, Signal } from '../build/program.ts';
import type { CompiledLoop, CompiledProgram } from './compiled.ts';
import { alignment, elementBytes, lengthOf } from './layout.ts';

/** What only the caller knows about compiling. */
export interface Compiling {
  readonly compileMilliseconds?: number;
}

/** Explains a compiled program; pure. Bytes count the alignment of signals. */
export function explainProgram(compiled: CompiledProgram, compiling: Compiling = {}): Explanation {
  const { source, program, layout, target, precision, codeBytes, cacheHit } = compiled;
  const ids = [...new Set([...program.operators, ...program.signals].map(({ element }) => element))];
  return {
    name: source.name,
    target,
    timeStepSeconds: source.timeStepSeconds,
    precision,
    memoryBytes: layout.totalBytes,
    codeBytes,
    cacheHit,
    ...compiling,
    parts: ids.map((id) =>
      explainPart(
        id,
        program.operators
          .filter(({ element }) => element === id)
          .map((operator) => explainOperator(operator, compiled)),
        program.signals.filter(({ element }) => element === id),
      ),
    ),
  };
}

function explainPart(
  id: string,
  operators: readonly OperatorExplanation[],
  signals: readonly Signal[],
): PartExplanation {
  const bytes = signals.reduce((sum, signal) => sum + placedBytes(signal), 0);
  const synapses = synapsesOf(operators, signals);
  const perSynapse = synapses === undefined || synapses === 0 ? {} : { synapses, bytesPerSynapse: bytes / synapses };
  return { id, operators, signals: signals.length, bytes, ...perSynapse };
}

function placedBytes({ shape, type }: Signal): number {
  return Math.ceil((lengthOf(shape) * elementBytes[type]) / alignment) * alignment;
}

/** As the build counted them; else sparse connections list the targets of their synapses, dense ones have a weight for each pair. */
function synapsesOf(operators: readonly OperatorExplanation[], signals: readonly Signal[]): number | undefined {
  const counted = operators.find(({ choice }) => choice !== undefined)?.choice?.synapses;
  if (counted !== undefined) return counted;
  const list = signals.find(({ name }) => name === 'targets') ?? signals.find(({ name }) => name === 'weights');
  return list === undefined ? undefined : lengthOf(list.shape);
}

function explainOperator({ id, slot, body, choice }: Operator, { loops }: CompiledProgram): OperatorExplanation {
  const own = loops.filter(({ operators }) => operators.includes(id));
  const parts = [...new Set(own.flatMap(({ operators }) => operators))];
  const slowest = own.reduce<CompiledLoop | undefined>(
    (least, loop) => (least === undefined || loop.lanes < least.lanes ? loop : least),
    undefined,
  );
  return {
    id,
    slot,
    parts: parts.length === 0 ? [id] : parts,
    ...(slowest === undefined ? {} : { lanes: slowest.lanes }),
    ...(slowest?.reason === undefined ? {} : { scalarReason: slowest.reason }),
    kernels: kernelsIn(body),
    ...(choice === undefined ? {} : { choice }),
  };
}

function kernelsIn(body: readonly Statement[]): KernelExplanation[] {
  return body.flatMap((statement) => {
    switch (statement.kind) {
      case 'kernel':
        return [{ name: statement.kernel }];
      case 'loop':
        return kernelsIn(statement.body);
      case 'if':
        return [...kernelsIn(statement.then), ...kernelsIn(statement.else)];
      default:
        return [];
    }
  });
}

/** The explanation as a table for a terminal. `nameOf` gives the name of an element or connection. */
export function printExplanation(explanation: Explanation, nameOf: (id: string) => string = (id) => id): string {
  const { name, target, precision, memoryBytes, codeBytes, compileMilliseconds, cacheHit } = explanation;
  const compiled = [
    `code ${codeBytes} bytes`,
    ...(compileMilliseconds === undefined ? [] : [`compiled in ${compileMilliseconds.toFixed(1)} ms`]),
    ...(cacheHit === true ? ['found in the cache'] : []),
  ];
  return [
    `${name}: target ${target}, ${precision}, ${explanation.timeStepSeconds} s per step`,
    `${compiled.join(', ')}; memory ${memoryBytes} bytes`,
    ...explanation.parts.flatMap((part) => printPart(part, nameOf)),
  ].join('\n');
}

function printPart(part: PartExplanation, nameOf: (id: string) => string): string[] {
  const synapses =
    part.synapses === undefined
      ? ''
      : `, ${part.synapses} synapses, ${(part.bytesPerSynapse ?? 0).toFixed(1)} bytes per synapse`;
  return [
    '',
    `${nameOf(part.id)}: ${part.bytes} bytes in ${part.signals} signals${synapses}`,
    ...part.operators.flatMap(printOperatorLine),
  ];
}

function printOperatorLine(operator: OperatorExplanation): string[] {
  const { id, slot, parts, lanes, scalarReason, kernels, choice } = operator;
  const why = scalarReason === undefined ? '' : `: it ${scalarReason}`;
  const vector = lanes === undefined ? '' : lanes === 1 ? `, one at a time${why}` : `, ${lanes} at a time`;
  const fused = parts.length > 1 ? [`    fused from ${parts.join(', ')}`] : [];
  const chosen = [
    ...kernels.map(({ name }) => `    kernel ${name}`),
    ...(choice === undefined ? [] : [`    ${choice.kernel}: ${choice.reason}; ${choice.bytes} bytes`]),
  ];
  return [`  ${slot.padEnd(10)} ${id}${vector}`, ...fused, ...chosen];
}

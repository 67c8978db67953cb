/** Words and figures of an explanation. */
import type { Explanation, OperatorExplanation, PartExplanation } from '../../../engine/build/explanation.ts';
import { significant } from '../../../engine/units/format-quantity.ts';
import { count } from '../figures.ts';

export interface ExplainedFigure {
  readonly title: string;
  readonly value: string;
}

/** `64 B`, `12.4 kB`, `38 MB`. */
export function bytesText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6 ? `${significant(bytes / 1e3)} kB` : `${significant(bytes / 1e6)} MB`;
}

/** Code, time, memory: what stands above the parts. */
export function codeFigures(explanation: Explanation): readonly ExplainedFigure[] {
  const { target, precision, codeBytes, compileMilliseconds, cacheHit, memoryBytes, parts } = explanation;
  const operators = parts.reduce((sum, part) => sum + part.operators.length, 0);
  const time = compileMilliseconds === undefined ? '–' : `${significant(compileMilliseconds)} ms`;
  return [
    { title: 'Target', value: `${target === 'wasm' ? 'WebAssembly' : 'interpreter'}, ${precision}` },
    { title: 'Code', value: bytesText(codeBytes) },
    { title: 'Compiled in', value: cacheHit === true ? `${time}, from the cache` : time },
    { title: 'Memory', value: bytesText(memoryBytes) },
    { title: 'Operators', value: count(operators) },
  ];
}

/** `832 B · 12 signals · 100 synapses, 8.3 B each`. */
export function partFigures({ bytes, signals, synapses, bytesPerSynapse }: PartExplanation): string {
  const each = bytesPerSynapse === undefined ? '' : `, ${significant(bytesPerSynapse)} B each`;
  return [
    bytesText(bytes),
    signals === 1 ? '1 signal' : `${signals} signals`,
    ...(synapses === undefined ? [] : [`${count(synapses)} synapses${each}`]),
  ].join(' · ');
}

/** The operator without the id of its part, as the build named it. */
export function operatorName({ id }: OperatorExplanation, part: string): string {
  return id.startsWith(`${part}/`) ? id.slice(part.length + 1) : id;
}

/** How the operator goes through its cells. */
export function lanesText({ lanes, kernels }: OperatorExplanation): string {
  if (kernels.length > 0) return 'kernel';
  if (lanes === undefined) return '';
  return lanes === 1 ? 'one by one' : `${lanes} at once`;
}

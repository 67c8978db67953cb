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

const ways: Readonly<Record<string, string>> = {
  auto: 'automatic',
  dense: 'dense matrix',
  sparse: 'sparse rows, every source',
  'event-driven': 'sparse rows of the cells that spike',
  'one-to-one': 'cell to cell',
};

/** A way to carry a connection, in words. */
export function wayTitle(kernel: string): string | undefined {
  return Object.hasOwn(ways, kernel) ? ways[kernel] : undefined;
}

/** What the explanation says of one connection. */
export interface CarriedConnection {
  readonly way: string;
  readonly why: string;
  readonly synapses: number | undefined;
  readonly bytes: number;
  readonly bytesPerSynapse: number | undefined;
}

/** How a connection is carried: as the build chose; one with statements of its own and a plain wire leave no choice. */
export function carriedBy({ parts }: Pick<Explanation, 'parts'>, id: string): CarriedConnection {
  const part = parts.find((each) => each.id === id);
  const words = wordsOf(part);
  return { ...words, synapses: part?.synapses, bytes: part?.bytes ?? 0, bytesPerSynapse: part?.bytesPerSynapse };
}

function wordsOf(part: PartExplanation | undefined): Pick<CarriedConnection, 'way' | 'why'> {
  const operators = part?.operators ?? [];
  const choice = operators.find((operator) => operator.choice !== undefined)?.choice;
  if (choice !== undefined) return { way: wayTitle(choice.kernel) ?? choice.kernel, why: whyText(choice.reason) };
  if (operators.length > 0) return { way: 'synapse by synapse', why: 'its synapse model has statements of its own' };
  return { way: 'read in place', why: 'a plain wire: channels lie side by side, nothing is stored' };
}

/** The reason without what the column beside it says, with numbers that can be read. */
function whyText(reason: string): string {
  const text = reason.replace(/; parameter kernel: auto$/u, '').replace(/^parameter kernel$/u, 'chosen by you');
  const readable = text.replaceAll(/\d{5,}/gu, (digits) => Number(digits).toLocaleString('en'));
  return readable.replaceAll(' %', '\u00a0%');
}

/** A program with the names of blocks and connections in the place of their ids. */
export function namedProgram(program: string, nameOf: (id: string) => string | undefined): string {
  return program.replaceAll(/[\w-]+(?=\/)/gu, (id) => nameOf(id) ?? id);
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

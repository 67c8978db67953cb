/** Input ports of a population: parameters flagged `input` (projections summed per cell) and `linked` (another's vector). */
import { problem } from '../../base/problem.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import { unitOfDimension } from '../../units/dimension.ts';
import type { StageContext } from '../../integration/method.ts';
import type { ElementBuilder } from '../library-kind.ts';
import type { EquationPopulation, Storage } from './equation-population.ts';

/** Name of an input one step ahead. */
function aheadName(input: string): string {
  return `_ahead_${input}`;
}

/** What stages of a step read for an input. */
export function stageInputs({ text, inputSampling }: EquationPopulation): StageContext {
  const linked = new Set(text.model.parameters.filter(({ flags }) => flags.includes('linked')).map(({ name }) => name));
  return {
    sampleInput: (name, stage) =>
      inputSampling === 'stages' && stage === 'end' && linked.has(name) ? aheadName(name) : name,
  };
}

/** Names that change from step to step by themselves: ports, and what is computed at the start of every step. */
export function movingNames({ text }: EquationPopulation): ReadonlySet<string> {
  const ports = text.model.parameters.filter(({ flags }) => flags.includes('input') || flags.includes('linked'));
  const held = text.model.subexpressions.filter(({ flags }) => flags.includes('constant over dt'));
  return new Set([...ports, ...held].map(({ name }) => name));
}

/** The vectors that the input parameters stand for, filled before the step reads them. */
export function createInputs(
  builder: ElementBuilder,
  population: EquationPopulation,
): Result<readonly (readonly [string, Storage])[]> {
  const made: (readonly [string, Storage])[] = [];
  for (const { name, flags, unit } of population.text.model.parameters) {
    if (flags.includes('input')) made.push([name, summedInput(builder, population.cells, name, unitOfDimension(unit))]);
    if (!flags.includes('linked')) continue;
    const size = builder.inputSize(name);
    const wanted = flags.includes('shared') ? 1 : population.cells;
    if (size > 1 && size !== wanted) return failed(sizeProblem(builder, name, size, wanted));
    const storage = { type: 'float', shared: size <= 1, written: false } as const;
    made.push([name, { ...storage, signal: builder.input(name) }]);
    if (population.inputSampling === 'stages')
      made.push([aheadName(name), { ...storage, signal: builder.inputAhead(name) }]);
  }
  return ok(made);
}

function summedInput(builder: ElementBuilder, cells: number, name: string, unit: string): Storage {
  const signal = builder.signal({ name, shape: [cells], initial: 0, role: 'transient', unit });
  builder.zero(signal, cells);
  builder.receive(name, { continuous: signal });
  return { signal, type: 'float', shared: false, written: false };
}

function sizeProblem(builder: ElementBuilder, name: string, size: number, wanted: number) {
  const shared = wanted === 1;
  const use = shared ? 'all cells together' : `${wanted} cells`;
  return problem('model/port-size', `${name} of "${builder.name}" is linked to ${size} values for ${use}.`, {
    hint: shared ? 'Link it to one value, or leave out "shared".' : 'Link it to one value, or to one per cell.',
    at: { element: builder.id, path: `inputs.${name}` },
  });
}

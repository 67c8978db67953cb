/** Input ports of a population: parameters flagged `input` (projections summed per cell) and `linked` (another's vector). */
import { problem } from '../../base/problem.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import { unitOfDimension } from '../../units/dimension.ts';
import type { ElementBuilder } from '../library-kind.ts';
import type { EquationPopulation, Storage } from './equation-population.ts';

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
    if (size > 1 && size !== population.cells) return failed(sizeProblem(builder, name, size, population.cells));
    made.push([name, { signal: builder.input(name), type: 'float', shared: size <= 1, written: false }]);
  }
  return ok(made);
}

function summedInput(builder: ElementBuilder, cells: number, name: string, unit: string): Storage {
  const signal = builder.signal({ name, shape: [cells], initial: 0, role: 'transient', unit });
  builder.zero(signal, cells);
  builder.receive(name, { continuous: signal });
  return { signal, type: 'float', shared: false, written: false };
}

function sizeProblem(builder: ElementBuilder, name: string, size: number, cells: number) {
  return problem('model/port-size', `${name} of "${builder.name}" is linked to ${size} values for ${cells} cells.`, {
    hint: 'Link it to one value, or to one per cell.',
    at: { element: builder.id, path: `inputs.${name}` },
  });
}

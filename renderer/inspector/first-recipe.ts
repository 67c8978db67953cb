/** What the dialog of generators begins with: the size of the matrix that is there, else that of the block. */
import type { ArrayRecord } from '../../engine/model/document.ts';
import type { GeneratorArguments, GeneratorCatalogue, WeightRecipe } from '../../engine/model/weight-generator.ts';
import type { ParameterOwner } from './parameter-owner.ts';

/** A square matrix begins with the first generator of one size, another with the first of rows and columns. */
export function firstRecipe(
  { entries }: GeneratorCatalogue,
  form: Pick<ParameterOwner, 'kind' | 'parameters'>,
  record: ArrayRecord | undefined,
): WeightRecipe {
  const own = sizeOf(form);
  const [rows = own, columns = own] = record?.shape ?? [];
  const needed = rows === columns ? ['size'] : ['rows', 'columns'];
  const fits = entries.find(({ parameters }) =>
    needed.every((name) => parameters.some((parameter) => parameter.name === name)),
  );
  const given: GeneratorArguments = rows === columns ? { size: rows } : { rows, columns };
  return { generator: fits?.id ?? '', given, seed: 1 };
}

/** Cells of the block; 100 where it does not say. */
function sizeOf({ kind, parameters }: Pick<ParameterOwner, 'kind' | 'parameters'>): number {
  const spec = kind.parameters.find(({ name }) => name === 'size' || name === 'units');
  const value = spec === undefined ? undefined : (parameters[0]?.[spec.name] ?? spec.default);
  return typeof value === 'number' ? value : 100;
}

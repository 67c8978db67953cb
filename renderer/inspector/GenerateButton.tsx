/** "Generate…" at a matrix: opens the dialog in which a generator is chosen, and sets what it gives. */
import { decodeArray, encodeArray } from '../../engine/model/arrays.ts';
import type { ArrayRecord } from '../../engine/model/document.ts';
import type { ParameterSpec } from '../../engine/model/kind.ts';
import type { NumericArray } from '../../engine/model/validated.ts';
import { changedRecipeText, readRecipe, recipeText, type WeightRecipe } from '../../engine/model/weight-generator.ts';
import { setParameter } from '../commands/parameter-gestures.ts';
import { useServices } from '../stores/services.ts';
import { Button } from '../ui/Button.tsx';
import { firstRecipe } from './first-recipe.ts';
import { namedMatrices } from './named-matrices.ts';
import type { ParameterOwner } from './parameter-owner.ts';

interface GenerateButtonProps {
  readonly form: ParameterOwner;
  readonly spec: ParameterSpec;
  readonly record: ArrayRecord | undefined;
}

export function GenerateButton({ form, spec, record }: GenerateButtonProps) {
  const services = useServices();
  if (form.readOnly) return null;

  function apply(recipe: WeightRecipe, { shape, values }: NumericArray): boolean {
    const changes = services.generators.find(recipe.generator)?.takes !== undefined;
    const source = changes ? changedRecipeText(recipe, record?.source) : recipeText(recipe);
    const array = encodeArray(values, shape, { source });
    const value = { array: array.id, unit: spec.unit ?? '1' };
    return setParameter(services, form.owner, form.ids, spec.name, value, { arrays: [array] }).length === 0;
  }

  function ask(): void {
    const dialog = {
      kind: 'generate',
      title: `Generate ${spec.name} ${spec.title}`,
      start: readRecipe(record?.source, services.generators) ?? firstRecipe(services.generators, form, record),
      present: numbersOf(record),
      others: namedMatrices(services),
      apply,
    } as const;
    services.session.getState().change({ dialog });
  }

  return (
    <Button icon="settings" onClick={ask}>
      Generate…
    </Button>
  );
}

function numbersOf(record: ArrayRecord | undefined): NumericArray | undefined {
  const decoded = record === undefined ? undefined : decodeArray(record);
  return decoded?.ok === true ? decoded.value : undefined;
}

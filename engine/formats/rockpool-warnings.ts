/** What an imported Rockpool layer is warned of: what its file does not hold, and what of the network cannot be said here. */
import { problem, type Problem } from '../base/problem.ts';
import type { RockpoolForm } from './rockpool-form.ts';
import type { RockpoolLayer } from './rockpool-network.ts';

/** A layer as the element of this id; without a form it is kept as it is. */
interface ImportedLayer {
  readonly id: string;
  readonly layer: RockpoolLayer;
  readonly form: RockpoolForm | undefined;
}

/** What no file holds of a layer that has an activation function. */
const activation = { path: 'activation', what: 'the activation function', taken: 'the default, ReLU' } as const;

/** Warnings `import/rockpool` placed at the element. */
export function warningsOf({ id, layer, form }: ImportedLayer): Problem[] {
  const { name, preLayer, external } = layer;
  const found = form === undefined ? [unknownClass(id, layer)] : missingParts(id, layer, form);
  if (preLayer === undefined || !external) return found;
  const message = `"${name}" takes external input and the output of "${preLayer}"; only the latter is connected.`;
  return [...found, warning(message, 'Add a stimulus where both count.', { element: id })];
}

function unknownClass(element: string, { className, name }: RockpoolLayer): Problem {
  const message = `No layer stands for ${className} yet, so "${name}" is kept as it is and takes no part in a run.`;
  return warning(message, 'Put another layer in its place.', { element });
}

function missingParts(element: string, { className, name, values }: RockpoolLayer, form: RockpoolForm): Problem[] {
  const unsaid = form.activation === true ? activation : form.unsaid;
  const assumed =
    unsaid &&
    warning(
      `Rockpool does not save ${unsaid.what} of "${name}"; it is taken to be ${unsaid.taken}.`,
      'Choose another if the network had one.',
      { element, path: `parameters.${unsaid.path}` },
    );
  const drawn = form.fields.filter(({ key, lost }) => lost === true && values[key] === undefined);
  return [
    ...(assumed === undefined ? [] : [assumed]),
    ...drawn.map(({ key }) =>
      warning(
        `Rockpool does not save ${key} of "${name}" (${className}); they are drawn anew in every run.`,
        'Give the weights that the network had.',
        { element, path: `parameters.${key}` },
      ),
    ),
  ];
}

function warning(message: string, hint: string, at: NonNullable<Problem['at']>): Problem {
  return problem('import/rockpool', message, { severity: 'warning', hint, at });
}

/** Kinds whose states or ports follow from texts among their parameters. */
import { textOf, type KindDescriptor } from '../../model/kind.ts';

const keptDescriptions = 64;

/**
 * The kind with a `describe` that gives it what follows from the texts of these parameters; the same object for the same
 * texts. With the default texts it is the kind itself.
 */
export function describeByTexts(
  base: KindDescriptor,
  names: readonly string[],
  form: (text: (name: string) => string) => Partial<Pick<KindDescriptor, 'inputs' | 'states'>>,
): KindDescriptor {
  const known = new Map<string, KindDescriptor>();
  const describe: NonNullable<KindDescriptor['describe']> = (parameters) => {
    const texts = names.map((name) => [name, textOf(base, parameters, name)] as const);
    const key = JSON.stringify(texts);
    const before = known.get(key);
    if (before !== undefined) return before;
    const byName = new Map(texts);
    const made: KindDescriptor = {
      ...{ ...base, ...form((name) => byName.get(name) ?? '') },
      ...{ describe, fixedParameters: true },
    };
    if (known.size >= keptDescriptions) known.clear();
    known.set(key, made);
    return made;
  };
  return describe({});
}

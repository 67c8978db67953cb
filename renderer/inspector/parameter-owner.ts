/** Whose parameters a form shows: one element or connection, or several of the same kind. */
import type { Problem } from '../../engine/base/problem.ts';
import type { ArrayRecord } from '../../engine/model/document.ts';
import type { KindDescriptor, ParameterSpec } from '../../engine/model/kind.ts';
import type { ParameterValue } from '../../engine/model/value.ts';

export interface ParameterOwner {
  readonly owner: 'element' | 'connection';
  readonly ids: readonly string[];
  readonly kind: KindDescriptor;
  /** The stored parameters of each, in the order of `ids`. */
  readonly parameters: readonly Readonly<Record<string, ParameterValue>>[];
  readonly arrays: Readonly<Record<string, ArrayRecord>>;
  readonly problems: readonly Problem[];
  readonly readOnly: boolean;
}

/** What one row shows. */
export interface ShownParameter {
  /** Undefined = the default of the kind, in all of them. */
  readonly value: ParameterValue | undefined;
  /** Not all of them have the same value. */
  readonly several: boolean;
  /** At least one has a value of its own. */
  readonly set: boolean;
  readonly problem: Problem | undefined;
}

export function shownParameter({ parameters, problems }: ParameterOwner, spec: ParameterSpec): ShownParameter {
  const values = parameters.map((each) => each[spec.name]);
  const [first] = values;
  const several = values.some((value) => JSON.stringify(value) !== JSON.stringify(first));
  return {
    value: several ? undefined : first,
    several,
    set: values.some((value) => value !== undefined),
    problem: problems.find((found) => found.at?.path === `parameters.${spec.name}`),
  };
}

export interface ParameterGroup {
  readonly title: string;
  readonly favourites: boolean;
  readonly parameters: readonly ParameterSpec[];
}

/** Favourites first, then the groups in the order of the kind, switches for compatibility last. */
export function parameterGroups(kind: KindDescriptor): readonly ParameterGroup[] {
  const favourites = kind.parameters.filter((spec) => spec.favourite === true);
  const others = kind.parameters.filter((spec) => spec.favourite !== true);
  const titles = [
    ...new Set(others.filter((spec) => spec.compatibility !== true).map((spec) => spec.group ?? 'Parameters')),
  ];
  const groups = titles.map((title) => ({
    title,
    favourites: false,
    parameters: others.filter((spec) => spec.compatibility !== true && (spec.group ?? 'Parameters') === title),
  }));
  const compatibility = others.filter((spec) => spec.compatibility === true);
  return [
    { title: 'Favourites', favourites: true, parameters: favourites },
    ...groups,
    { title: 'Compatibility', favourites: false, parameters: compatibility },
  ].filter((group) => group.parameters.length > 0);
}

/** The names by which synapses know the cells at their ends: `X_pre`, `X_post`, and bare `X` for the target. */
import { name, number } from '../../equations/make-tree.ts';
import type { ExternalName } from '../../equations/scope.ts';
import { substitute } from '../../equations/substitute.ts';
import type { Tree } from '../../equations/tree.ts';
import { dimensionless } from '../../units/dimension.ts';
import type { PopulationAccess, PopulationVariable } from '../population/access.ts';
import type { Side, SynapseDefinition, SynapseEnd } from './definition.ts';

const sides = ['pre', 'post'] as const;

/** A variable of one of the ends. */
export interface EndVariable {
  readonly side: Side;
  readonly end: SynapseEnd;
  readonly variable: PopulationVariable;
}

export function endOf(definition: Pick<SynapseDefinition, 'source' | 'target'>, side: Side): SynapseEnd {
  return side === 'pre' ? definition.source : definition.target;
}

/** All names of both ends as the checks see them. Variables of the ends hide constants of the same name. */
export function endNames(definition: Pick<SynapseDefinition, 'source' | 'target'>): Map<string, ExternalName> {
  const names = new Map<string, ExternalName>();
  for (const [bare, external] of namesOfPopulation(definition.target.access)) names.set(bare, external);
  for (const side of sides) {
    for (const [bare, external] of namesOfPopulation(endOf(definition, side).access))
      names.set(`${bare}_${side}`, external);
  }
  for (const counter of ['j', 'i_pre', 'i_post', 'N_pre', 'N_post'])
    names.set(counter, { dimension: dimensionless, type: 'integer' });
  return names;
}

function namesOfPopulation(access: PopulationAccess): Map<string, ExternalName> {
  const names = new Map<string, ExternalName>();
  for (const [bare, { dimension, type }] of access.subexpressions) names.set(bare, { dimension, type });
  for (const [bare, { dimension, type, writable }] of access.variables) names.set(bare, { dimension, type, writable });
  return names;
}

/** The variable of an end that a name with its suffix stands for. */
export function endVariable(
  definition: Pick<SynapseDefinition, 'source' | 'target'>,
  suffixed: string,
): EndVariable | undefined {
  const split = splitSuffix(suffixed);
  if (split === undefined) return undefined;
  const end = endOf(definition, split.side);
  const variable = end.access.variables.get(split.bare);
  return variable === undefined ? undefined : { side: split.side, end, variable };
}

/** `v_post` → v of the target; undefined for names without such an end. */
export function splitSuffix(text: string): { readonly bare: string; readonly side: Side } | undefined {
  const side = sides.find((candidate) => text.endsWith(`_${candidate}`) && text.length > candidate.length + 1);
  return side === undefined ? undefined : { side, bare: text.slice(0, -side.length - 1) };
}

/**
 * The tree with bare names of the target given their suffix and subexpressions of the ends written out. Names in
 * `own` (of the synapse model, temporaries) stay.
 */
export function resolveEnds(
  tree: Tree,
  definition: Pick<SynapseDefinition, 'source' | 'target'>,
  own: ReadonlySet<string>,
): Tree {
  return substitute(tree, (text) => (own.has(text) ? undefined : resolveName(text, definition)));
}

/** The name with its suffix where it is a bare name of the target; else the name itself. */
export function suffixedName(
  text: string,
  definition: Pick<SynapseDefinition, 'source' | 'target'>,
  own: ReadonlySet<string>,
): string {
  return !own.has(text) && definition.target.access.variables.has(text) ? `${text}_post` : text;
}

function resolveName(text: string, definition: Pick<SynapseDefinition, 'source' | 'target'>): Tree | undefined {
  const { access } = definition.target;
  if (access.variables.has(text)) return name(`${text}_post`);
  if (access.subexpressions.has(text)) return seenFrom(access, text, 'post');
  const split = splitSuffix(text);
  return split === undefined ? undefined : seenFrom(endOf(definition, split.side).access, split.bare, split.side);
}

/** A subexpression of a population with every name of the population given the suffix; it counts all cells, also from a slice. */
function seenFrom(access: PopulationAccess, bare: string, side: Side): Tree | undefined {
  const found = access.subexpressions.get(bare);
  return found && substitute(found.tree, (inner) => nameSeen(access, inner, side));
}

function nameSeen(access: PopulationAccess, inner: string, side: Side): Tree | undefined {
  if (access.variables.has(inner)) return name(`${inner}_${side}`);
  if (inner === 'i') return name(indexNames[side]);
  return inner === 'N' ? number(access.cells) : undefined;
}

/** Names of the index of a cell in its whole population, which no one can write. */
export const indexNames = { pre: '_index_pre', post: '_index_post' } as const;

/** Palette search: the kinds of elements that match what was typed, by family in palette order. */
import { families, type Family, type KindCatalogue, type KindDescriptor } from '../../engine/model/kind.ts';
import { searchKinds } from '../canvas/insert-search.ts';

export const familyTitles: Readonly<Record<Family, string>> = {
  stimuli: 'Stimuli',
  neurons: 'Neurons',
  layers: 'Layers and reservoirs',
  readouts: 'Readouts',
  connectors: 'Connectors',
};

export interface PaletteFamily {
  readonly family: Family;
  readonly kinds: readonly KindDescriptor[];
}

/** Families without a match are left out; inside a family kinds keep their order, or the best comes first when searched. */
export function paletteFamilies(catalogue: KindCatalogue, text: string): readonly PaletteFamily[] {
  const found =
    text.trim() === '' ? catalogue.entries : searchKinds(catalogue, text, undefined).map((candidate) => candidate.kind);
  return families
    .filter((family) => family !== 'connectors')
    .map((family) => ({ family, kinds: found.filter((kind) => kind.family === family) }))
    .filter((each) => each.kinds.length > 0);
}

/** The best match, which Enter inserts. */
export function bestMatch(catalogue: KindCatalogue, text: string): KindDescriptor | undefined {
  return text.trim() === '' ? undefined : searchKinds(catalogue, text, undefined)[0]?.kind;
}

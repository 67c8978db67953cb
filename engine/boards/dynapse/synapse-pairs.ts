/** Whole numbers of contacts as the pairs of neurons that the board connects one by one (Rockpool 1.0.7, connectivity_matrix_to_prepost_lists). */

export interface SynapsePairs {
  readonly sources: Int32Array;
  readonly targets: Int32Array;
}

/** Pairs by rows of a matrix [from, to], each as often as its number says: positive ones excitatory, negative ones inhibitory. Numbers are cut to whole ones. */
export function synapsePairs(
  contacts: ArrayLike<number>,
  columns: number,
): { readonly excitatory: SynapsePairs; readonly inhibitory: SynapsePairs } {
  return { excitatory: pairsOf(contacts, columns, 1), inhibitory: pairsOf(contacts, columns, -1) };
}

function pairsOf(contacts: ArrayLike<number>, columns: number, sign: 1 | -1): SynapsePairs {
  const places = Array.from(contacts).flatMap((number, place) =>
    Array.from({ length: Math.max(0, Math.trunc(sign * number)) }, () => place),
  );
  return {
    sources: Int32Array.from(places, (place) => Math.floor(place / columns)),
    targets: Int32Array.from(places, (place) => place % columns),
  };
}

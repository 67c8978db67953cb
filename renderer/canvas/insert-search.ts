/** Search-insert: which kinds match what was typed, best first, and which port of them fits the wire in hand. */
import {
  families,
  type InputPortSpec,
  type KindCatalogue,
  type KindDescriptor,
  type OutputPortSpec,
} from '../../engine/model/kind.ts';

/** A wire dragged to empty canvas: the port it comes from, or goes to. */
export type LooseWire =
  | { readonly side: 'output'; readonly element: string; readonly port: OutputPortSpec }
  | { readonly side: 'input'; readonly element: string; readonly port: InputPortSpec };

export interface Candidate {
  readonly kind: KindDescriptor;
  /** The port of the new element that takes the wire; undefined when there is no wire. */
  readonly port: string | undefined;
}

/** Kinds of elements (never connectors) that match the text; with a wire only those that have a port for it. */
export function searchKinds(catalogue: KindCatalogue, text: string, wire: LooseWire | undefined): readonly Candidate[] {
  const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
  return catalogue.entries
    .filter((kind) => kind.family !== 'connectors')
    .map((kind) => ({ kind, port: wire === undefined ? undefined : portFor(kind, wire), score: score(kind, words) }))
    .filter((found) => found.score > 0 && (wire === undefined || found.port !== undefined))
    .sort((left, right) => right.score - left.score || familyRank(left.kind) - familyRank(right.kind))
    .map(({ kind, port }) => ({ kind, port }));
}

/** The first port of the kind that the wire fits, by type. */
export function portFor(kind: KindDescriptor, wire: LooseWire): string | undefined {
  if (wire.side === 'output') return kind.inputs.find((port) => port.types.includes(wire.port.type))?.name;
  return kind.outputs.find((port) => wire.port.types.includes(port.type))?.name;
}

function familyRank(kind: KindDescriptor): number {
  return families.indexOf(kind.family);
}

/** 0 when a word is found nowhere; the beginning of the title counts most, the summary least. */
function score(kind: KindDescriptor, words: readonly string[]): number {
  let total = 1;
  for (const word of words) {
    const found = wordScore(kind, word);
    if (found === 0) return 0;
    total += found;
  }
  return total;
}

function wordScore(kind: KindDescriptor, word: string): number {
  const title = kind.title.toLowerCase();
  if (title.startsWith(word)) return 16;
  if (title.split(/\s+/).some((part) => part.startsWith(word))) return 8;
  if (kind.keywords.some((keyword) => keyword.toLowerCase().startsWith(word))) return 6;
  if (title.includes(word) || kind.id.includes(word)) return 4;
  if (kind.keywords.some((keyword) => keyword.toLowerCase().includes(word))) return 2;
  return kind.summary.toLowerCase().includes(word) ? 1 : 0;
}

/** Geometry of a block: its size and where its ports sit, told from its kind alone, so that wires never wait for a layout. */
import type { KindDescriptor, ParameterSpec } from '../../engine/model/kind.ts';

export const blockWidth = 206;
export const headerHeight = 36;
export const pictureHeight = 60;
export const rowHeight = 20;
export const statusHeight = 20;
/** Side of the square around a port glyph. */
export const portSize = 12;
const bottomPadding = 8;
const largestPortGap = 32;
const shownFavourites = 3;

/** The parameters a block shows: the first three favourites. */
export function favouritesOf(kind: KindDescriptor | undefined): readonly ParameterSpec[] {
  return (kind?.parameters ?? []).filter((parameter) => parameter.favourite === true).slice(0, shownFavourites);
}

/** Height in pixels; a status line adds to it. */
export function blockHeight(kind: KindDescriptor | undefined, hasStatus: boolean): number {
  const rows = favouritesOf(kind).length * rowHeight;
  return headerHeight + pictureHeight + rows + (hasStatus ? statusHeight : 0) + bottomPadding;
}

/** Distance of the centre of port `index` of `count` from the top of the block. */
export function portCentre(index: number, count: number): number {
  const middle = headerHeight + pictureHeight / 2;
  const gap = count > 1 ? Math.min(largestPortGap, (pictureHeight + 24) / (count - 1)) : 0;
  return Math.round(middle + (index - (count - 1) / 2) * gap);
}

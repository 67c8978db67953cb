/** Colours of the theme as bytes, for painting pixels. */
import type { Colour } from './raster-image.ts';

/** The bytes of a `#rrggbb` colour; a middle grey for anything else. */
export function parseColour(text: string): Colour {
  const hex = /^#([0-9a-f]{6})$/i.exec(text.trim())?.[1] ?? '808080';
  const byte = (at: number): number => Number.parseInt(hex.slice(at, at + 2), 16);
  return [byte(0), byte(2), byte(4)];
}

/** Identifiers of document records: short, random, kept on rename. */

/** Where random bytes come from; the platform supplies it (see `platform/seams.ts`). */
export type RandomBytes = (count: number) => Uint8Array;

const alphabet = '0123456789abcdefghijklmnopqrstuvwxyz';

/** A new id such as `el_4k2m9x0qa7`: the prefix tells the record kind, ten letters of 36 make collisions negligible. */
export function createIdentifier(prefix: string, randomBytes: RandomBytes): string {
  const letters = Array.from(randomBytes(10), (byte) => alphabet[byte % alphabet.length]);
  return `${prefix}_${letters.join('')}`;
}

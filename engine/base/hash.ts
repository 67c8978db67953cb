/** Non-cryptographic hash of text to 32 bits, for keys of random streams and for naming builds. */

/** FNV-1a over UTF-16 code units. Source: Fowler, Noll, Vo; http://www.isthe.com/chongo/tech/comp/fnv/ */
export function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let position = 0; position < text.length; position += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(position), 0x01000193);
  }
  return hash >>> 0;
}

/** Base64 (RFC 4648, with padding) without the host's help: bytes of arrays inside JSON. */

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const padding = '='.charCodeAt(0);
/** Value of each ASCII letter; 255 = not a letter of the alphabet. */
const valueOfCode = new Uint8Array(128).fill(255);
for (let value = 0; value < 64; value += 1) valueOfCode[alphabet.charCodeAt(value)] = value;

/** Letters turned to text at once; longer argument lists overflow the stack of some hosts. */
const chunk = 8_192;

/** Number of bytes the text stands for, without decoding; undefined when its length or padding is impossible. */
export function base64ByteLength(text: string): number | undefined {
  if (text.length % 4 !== 0) return undefined;
  const padded = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  return (text.length / 4) * 3 - padded;
}

/** Whether `encodeBase64` could have written the text: letters of the alphabet, padding, no bits left over. */
export function isBase64(text: string): boolean {
  const length = base64ByteLength(text);
  if (length === undefined) return false;
  const letters = text.length - ((text.length / 4) * 3 - length);
  let value = 0;
  for (let at = 0; at < letters; at += 1) {
    const code = text.charCodeAt(at);
    value = code < 128 ? (valueOfCode[code] as number) : 255;
    if (value === 255) return false;
  }
  const bitsOver = letters % 4 === 2 ? 15 : letters % 4 === 3 ? 3 : 0;
  return (value & bitsOver) === 0;
}

/** The bytes, or undefined when the text is not base64. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  const length = base64ByteLength(text);
  if (length === undefined) return undefined;
  const letters = text.length - (text.length === 0 ? 0 : (text.length / 4) * 3 - length);
  const bytes = new Uint8Array(length);
  let written = 0;
  let pending = 0;
  for (let at = 0; at < letters; at += 1) {
    const code = text.charCodeAt(at);
    const value = code < 128 ? (valueOfCode[code] as number) : 255;
    if (value === 255) return undefined;
    pending = ((pending << 6) | value) & 0xffffff;
    if (at % 4 === 0) continue;
    bytes[written] = pending >>> (6 - 2 * (at % 4));
    written += 1;
  }
  return bytes;
}

/** The bytes as text. */
export function encodeBase64(bytes: Uint8Array): string {
  const codes = new Uint8Array(Math.ceil(bytes.length / 3) * 4).fill(padding);
  let written = 0;
  for (let at = 0; at < bytes.length; at += 3) {
    const count = Math.min(3, bytes.length - at);
    const group = ((bytes[at] as number) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    for (let letter = 0; letter <= count; letter += 1) {
      codes[written + letter] = alphabet.charCodeAt((group >>> (18 - 6 * letter)) & 63);
    }
    written += 4;
  }
  return textOf(codes);
}

function textOf(codes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < codes.length; at += chunk) {
    parts.push(String.fromCharCode(...codes.subarray(at, at + chunk)));
  }
  return parts.join('');
}

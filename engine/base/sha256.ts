/** SHA-256 of bytes: names contents (arrays, models) so that equal content has equal name on every host. */

/** First 32 bits of the fractional parts of the cube roots of the first 64 primes. Source: FIPS 180-4, §4.2.2. */
const roundConstants = Uint32Array.of(
  0x428a2f98,
  0x71374491,
  0xb5c0fbcf,
  0xe9b5dba5,
  0x3956c25b,
  0x59f111f1,
  0x923f82a4,
  0xab1c5ed5,
  0xd807aa98,
  0x12835b01,
  0x243185be,
  0x550c7dc3,
  0x72be5d74,
  0x80deb1fe,
  0x9bdc06a7,
  0xc19bf174,
  0xe49b69c1,
  0xefbe4786,
  0x0fc19dc6,
  0x240ca1cc,
  0x2de92c6f,
  0x4a7484aa,
  0x5cb0a9dc,
  0x76f988da,
  0x983e5152,
  0xa831c66d,
  0xb00327c8,
  0xbf597fc7,
  0xc6e00bf3,
  0xd5a79147,
  0x06ca6351,
  0x14292967,
  0x27b70a85,
  0x2e1b2138,
  0x4d2c6dfc,
  0x53380d13,
  0x650a7354,
  0x766a0abb,
  0x81c2c92e,
  0x92722c85,
  0xa2bfe8a1,
  0xa81a664b,
  0xc24b8b70,
  0xc76c51a3,
  0xd192e819,
  0xd6990624,
  0xf40e3585,
  0x106aa070,
  0x19a4c116,
  0x1e376c08,
  0x2748774c,
  0x34b0bcb5,
  0x391c0cb3,
  0x4ed8aa4a,
  0x5b9cca4f,
  0x682e6ff3,
  0x748f82ee,
  0x78a5636f,
  0x84c87814,
  0x8cc70208,
  0x90befffa,
  0xa4506ceb,
  0xbef9a3f7,
  0xc67178f2,
);

/** Digest as 64 hexadecimal letters. Source: NIST FIPS 180-4, §6.2. */
export function sha256(bytes: Uint8Array): string {
  const state = Uint32Array.of(
    0x6a09e667,
    0xbb67ae85,
    0x3c6ef372,
    0xa54ff53a,
    0x510e527f,
    0x9b05688c,
    0x1f83d9ab,
    0x5be0cd19,
  );
  const schedule = new Uint32Array(64);
  const whole = bytes.length - (bytes.length % 64);
  for (let start = 0; start < whole; start += 64) compress(state, schedule, bytes, start);
  const tail = padded(bytes, whole);
  for (let start = 0; start < tail.length; start += 64) compress(state, schedule, tail, start);
  return Array.from(state, (word) => word.toString(16).padStart(8, '0')).join('');
}

/** Digest of a text's UTF-8 bytes. */
export function sha256OfText(text: string): string {
  return sha256(new TextEncoder().encode(text));
}

/** The rest of the message with the mark, zeros and its length in bits. */
function padded(bytes: Uint8Array, whole: number): Uint8Array {
  const rest = bytes.length - whole;
  const tail = new Uint8Array(rest + 9 > 64 ? 128 : 64);
  tail.set(bytes.subarray(whole));
  tail[rest] = 0x80;
  const view = new DataView(tail.buffer);
  view.setUint32(tail.length - 8, Math.floor(bytes.length / 0x20000000));
  view.setUint32(tail.length - 4, (bytes.length << 3) >>> 0);
  return tail;
}

function rotate(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}

/** One block of 64 bytes into the state. */
function compress(state: Uint32Array, w: Uint32Array, bytes: Uint8Array, start: number): void {
  fillSchedule(w, bytes, start);
  let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number];
  for (let round = 0; round < 64; round += 1) {
    const mixE = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const choice = (e & f) ^ (~e & g);
    const first = (h + mixE + choice + (roundConstants[round] as number) + (w[round] as number)) | 0;
    const mixA = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + mixA + majority) | 0;
  }
  const added = [a, b, c, d, e, f, g, h];
  for (let word = 0; word < 8; word += 1) state[word] = (state[word] as number) + (added[word] as number);
}

function fillSchedule(w: Uint32Array, bytes: Uint8Array, start: number): void {
  for (let word = 0; word < 16; word += 1) {
    const at = start + word * 4;
    w[word] =
      ((bytes[at] as number) << 24) |
      ((bytes[at + 1] as number) << 16) |
      ((bytes[at + 2] as number) << 8) |
      (bytes[at + 3] as number);
  }
  for (let word = 16; word < 64; word += 1) {
    const early = w[word - 15] as number;
    const late = w[word - 2] as number;
    const mixEarly = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3);
    const mixLate = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10);
    w[word] = (w[word - 16] as number) + mixEarly + (w[word - 7] as number) + mixLate;
  }
}

/** A growing list of bytes with the number encodings of WebAssembly. */

/** Collects bytes; numbers are LEB128 or little-endian as the binary format says. */
export interface ByteWriter {
  readonly length: number;
  byte(value: number): void;
  bytes(values: Uint8Array | readonly number[]): void;
  /** Unsigned LEB128, up to 2³² − 1. */
  unsigned(value: number): void;
  /** Signed LEB128 of an i32. */
  signed(value: number): void;
  /** Signed LEB128 of an i64. */
  signedLong(value: bigint): void;
  /** IEEE 754 single, little-endian; any NaN becomes the canonical one. */
  single(value: number): void;
  /** IEEE 754 double, little-endian; any NaN becomes the canonical one. */
  double(value: number): void;
  /** Length and UTF-8 of a name. */
  name(text: string): void;
  /** Length in bytes, then the content. */
  sized(content: ByteWriter): void;
  /** A copy of what was written. */
  finish(): Uint8Array<ArrayBuffer>;
}

const encoder = new TextEncoder();
const canonicalNaN = [0, 0, 0, 0, 0, 0, 0xf8, 0x7f];
const canonicalSingleNaN = [0, 0, 0xc0, 0x7f];

/** An empty writer. */
export function createByteWriter(): ByteWriter {
  let content = new Uint8Array(256);
  let length = 0;

  const reserve = (count: number): void => {
    if (length + count <= content.length) return;
    const larger = new Uint8Array(Math.max(content.length * 2, length + count));
    larger.set(content.subarray(0, length));
    content = larger;
  };
  const writer: ByteWriter = {
    get length() {
      return length;
    },
    byte(value) {
      reserve(1);
      content[length] = value;
      length += 1;
    },
    bytes(values) {
      reserve(values.length);
      content.set(values, length);
      length += values.length;
    },
    unsigned(value) {
      let rest = value >>> 0;
      while (rest >= 0x80) {
        writer.byte((rest & 0x7f) | 0x80);
        rest >>>= 7;
      }
      writer.byte(rest);
    },
    signed(value) {
      writer.signedLong(BigInt(value | 0));
    },
    signedLong(value) {
      let rest = BigInt.asIntN(64, value);
      while (rest < -0x40n || rest > 0x3fn) {
        writer.byte(Number(rest & 0x7fn) | 0x80);
        rest >>= 7n;
      }
      writer.byte(Number(rest & 0x7fn));
    },
    ...floatEncodings((bytes) => writer.bytes(bytes)),
    name(text) {
      const encoded = encoder.encode(text);
      writer.unsigned(encoded.length);
      writer.bytes(encoded);
    },
    sized(part) {
      writer.unsigned(part.length);
      writer.bytes(part.finish());
    },
    finish: () => content.slice(0, length),
  };
  return writer;
}

function floatEncodings(write: (bytes: Uint8Array | readonly number[]) => void): Pick<ByteWriter, 'single' | 'double'> {
  const number = new DataView(new ArrayBuffer(8));
  return {
    single(value) {
      if (Number.isNaN(value)) return write(canonicalSingleNaN);
      number.setFloat32(0, value, true);
      write(new Uint8Array(number.buffer, 0, 4));
    },
    double(value) {
      if (Number.isNaN(value)) return write(canonicalNaN);
      number.setFloat64(0, value, true);
      write(new Uint8Array(number.buffer));
    },
  };
}

/** Bytes of the WebAssembly binary format: LEB128 numbers, vectors, sections. Source: WebAssembly Core Specification, chapter 5. */

/** A growing list of bytes. */
export class ByteWriter {
  private buffer = new Uint8Array(256);
  private used = 0;

  /** Number of bytes written. */
  get length(): number {
    return this.used;
  }

  byte(...values: readonly number[]): this {
    this.reserve(values.length);
    for (const value of values) {
      this.buffer[this.used] = value;
      this.used += 1;
    }
    return this;
  }

  bytes(values: Uint8Array): this {
    this.reserve(values.length);
    this.buffer.set(values, this.used);
    this.used += values.length;
    return this;
  }

  /** Unsigned LEB128, up to 32 bits. */
  unsigned(value: number): this {
    let rest = value >>> 0;
    while (rest >= 0x80) {
      this.byte((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    return this.byte(rest);
  }

  /** Signed LEB128, 32 bits. */
  signed(value: number): this {
    let rest = value | 0;
    for (;;) {
      const low = rest & 0x7f;
      rest >>= 7;
      const last = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
      this.byte(last ? low : low | 0x80);
      if (last) return this;
    }
  }

  /** IEEE double, little-endian. */
  float64(value: number): this {
    this.reserve(8);
    new DataView(this.buffer.buffer).setFloat64(this.used, value, true);
    this.used += 8;
    return this;
  }

  /** A name: length and ASCII bytes. */
  text(value: string): this {
    this.unsigned(value.length);
    return this.byte(...Array.from(value, (letter) => letter.charCodeAt(0)));
  }

  toBytes(): Uint8Array<ArrayBuffer> {
    return this.buffer.slice(0, this.used);
  }

  private reserve(more: number): void {
    if (this.used + more <= this.buffer.length) return;
    const larger = new Uint8Array(Math.max(this.buffer.length * 2, this.used + more));
    larger.set(this.buffer);
    this.buffer = larger;
  }
}

/** A section: id, size, content. */
export function section(id: number, content: ByteWriter): Uint8Array {
  return new ByteWriter().byte(id).unsigned(content.length).bytes(content.toBytes()).toBytes();
}

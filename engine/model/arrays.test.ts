/** Arrays in documents: base64, decoding, content-derived ids. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectOk } from '../base/result.ts';
import { decodeArray, encodeArray } from './arrays.ts';
import { base64ByteLength, decodeBase64, encodeBase64 } from './base64.ts';

describe('base64', () => {
  it('agrees with another implementation both ways', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const text = Buffer.from(bytes).toString('base64');
        expect(encodeBase64(bytes)).toBe(text);
        expect(base64ByteLength(text)).toBe(bytes.length);
        expect(decodeBase64(text)).toEqual(new Uint8Array(bytes));
      }),
    );
  });

  it('refuses what is not base64', () => {
    for (const text of ['A', 'AA', 'AA=', 'A===', '====', 'AA=A', 'AA!A', 'AAé=', ' AAA']) {
      expect(decodeBase64(text), text).toBeUndefined();
    }
  });

  it('encodes more bytes than one call can take as arguments', () => {
    const bytes = Uint8Array.from({ length: 300_001 }, (_, index) => index % 251);
    expect(Buffer.from(bytes).equals(Buffer.from(decodeBase64(encodeBase64(bytes)) ?? []))).toBe(true);
  });
});

describe('arrays (D9)', () => {
  it('gives back every double, infinities and NaN included', () => {
    fc.assert(
      fc.property(fc.array(fc.double(), { maxLength: 30 }), (values) => {
        const decoded = expectOk(decodeArray(encodeArray(values, [values.length])));
        expect(decoded).toEqual({ shape: [values.length], values: Float64Array.from(values) });
      }),
    );
  });

  it('rounds to narrower types as typed arrays do', () => {
    const values = [0.1, 3, 250];
    const read = (dtype: 'float32' | 'int32' | 'uint8') => [
      ...expectOk(decodeArray(encodeArray(values, [3], { dtype }))).values,
    ];
    expect(read('float32')).toEqual([Math.fround(0.1), 3, 250]);
    expect(read('int32')).toEqual([0, 3, 250]);
    expect(read('uint8')).toEqual([0, 3, 250]);
  });

  it('derives the id from type, shape and bytes, not from the source', () => {
    const id = encodeArray([1, 2], [2]).id;
    expect(encodeArray([1, 2], [2], { source: 'a.csv' }).id).toBe(id);
    expect(new Set([id, encodeArray([1, 3], [2]).id, encodeArray([1, 2], [2, 1]).id]).size).toBe(3);
  });

  it('decodes a record once', () => {
    const record = encodeArray([1], [1]);
    expect(decodeArray(record)).toBe(decodeArray(record));
  });

  it('refuses bytes that do not fit the shape, before allocating', () => {
    const record = encodeArray([1, 2], [2], { source: 'weights.csv' });
    const messages = [
      decodeArray({ ...record, shape: [3] }),
      decodeArray({ ...record, shape: [4e15, 4e15] }),
      decodeArray({ ...record, base64: '!!!!' + record.base64.slice(4) }),
      decodeArray({ ...record, base64: 'abc' }),
    ].map((result) => result.problems.map((found) => `${found.code}: ${found.message}`).join());
    expect(messages).toEqual([
      'document/invalid: The array "weights.csv" is damaged: its shape needs 24 bytes, but there are 16.',
      'document/invalid: The array "weights.csv" is damaged: its shape is too large.',
      'document/invalid: The array "weights.csv" is damaged: its bytes are not base64.',
      'document/invalid: The array "weights.csv" is damaged: its bytes are not base64.',
    ]);
  });
});

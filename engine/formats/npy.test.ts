import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectOk } from '../base/result.ts';
import { writeNpyHeader } from './npy-header.ts';
import { readNpy, writeNpy } from './npy.ts';
import { readNpz, readNpzEntry, writeNpz } from './npz.ts';
import { writeRunNpz } from './run-npz.ts';

/** Bytes of an array file with this header and content, as numpy writes them. */
function npy(
  descriptor: string,
  shape: string,
  content: Uint8Array,
  options: { fortran?: boolean; version?: number } = {},
): Uint8Array {
  const text = `{'descr': ${descriptor}, 'fortran_order': ${options.fortran === true ? 'True' : 'False'}, 'shape': ${shape}, }\n`;
  const version = options.version ?? 1;
  const length = version === 1 ? [text.length & 255, text.length >> 8] : [text.length & 255, text.length >> 8, 0, 0];
  return Uint8Array.from([0x93, ...Buffer.from('NUMPY'), version, 0, ...length, ...Buffer.from(text), ...content]);
}

describe('npy', () => {
  it('gives back what was written, for any shape and type', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 }), fc.double(), (shape, value) => {
        const count = shape.reduce((product, extent) => product * extent, 1);
        const values = new Float64Array(count).map((_, index) => value + index);
        expect(expectOk(readNpy(writeNpy(values, shape)))).toEqual({ shape, values });
      }),
    );
    expect([...expectOk(readNpy(writeNpy(new Float32Array([0.5, -1])))).values]).toEqual([0.5, -1]);
    expect([...expectOk(readNpy(writeNpy(new Int32Array([-7, 8])))).values]).toEqual([-7, 8]);
    expect([...expectOk(readNpy(writeNpy(new Uint8Array([255])))).values]).toEqual([255]);
  });

  it('begins its numbers at a multiple of 64', () => {
    for (const shape of [[], [5], [123456, 789]]) expect(writeNpyHeader('<f8', shape).length % 64).toBe(0);
  });

  it('reads other types, byte orders, versions and column order', () => {
    const big = new Uint8Array(8);
    new DataView(big.buffer).setFloat64(0, 2.5);
    const whole = new Uint8Array(16);
    new DataView(whole.buffer).setBigInt64(0, -3n, true);
    new DataView(whole.buffer).setBigInt64(8, 9n, true);
    expect([...expectOk(readNpy(npy("'>f8'", '(1,)', big))).values]).toEqual([2.5]);
    expect([...expectOk(readNpy(npy("'<i8'", '(2,)', whole, { version: 2 }))).values]).toEqual([-3, 9]);
    expect([...expectOk(readNpy(npy("'|b1'", '(3,)', new Uint8Array([1, 0, 1]), { version: 3 }))).values]).toEqual([
      1, 0, 1,
    ]);
    expect([
      ...expectOk(readNpy(npy("'|u1'", '(2, 3)', new Uint8Array([1, 4, 2, 5, 3, 6]), { fortran: true }))).values,
    ]).toEqual([1, 2, 3, 4, 5, 6]);
    expect(expectOk(readNpy(npy("'|i1'", '()', new Uint8Array([255]))))).toEqual({
      shape: [],
      values: new Float64Array([-1]),
    });
  });

  it('refuses texts, structures, cut-off and foreign files', () => {
    const broken = [
      new Uint8Array(0),
      new Uint8Array(40),
      npy("'<U5'", '(1,)', new Uint8Array(20)),
      npy("[('a', '<f8')]", '(1,)', new Uint8Array(8)),
      npy("'<f8'", '(2,)', new Uint8Array(8)),
      npy("'<f8'", '(999999999999999, 999999999999999)', new Uint8Array(8)),
      npy("'<f8'", '(-1,)', new Uint8Array(8)),
      npy("'|O'", '(1,)', new Uint8Array(8)),
      npy("'<f8'", '(1,)', new Uint8Array(8), { version: 9 }),
      writeNpy(new Float64Array(2)).slice(0, 40),
    ];
    expect(broken.map((bytes) => readNpy(bytes).problems[0]?.code)).toEqual(broken.map(() => 'npy/format'));
  });
});

describe('npz', () => {
  const archive = writeNpz(
    new Map([
      ['a', { values: new Float64Array([1, 2]) }],
      ['b', { values: new Int32Array([3, 4, 5, 6]), shape: [2, 2] }],
    ]),
  );

  it('holds arrays by name, with the same bytes every time', () => {
    const arrays = expectOk(readNpz(archive));
    expect([...arrays.keys()]).toEqual(['a', 'b']);
    expect(arrays.get('b')).toEqual({ shape: [2, 2], values: new Float64Array([3, 4, 5, 6]) });
    expect(
      writeNpz(
        new Map([
          ['a', { values: new Float64Array([1, 2]) }],
          ['b', { values: new Int32Array([3, 4, 5, 6]), shape: [2, 2] }],
        ]),
      ),
    ).toEqual(archive);
    expect([...expectOk(readNpzEntry(archive, 'a')).values]).toEqual([1, 2]);
    expect(readNpzEntry(archive, 'c').problems).toMatchObject([{ code: 'npz/entry', hint: 'It has: a, b.' }]);
    expect(readNpzEntry(archive).problems).toMatchObject([{ code: 'npz/entry' }]);
  });

  it('never believes damaged bytes', () => {
    const values = expectOk(readNpz(archive));
    for (let at = 0; at < archive.length; at += 1) {
      const damaged = archive.slice();
      damaged[at] = (damaged[at] as number) ^ 0x55;
      const read = readNpz(damaged);
      if (!read.ok || read.problems.length > 0) continue;
      for (const [name, array] of read.value) if (values.has(name)) expect(array).toEqual(values.get(name));
    }
    for (let length = 0; length < archive.length; length += 7) expect(readNpz(archive.slice(0, length)).ok).toBe(false);
  });
});

describe('results of a run', () => {
  it('are written with times, samples and cells of every probe', () => {
    const times = new Float64Array([0, 0.1]);
    const bytes = writeRunNpz([
      { type: 'samples', name: 'Cells.v', times, samples: new Float64Array([1, 2, 3, 4]), channelCount: 2, members: 1 },
      {
        type: 'events',
        name: 'Cells.spikes',
        times: new Float64Array([0.1]),
        cells: new Int32Array([7]),
        channelCount: 8,
        members: 1,
      },
      {
        type: 'events',
        name: 'Cells.spikes',
        times: new Float64Array(0),
        cells: new Int32Array(0),
        channelCount: 8,
        members: 1,
      },
      {
        type: 'events',
        name: '../a:b',
        times: new Float64Array(0),
        cells: new Int32Array(0),
        channelCount: 8,
        members: 1,
      },
    ]);
    const arrays = expectOk(readNpz(bytes));
    expect([...arrays.keys()]).toEqual([
      'Cells.v/times',
      'Cells.v/samples',
      'Cells.spikes/times',
      'Cells.spikes/cells',
      'Cells.spikes-2/times',
      'Cells.spikes-2/cells',
      '__a_b/times',
      '__a_b/cells',
    ]);
    expect(arrays.get('Cells.v/samples')).toEqual({ shape: [2, 2], values: new Float64Array([1, 2, 3, 4]) });
  });

  it('of a batch have an axis of members, and a member for every event', () => {
    const times = new Float64Array([0, 0.1]);
    const samples = new Float64Array([1, 2, 3, 4, 5, 6, 7, 8]);
    const bytes = writeRunNpz([
      { type: 'samples', name: 'v', times, samples, channelCount: 2, members: 2 },
      { type: 'events', name: 'spikes', times, cells: new Int32Array([7, 11]), channelCount: 5, members: 3 },
    ]);
    const arrays = expectOk(readNpz(bytes));
    expect(arrays.get('v/samples')).toEqual({ shape: [2, 2, 2], values: samples });
    expect(arrays.get('spikes/cells')?.values).toEqual(new Float64Array([2, 1]));
    expect(arrays.get('spikes/members')?.values).toEqual(new Float64Array([1, 2]));
  });
});

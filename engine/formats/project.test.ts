import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { expectOk } from '../base/result.ts';
import { encodeArray } from '../model/arrays.ts';
import type { ArrayRecord, SpikeloomDocument } from '../model/document.ts';
import { createEmptyDocument } from '../model/new-document.ts';
import { projectFromFiles, projectToFiles, projectToJson, readProject, writeProject } from './project.ts';
import { readZip } from './zip.ts';
import { isPlainPath } from './zip-entries.ts';

const small = encodeArray([1, 2, 3], [3]);
const large = encodeArray(
  Float64Array.from({ length: 200 }, (_, index) => index / 7),
  [100, 2],
  { source: 'data.csv' },
);
const series = {
  id: 'el_a',
  kind: 'stimuli/series',
  name: 'Data',
  parameters: { series: { array: large.id, unit: '1' } },
};
const other = {
  id: 'el_b',
  kind: 'stimuli/series',
  name: 'More',
  parameters: { series: { array: small.id, unit: '1' } },
};
const project: SpikeloomDocument = {
  ...createEmptyDocument('Sunspots — café'),
  elements: { el_a: series, el_b: other },
  arrays: { [large.id]: large, [small.id]: small },
};
const codeOf = (bytes: Uint8Array): string | undefined => readProject(bytes).problems[0]?.code;

describe('a project on disk', () => {
  it('comes back unchanged from archive, folder and JSON', () => {
    expect(expectOk(readProject(writeProject(project))).document).toEqual(project);
    expect(expectOk(projectFromFiles(projectToFiles(project))).document).toEqual(project);
    expect(expectOk(readProject(strToU8(projectToJson(project)))).document).toEqual(project);
  });

  it('keeps arrays below 64 values inline and writes larger ones as files', () => {
    const files = projectToFiles(project);
    expect([...files.keys()]).toEqual(['document.json', `arrays/${large.id}.npy`]);
    expect(new TextDecoder().decode(files.get('document.json'))).toContain(small.base64);
  });

  it('has the same bytes every time', () => {
    expect(writeProject(structuredClone(project))).toEqual(writeProject(project));
  });
});

describe('what is written is within the limits of what is read (L8)', () => {
  const withArrays = (records: readonly ArrayRecord[]): SpikeloomDocument => ({
    ...createEmptyDocument('Arrays'),
    arrays: Object.fromEntries(records.map((record) => [record.id, record])),
  });
  const comesBack = (document: SpikeloomDocument): void => {
    expect(expectOk(readProject(writeProject(document))).document).toEqual(document);
  };

  it('though an array packs to a thousandth', () => {
    comesBack(withArrays([encodeArray(new Float64Array(300_000), [300_000])]));
  });

  it('though there are more arrays than an archive has parts', () => {
    const base = encodeArray(new Uint8Array(64), [64], { dtype: 'uint8' });
    comesBack(withArrays(Array.from({ length: 4200 }, (_, index) => ({ ...base, id: `a${index}` }))));
  });

  it('though ids differ in case only', () => {
    const base = encodeArray(new Uint8Array(64), [64], { dtype: 'uint8' });
    const ids = ['ar_x', 'AR_X', 'Ar_x', 'constructor2'];
    const document = withArrays(ids.map((id) => ({ ...base, id })));
    expect([...projectToFiles(document).keys()]).toEqual([
      'document.json',
      'arrays/ar_x.npy',
      'arrays/AR_X~2.npy',
      'arrays/Ar_x~3.npy',
      'arrays/constructor2.npy',
    ]);
    comesBack(document);
  });
});

describe('files that are no project', () => {
  it('become problems', () => {
    expect(codeOf(new Uint8Array(0))).toBe('document/not-json');
    expect(codeOf(strToU8('{ "format": "spikeloom", '))).toBe('document/not-json');
    expect(codeOf(new Uint8Array([0xff, 0xd8, 0xff, 0xe0]))).toBe('document/not-json');
    expect(codeOf(strToU8('{"format":"other"}'))).toBe('document/not-spikeloom');
    expect(codeOf(zipSync({ 'readme.txt': strToU8('hello') }))).toBe('document/not-spikeloom');
    expect(codeOf(zipSync({ 'document.json': strToU8('{') }))).toBe('document/not-json');
  });

  it('never open when cut off or with a flipped byte in them, or open unchanged', () => {
    const bytes = writeProject(project);
    for (let length = 0; length < bytes.length; length += 13)
      expect(readProject(bytes.slice(0, length)).ok).toBe(false);
    for (let at = 0; at < bytes.length; at += 3) {
      const damaged = bytes.slice();
      damaged[at] = (damaged[at] as number) ^ 0x21;
      const read = readProject(damaged);
      if (read.ok) expect(read.value.document).toEqual(project);
    }
  });

  it('name the array that is missing or does not fit', () => {
    const files = projectToFiles(project);
    const path = `arrays/${large.id}.npy`;
    const array = files.get(path) as Uint8Array;
    files.delete(path);
    expect(projectFromFiles(files).problems).toMatchObject([{ code: 'document/missing-array', at: { path } }]);
    files.set(path, array.slice(0, 20));
    expect(projectFromFiles(files).problems).toMatchObject([{ code: 'npy/format', at: { path } }]);
    files.set(path, array.slice(0, -8));
    expect(projectFromFiles(files).ok).toBe(false);
  });
});

describe('archives', () => {
  it('may hold only plain relative names', () => {
    expect(['a/b.npy', 'ä b.txt'].map(isPlainPath)).toEqual([true, true]);
    expect(['/etc/x', '../x', 'a/../b', 'a\\b', 'c:/x', 'a//b', '', '.', 'a\nb'].map(isPlainPath)).toEqual(
      Array.from({ length: 9 }, () => false),
    );
    expect(readZip(zipSync({ '../evil': strToU8('x') }), { code: 'npy/format' }).ok).toBe(false);
  });

  it('may not claim more than the limits', () => {
    const bytes = zipSync({ 'document.json': strToU8('x'.repeat(4000)) });
    const forged = bytes.slice();
    const view = new DataView(forged.buffer);
    for (let at = 0; at + 4 <= forged.length; at += 1)
      if (view.getUint32(at, true) === 4000) view.setUint32(at, 0x30000000, true);
    expect(readZip(forged, { code: 'document/not-json' }).problems[0]?.message).toContain('packed too tightly');
  });
});

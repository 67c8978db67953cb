/** Hand-made archives that lie, burst or break, each with what has to come of it. */
import { deflateSync } from 'fflate';
import { sample, sampleWith, type ForeignFile } from './foreign-projects.test-support.ts';
import { writeNpy } from './npy.ts';
import { concatenated, forgedZip, type ForgedEnd, type ForgedPart } from './zip-forging.test-support.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const document: ForgedPart = { name: 'document.json', content: encode(sample) };
const part = (name: string, content: Uint8Array | string = 'x', rest: Partial<ForgedPart> = {}): ForgedPart => ({
  name,
  content: typeof content === 'string' ? encode(content) : content,
  ...rest,
});

/** An archive of the sample and further parts. */
function archive(
  name: string,
  parts: () => readonly ForgedPart[],
  gives: ForeignFile['gives'] = 'document/not-json',
  end: ForgedEnd = {},
): ForeignFile {
  return { name, bytes: () => forgedZip(parts(), end), gives };
}

/** An archive whose document.json is forged. */
const lying = (name: string, lie: Partial<ForgedPart>): ForeignFile => archive(name, () => [{ ...document, ...lie }]);

/** The sample with one more part of this name. */
const named = (name: string, gives: ForeignFile['gives'] = 'document/not-json'): ForeignFile =>
  archive(`a part called ${JSON.stringify(name.slice(0, 40))}`, () => [document, part(name)], gives);

/** The archive, changed afterwards. */
function damaged(name: string, change: (bytes: Uint8Array) => Uint8Array): ForeignFile {
  return { name, bytes: () => change(forgedZip([document])), gives: 'document/not-json' };
}

const zeros = (size: number): Uint8Array => new Uint8Array(size);

const names: readonly ForeignFile[] = [
  named('/etc/passwd'),
  named('../evil'),
  named('a/../../evil'),
  named('..'),
  named('.'),
  named('a//b'),
  named('./a'),
  named('C:/evil'),
  named('c:evil'),
  named('\\\\server\\share'),
  named('a\\..\\b'),
  named('a\0b'),
  named('a\nb'),
  named('a\x7fb'),
  named(''),
  named('/'),
  named('../'),
  named('x'.repeat(256)),
  named('x'.repeat(60_000)),
  named('x'.repeat(255), 'opens'),
  named('constructor', 'opens'),
  named('__proto__', 'opens'),
  named('notes/ä b.txt', 'opens'),
  named('folder with content/'),
  archive('an empty folder', () => [document, part('arrays/', '')], 'opens'),
  archive('a name twice', () => [document, part('a'), part('a')]),
  archive('the document twice', () => [document, { ...document, content: encode('{}') }]),
  archive('a name twice but for case', () => [document, part('a.npy'), part('A.npy')]),
  archive('a name twice but for composition', () => [document, part('\u00e4'), part('a\u0308')]),
  archive('a link', () => [document, part('link', '/etc/passwd', { mode: 0o120777 })]),
  archive('a device', () => [document, part('disk', '', { mode: 0o060666 })]),
  archive('a folder without slash', () => [document, part('folder', '', { mode: 0o040755 })]),
  archive('a plain file of Unix', () => [{ ...document, mode: 0o100644 }], 'opens'),
  archive('4097 parts', () => [document, ...Array.from({ length: 4096 }, (_, index) => part(`n${index}`))]),
  archive('4096 parts', () => [document, ...Array.from({ length: 4095 }, (_, index) => part(`n${index}`))], 'opens'),
  archive('65,535 parts announced', () => [document], 'document/not-json', { count: 65_535 }),
  archive('no document', () => [part('readme.txt')], 'document/not-spikeloom'),
  archive('nothing', () => [], 'document/not-spikeloom'),
  archive('a document in another case', () => [{ ...document, name: 'Document.json' }], 'document/not-spikeloom'),
];

const lies: readonly ForeignFile[] = [
  lying('a wrong checksum', { checksum: 1 }),
  lying('a size too small', { size: 10 }),
  lying('a size too large', { size: 5000 }),
  lying('a size of 4 GB', { size: 0xffffffff }),
  lying('a packed size of 4 GB', { packedSize: 0xffffffff }),
  lying('a packed size too small', { packedSize: 100 }),
  lying('an encrypted part', { flags: 1 }),
  lying('an unknown method', { method: 12 }),
  lying('a method that is not the one used', { method: 8 }),
  lying('another name inside', { localName: 'document.js' }),
  lying('a place beyond the end', { offset: 0x7fffffff }),
  lying('a place that is no part', { offset: 7 }),
  lying('a packed stream that breaks off', { method: 8, stream: deflateSync(encode(sample)).slice(0, -20) }),
  lying('a packed stream of noise', { method: 8, stream: encode('\xff'.repeat(300)) }),
  lying('an empty packed stream', { method: 8, stream: zeros(0) }),
  lying('a packed stream longer than told', { method: 8, stream: deflateSync(encode(`${sample} `)) }),
  archive('fewer parts told than there are', () => [document, part('a')], 'document/not-json', { count: 1 }),
  archive('more parts told than there are', () => [document], 'document/not-json', { count: 2 }),
  archive('parts that share bytes', () => [document, part('a', sample, { offset: 0, localName: 'document.json' })]),
  archive('a table in the middle of the parts', () => [document], 'document/not-json', { directoryOffset: 20 }),
  archive('a table beyond the end', () => [document], 'document/not-json', { directoryOffset: 0xfffffff0 }),
  archive('a remark at the end', () => [document], 'opens', { comment: encode('PK\x05\x06 and so on') }),
  archive('a program in front', () => [document], 'document/not-json', { prefix: encode('#!/bin/sh\n') }),
  archive('a packed document', () => [{ ...document, packed: true }], 'opens'),
  damaged('a cut-off end', (bytes) => bytes.slice(0, -1)),
  damaged('only the beginning', (bytes) => bytes.slice(0, 100)),
  damaged('only the mark', (bytes) => bytes.slice(0, 4)),
  damaged('something behind', (bytes) => concatenated(bytes, encode('more'))),
  damaged('an end that is repeated', (bytes) => concatenated(bytes, bytes.slice(-22))),
];

let kept: Uint8Array | undefined;
/** 200 MB of zeros, packed to 195 KB. */
function packedZeros(): Uint8Array {
  kept ??= deflateSync(zeros(200 << 20));
  return kept;
}

/** Bytes that do not pack. */
function noise(count: number): Uint8Array {
  let state = 1;
  return zeros(count).map(() => (state = Math.imul(state, 1_664_525) + 1_013_904_223) >>> 24);
}

/** A part of 200 MB of zeros that says it has this size. */
const bomb = (size: number, packedSize?: number): ForgedPart =>
  part('bomb', '', { method: 8, stream: packedZeros(), size, ...(packedSize === undefined ? {} : { packedSize }) });

const bombs: readonly ForeignFile[] = [
  archive('200 MB of zeros', () => [document, bomb(200 << 20)]),
  archive('200 MB of zeros called 10 bytes', () => [document, bomb(10)]),
  archive('200 MB of zeros called 1 MB', () => [document, bomb(1 << 20)]),
  archive('200 MB of zeros called 20 MB, packed size called 2 MB', () => [document, bomb(20 << 20, 2 << 20)]),
  archive('200 MB of zeros, 200 KB of noise to make the ratio right', () => [
    document,
    { ...bomb(15 << 20), stream: concatenated(packedZeros(), noise(200_000)) },
  ]),
  archive('a document of 30 MB of blanks', () => [part('document.json', ' '.repeat(30 << 20), { packed: true })]),
  archive('4000 parts of a megabyte of zeros', () => {
    const content = zeros(1 << 20);
    const stream = deflateSync(content);
    return Array.from({ length: 4000 }, (_, index) =>
      part(`n${index}`, content, { method: 8, stream, checksum: 0xa738ea1c }),
    );
  }),
  archive('4000 parts of the same bytes', () => [
    document,
    ...Array.from({ length: 4000 }, (_, index) =>
      part(`n${index}`, 'x', { offset: 0, size: 1 << 20, packedSize: 1 << 19 }),
    ),
  ]),
  archive('1.1 GB announced', () => [document, part('a', 'x', { size: 1_100_000_000, packedSize: 200_000_000 })]),
  archive('an archive within the archive', () => [document, part('inner.zip', forgedZip([document]))], 'opens'),
  archive('just under a megabyte of zeros', () => [document, part('a', zeros(1_040_000), { packed: true })], 'opens'),
];

/** The sample with its array in a file, under this record and this content. */
function arrayFile(
  name: string,
  content: Uint8Array | undefined,
  gives: ForeignFile['gives'],
  record = '{"id":"ar_numbers","dtype":"float64","shape":[2,1],"file":"arrays/a.npy"}',
): ForeignFile {
  const parts = content === undefined ? [] : [part('arrays/a.npy', content)];
  return archive(name, () => [part('document.json', sampleWith('arrays/ar_numbers', record)), ...parts], gives);
}

const numbers = writeNpy(new Float64Array([1, Number.NaN]), [2, 1]);

const arrays: readonly ForeignFile[] = [
  arrayFile('an array file', numbers, 'opens'),
  arrayFile('an array file that is missing', undefined, 'document/missing-array'),
  arrayFile('an array file that is a text', encode('1,2'), 'npy/format'),
  arrayFile('an array file cut off', numbers.slice(0, -3), 'document/invalid'),
  arrayFile('an array file with more', concatenated(numbers, zeros(8)), 'document/invalid'),
  arrayFile('an array file of another shape', writeNpy(new Float64Array(2), [1, 2]), 'document/invalid'),
  arrayFile('an array file of another type', writeNpy(new Float32Array(2), [2, 1]), 'document/invalid'),
  arrayFile(
    'an array file and bytes',
    numbers,
    'document/invalid',
    '{"id":"ar_numbers","dtype":"float64","shape":[2,1],"file":"arrays/a.npy","base64":""}',
  ),
  arrayFile(
    'an array file that is the document',
    numbers,
    'npy/format',
    '{"id":"ar_numbers","dtype":"float64","shape":[2,1],"file":"document.json"}',
  ),
  arrayFile(
    'an array file outside',
    numbers,
    'document/missing-array',
    '{"id":"ar_numbers","dtype":"float64","shape":[2,1],"file":"../../etc/passwd"}',
  ),
  arrayFile(
    'an array file with a name of a megabyte',
    numbers,
    'document/missing-array',
    `{"id":"ar_numbers","dtype":"float64","shape":[2,1],"file":"${'x'.repeat(1e6)}"}`,
  ),
  arrayFile(
    'an array file of type constructor',
    numbers,
    'document/invalid',
    '{"id":"ar_numbers","dtype":"constructor","shape":[2,1],"file":"arrays/a.npy"}',
  ),
  arrayFile(
    'a name that is a number',
    numbers,
    'document/invalid',
    '{"id":"ar_numbers","dtype":"float64","shape":[2,1],"file":5}',
  ),
  archive(
    'one array file under 20,000 names',
    () => {
      const record = (index: number) =>
        `"a${index}":{"id":"a${index}","dtype":"uint8","shape":[1000000],"file":"arrays/a.npy"}`;
      const records = Array.from({ length: 20_000 }, (_, index) => record(index)).join(',');
      return [
        part('document.json', sampleWith('arrays', `{${records}}`)),
        part('arrays/a.npy', writeNpy(new Uint8Array(1_000_000))),
      ];
    },
    'document/invalid',
  ),
];

/** Every hand-made archive. */
export const foreignArchives: readonly ForeignFile[] = [...names, ...lies, ...bombs, ...arrays];

/** Hand-made project files that lie, burst or break, each with what has to come of it. */
import { readFileSync } from 'node:fs';
import type { ProblemCode } from '../base/problem-codes.ts';
import { encodeBase64 } from '../model/base64.ts';

/** A file and what opening it gives: the code of its first problem, or that it opens (read-only with `document/newer`). */
export interface ForeignFile {
  readonly name: string;
  readonly bytes: () => Uint8Array;
  readonly gives: ProblemCode | 'opens' | 'opens read-only';
}

export const sample = readFileSync(new URL('../model/history/document-v1.json', import.meta.url), 'utf8');
const encoder = new TextEncoder();

/** JSON text of the sample with the value at `path` replaced by literally this text. */
export function sampleWith(path: string, text: string): string {
  const json = JSON.parse(sample) as Record<string, unknown>;
  const keys = path.split('/');
  let at = json;
  for (const key of keys.slice(0, -1)) at = at[key] as Record<string, unknown>;
  at[keys.at(-1) ?? ''] = '<here>';
  return JSON.stringify(json).replace('"<here>"', () => text);
}

const text = (name: string, content: string | (() => string), gives: ForeignFile['gives']): ForeignFile => ({
  name,
  bytes: () => encoder.encode(typeof content === 'string' ? content : content()),
  gives,
});

/** The sample with one value replaced. */
const value = (path: string, content: string, gives: ForeignFile['gives'] = 'document/invalid'): ForeignFile =>
  text(`${path} = ${content.slice(0, 60)}`, () => sampleWith(path, content), gives);

const leak = 'elements/el_reservoir/parameters/leak';
const repeated = (times: number, make: (index: number) => string): string =>
  Array.from({ length: times }, (_, index) => make(index)).join(',');

const notProjects: readonly ForeignFile[] = [
  text('nothing', '', 'document/not-json'),
  text('a blank', ' ', 'document/not-json'),
  text('a word', 'spikeloom', 'document/not-json'),
  text('a cut object', '{"format":"spikeloom",', 'document/not-json'),
  text('a cut text', '{"format":"spike', 'document/not-json'),
  text('two objects', `${sample}${sample}`, 'document/not-json'),
  text('a comma too many', sample.replace('{', '{,'), 'document/not-json'),
  text('single quotes', "{'format':'spikeloom'}", 'document/not-json'),
  text('a comment', `// mine\n${sample}`, 'document/not-json'),
  text('brackets that do not match', '[}', 'document/not-json'),
  text('brackets closed too often', ']]]]]]}}}}', 'document/not-json'),
  text('NaN as a word', sampleWith(leak, '{"value":NaN,"unit":""}'), 'document/not-json'),
  text('Infinity as a word', sampleWith(leak, '{"value":-Infinity,"unit":""}'), 'document/not-json'),
  text('a hexadecimal number', sampleWith(leak, '0x10'), 'document/not-json'),
  text('a leading zero', sampleWith('run/seed', '007'), 'document/not-json'),
  text('a number of 200,000 signs', `[${'-'.repeat(200_000)}]`, 'document/invalid'),
  text('a raw line break in a text', sampleWith('name', '"a\nb"'), 'document/not-json'),
  text('a broken escape', sampleWith('name', '"\\x41"'), 'document/not-json'),
  text('null', 'null', 'document/not-spikeloom'),
  text('a number', '3', 'document/not-spikeloom'),
  text('a list', '[]', 'document/not-spikeloom'),
  text('an empty object', '{}', 'document/not-spikeloom'),
  text('another format', '{"format":"nir"}', 'document/not-spikeloom'),
  text('the format in a list', '{"format":["spikeloom"]}', 'document/not-spikeloom'),
  { name: 'a JPEG', bytes: () => Uint8Array.of(0xff, 0xd8, 0xff, 0xe0), gives: 'document/not-json' },
  { name: 'text that is no UTF-8', bytes: () => Uint8Array.of(0x7b, 0xc3, 0x28, 0x7d), gives: 'document/not-json' },
  {
    name: 'UTF-16',
    bytes: () => new Uint8Array(Buffer.from(`\ufeff${sample}`, 'utf16le')),
    gives: 'document/not-json',
  },
  { name: 'a megabyte of zeros', bytes: () => new Uint8Array(1 << 20), gives: 'document/not-json' },
];

const deep: readonly ForeignFile[] = [
  text('5,000,000 lists in each other', () => `${'['.repeat(5e6)}${']'.repeat(5e6)}`, 'document/invalid'),
  text('65 lists', `${'['.repeat(65)}${']'.repeat(65)}`, 'document/invalid'),
  text('64 lists', `${'['.repeat(64)}${']'.repeat(64)}`, 'document/not-spikeloom'),
  text('1,000,000 groups in each other', () => '{"a":'.repeat(1e6), 'document/invalid'),
  text('depth inside a parameter', sampleWith(leak, `${'['.repeat(70)}${']'.repeat(70)}`), 'document/invalid'),
  text('brackets in a text are no depth', sampleWith('name', `"${'['.repeat(190)}"`), 'opens'),
  text('2,000,001 numbers', () => `[${'0,'.repeat(2_000_000)}0]`, 'document/invalid'),
  text('2,000,001 empty groups', () => `[${'{},'.repeat(2_000_000)}{}]`, 'document/invalid'),
  text('40,000,000 numbers', () => `[${'0,'.repeat(40e6)}0]`, 'document/invalid'),
  text(
    '100,001 elements',
    () => sampleWith('elements', `{${repeated(100_001, (i) => `"e${i}":{}`)}}`),
    'document/invalid',
  ),
  text('100,001 plots', () => sampleWith('view/plots', `[${repeated(100_001, () => '{}')}]`), 'document/invalid'),
  text(
    '90,000 wrong elements',
    () => sampleWith('elements', `{${repeated(90_000, (i) => `"e${i}":{"x":1}`)}}`),
    'document/invalid',
  ),
  text(
    '90,000 wrong places',
    () => sampleWith('view/positions', `{${repeated(90_000, (i) => `"e${i}":{"x":"1"}`)}}`),
    'document/invalid',
  ),
  text(
    '200,000 wrong cells',
    () => sampleWith('probes/pr_state/cells', `[${repeated(200_000, () => '"a"')}]`),
    'document/invalid',
  ),
  text(
    '200,000 wrong values',
    () => sampleWith(leak, `{"values":[${repeated(200_000, () => '""')}],"unit":""}`),
    'document/invalid',
  ),
  text(
    '200,000 wrong extents',
    () => sampleWith('arrays/ar_numbers/shape', `[${repeated(200_000, () => 'null')}]`),
    'document/invalid',
  ),
  text(
    '1001 parameters',
    () => sampleWith('elements/el_later/parameters', `{${repeated(1001, (i) => `"p${i}":1`)}}`),
    'document/invalid',
  ),
  text(
    '1000 parameters',
    () => sampleWith('elements/el_later/parameters', `{${repeated(1000, (i) => `"p${i}":1`)}}`),
    'opens',
  ),
  text(
    '1,500,000 wrong parameters',
    () =>
      sampleWith(
        'elements',
        `{${repeated(1500, (e) => `"e${e}":{"id":"e${e}","kind":"k","name":"","parameters":{${repeated(1000, (i) => `"p${i}":{}`)}}}`)}}`,
      ),
    'document/invalid',
  ),
  text(
    '30,000 missing arrays',
    () =>
      sampleWith(
        'elements',
        `{${repeated(30_000, (i) => `"e${i}":{"id":"e${i}","kind":"k","name":"","parameters":{"w":{"array":"a","unit":""}}}`)}}`,
      ).replace(/"connections":.*?,"probes"/, '"connections":{},"probes"'),
    'opens',
  ),
  text(
    '90,000 versions',
    () => sampleWith('versions', `{${repeated(90_000, (i) => `"v${i}":9`)}}`),
    'document/invalid',
  ),
  text(
    '90,000 unknown parts',
    () => sampleWith('run', `{${repeated(90_000, (i) => `"r${i}":9`)}}`),
    'document/invalid',
  ),
];

const names: readonly ForeignFile[] = [
  ...['__proto__', 'constructor', 'prototype', '\\u005f_proto__', 'const\\u0072uctor'].flatMap((key) => [
    value('elements/el_later/parameters', `{"${key}":1}`),
    value('elements', `{"${key}":{"id":"a","kind":"k","name":"","parameters":{}}}`),
    value('view/positions', `{"${key}":{"x":1,"y":2}}`),
    value('versions', `{"${key}":1}`),
  ]),
  text('a prototype at the top', sample.replace('{', '{"__proto__":{"format":"spikeloom"},'), 'document/invalid'),
  value('elements/el_later/id', '"__proto__"'),
  value('elements/el_later/id', '"a/b"'),
  value('elements/el_later/id', '""'),
  value('elements/el_later/id', '"el_sunspots"'),
  text('an id of 65 letters', sampleWith('elements/el_later/id', `"${'a'.repeat(65)}"`), 'document/invalid'),
  value('arrays/ar_numbers/id', '"../../etc/passwd"'),
  value('connections/co_in/from', '{"element":"hasOwnProperty","port":"toString"}', 'opens'),
  value('elements/el_later/kind', '"toString"', 'opens'),
  value('elements/el_reservoir/parameters/weights', '{"array":"constructor","unit":"1"}', 'opens'),
  value('elements/el_reservoir/parameters/weights', '{"array":"__proto__","unit":"1"}', 'opens'),
  text('a name given twice', sample.replace('"name"', '"name":"x","name"'), 'document/invalid'),
  text('a name given twice, once escaped', sample.replace('"name"', '"n\\u0061me":"x","name"'), 'document/invalid'),
  text(
    'a name given twice, blanks between',
    sampleWith(leak, '{"value" \n : 1,"unit":"","value":2}'),
    'document/invalid',
  ),
  text('a name of a megabyte', () => sampleWith('versions', `{"${'v'.repeat(1e6)}":1}`), 'document/invalid'),
  text('a name of a megabyte that is unknown', () => sampleWith('run', `{"${'v'.repeat(1e6)}":1}`), 'document/invalid'),
];

const numbers: readonly ForeignFile[] = [
  value(leak, '{"value":1e400,"unit":""}'),
  value(leak, '{"value":-1e400,"unit":""}'),
  value(leak, '-1e999'),
  value('run/timeStep/value', '1e309'),
  value('view/positions/el_sunspots/x', '1e400'),
  value('run/seed', '9007199254740993'),
  value('run/seed', '9007199254740992'),
  value('run/seed', '9007199254740991', 'opens'),
  value('run/seed', '-1'),
  value('run/seed', '0.5'),
  value('run/seed', '-0', 'opens'),
  value('run/speed', '0'),
  value('run/speed', '-2'),
  value(leak, '{"value":9007199254740993,"unit":""}'),
  value(leak, '{"value":-9007199254740993,"unit":""}'),
  value(leak, '{"value":9007199254740994,"unit":""}', 'opens'),
  value(leak, '{"value":100000000000000000000,"unit":""}', 'opens'),
  value(leak, '{"value":1e-400,"unit":""}', 'opens'),
  value(leak, '{"value":-0,"unit":""}', 'opens'),
  value(leak, '{"values":[1,null,2],"unit":""}'),
  text(
    'a number of a million digits',
    () => sampleWith(leak, `{"value":${'1'.repeat(1e6)},"unit":""}`),
    'document/invalid',
  ),
  text(
    'a fraction of a million digits',
    () => sampleWith(leak, `{"value":0.${'1'.repeat(1e6)},"unit":""}`),
    'document/invalid',
  ),
  value('probes/pr_state/cells', '[-1]'),
  value('probes/pr_state/cells', '[1.5]'),
  text('4097 cells', sampleWith('probes/pr_state/cells', `[${repeated(4097, String)}]`), 'document/invalid'),
  text('4096 cells', sampleWith('probes/pr_state/cells', `[${repeated(4096, String)}]`), 'opens'),
  value('view/positions/el_sunspots', '{"x":1}'),
];

const texts: readonly ForeignFile[] = [
  text('a name of 201 letters', sampleWith('name', `"${'x'.repeat(201)}"`), 'document/invalid'),
  text('a name of 2 megabytes', () => sampleWith('name', `"${'x'.repeat(2 << 20)}"`), 'document/invalid'),
  text('half a letter', sampleWith('name', '"\\ud800"'), 'opens'),
  text('letters that turn the line around', sampleWith('name', '"\u202egnp.exe"'), 'opens'),
  text('a NUL in a name', sampleWith('name', '"a\\u0000b"'), 'opens'),
  text('equations of 16,385 letters', sampleWith(leak, `"${'x'.repeat(16_385)}"`), 'document/invalid'),
  text('equations of 16,384 letters', sampleWith(leak, `"${'x'.repeat(16_384)}"`), 'opens'),
  text('a million backslashes', () => sampleWith('name', `"${'\\\\'.repeat(1e6)}"`), 'document/invalid'),
  text('a million escaped quotes', () => sampleWith('name', `"${'\\"'.repeat(1e6)}"`), 'document/invalid'),
];

const oneNumber = (shape: string, base64: string, dtype = 'float64'): string =>
  `{"id":"ar_numbers","dtype":"${dtype}","shape":${shape},"base64":"${base64}"}`;
const nan = encodeBase64(new Uint8Array(new Float64Array([Number.NaN, Number.POSITIVE_INFINITY]).buffer));

const arrays: readonly ForeignFile[] = [
  value('arrays/ar_numbers', oneNumber('[9007199254740991]', '')),
  value('arrays/ar_numbers', oneNumber('[4294967296,4294967296]', '')),
  value('arrays/ar_numbers', oneNumber('[4294967296,4294967296,4294967296,4294967296]', 'AAAAAAAAAAA=')),
  value('arrays/ar_numbers', oneNumber('[3000000000]', '')),
  value('arrays/ar_numbers', oneNumber('[0,9007199254740991]', ''), 'opens'),
  value('arrays/ar_numbers', oneNumber('[]', 'AAAAAAAAAAA='), 'opens'),
  value('arrays/ar_numbers', oneNumber('[-1]', '')),
  value('arrays/ar_numbers', oneNumber('[1.5]', 'AAAAAAAAAAA=')),
  value('arrays/ar_numbers', oneNumber('[1,1,1,1,1]', 'AAAAAAAAAAA=')),
  value('arrays/ar_numbers', oneNumber('[2]', 'AAAAAAAAAAA=')),
  value('arrays/ar_numbers', oneNumber('[1]', 'AAAAAAAAAA==')),
  value('arrays/ar_numbers', oneNumber('[1]', 'AAAAAAAAAAB=')),
  value('arrays/ar_numbers', oneNumber('[1]', 'AAAA*AAAAAA=')),
  value('arrays/ar_numbers', oneNumber('[1]', 'AAAAAAAAAA\u00e4=')),
  value('arrays/ar_numbers', oneNumber('[1]', 'AAAAAAAAAAA')),
  value('arrays/ar_numbers', oneNumber('[1]', 'AAAAAAAAAAA=', 'float16')),
  value('arrays/ar_numbers', oneNumber('[1]', 'AAAAAAAAAAA=', 'constructor')),
  value('arrays/ar_numbers', oneNumber('[2]', nan), 'opens'),
  value('arrays', '{}', 'opens'),
  value('arrays', '[]'),
  text(
    'a file named in JSON',
    sampleWith('arrays/ar_numbers', '{"id":"ar_numbers","dtype":"uint8","shape":[1],"file":"arrays/x.npy"}'),
    'document/invalid',
  ),
];

const references: readonly ForeignFile[] = [
  value('connections/co_in/from', '{"element":"el_reservoir","port":"state"}', 'opens'),
  value('connections/co_in/to', '{"element":"co_in","port":"input"}', 'opens'),
  value('connections/co_in/from/element', '"el_gone"', 'opens'),
  value('probes/pr_state/element', '"pr_state"', 'opens'),
  value('view/plots', '[{"id":"a","kind":"traces","probes":["a","a"]}]', 'opens'),
  value('elements/el_reservoir/parameters/weights', '{"array":"ar_gone","unit":"1"}', 'opens'),
  value('elements/el_reservoir', '"el_sunspots"'),
  value('elements/el_reservoir', 'null'),
  value('elements/el_reservoir/extra', '1'),
  value('elements/el_reservoir/parameters/leak', '{"value":1}'),
  value('elements/el_reservoir/parameters/leak', '{"value":1,"unit":"","array":"a"}'),
  value('connections/co_in', '{}'),
  value('view', 'null'),
  value('run', '[]'),
  value('format', '"Spikeloom"', 'document/not-spikeloom'),
];

const versions: readonly ForeignFile[] = [
  value('versions', '{}', 'opens'),
  value('versions/element', '2', 'opens read-only'),
  value('versions/synapse', '1', 'opens read-only'),
  value('versions/element', '"2"'),
  value('versions/element', '0'),
  value('versions/element', '-1'),
  value('versions/element', '1.5'),
  value('versions/element', 'null'),
  value('versions', '7'),
  value('versions', '[1]'),
  text(
    'a newer form with new parts',
    sampleWith('versions/element', '2').replace('"kind"', '"shape":1,"kind"'),
    'document/newer',
  ),
  text(
    'a newer form with a prototype',
    sampleWith('versions/element', '2').replace('"kind"', '"__proto__":1,"kind"'),
    'document/invalid',
  ),
];

/** Every hand-made text file. */
export const foreignTexts: readonly ForeignFile[] = [
  ...notProjects,
  ...deep,
  ...names,
  ...numbers,
  ...texts,
  ...arrays,
  ...references,
  ...versions,
];

/** Opening foreign data as a document: every refusal, and what stays untouched. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectOk } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { createEmptyDocument } from './new-document.ts';
import { parseDocument, parseDocumentText } from './parse-document.ts';
import type { SpikeloomDocument } from './document.ts';

const sample = readFileSync(new URL('history/document-v1.json', import.meta.url), 'utf8');

/** The sample with the value at `path` replaced. */
function changed(path: string, value: unknown): unknown {
  const json = JSON.parse(sample) as Record<string, unknown>;
  const keys = path.split('.');
  let at = json;
  for (const key of keys.slice(0, -1)) at = at[key] as Record<string, unknown>;
  at[keys.at(-1) ?? ''] = value;
  return json;
}

/** `severity code @place: message` of each problem. */
function told(result: Result<unknown>): string[] {
  return result.problems.map(({ severity, code, message, at }) => {
    const place = [at?.element, at?.path].filter((part) => part !== undefined).join(' ');
    return `${severity} ${code} @${place}: ${message}`;
  });
}

describe('parseDocument', () => {
  it('opens a project and keeps unknown kinds untouched (D1, D6)', () => {
    const opened = expectOk(parseDocumentText(sample));
    expect(opened).toEqual({ document: JSON.parse(sample), readOnly: false, problems: [] });
    expect(JSON.stringify(opened.document.elements)).toBe(
      JSON.stringify((JSON.parse(sample) as SpikeloomDocument).elements),
    );
  });

  it('opens what createEmptyDocument makes', () => {
    const empty = createEmptyDocument('New');
    expect(expectOk(parseDocument(JSON.parse(JSON.stringify(empty)))).document).toEqual(empty);
  });

  it('tells text that is no JSON and JSON that is no project (D1)', () => {
    expect(told(parseDocumentText('{"format": "spike'))[0]).toMatch(/^error document\/not-json @: The file is damaged/);
    for (const json of [null, 3, [], {}, { format: 'other' }]) {
      expect(told(parseDocument(json))).toEqual([
        'error document/not-spikeloom @: This file is not a Spikeloom project.',
      ]);
    }
  });

  it.each([
    [
      'elements.el_reservoir.parameters.leak',
      { value: 'x', unit: '' },
      'error document/invalid @el_reservoir parameters.leak: Element "Reservoir", parameters.leak: is nothing a parameter can hold (a number with its unit, a list, an array, a distribution, a number, a text, true or false).',
    ],
    [
      'elements.el_reservoir.kind',
      5,
      'error document/invalid @el_reservoir kind: Element "Reservoir", kind: should be a text, but is a number.',
    ],
    [
      'elements.el_reservoir.extra',
      5,
      'error document/invalid @el_reservoir: Element "Reservoir": has parts that the format does not know (extra).',
    ],
    [
      'connections.co_in.from',
      undefined,
      'error document/invalid @connections.co_in.from: The value at connections.co_in.from is not plain data.',
    ],
    [
      'connections.co_in.from',
      { element: 'el_sunspots' },
      'error document/invalid @co_in from.port: The connection "Sunspots" → "Reservoir", from.port: is missing.',
    ],
    [
      'probes.pr_state.cells',
      [-1],
      'error document/invalid @pr_state cells.0: The probe of "Reservoir", cells.0: must be at least 0.',
    ],
    [
      'arrays.ar_numbers.dtype',
      'int8',
      'error document/invalid @arrays.ar_numbers.dtype: The array sunspots.csv, column 2, dtype: should be one of float64, float32, int32, uint8.',
    ],
    ['run.speed', 0, 'error document/invalid @run.speed: The project, run.speed: must be greater than 0.'],
    [
      'run.seed',
      1.5,
      'error document/invalid @run.seed: The project, run.seed: should be a whole number, but is a number.',
    ],
    [
      'run.seed',
      2 ** 60,
      'error document/invalid @run.seed: The project, run.seed: is too large (at most 9007199254740991).',
    ],
    ['name', 'x'.repeat(300), 'error document/invalid @name: The project, name: is too long (at most 200).'],
    [
      'elements.el_reservoir.id',
      'a b',
      'error document/invalid @el_reservoir id: Element "Reservoir", id: has letters that are not allowed here.',
    ],
    [
      'elements.el_reservoir.id',
      'other',
      'error document/invalid @elements.el_reservoir: The project lists a record under "el_reservoir" that calls itself "other".',
    ],
    [
      'arrays.ar_numbers.shape',
      [3],
      'error document/invalid @arrays.ar_numbers: The array "sunspots.csv, column 2" is damaged: its shape needs 24 bytes, but there are 16.',
    ],
    [
      'run.timeStep.value',
      Number.NaN,
      'error document/invalid @run.timeStep.value: The value at run.timeStep.value is not a finite number.',
    ],
    [
      'elements.el_sunspots.parameters.series.array',
      'gone',
      'warning document/missing-array @el_sunspots parameters.series: The numbers of series of Sunspots are not in the project.',
    ],
  ])('names place and reason of a wrong %s (D5, D7, D8)', (path, value, message) => {
    const problems = told(parseDocument(changed(path, value)));
    expect(problems).toEqual([message]);
  });

  it('lists every defect, up to fifty', () => {
    const elements = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`e${index}`, { id: `e${index}` }]));
    const problems = told(parseDocument(changed('elements', elements)));
    expect(problems.length).toBe(51);
    expect(problems.at(-1)).toBe('error document/invalid @: There are more parts like these.');
  });
});

describe('newer projects (D3)', () => {
  it('open read-only when they still fit', () => {
    const opened = expectOk(parseDocument(changed('versions.element', 7)));
    expect(opened.readOnly).toBe(true);
    expect(opened.problems.map(({ code, severity }) => [code, severity])).toEqual([['document/newer', 'warning']]);
    expect(opened.document.versions['element']).toBe(7);
    expect(expectOk(parseDocument(changed('versions.synapse', 1))).readOnly).toBe(true);
  });

  it('are refused as newer when they do not', () => {
    const json = changed('versions.element', 7) as { elements: Record<string, unknown> };
    json.elements['el_reservoir'] = {
      id: 'el_reservoir',
      kind: 'layers/reservoir',
      name: 'R',
      parameters: {},
      colour: 'red',
    };
    expect(told(parseDocument(json)).map((line) => line.split(' @')[0])).toEqual([
      'error document/newer',
      'error document/invalid',
    ]);
  });
});

describe('hostile data (D2)', () => {
  it('is refused when nested too deep, without overflowing the stack', () => {
    expect(told(parseDocumentText('['.repeat(5_000_000)))).toEqual([
      'error document/invalid @: The file nests lists or groups more than 64 levels deep.',
    ]);
    let nested: unknown = 1;
    for (let level = 0; level < 100_000; level += 1) nested = [nested];
    expect(told(parseDocument({ format: 'spikeloom', nested }))[0]).toMatch(/is nested more than 64 levels deep\.$/);
    const circle: Record<string, unknown> = { format: 'spikeloom' };
    circle['self'] = circle;
    expect(parseDocument(circle).ok).toBe(false);
  });

  it.each(['__proto__', 'constructor', 'prototype'])('is refused with a key %s', (key) => {
    const text = sample.replace('"leak"', JSON.stringify(key));
    expect(told(parseDocumentText(text))).toEqual([
      `error document/invalid @elements.el_reservoir.parameters.${key}: The value at elements.el_reservoir.parameters.${key} has the name "${key}", which is not allowed.`,
    ]);
  });

  it('is refused with infinite numbers, names given twice, endless texts, too many records', () => {
    expect(told(parseDocumentText(sample.replace('0.3', '1e400')))).toEqual([
      'error document/invalid @elements.el_reservoir.parameters.leak.value: The value at elements.el_reservoir.parameters.leak.value is not a finite number.',
    ]);
    expect(told(parseDocumentText(sample.replace('"leak"', '"si\\u007ae"')))).toEqual([
      'error document/invalid @: The file gives "si\\u007ae" twice in one group.',
    ]);
    expect(told(parseDocument(changed('name', 'x'.repeat(2_000_000))))).toEqual([
      'error document/invalid @name: The value at name is too long a text.',
    ]);
    const many = Object.fromEntries(Array.from({ length: 100_001 }, (_, index) => [`e${index}`, 0]));
    expect(told(parseDocument(changed('elements', many)))).toEqual([
      'error document/invalid @: The project has more than 100000 elements, connections and probes.',
    ]);
  });

  it('is refused when it is no plain data', () => {
    for (const value of [undefined, () => 1, 1n, new Date(0), Symbol('x')]) {
      expect(parseDocument(changed('name', value)).ok).toBe(false);
    }
  });

  it('does not reach the prototype through references', () => {
    const json = changed('connections.co_in.from.element', 'toString') as {
      elements: Record<string, { parameters: object }>;
    };
    json.elements['el_sunspots'] = {
      ...json.elements['el_sunspots'],
      parameters: { series: { array: 'toString', unit: '1' } },
    };
    expect(told(parseDocument(json)).map((line) => line.split(' @')[0])).toEqual(['warning document/missing-array']);
  });

  it('never throws and never opens in part, wherever a file is cut or a byte is changed', () => {
    fc.assert(
      fc.property(fc.nat(sample.length - 1), fc.string({ maxLength: 2 }), fc.boolean(), (at, inserted, cut) => {
        const text = sample.slice(0, at) + inserted + (cut ? '' : sample.slice(at + 1));
        const result = parseDocumentText(text);
        expect(result.ok || result.problems.some((found) => found.severity === 'error')).toBe(true);
        if (cut && result.ok) expect(text.trimEnd().endsWith('}')).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});

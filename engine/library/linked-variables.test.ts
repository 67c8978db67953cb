/** Tests of `(linked)` variables: they follow another population's vector, on both targets (rule E37). */
import { describe, expect, it } from 'vitest';
import type { Problem } from '../base/problem.ts';
import { encodeArray } from '../model/arrays.ts';
import type { ConnectionRecord, ElementRecord, SpikeloomDocument } from '../model/document.ts';
import { createEmptyDocument } from '../model/new-document.ts';
import { prepared, runOn } from './library-models.test-support.ts';
import { prepareRun } from './prepare-run.ts';

const starts = encodeArray([0, 10, 20], [3]);
const quiet = { threshold_condition: '', reset_statements: '', refractory_period: '', event_handlers: '' };

type Texts = Readonly<Record<string, string | number>>;

function population(id: string, size: number, texts: Texts, start = false): ElementRecord {
  const own = start ? { u: { array: starts.id, unit: '1' } } : {};
  return { id, kind: 'neurons/equations', name: id, parameters: { ...quiet, size, method: 'euler', ...texts, ...own } };
}

function link(from: string, port: string, to: string, input: string): ConnectionRecord {
  const id = `${from}_${to}_${input}`;
  return {
    id,
    kind: 'connectors/wire',
    from: { element: from, port },
    to: { element: to, port: input },
    parameters: {},
  };
}

/** Three cells whose u grows by 1 per step of 1 ms from 0, 10 and 20. */
const source = population('source', 3, { model: 'du/dt = 1/ms : 1 (output)' }, true);

function documentOf(
  elements: readonly ElementRecord[],
  connections: readonly ConnectionRecord[],
  probed: readonly (readonly [element: string, target: string])[],
): SpikeloomDocument {
  const empty = createEmptyDocument('Linked');
  const byId = <T extends { readonly id: string }>(records: readonly T[]) =>
    Object.fromEntries(records.map((record) => [record.id, record]));
  return {
    ...empty,
    run: { ...empty.run, timeStep: { value: 1, unit: 'ms' } },
    arrays: { [starts.id]: starts },
    elements: byId(elements),
    connections: byId(connections),
    probes: byId(probed.map(([element, target]) => ({ id: `${element}_${target}`, element, target, cells: null }))),
  };
}

/** Rows of the probe over three steps, alike on both targets. */
function rows(document: SpikeloomDocument, probe: string, width: number): readonly (readonly number[])[] {
  const { program } = prepared(document);
  const found = runOn('wasm', program, 3);
  expect(runOn('interpreter', program, 3)).toEqual(found);
  const flat = [...(found[`probe ${probe}`] ?? [])];
  return Array.from({ length: flat.length / width }, (_, row) => flat.slice(row * width, (row + 1) * width));
}

/** What a follower of `size` cells with these texts shows of `target`. */
function followed(size: number, texts: Texts, target: string): readonly (readonly number[])[] {
  const follower = population('follower', size, texts);
  return rows(
    documentOf([source, follower], [link('source', 'u', 'follower', 'x')], [['follower', target]]),
    `follower_${target}`,
    size,
  );
}

function problems(elements: readonly ElementRecord[], connections: readonly ConnectionRecord[]): readonly Problem[] {
  return prepareRun(documentOf(elements, connections, [])).problems;
}

/** x of the three cells of the source, step by step. */
const followedRows = [
  [0, 10, 20],
  [1, 11, 21],
  [2, 12, 22],
];
const model = 'dy/dt = x/ms : 1\nz = 2*x : 1\nx : 1 (linked)';
const toX = link('source', 'u', 'follower', 'x');

describe('linked variables', () => {
  it('follow the linked population cell by cell, where they are recorded themselves too', () => {
    expect(followed(3, { model }, 'x')).toEqual(followedRows);
    expect(followed(3, { model }, 'z')).toEqual(followedRows.map((row) => row.map((value) => 2 * value)));
  });

  it('drive equations with the value at the start of each step', () => {
    expect(followed(3, { model }, 'y')).toEqual([
      [0, 0, 0],
      [0, 10, 20],
      [1, 21, 41],
    ]);
  });

  it('take one value for all cells', () => {
    const one = population('source', 1, { model: 'du/dt = 1/ms : 1 (output)' });
    for (const flags of ['linked', 'linked, shared']) {
      const follower = population('follower', 2, { model: `z = x + i : 1\nx : 1 (${flags})` });
      const document = documentOf([one, follower], [toX], [['follower', 'z']]);
      expect(rows(document, 'follower_z', 2)).toEqual([
        [0, 1],
        [1, 2],
        [2, 3],
      ]);
    }
  });

  it('pass on through an output of their own', () => {
    const middle = population('follower', 3, { model: 'x : 1 (linked, output)' });
    const last = population('last', 3, { model: 'z = 2*y : 1\ny : 1 (linked)' });
    const links = [toX, link('follower', 'x', 'last', 'y')];
    const document = documentOf([source, middle, last], links, [['last', 'z']]);
    expect(rows(document, 'last_z', 3)).toEqual(followedRows.map((row) => row.map((value) => 2 * value)));
  });

  it('are read by thresholds, resets and regular updates', () => {
    const spiking = { model: 'y : 1\nx : 1 (linked)', threshold_condition: 'x > 10', reset_statements: 'y = x' };
    const [, second, third] = followed(3, spiking, 'y');
    expect([second, third?.slice(0, 1), third?.[2]]).toEqual([[0, 0, 20], [0], 21]);
    expect(followed(3, { model: 'y : 1\nx : 1 (linked)', every_step: 'y += x' }, 'y')).toEqual([
      [0, 10, 20],
      [1, 21, 41],
      [3, 33, 63],
    ]);
  });

  it('leave the linked population as it is without a follower, seen at the end of each step', () => {
    const follower = population('follower', 3, { model });
    const seen = [['source', 'u']] as const;
    const alone = rows(documentOf([source], [], seen), 'source_u', 3);
    expect(rows(documentOf([source, follower], [toX], seen), 'source_u', 3)).toEqual(alone);
    expect(alone).toEqual(followedRows.map((row) => row.map((value) => value + 1)));
  });

  it.each([
    ['another number of cells', 5, { model }, [toX], 'model/port-size'],
    ['several values for all', 3, { model: 'z = x : 1\nx : 1 (linked, shared)' }, [toX], 'model/port-size'],
    ['nothing linked', 3, { model }, [], 'model/missing-input'],
    ['a reset', 3, { model, threshold_condition: 'y > 1', reset_statements: 'x = 0' }, [toX], 'equations/write'],
    ['an update', 3, { model, every_step: 'x += 1' }, [toX], 'equations/write'],
    ['a handler', 3, { model, event_handlers: 'on arrive: x += w' }, [toX], 'equations/write'],
  ])('are refused with %s', (_, size, texts: Texts, links, code) => {
    const found = problems([source, population('follower', size, texts)], links).map((each) => each.code);
    expect(found).toEqual([code]);
  });

  it('sums at ports are not written either, and can be recorded and passed on', () => {
    const summed = { model: 'y = I : 1\nI : 1 (input, output)' };
    const seen = [['follower', 'I']] as const;
    const document = documentOf([population('follower', 2, summed)], [], seen);
    expect(rows(document, 'follower_I', 2)).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
    const writing = population('follower', 2, { ...summed, every_step: 'I = 1' });
    expect(problems([writing], []).map(({ code }) => code)).toEqual(['equations/write']);
  });
});

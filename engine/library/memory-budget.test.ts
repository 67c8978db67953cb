/** Requests of half to four times the memory budget: refused exactly when above it, with the figures, before anything is made. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { nodeMemory } from '../../electron/platform/node-memory.ts';
import { expectOk } from '../base/result.ts';
import { outlineProgram, type Outline } from '../build/build-program.ts';
import type { Program } from '../build/program.ts';
import type { ConnectionRecord, ElementRecord, ProbeRecord, SpikeloomDocument } from '../model/document.ts';
import { createEmptyDocument } from '../model/new-document.ts';
import type { ParameterValue } from '../model/value.ts';
import { validate } from '../model/validate.ts';
import { admitWithin, memoryNeed } from '../runtime/memory-need.ts';
import { createSimulation } from '../runtime/simulation.ts';
import { catalogue, connectorKinds, elementKinds, library } from './library.ts';
import { prepareRun } from './prepare-run.ts';

/** Bytes; small, so that what is admitted can be built here. */
const budget = 16 * 2 ** 20;
/** Bytes that all refusals together may leave behind. */
const mostLeft = 64 * 2 ** 20;
const factors = [0.5, 0.98, 1.02, 2, 4];

type Parameters = Readonly<Record<string, ParameterValue>>;

function element(id: string, kind: string, parameters: Parameters): ElementRecord {
  return { id, kind, name: id, parameters };
}

function join(kind: string, parameters: Parameters): ConnectionRecord {
  const [from, to] = [
    { element: 'Source', port: 'spikes' },
    { element: 'Target', port: 'synapses' },
  ];
  return { id: 'wires', kind, from, to, parameters };
}

function documentOf(
  elements: readonly ElementRecord[],
  connection?: ConnectionRecord,
  probe?: ProbeRecord,
): SpikeloomDocument {
  const empty = createEmptyDocument('Large');
  return {
    ...empty,
    elements: Object.fromEntries(elements.map((record) => [record.id, record])),
    connections: connection === undefined ? {} : { [connection.id]: connection },
    probes: probe === undefined ? {} : { [probe.id]: probe },
  };
}

function projection(kind: string, parameters: Parameters, sources: number, targets: number): SpikeloomDocument {
  return documentOf(
    [element('Source', 'stimuli/poisson', { size: sources }), element('Target', 'neurons/lif', { size: targets })],
    join(kind, parameters),
  );
}

interface Family {
  /** Largest scale that the parameters allow. */
  readonly most?: number;
  /** What takes most of it. */
  readonly owner: string;
  /** The least share of what is foretold that it takes. Default 0.98: a random projection may turn out a little smaller. */
  readonly least?: number;
  /** A project whose need grows with the scale. */
  at(scale: number): SpikeloomDocument;
}

const families: Readonly<Record<string, Family>> = {
  'a full projection': { owner: 'Source → Target', at: (n) => projection('connectors/all-to-all', {}, 1000, n) },
  'a random projection': {
    owner: 'Source → Target',
    at: (n) => projection('connectors/sparse-random', { probability: 0.1 }, 4000, n),
  },
  'a projection of fixed in-degree': {
    owner: 'Source → Target',
    at: (n) => projection('connectors/fixed-in-degree', { in_degree: 200 }, 400, n),
  },
  'plastic synapses': {
    owner: 'Source → Target',
    // An order of the synapses is foretold, which those made in order do without.
    least: 0.9,
    at: (n) => projection('connectors/fixed-in-degree', { in_degree: 100, synapse: 'stdp' }, 400, n),
  },
  'a delay line': {
    owner: 'Source',
    at: (n) => projection('connectors/one-to-one', { delay: { value: n, unit: 'ms' } }, 2000, 2000),
  },
  'a delayed copy': {
    owner: 'Target',
    at: (n) => documentOf([element('Target', 'layers/pass-through', { size: 1000, delay: { value: n, unit: 'ms' } })]),
  },
  'a drawn reservoir': {
    owner: 'Target',
    most: 20_000,
    // Without eigenvalues, which take most of the time: the matrix is as large with nothing but zeros.
    at: (n) => documentOf([element('Target', 'layers/rate-reservoir', { units: n, sr: 0, kernel: 'dense' })]),
  },
  'drawn rows of input weights': {
    owner: 'Target',
    at: (n) =>
      documentOf(
        [
          element('Source', 'layers/pass-through', { size: n }),
          element('Target', 'layers/rate-reservoir', { units: 100, input_connectivity: 0.25 }),
        ],
        {
          ...{ id: 'wires', kind: 'connectors/wire', parameters: {} },
          ...{ from: { element: 'Source', port: 'out' }, to: { element: 'Target', port: 'in' } },
        },
      ),
  },
  'a recurrent layer': {
    owner: 'Target',
    at: (n) => documentOf([element('Target', 'layers/rec-iaf-brian', { size: n })]),
  },
  'a generated series': {
    owner: 'Target',
    most: 10_000_000,
    at: (n) => documentOf([element('Target', 'stimuli/mackey-glass', { length: n })]),
  },
};

function outlineOf(document: SpikeloomDocument): Outline {
  return expectOk(outlineProgram(expectOk(validate(document, catalogue)), library));
}

/** The largest scale whose need stays within `bytes`, by bisection. */
function scaleFor({ at, most = 1_000_000 }: Family, bytes: number): number {
  let [low, high] = [1, most];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (memoryNeed(outlineOf(at(middle))).bytes <= bytes) low = middle;
    else high = middle;
  }
  return low;
}

/** What was asked to make something, rather than to tell its size. */
function watchMakers(): () => readonly string[] {
  const made: string[] = [];
  for (const kind of connectorKinds.entries) {
    const connect = kind.connect.bind(kind);
    vi.spyOn(kind, 'connect').mockImplementation((request) => (made.push(kind.id), connect(request)));
    const rows = kind.rows?.bind(kind);
    if (rows === undefined) continue;
    vi.spyOn(kind as Required<typeof kind>, 'rows').mockImplementation(
      (request) => (made.push(kind.id), rows(request)),
    );
  }
  for (const kind of elementKinds.entries) {
    const expand = kind.expand.bind(kind);
    vi.spyOn(kind, 'expand').mockImplementation((builder) => (builder.outline || made.push(kind.id), expand(builder)));
  }
  return () => made;
}

/** Bytes of the arrays that a program keeps beside its linear memory. */
function contentsOf({ signals }: Program): number {
  return signals.reduce((sum, { initial }) => sum + (ArrayBuffer.isView(initial) ? initial.byteLength : 0), 0);
}

afterEach(() => {
  vi.restoreAllMocks();
});

const refusals: number[] = [];

describe.each(Object.entries(families))('%s', (_, family) => {
  it.each(factors.filter((factor) => factor > 1))('of %f × the budget is refused, and nothing is made', (factor) => {
    const document = family.at(scaleFor(family, factor * budget));
    const made = watchMakers();
    const before = process.memoryUsage();
    const refused = prepareRun(document, admitWithin(budget));
    const after = process.memoryUsage();
    expect(refused.problems.map(({ code }) => code)).toEqual(['run/memory']);
    expect(made()).toEqual([]);
    expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(2 ** 20);
    const [found] = refused.problems;
    const share = new RegExp(
      `^The run needs \\d+\\.\\d MiB of memory; the limit is 16\\.0 MiB\\. ${family.owner} takes \\d+ % of it\\.$`,
      'u',
    );
    expect(found?.message).toMatch(share);
    expect(found?.hint).toContain('or raise Run settings › Memory limit');
    expect(found?.at?.element).toBe(family.owner.includes('→') ? 'wires' : family.owner);
    refusals.push(after.rss - before.rss);
  });

  it.each(factors.filter((factor) => factor <= 1))(
    'of %f × the budget is made, and takes what was foretold',
    (factor) => {
      const document = family.at(scaleFor(family, factor * budget));
      const made = watchMakers();
      const before = process.memoryUsage().rss;
      const { program } = expectOk(prepareRun(document, admitWithin(budget)));
      expect(made()).not.toEqual([]);
      const simulation = expectOk(
        createSimulation({ program, target: 'wasm', memory: nodeMemory, limitBytes: budget }),
      );
      const need = memoryNeed(outlineOf(document));
      const { totalBytes } = simulation.compiled.layout;
      expect(totalBytes / need.linearBytes).toBeGreaterThan(family.least ?? 0.98);
      expect(totalBytes).toBeLessThanOrEqual(need.linearBytes);
      expect(totalBytes + contentsOf(program)).toBeLessThanOrEqual(need.bytes);
      expect(need.bytes / budget).toBeGreaterThan(factor - 0.02);
      expect(process.memoryUsage().rss - before).toBeLessThan(budget + 300e6);
      simulation.dispose();
    },
  );
});

it('50 requests in all; those refused left the process as large as it was', () => {
  expect(Object.keys(families).length * factors.length).toBe(50);
  expect(refusals.length).toBe(30);
  // Together they asked for more than a GB.
  expect(refusals.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(mostLeft);
});

it('with no admission the makers are asked: the watch can fail', () => {
  const made = watchMakers();
  expectOk(prepareRun(projection('connectors/all-to-all', {}, 3, 4)));
  expect(made()).toContain('connectors/all-to-all');
});

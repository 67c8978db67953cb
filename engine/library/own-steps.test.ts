/** Elements with steps of their own: what they compute, and what goes from one step to another. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ElementKind } from '../build/library-kind.ts';
import type { ElementRecord, SpikeloomDocument } from '../model/document.ts';
import { createEmptyDocument } from '../model/new-document.ts';
import { elementDocument, eventsOf, prepared, runOn, type RunTrace } from './library-models.test-support.ts';
import { differentiateProgram } from '../codegen/adjoint/adjoint-program.ts';
import { recRateIo } from './layers/rec-rate-io.ts';
import { elementKinds } from './library.ts';
import { prepareRun } from './prepare-run.ts';
import { ridge } from './readouts/ridge.ts';

const every = 4;
const ownSteps = 24;

/** Kinds that may have a step of their own: all but those that learn while the network runs. */
const kinds = elementKinds.entries.filter(({ id }) => id !== 'readouts/ridge');

/** In steps of `every` quarters of a millisecond: those elements in steps of their own, or the run itself. */
function inSteps(document: SpikeloomDocument, whose: ((id: string) => boolean) | 'run'): SpikeloomDocument {
  const timeStep = { value: every / 4, unit: 'ms' };
  if (whose === 'run') return { ...document, run: { ...document.run, timeStep } };
  const elements = Object.entries(document.elements).map(([id, element]) => {
    return [id, whose(id) ? { ...element, timeStep } : element] as const;
  });
  const run = { ...document.run, timeStep: { value: 0.25, unit: 'ms' } };
  return { ...document, run, elements: Object.fromEntries(elements) };
}

/** What was recorded in steps of the elements: rows of those steps alone, and events by their numbers. */
function thinned(trace: RunTrace, probes: readonly { readonly id: string; readonly type: string }[]): RunTrace {
  const found = Object.entries(trace).map(([name, values]) => {
    const probe = probes.find(({ id }) => name === `probe ${id}`);
    if (probe === undefined) return [name, values] as const;
    if (probe.type === 'events')
      return [name, values.map((value, place) => (place % 2 === 0 ? value / every : value))] as const;
    const width = values.length / (ownSteps * every);
    return [name, values.filter((_, place) => Math.floor(place / width) % every === 0)] as const;
  });
  return Object.fromEntries(found);
}

function comparable(trace: RunTrace, known: RunTrace): RunTrace {
  return Object.fromEntries(Object.keys(known).map((name) => [name, trace[name] ?? []]));
}

describe('elements in steps of their own', () => {
  it.each(kinds.map((kind): [string, ElementKind] => [kind.id, kind]))(
    '%s leaves the bits of a run in these steps',
    (_, kind) => {
      const document = elementDocument(kind, { everyPort: true });
      const alone = runOn('wasm', prepared(inSteps(document, 'run')).program, ownSteps);
      const { program } = prepared(inSteps(document, () => true));
      const found = thinned(runOn('wasm', program, ownSteps * every), program.probes);
      expect(comparable(found, alone)).toEqual(alone);
    },
  );

  /** Kinds that look ahead within a step take the present value from elements of another step. */
  const looksAhead: readonly string[] = ['layers/ff-iaf-brian', 'layers/rec-iaf-brian'];
  const driven = kinds.filter(
    ({ inputs, id }) =>
      inputs.length > 0 && inputs.every(({ types }) => types[0] === 'continuous') && !looksAhead.includes(id),
  );

  it.each(driven.filter((_, place) => place % 4 === 0).map((kind): [string, ElementKind] => [kind.id, kind]))(
    '%s takes a continuous input of the run as it is at its steps',
    (_, kind) => {
      const document = elementDocument(kind, { everyPort: true });
      const alone = ofSubject(runOn('wasm', prepared(inSteps(document, 'run')).program, ownSteps));
      const { program } = prepared(inSteps(document, (id) => id === 'subject'));
      for (const target of ['wasm', 'interpreter'] as const) {
        const found = thinned(runOn(target, program, ownSteps * every), program.probes);
        expect(comparable(found, alone)).toEqual(alone);
      }
    },
  );
});

function ofSubject(trace: RunTrace): RunTrace {
  return Object.fromEntries(Object.entries(trace).filter(([name]) => /^(probe |subject\/)/.test(name)));
}

const ms = (value: number) => ({ value, unit: 'ms' });

function byId<T extends { readonly id: string }>(records: readonly T[]): Record<string, T> {
  return Object.fromEntries(records.map((record) => [record.id, record]));
}

interface Pair {
  readonly source: number;
  readonly target: number;
  readonly delay: number;
}

/** Poisson spikes onto cells that count what they get: steps of both in quarters of a millisecond. */
function counting(
  { source, target, delay }: Pair,
  connector: string,
  synapses: ElementRecord['parameters'] = {},
): SpikeloomDocument {
  const empty = createEmptyDocument('Counting');
  const quiet = { threshold_condition: '', reset_statements: '', refractory_period: '' };
  const cells = {
    ...quiet,
    model: 'dn/dt = 0/second : 1',
    event_handlers: 'on synapses: n += w',
    size: 12,
    method: 'euler',
  };
  return {
    ...empty,
    run: { ...empty.run, timeStep: ms(0.25) },
    elements: byId([
      element('source', 'stimuli/poisson', { size: 12, rate: { value: 300, unit: 'Hz' } }, source),
      element('cells', 'neurons/equations', cells, target),
    ]),
    connections: byId([
      {
        ...{ id: 'projection', kind: connector, from: { element: 'source', port: 'spikes' } },
        ...{ to: { element: 'cells', port: 'synapses' }, parameters: { weight: 1, delay: ms(delay / 4), ...synapses } },
      },
    ]),
    probes: byId([
      { id: 'spikes', element: 'source', target: 'spikes', cells: null },
      { id: 'n', element: 'cells', target: 'n', cells: null },
    ]),
  };
}

function element(id: string, kind: string, parameters: ElementRecord['parameters'], steps: number): ElementRecord {
  return { id, kind, name: id, parameters, timeStep: ms(steps / 4) };
}

describe('spikes between elements of different steps', () => {
  const pairs = fc.record({
    source: fc.integer({ min: 1, max: 5 }),
    target: fc.integer({ min: 1, max: 5 }),
    delay: fc.integer({ min: 0, max: 7 }),
  });

  it('are neither lost nor doubled, and count in the first step of the target from their arrival on', () => {
    const property = fc.property(pairs, (pair) => {
      fc.pre(pair.source !== pair.target);
      const { program } = prepared(counting(pair, 'connectors/one-to-one'));
      const steps = 64;
      const trace = runOn('wasm', program, steps);
      expect(runOn('interpreter', program, steps)).toEqual(trace);
      const spikes = eventsOf(trace, 'spikes');
      expect(spikes.every(({ step }) => step % pair.source === 0)).toBe(true);
      const last = Math.floor((steps - 1) / pair.target) * pair.target;
      const arrived = (cell: number): number =>
        spikes.filter((spike) => spike.cell === cell && spike.step + pair.delay <= last).length;
      expect(trace['cells/n']).toEqual(Array.from({ length: 12 }, (_, cell) => arrived(cell)));
    });
    fc.assert(property, { numRuns: 25 });
  });
});

describe('what cannot be done in different steps', () => {
  const refused = (document: SpikeloomDocument) => {
    const made = prepareRun(document);
    return made.ok ? [] : made.problems.map(({ code, message, at }) => [code, message, at?.element, at?.path]);
  };

  it('is told of a readout that learns while the network runs', () => {
    const document = elementDocument(ridge, { everyPort: true });
    expect(refused(inSteps(document, (id) => id === 'subject'))).toEqual([
      [
        'model/time-step',
        `"Subject" learns while the network runs, which it does in the run's steps.`,
        'subject',
        'timeStep',
      ],
    ]);
  });

  it('is told of gradients through an element with a step of its own', () => {
    const document = elementDocument(recRateIo, { everyPort: true });
    const wrt = ['subject/w_in'];
    const differentiated = (whose: 'run' | ((id: string) => boolean)) => {
      const { program } = prepared(inSteps(document, whose));
      return differentiateProgram(program, { rows: 4, wrt, observed: ['subject/out'] });
    };
    expect(differentiated('run').ok).toBe(true);
    const [found] = differentiated((id) => id === 'subject').problems;
    expect(found).toMatchObject({ code: 'training/not-differentiable', at: { element: 'subject' } });
    expect(found?.message).toContain('it has a step of its own');
  });

  it('is told of synapses with statements of their own', () => {
    const document = counting({ source: 1, target: 2, delay: 0 }, 'connectors/one-to-one', { synapse: 'stdp' });
    expect(refused(document)).toEqual([
      [
        'model/time-step',
        '"source" and "cells" have different steps; synapses with statements of their own need both ends in the same steps.',
        'projection',
        undefined,
      ],
    ]);
  });
});

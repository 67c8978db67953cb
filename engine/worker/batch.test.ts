/** Batches through the worker: each member's records and states are those of a run of its own, also after jumps and edits. */
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { element, project, wire } from '../../e2e/specs/problem-codes/case.ts';
import { defined } from '../base/assert.ts';
import { expectOk } from '../base/result.ts';
import type { Program } from '../build/program.ts';
import { ownRun } from '../codegen/members/own-run.test-support.ts';
import { batchChoice } from '../codegen/members/which-signals.ts';
import { prepareRun } from '../library/prepare-run.ts';
import type { Progress } from '../protocol/messages.ts';
import { dealtEvents, dealtRows } from './history/member-records.ts';
import { createWorkers, documentAt, type Workers } from './workers.test-support.ts';

const [members, cells] = [3, 7];
const open: Workers[] = [];

afterEach(() => {
  for (const workers of open.splice(0)) workers.dispose();
});

/** Poisson spikes onto cells whose voltage is recorded, of all cells and of two. */
function programOf(size: number, duration = 300): Program {
  const base = project({
    elements: [
      element('input', 'stimuli/poisson', { size: 5, rate: { value: 200, unit: 'Hz' }, members: size }),
      element('cells', 'neurons/lif', { size: cells }),
    ],
    connections: [
      wire('input.spikes', 'cells.synapses', 'connectors/all-to-all', { weight: { value: 400, unit: 'pA' } }),
    ],
    probes: [
      { id: 'v', element: 'cells', target: 'v', cells: null },
      { id: 'some', element: 'cells', target: 'v', cells: [5, 2] },
      { id: 'spikes', element: 'cells', target: 'spikes', cells: null },
      { id: 'input', element: 'input', target: 'spikes', cells: [4, 0, 2] },
    ],
  });
  const run = { ...base.run, timeStep: { value: 1, unit: 'ms' }, duration: { value: duration, unit: 'ms' } };
  return expectOk(prepareRun({ ...base, run })).program;
}

async function load(program: Program, shared: boolean): Promise<Workers> {
  const workers = createWorkers(program, { shared });
  open.push(workers);
  await workers.engine.load({ document: documentAt(null), target: 'wasm' });
  return workers;
}

async function until(workers: Workers, state: Progress['state'], ask: () => Promise<unknown>): Promise<Progress> {
  const reached = workers.until((progress) => progress.state === state);
  await ask();
  return reached;
}

/** What all probes recorded of a member. */
async function recordsOf(workers: Workers, member: number): Promise<unknown> {
  await workers.clock.wait(100);
  return Promise.all(
    ['v', 'some', 'spikes', 'input'].map(async (probe) => {
      const { times, values, channels } = await workers.history.export({ probe, member });
      return { probe, times: [...times], values: [...values], channels };
    }),
  );
}

describe.each([true, false])('a batch (shared memory: %s)', (shared) => {
  it('records of each member what a run of its own records, also behind a jump and single steps', async () => {
    const program = programOf(members);
    const batch = await load(program, shared);
    expect((await batch.engine.load({ document: documentAt(null), target: 'wasm' })).probes).toMatchObject([
      { id: 'v', channels: cells, cells: null, members },
      { id: 'some', channels: 2, cells: [5, 2], members },
      { id: 'spikes', channels: cells, cells: null, members },
      { id: 'input', channels: 3, cells: [4, 0, 2], members },
    ]);
    await until(batch, 'finished', () => batch.engine.start({}));
    const straight = [await recordsOf(batch, 0), await recordsOf(batch, 1), await recordsOf(batch, 2)];
    expect(await batch.engine.jump({ step: 123 })).toEqual({ step: 123, exact: true });
    await until(batch, 'paused', () => batch.engine.step({ steps: 50 }));
    await until(batch, 'finished', () => batch.engine.start({}));
    for (let member = 0; member < members; member += 1) {
      const { batch: _, ...single } = ownRun(program, batchChoice(program), member);
      const own = await load(single, shared);
      await until(own, 'finished', () => own.engine.start({}));
      const wanted = await recordsOf(own, 0);
      expect(straight[member]).toEqual(wanted);
      expect(await recordsOf(batch, member)).toEqual(wanted);
    }
    expect(new Set(straight.map((each) => JSON.stringify(each))).size).toBe(members);
  });
});

describe('a batch', () => {
  it('shows the rasters of its members apart, and tells rates per cell', async () => {
    const workers = await load(programOf(members, 3000), true);
    const end = await until(workers, 'finished', () => workers.engine.start({}));
    await workers.clock.wait(100);
    const whole = { probe: 'input', fromSeconds: 0, toSeconds: 3, columns: 10, rows: 3 };
    const views = await Promise.all([0, 1, 2].map((member) => workers.history.raster({ ...whole, member })));
    for (const view of views) {
      expect(view.total / 9).toBeGreaterThan(150);
      expect(view.total / 9).toBeLessThan(250);
    }
    expect(end.rates['input']).toBeGreaterThan(150);
    expect(end.rates['input']).toBeLessThan(250);
    const trace = { probe: 'v', fromSeconds: 0, toSeconds: 0.0095, columns: 100, channels: [3] };
    const lines = await Promise.all([0, 1, 2].map((member) => workers.history.trace({ ...trace, member })));
    expect(lines.map(({ total }) => total)).toEqual([10, 10, 10]);
  });

  it('of another size begins anew; a probe more goes on', async () => {
    const workers = await load(programOf(1), true);
    await until(workers, 'paused', () => workers.engine.step({ steps: 40 }));
    workers.program = programOf(members);
    await workers.engine.update({ document: documentAt(null) });
    expect(workers.events.at(-1)).toMatchObject({ progress: { state: 'ready', step: 0 } });
    await until(workers, 'paused', () => workers.engine.step({ steps: 40 }));
    const { program } = workers;
    const probes = defined(program, 'a program').probes.slice(0, 2);
    workers.program = { ...programOf(members), probes };
    await workers.engine.update({ document: documentAt(null) });
    expect(workers.events.at(-1)).toMatchObject({ progress: { state: 'paused', step: 40 } });
    await until(workers, 'paused', () => workers.engine.step({ steps: 2 }));
    await workers.clock.wait(100);
    expect((await workers.history.export({ probe: 'some', member: 2 })).times).toHaveLength(42);
  });
});

describe('records of a batch', () => {
  const anyBlocks = fc.array(fc.array(fc.nat(9), { maxLength: 20 }), { maxLength: 4 });
  /** Sinks of two members that keep what comes, as records of so many numbers. */
  const keeping = (kept: number[][][], length: number) =>
    kept.map((own) => (records: Float64Array, count: number) => {
      for (let at = 0; at < count; at += 1) own.push([...records.subarray(at * length, (at + 1) * length)]);
    });

  it('go to the member whose channels they are of: rows', () => {
    const dealt = fc.property(anyBlocks, fc.integer({ min: 1, max: 5 }), (blocks, channels) => {
      const found: number[][][] = [[], []];
      const sink = dealtRows(keeping(found, 1 + channels), channels);
      const part = (first: number) => Array.from({ length: channels }, (_, channel) => first + channel);
      for (const block of blocks)
        sink(Float64Array.from(block.flatMap((step) => [step, ...part(10), ...part(20 + step)])), block.length);
      const rows = (first: (step: number) => number) => blocks.flat().map((step) => [step, ...part(first(step))]);
      expect(found).toEqual([rows(() => 10), rows((step) => 20 + step)]);
    });
    fc.assert(dealt, { numRuns: 50 });
  });

  it('go to the member whose channels they are of: events', () => {
    const dealt = fc.property(anyBlocks, (blocks) => {
      const found: number[][][] = [[], []];
      const sink = dealtEvents(keeping(found, 2), 5);
      for (const block of blocks) sink(Float64Array.from(block.flatMap((number) => [7, number])), block.length);
      const numbers = blocks.flat();
      const [low, high] = [numbers.filter((number) => number < 5), numbers.filter((number) => number >= 5)];
      expect(found).toEqual([low.map((number) => [7, number]), high.map((number) => [7, number - 5])]);
    });
    fc.assert(dealt, { numRuns: 50 });
  });
});

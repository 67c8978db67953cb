import { expect, it } from 'vitest';
import { element, project } from '../../e2e/specs/problem-codes/case.ts';
import { defined } from '../../engine/base/assert.ts';
import { expectOk } from '../../engine/base/result.ts';
import { readNpz } from '../../engine/formats/npz.ts';
import { nodeMemory } from '../platform/node-memory.ts';
import { runDetached } from './detached-run.ts';

const cells = element('cells', 'neurons/lif', { size: 1000 });
const probes = [{ id: 'v', element: 'cells', target: 'v', cells: null }];
const run = { ...project({ elements: [] }).run, duration: { value: 1, unit: 's' } };
const document = project({ elements: [cells], probes }, { run });

function attempt(record: boolean, memoryLimitBytes: number) {
  let now = 0;
  const clock = { now: () => (now += 1), wallTime: () => now, wait: async () => undefined };
  return runDetached(
    { document, target: 'interpreter', record, memoryLimitBytes },
    { clock, memory: nodeMemory, stopRequested: () => true, onProgress: () => undefined },
  );
}

it('refuses a run that needs more than the limit, with the figures', () => {
  const { report, problems } = attempt(false, 2 ** 20);
  expect(report).toBeUndefined();
  expect(problems.map(({ code, at }) => [code, at?.element])).toEqual([['run/memory', 'cells']]);
  expect(problems[0]?.message).toMatch(
    /^The run needs \d\.\d MiB of memory; the limit is 1\.0 MiB\. CELLS takes \d+ % of it\.$/,
  );
});

it('counts what will be recorded: 80 MB of a second of 1000 cells', () => {
  expect(attempt(true, 60e6).problems.map(({ code }) => code)).toEqual(['run/memory']);
  expect(attempt(false, 60e6).report).toBeDefined();
});

it('counts threads that help, and the copies that checkpoints on the way are made of', () => {
  const team = { threads: 4, join: () => undefined };
  const help = { team, clock: { now: () => 0, wallTime: () => 0, wait: async () => undefined } };
  const codes = (more: object, surroundings: object): readonly string[] => {
    const request = { document, target: 'wasm', record: true, memoryLimitBytes: 100e6, ...more } as const;
    const common = { clock: help.clock, memory: nodeMemory, stopRequested: () => true, onProgress: () => undefined };
    return runDetached(request, { ...common, ...surroundings }).problems.map(({ code }) => code);
  };
  expect(codes({}, {})).toEqual([]);
  expect(codes({}, { help })).toEqual(['run/memory']);
  expect(codes({ checkpointSeconds: 60 }, {})).toEqual(['run/memory']);
  expect(codes({ checkpointSeconds: 60, memoryLimitBytes: 300e6 }, {})).toEqual([]);
});

it('records the members of a batch apart, counts them all, and goes on from a checkpoint of them', () => {
  const input = element('input', 'stimuli/poisson', { size: 4, rate: { value: 50, unit: 'Hz' }, members: 3 });
  const recorded = [
    { id: 's', element: 'input', target: 'spikes', cells: null },
    { id: 'v', element: 'cells', target: 'v', cells: [2, 0] },
  ];
  const batch = project(
    { elements: [input, element('cells', 'neurons/lif', { size: 5 })], probes: recorded },
    { run: { ...run, duration: { value: 50, unit: 'ms' }, timeStep: { value: 1, unit: 'ms' } } },
  );
  const clock = { now: () => 0, wallTime: () => 0, wait: async () => undefined };
  const execute = (resume?: Uint8Array<ArrayBuffer>, asked = Infinity) => {
    let looks = 0;
    const request = {
      document: batch,
      target: 'wasm',
      record: true,
      ...(resume === undefined ? {} : { resume }),
    } as const;
    const stopRequested = (): boolean => (looks += 1) > asked;
    return runDetached(request, { clock, memory: nodeMemory, stopRequested, onProgress: () => undefined });
  };
  const whole = execute();
  expect(whole.problems).toEqual([]);
  const arrays = expectOk(readNpz(defined(whole.archive, 'an archive')));
  expect(arrays.get('CELLS.v/samples')?.shape).toEqual([50, 3, 2]);
  const [cells, members] = ['cells', 'members'].map((name) => arrays.get(`INPUT.spikes/${name}`)?.values ?? []);
  expect([...new Set(members)].sort()).toEqual([0, 1, 2]);
  expect(Math.max(...(cells ?? []))).toBe(3);
  expect(whole.report).toMatchObject({ members: 3, cells: 5, spikes: { INPUT: members?.length } });
  const stopped = execute(undefined, 0);
  expect(stopped.report).toMatchObject({ steps: 0, stopped: true });
  expect(execute(defined(stopped.checkpoint, 'a checkpoint')).archive).toEqual(whole.archive);
});

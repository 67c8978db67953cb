import { describe, expect, it } from 'vitest';
import { element, project, wire } from '../../e2e/specs/problem-codes/case.ts';
import { defined } from '../../engine/base/assert.ts';
import { nodeMemory } from '../platform/node-memory.ts';
import { runDetached } from './detached-run.ts';
import type { RunOutcome, RunRequest } from './run-request.ts';

const elements = [
  element('noise', 'stimuli/poisson', { size: 20, rate: { value: 400, unit: 'Hz' } }),
  element('cells', 'neurons/lif', { size: 20 }),
];
const connections = [
  wire('noise.spikes', 'cells.synapses', 'connectors/all-to-all', { delay: { value: 3, unit: 'ms' } }),
];
const probes = [
  { id: 'v', element: 'cells', target: 'v', cells: [0, 7] },
  { id: 's', element: 'noise', target: 'spikes', cells: null },
];
const { run } = project({ elements: [] });
const document = project({ elements, connections, probes }, { run: { ...run, duration: { value: 1, unit: 's' } } });
const request: RunRequest = { document, target: 'wasm', record: true };

/** Runs until asked `questions` times whether to stop, on a clock that moves by a second at each look. */
function runOnce(more: Partial<RunRequest>, questions = Infinity, files: Uint8Array<ArrayBuffer>[] = []): RunOutcome {
  let [now, asked] = [0, 0];
  const clock = { now: () => (now += 1000), wallTime: () => now, wait: async () => undefined };
  return runDetached(
    { ...request, ...more },
    {
      clock,
      memory: nodeMemory,
      stopRequested: () => (asked += 1) > questions,
      onProgress: () => undefined,
      onCheckpoint: (file) => void files.push(file),
    },
  );
}

/** All of an outcome but how long it took. */
function lasting({ report, archive, problems }: RunOutcome): unknown {
  return { report: { ...report, wallSeconds: 0, buildSeconds: 0 }, archive, problems };
}

describe('a detached run', () => {
  const whole = runOnce({});

  it('has spikes and samples to lose', () => {
    expect(whole.checkpoint).toBeUndefined();
    expect(whole.report?.spikes['NOISE']).toBeGreaterThan(1000);
  });

  it('that is stopped leaves a checkpoint from which it ends as if it had not been, recordings included', () => {
    for (const questions of [0, 1, 7]) {
      const stopped = runOnce({}, questions);
      expect(stopped.report).toMatchObject({ stopped: true });
      const again = runOnce({ resume: defined(stopped.checkpoint, 'a checkpoint') }, 5);
      const ended = runOnce({ resume: defined(again.checkpoint, 'a checkpoint of a resumed run') });
      expect(lasting(ended)).toEqual(lasting(whole));
    }
  });

  it('goes on from any checkpoint made on the way, as after a kill', () => {
    const files: Uint8Array<ArrayBuffer>[] = [];
    runOnce({ checkpointSeconds: 3 }, Infinity, files);
    expect(files.length).toBeGreaterThan(1);
    for (const resume of files) expect(lasting(runOnce({ resume }))).toEqual(lasting(whole));
  });

  const lasts = (seconds: number): Partial<RunRequest> => {
    const duration = { value: seconds, unit: 's' };
    return { document: { ...document, run: { ...document.run, duration } } };
  };

  it('that came to its end goes on where it is to last longer, as if it had been so from the beginning', () => {
    const { checkpoint } = runOnce({ ...lasts(0.4), checkpointSeconds: 1e6 });
    const resume = defined(checkpoint, 'a checkpoint of the end');
    expect(lasting(runOnce({ resume }))).toEqual(lasting(whole));
  });

  it('does not go on where it is to end before the checkpoint', () => {
    const resume = defined(runOnce({ ...lasts(0.4), checkpointSeconds: 1e6 }).checkpoint, 'a checkpoint');
    const { report, problems } = runOnce({ ...lasts(0.3), resume });
    expect(report).toBeUndefined();
    expect(problems).toMatchObject([
      { code: 'checkpoint/other-model', hint: 'Resume with a duration of 0.4 s or more.' },
    ]);
  });

  it.each<[string, Partial<RunRequest>]>([
    ['another seed', { document: { ...document, run: { ...document.run, seed: 99 } } }],
    ['another kind of output', { record: false }],
    ['another precision', { precision: 'f32' }],
  ])('does not go on with %s', (_, change) => {
    const { checkpoint } = runOnce({}, 2);
    const refused = runOnce({ ...change, resume: defined(checkpoint, 'a checkpoint') });
    expect(refused.report).toBeUndefined();
    expect(refused.problems.map(({ code }) => code)).toEqual(['checkpoint/other-model']);
  });
});

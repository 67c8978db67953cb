/** Training through the worker: epochs are told of, the best so far comes back at an end, a cancelled one leaves nothing. */
import { afterEach, describe, expect, it } from 'vitest';
import { element, project, wire } from '../../e2e/specs/problem-codes/case.ts';
import { nodeMemory } from '../../electron/platform/node-memory.ts';
import type { Disposable } from '../base/disposable.ts';
import { createEngineClient, type EngineClient } from '../client/engine-client.ts';
import { prepareRun, prepareTraining } from '../library/prepare-run.ts';
import type { SpikeloomDocument } from '../model/document.ts';
import { createLoopback } from '../platform/loopback.ts';
import type { TrainingProgress } from '../protocol/training-messages.ts';
import { createLiveRidge } from '../training/live-ridge.ts';
import { EngineSession } from './engine-session.ts';
import { createTestClock } from './workers.test-support.ts';

const open: Disposable[] = [];
afterEach(() => {
  for (const each of open.splice(0)) each.dispose();
});

function createEngine(): { readonly engine: EngineClient; readonly told: TrainingProgress[] } {
  const [page, worker] = createLoopback().ends;
  const parts = { memory: nodeMemory, shared: false, prepare: prepareRun, trainerFor: createLiveRidge };
  const builds = { prepareRun, prepareTraining };
  open.push(new EngineSession({ end: worker, clock: createTestClock(30), ...parts, builds }));
  const engine = createEngineClient(page);
  open.push(engine);
  const told: TrainingProgress[] = [];
  open.push(engine.listen((event) => void (event.kind === 'training' && told.push(event.training))));
  return { engine, told };
}

/** A unit that is to become twice its input. */
function learning(epochs: number): SpikeloomDocument {
  const layer = { ...element('layer', 'layers/dense', { size: 1 }), trainable: ['weights', 'bias'] };
  const objective = element('objective', 'readouts/objective', { epochs, learning_rate: { value: 0.05, unit: '1' } });
  const document = project({
    elements: [
      element('input', 'stimuli/sine', { frequency: { value: 50, unit: 'Hz' } }),
      element('wanted', 'stimuli/sine', { frequency: { value: 50, unit: 'Hz' }, amplitude: { value: 2, unit: '1' } }),
      ...[layer, objective],
    ],
    connections: [
      wire('input.out', 'layer.in'),
      wire('layer.out', 'objective.prediction'),
      wire('wanted.out', 'objective.target'),
    ],
  });
  return { ...document, run: { ...document.run, duration: { value: 40, unit: 'ms' } } };
}

describe('training in the worker', () => {
  it('tells of every epoch once, and gives curve, scores and the edit', async () => {
    const { engine, told } = createEngine();
    const reply = await engine.train({ document: learning(40) });
    expect(reply).toMatchObject({ trained: true, stopped: false, problems: [] });
    expect(reply.curve).toHaveLength(40);
    expect(reply.curve[39]).toBeLessThan(0.5 * (reply.curve[0] as number));
    expect(told.length).toBeLessThan(40);
    expect(told.flatMap(({ since }) => since)).toEqual(reply.curve);
    expect(told.at(-1)).toMatchObject({ epoch: 40, epochs: 40, loss: reply.curve[39] });
    expect(reply.edit?.edits.map((each) => 'name' in each && each.name)).toEqual(['weights', 'bias']);
  });

  it('ends with the best so far, refuses a second one, and begins anew after a cancelled one', async () => {
    const { engine, told } = createEngine();
    const first = engine.train({ document: learning(1_000_000) });
    await expect(engine.train({ document: learning(5) })).rejects.toThrow('goes on already');
    while (told.length < 3) await new Promise((resolve) => setImmediate(resolve));
    await engine.endTraining({});
    const ended = await first;
    expect(ended).toMatchObject({ trained: true, stopped: true });
    expect(ended.curve.length).toBeGreaterThanOrEqual(3);
    expect(ended.edit).not.toBeNull();

    const cancel = new AbortController();
    const dropped = engine.train({ document: learning(1_000_000) }, cancel.signal);
    cancel.abort();
    await expect(dropped).rejects.toThrow('cancelled');
    const last = await engine.train({ document: learning(5), epochs: 2 });
    expect(last.curve).toHaveLength(2);
  });

  it('says why nothing was trained', async () => {
    const { engine } = createEngine();
    const { trained, problems } = await engine.train({ document: project({ elements: [] }) });
    expect([trained, problems.map(({ code }) => code)]).toEqual([false, ['training/nothing']]);
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import type { Progress } from '../protocol/messages.ts';
import { countingProgram, type CountingOptions } from './counting-program.test-support.ts';
import { createWorkers, documentAt, type Workers } from './workers.test-support.ts';

const open: Workers[] = [];

async function load(options: CountingOptions, shared = true, millisecondsPerLook = 0.05): Promise<Workers> {
  const workers = createWorkers(countingProgram(options), { shared, millisecondsPerLook });
  open.push(workers);
  await workers.engine.load({ document: documentAt(null), target: 'wasm' });
  return workers;
}

const atEnd = ({ state }: Progress): boolean => state === 'finished';

async function runToEnd(workers: Workers): Promise<Progress> {
  const end = workers.until(atEnd);
  await workers.engine.start({});
  return end;
}

async function step(workers: Workers, steps: number): Promise<void> {
  const paused = workers.until(({ state }) => state === 'paused' || state === 'finished');
  await workers.engine.step({ steps });
  await paused;
}

/** Records of v and of spikes, and the state at the end. */
async function outcome(workers: Workers): Promise<unknown> {
  await workers.clock.wait(100);
  const values = await workers.history.export({ probe: 'values' });
  const spikes = await workers.history.export({ probe: 'spikes' });
  const { values: state } = await workers.engine.readState({ signal: 'pop/v' });
  return { values, spikes, state, lost: (await workers.history.extent({})).lost };
}

afterEach(() => {
  for (const workers of open.splice(0)) workers.dispose();
});

describe.each([true, false])('a jump (shared memory: %s)', (shared) => {
  it('goes back to the very step, drops what came after, and the branch ends bit for bit as the run did', async () => {
    const options = { steps: 20_000, growth: 1.0001 };
    const [straight, branched] = [await load(options, shared), await load(options, shared)];
    await runToEnd(straight);
    await runToEnd(branched);
    expect(await branched.engine.jump({ step: 7_654 })).toEqual({ step: 7_654, exact: true });
    expect(branched.events.slice(-2)).toMatchObject([
      { kind: 'rewound', step: 7_654 },
      { kind: 'progress', progress: { state: 'paused', step: 7_654, backTo: 0 } },
    ]);
    const { times } = await branched.history.export({ probe: 'values' });
    expect(times).toHaveLength(7_654);
    await branched.engine.stepBack({ steps: 654 });
    await step(branched, 1000);
    expect((await branched.engine.jump({ step: 8_000 })).exact).toBe(true);
    await runToEnd(branched);
    expect(await outcome(branched)).toEqual(await outcome(straight));
  });
});

describe('a jump', () => {
  it('to a step not executed yet stays where the run stands', async () => {
    const workers = await load({});
    await step(workers, 50);
    expect(await workers.engine.jump({ step: 80 })).toEqual({ step: 50, exact: false });
    expect(await workers.engine.jump({ step: -3 })).toEqual({ step: 0, exact: false });
    expect(workers.events.at(-1)).toMatchObject({ progress: { state: 'ready', step: 0 } });
  });

  it('behind an edit lands at a checkpoint, since the model of then is gone', async () => {
    const workers = await load({});
    await step(workers, 250);
    workers.program = countingProgram({ growth: 2 });
    await workers.engine.update({ document: documentAt(null, 2) });
    await step(workers, 30);
    expect(await workers.engine.jump({ step: 270 })).toEqual({ step: 270, exact: true });
    expect(await workers.engine.jump({ step: 250 })).toEqual({ step: 250, exact: true });
    expect(await workers.engine.jump({ step: 230 })).toEqual({ step: 200, exact: false });
    const { values } = await workers.engine.readState({ signal: 'pop/v' });
    expect(values[0]).toBe(200);
    await step(workers, 1);
    expect((await workers.engine.readState({ signal: 'pop/v' })).values[0]).toBe(401);
  });

  it('goes on over the edit of a probe, which leaves the model as it was', async () => {
    const workers = await load({});
    await step(workers, 250);
    await workers.engine.update({ document: documentAt(null) });
    await step(workers, 30);
    expect(await workers.engine.jump({ step: 177 })).toEqual({ step: 177, exact: true });
  });

  it('gets behind a fault, whose records end with its step', async () => {
    const workers = await load({ growth: 10 });
    const failed = workers.until(({ state }) => state === 'failed');
    await workers.engine.start({});
    const { step: fault } = await failed;
    expect(workers.events.find(({ kind }) => kind === 'rewound')).toEqual({ kind: 'rewound', step: fault });
    expect(workers.events.find(({ kind }) => kind === 'problems')).toMatchObject({
      problems: [{ code: 'run/not-finite', at: { element: 'pop' } }],
    });
    await workers.clock.wait(100);
    expect((await workers.history.export({ probe: 'values' })).times).toHaveLength(fault);
    expect(await workers.engine.stepBack({ steps: 20 })).toEqual({ step: fault - 20, exact: true });
    expect(workers.events.at(-1)).toMatchObject({ progress: { state: 'paused' } });
    const { values } = await workers.engine.readState({ signal: 'pop/v' });
    expect(values.every(Number.isFinite)).toBe(true);
  });

  it('over steps that take long goes on slice by slice, and whatever is asked meanwhile ends it where it stands', async () => {
    const options = { steps: 2000, growth: 1.0001 };
    const [straight, workers] = [await load(options), await load(options, true, 3)];
    await step(workers, 1090);
    const jumped = workers.engine.jump({ step: 1060 });
    await workers.engine.readState({ signal: 'pop/v' });
    await workers.engine.pause({});
    const { step: stood, exact } = await jumped;
    expect(exact).toBe(false);
    expect(stood).toBeGreaterThan(1000);
    expect(stood).toBeLessThan(1060);
    expect(workers.events.slice(-2)).toMatchObject([
      { kind: 'rewound', step: stood },
      { kind: 'progress', progress: { state: 'paused', step: stood } },
    ]);
    await runToEnd(workers);
    expect(await workers.engine.jump({ step: 1960 })).toEqual({ step: 1960, exact: true });
    await runToEnd(workers);
    await runToEnd(straight);
    expect(await outcome(workers)).toEqual(await outcome(straight));
  });

  it('has nothing to go back to after a reset', async () => {
    const workers = await load({});
    await step(workers, 50);
    await workers.engine.reset({});
    expect(workers.events.at(-1)).not.toHaveProperty('progress.backTo');
    expect(await workers.engine.stepBack({ steps: 10 })).toEqual({ step: 0, exact: false });
  });
});

describe('state changed from outside', () => {
  it('goes on from where it stands, and what lies before is reached only where a checkpoint lies', async () => {
    const workers = await load({});
    await step(workers, 250);
    await workers.engine.changeState({ kind: 'reset', elements: null, seed: 1 });
    expect(workers.events.at(-1)).toMatchObject({ progress: { state: 'paused', step: 250 } });
    await step(workers, 30);
    expect(await workers.engine.jump({ step: 230 })).toEqual({ step: 200, exact: false });
  });

  it('stands at time 0 with empty probes after its clock was set back', async () => {
    const workers = await load({});
    await step(workers, 250);
    const { values } = await workers.engine.readState({ signal: 'pop/v' });
    await workers.engine.resetTime({});
    expect(workers.events.at(-1)).toMatchObject({ progress: { state: 'ready', step: 0 } });
    await step(workers, 10);
    await workers.clock.wait(100);
    expect((await workers.history.export({ probe: 'values' })).times).toHaveLength(10);
    expect(values[0]).toBe(250);
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import type { MessageChannelEnd } from '../platform/seams.ts';
import type { Progress } from '../protocol/messages.ts';
import { countingProgram, spikeProbe, valueProbe, type CountingOptions } from './counting-program.test-support.ts';
import { createWorkers, documentAt, type WorkerOptions, type Workers } from './workers.test-support.ts';

const open: Workers[] = [];

async function load(
  options: CountingOptions,
  rig: WorkerOptions = { shared: true },
  speed: number | null = null,
): Promise<Workers> {
  const workers = createWorkers(countingProgram(options), rig);
  open.push(workers);
  expect(await workers.engine.hello()).toEqual({ protocol: 1, sharedMemory: rig.shared });
  expect((await workers.engine.load({ document: documentAt(speed), target: 'wasm' })).loaded).toBe(true);
  return workers;
}

const atEnd = (progress: Progress): boolean => progress.state === 'finished';

/** Steps and values of channel 0 of the probe of v. */
async function recorded(workers: Workers): Promise<{ steps: number[]; values: number[] }> {
  const { times, values, channels } = await workers.history.export({ probe: 'values' });
  return {
    steps: Array.from(times, (time) => Math.round(time / 1e-3)),
    values: Array.from(times, (_, row) => values[row * channels] as number),
  };
}

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

/** A machine that needs 0.6 ms for a step. */
const slow: WorkerOptions = { shared: true, millisecondsPerLook: 0.6 };

/** An end that never takes anything. */
const deadReader: MessageChannelEnd = {
  post: () => undefined,
  onMessage: () => undefined,
  onFailure: () => undefined,
  close: () => undefined,
};

describe('engine session', () => {
  afterEach(() => {
    for (const workers of open.splice(0)) workers.dispose();
  });

  it.each([true, false])(
    'given a run with an end (shared memory: %s), records every step and every spike',
    async (shared) => {
      const workers = await load({ steps: 30_000 }, { shared });
      const end = workers.until(atEnd);
      await workers.engine.start({});
      expect(await end).toMatchObject({ step: 30_000, lost: 0, remainingSeconds: undefined });
      expect(workers.events.at(-1)).toMatchObject({ kind: 'finished', progress: { step: 30_000 } });
      if (!shared) await workers.clock.wait(100);
      expect(await recorded(workers)).toEqual({ steps: upTo(30_000), values: upTo(30_000).map((step) => step + 1) });
      const raster = await workers.history.raster({
        probe: 'spikes',
        fromSeconds: 0,
        toSeconds: 30,
        columns: 100,
        rows: 10,
      });
      expect(raster.total).toBe(30_000);
      expect((await workers.history.extent({})).lost).toBe(0);
    },
  );

  it('given a speed, keeps to it and reports the real-time factor and the rates', async () => {
    const workers = await load({}, { shared: true }, 2);
    const started = workers.clock.now();
    const later = workers.until(({ simulatedSeconds }) => simulatedSeconds > 3);
    await workers.engine.start({});
    const progress = await later;
    expect((workers.clock.now() - started) / 1000).toBeCloseTo(progress.simulatedSeconds / 2, 1);
    expect(progress.realTimeFactor).toBeCloseTo(2, 1);
    expect(progress.rates['pop']).toBeCloseTo(100, 0);
  });

  it('given steps far longer than the lag allowed, does not hurry ahead', async () => {
    const workers = await load({ timeStepSeconds: 1 }, { shared: true }, 1);
    const started = workers.clock.now();
    const later = workers.until(({ step }) => step >= 10);
    await workers.engine.start({});
    await later;
    expect(workers.clock.now() - started).toBeGreaterThan(9900);
  });

  it('given single steps and a long stretch, executes exactly so many and pauses', async () => {
    const workers = await load({});
    await workers.engine.step({ steps: 3 });
    expect(workers.events.at(-1)).toMatchObject({ progress: { state: 'paused', step: 3 } });
    const paused = workers.until(({ state }) => state === 'paused');
    await workers.engine.step({ steps: 400_000 });
    expect(await paused).toMatchObject({ step: 400_003, lost: 0 });
    const { values } = await workers.engine.readState({ signal: 'pop/v' });
    expect(values[0]).toBe(400_003);
  });

  it('given a pause during a long stretch of steps, stops there', async () => {
    const workers = await load({});
    await workers.engine.step({ steps: 1e9 });
    const paused = workers.until(({ state }) => state === 'paused');
    await workers.engine.pause({});
    expect((await paused).step).toBeLessThan(1e9);
  });

  it('given a reset, is empty and starts again at step 0', async () => {
    const workers = await load({ steps: 1000 });
    const end = workers.until(atEnd);
    await workers.engine.start({});
    await end;
    await workers.engine.reset({});
    await workers.clock.wait(100);
    expect((await workers.history.extent({})).probes['values']).toMatchObject({ total: 0 });
    await workers.engine.step({ steps: 10 });
    expect((await recorded(workers)).steps).toEqual(upTo(10));
  });

  it('given an edit during the run, carries the state on; probes that stay have no gap, a new one begins there', async () => {
    const workers = await load({ steps: 3000, probes: [valueProbe] }, slow);
    const underway = workers.until(({ step }) => step > 1000);
    const end = workers.until(atEnd);
    await workers.engine.start({});
    await underway;
    const edited = countingProgram({ steps: 3000, probes: [valueProbe, spikeProbe] });
    workers.program = { ...edited, elements: edited.elements.map((element) => ({ ...element, name: 'Renamed' })) };
    const reply = await workers.engine.update({ document: documentAt(null) });
    expect(reply.probes.map(({ id, elementName }) => [id, elementName])).toEqual([
      ['values', 'Renamed'],
      ['spikes', 'Renamed'],
    ]);
    await end;
    expect(await recorded(workers)).toEqual({ steps: upTo(3000), values: upTo(3000).map((step) => step + 1) });
    const { probes } = await workers.history.extent({});
    expect(probes['spikes']?.firstSeconds).toBeGreaterThan(1);
    expect(probes['spikes']?.lastSeconds).toBeCloseTo(2.999, 9);
  });

  it('given an edit that cannot be built, says why and goes on with what ran', async () => {
    const workers = await load({ steps: 3000 }, slow);
    const underway = workers.until(({ step }) => step > 1000);
    const end = workers.until(atEnd);
    await workers.engine.start({});
    await underway;
    workers.program = undefined;
    expect(await workers.engine.update({ document: documentAt(null) })).toMatchObject({
      loaded: false,
      problems: [{ code: 'model/empty' }],
    });
    expect(await end).toMatchObject({ step: 3000 });
    expect((await recorded(workers)).steps).toEqual(upTo(3000));
  });

  it('given another memory limit with an edit, holds it until the next one', async () => {
    const { engine } = await load({});
    const document = documentAt(null);
    const refused = { loaded: false, problems: [{ code: 'run/memory' }] };
    expect(await engine.update({ document, memoryLimitBytes: 1 })).toMatchObject(refused);
    expect(await engine.update({ document })).toMatchObject(refused);
    expect(await engine.update({ document, memoryLimitBytes: 2 ** 30 })).toMatchObject({ loaded: true });
  });

  it('given an edit of the time step, starts over', async () => {
    const workers = await load({});
    await workers.engine.step({ steps: 100 });
    workers.program = countingProgram({ timeStepSeconds: 1e-4 });
    await workers.engine.update({ document: documentAt(null) });
    expect(workers.events.at(-1)).toMatchObject({ progress: { state: 'ready', step: 0 } });
  });

  it('given a state that becomes infinite, stops with the Problem; the next start begins anew', async () => {
    const workers = await load({ growth: 1e10 });
    const stopped = workers.until(({ state }) => state === 'failed');
    await workers.engine.start({});
    await stopped;
    expect(workers.events.find(({ kind }) => kind === 'problems')).toMatchObject({
      problems: [{ code: 'run/not-finite', at: { element: 'pop' } }],
    });
    workers.program = countingProgram({ steps: 100 });
    await workers.engine.update({ document: documentAt(null) });
    const end = workers.until(atEnd);
    await workers.engine.start({});
    expect((await end).step).toBe(100);
    expect((await workers.engine.readState({ signal: 'pop/v' })).values[0]).toBe(100);
  });

  it.each([true, false])(
    'given a reader that never reads (shared memory: %s), waits a second, then goes on and counts what is lost',
    async (shared) => {
      const steps = 600_000;
      const capacity = 125_000;
      // A ring gives up an eighth of itself at a time, a credit stream one record.
      const kept = shared ? capacity - (capacity / 8 - (steps % (capacity / 8))) : capacity;
      const workers = await load({ cells: 1, steps, probes: [valueProbe] }, { shared, reader: deadReader });
      const started = workers.clock.now();
      const end = workers.until(atEnd);
      await workers.engine.start({});
      const { lost } = await end;
      expect(workers.clock.now() - started).toBeGreaterThan(1000);
      expect(lost).toBe(steps - kept);
    },
  );

  it('given an exception in the run, reports a crash', async () => {
    const broken: MessageChannelEnd = {
      ...deadReader,
      post(message) {
        if ((message as { feed: string }).feed === 'batch') throw new Error('out of memory');
      },
    };
    const workers = await load({ steps: 10_000 }, { shared: false, reader: broken });
    await workers.engine.start({});
    for (let turn = 0; turn < 20; turn += 1) await workers.clock.wait(10);
    expect(workers.events.at(-1)).toEqual({ kind: 'crashed', reason: 'out of memory' });
  });

  it('given a probe of chosen cells, events carry their place and the export their cell', async () => {
    const workers = await load({ steps: 20, probes: [{ ...spikeProbe, cells: [3, 8] }] });
    const end = workers.until(atEnd);
    await workers.engine.start({});
    await end;
    const raster = await workers.history.raster({
      probe: 'spikes',
      fromSeconds: 0,
      toSeconds: 1,
      columns: 10,
      rows: 2,
    });
    expect(raster).toMatchObject({ kind: 'events', cells: Int32Array.of(1, 0, 1, 0) });
    expect([...(await workers.history.export({ probe: 'spikes' })).values]).toEqual([8, 3, 8, 3]);
  });

  it('given nothing loaded, refuses to start', async () => {
    const workers = createWorkers(countingProgram(), { shared: true });
    open.push(workers);
    await expect(workers.engine.start({})).rejects.toThrow('nothing is loaded');
  });
});

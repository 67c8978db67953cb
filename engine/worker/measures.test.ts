/** Measures through the worker: memory capacity is that of reservoirpy, radii are those of the weights, the loaded run is not touched. */
import { afterEach, describe, expect, it } from 'vitest';
import { element, project, wire } from '../../e2e/specs/problem-codes/case.ts';
import { nodeMemory } from '../../electron/platform/node-memory.ts';
import { defined } from '../base/assert.ts';
import type { Disposable } from '../base/disposable.ts';
import { createEngineClient, type EngineClient } from '../client/engine-client.ts';
import { arrayOf, recordOf } from '../conform/case-access.ts';
import { openCase } from '../conform/case-files.test-support.ts';
import { drivenLayer, layerWithAllWeights, noiseSeries } from '../library/layer-alone.ts';
import { elementKinds } from '../library/library.ts';
import { prepareRun } from '../library/prepare-run.ts';
import { leakOf, recurrentWeights } from '../library/recurrent-layers.ts';
import { encodeArray } from '../model/arrays.ts';
import type { ElementRecord, SpikeloomDocument } from '../model/document.ts';
import { createLoopback } from '../platform/loopback.ts';
import type { EngineEvent } from '../protocol/messages.ts';
import type { RecallRequest } from '../protocol/measures.ts';
import { siNumber } from '../units/convert.ts';
import { EngineSession } from './engine-session.ts';
import { createTestClock } from './workers.test-support.ts';

const open: Disposable[] = [];
afterEach(() => {
  for (const each of open.splice(0)) each.dispose();
});

function createEngine(): EngineClient {
  const [page, worker] = createLoopback().ends;
  const trainerFor = () => {
    throw new Error('no readouts here');
  };
  const clock = createTestClock(3);
  open.push(
    new EngineSession({ end: worker, clock, memory: nodeMemory, shared: false, prepare: prepareRun, trainerFor }),
  );
  const engine = createEngineClient(page);
  open.push(engine);
  return engine;
}

/** A project of one layer; matrices by the name of their parameter. */
function projectOf(
  kind: string,
  parameters: ElementRecord['parameters'],
  matrices: Readonly<Record<string, { shape: readonly number[]; values: ArrayLike<number> }>> = {},
): { document: SpikeloomDocument; layer: ElementRecord } {
  const arrays = Object.entries(matrices).map(
    ([name, { values, shape }]) => [name, encodeArray(values, shape)] as const,
  );
  const unitOf = (name: string): string =>
    elementKinds.find(kind)?.parameters.find((spec) => spec.name === name)?.unit ?? '1';
  const given = Object.fromEntries(arrays.map(([name, { id }]) => [name, { array: id, unit: unitOf(name) }]));
  const layer = element('layer', kind, { ...parameters, ...given });
  const document = project(
    { elements: [layer] },
    { arrays: Object.fromEntries(arrays.map(([, each]) => [each.id, each])) },
  );
  return { document: { ...document, run: { ...document.run, timeStep: { value: 1, unit: 'ms' } } }, layer };
}

/** What is recalled of noise by a reservoir of 40 units. */
function recallRequest(changes: Partial<RecallRequest> = {}): RecallRequest {
  const { document, layer } = projectOf('layers/rate-reservoir', { units: 40 });
  const series = noiseSeries(300, { lowest: -0.8, highest: 0.8, seed: 3 });
  const driven = drivenLayer(document, layer, { values: series.subarray(10), stepsPerValue: 1, output: 'out' });
  return {
    document: driven,
    series,
    mostDelay: 10,
    stepsPerValue: 1,
    washout: 10,
    testShare: 0.2,
    ridge: 1e-6,
    ...changes,
  };
}

describe('measureRecall', () => {
  it("given the series of reservoirpy's case, then the capacities are those of reservoirpy", async () => {
    const { all, parameters, expected } = openCase('reservoirpy/memory_capacity/given-series.json.gz');
    const series = Float64Array.from(arrayOf(recordOf(all['input'], 'input')['series'], 'series').values);
    const [W, Win] = [arrayOf(parameters['W'], 'W'), arrayOf(parameters['Win'], 'Win')];
    const { document, layer } = projectOf('layers/rate-reservoir', { lr: { value: 1, unit: '1' } }, { W, Win });
    const driven = drivenLayer(document, layer, { values: series.subarray(15), stepsPerValue: 1, output: 'out' });
    const request = {
      document: driven,
      series,
      mostDelay: 15,
      stepsPerValue: 1,
      washout: 15,
      testShare: 0.25,
      ridge: 1e-6,
    };
    const { value, problems } = await createEngine().measureRecall(request);
    expect(problems).toEqual([]);
    const { capacities, total } = defined(value, 'a recall');
    expect(total).toBeCloseTo(Number(expected['total']), 5);
    arrayOf(expected['capacities'], 'capacities').values.forEach((capacity, place) =>
      expect(capacities[place]).toBeCloseTo(capacity, 5),
    );
  });

  it('given a run that is loaded, then it stays where it is and hears of the progress', async () => {
    const engine = createEngine();
    const events: EngineEvent[] = [];
    engine.listen((event) => events.push(event));
    const { document } = projectOf('layers/rate-reservoir', { units: 30 });
    await engine.load({ document, target: 'interpreter' });
    await engine.step({ steps: 7 });
    const { value } = await engine.measureRecall(recallRequest());
    expect(defined(value, 'a recall').total).toBeGreaterThan(3);
    const shares = events.flatMap((event) => (event.kind === 'measuring' ? [event.share] : []));
    expect(shares.length).toBeGreaterThan(1);
    expect(shares).toEqual(shares.toSorted((left, right) => left - right));
    const reached = events.flatMap((event) => (event.kind === 'progress' ? [event.progress.step] : []));
    expect(reached.at(-1)).toBe(7);
  });

  it('given values that last several steps, then a delay counts values: an integrator recalls the last one', async () => {
    const { document, layer } = projectOf('layers/rate-reservoir', { units: 20, lr: { value: 0.9, unit: '1' } });
    const series = noiseSeries(200, { lowest: -0.5, highest: 0.5, seed: 1 });
    const drive = { values: series.subarray(3), stepsPerValue: 4, output: 'out' };
    const request = recallRequest({
      document: drivenLayer(document, layer, drive),
      series,
      mostDelay: 3,
      stepsPerValue: 4,
    });
    const { value } = await createEngine().measureRecall(request);
    const { capacities } = defined(value, 'a recall');
    expect(capacities).toHaveLength(3);
    expect(capacities[0]).toBeGreaterThan(capacities[2] as number);
  });

  it('given impossible wishes, then each is refused with its reason', async () => {
    const engine = createEngine();
    const said = async (changes: Partial<RecallRequest>) =>
      (await engine.measureRecall(recallRequest(changes))).problems.map(({ code, message }) => `${code} ${message}`);
    expect(await said({ washout: 1000 })).toEqual([
      expect.stringMatching(/training\/too-few-samples A washout of 1000 leaves nothing of the \d+ values/),
    ]);
    expect(await said({ mostDelay: 200 })).toEqual([expect.stringContaining('training/too-few-samples')]);
    const { document, layer } = projectOf('layers/lif-reservoir', { units: 30 });
    const silent = { values: new Float64Array(290), stepsPerValue: 1, output: 'spikes' };
    expect(await said({ document: drivenLayer(document, layer, silent) })).toEqual([
      expect.stringContaining('measure/impossible The output of the layer never changes'),
    ]);
  });

  it('given up while it works, then it ends without an answer', async () => {
    const controller = new AbortController();
    const answer = createEngine().measureRecall(recallRequest(), controller.signal);
    controller.abort();
    await expect(answer).rejects.toMatchObject({ kind: 'cancelled' });
  });
});

describe('drivenLayer', () => {
  it('given a layer with three channels in its project, then each of them gets the series', () => {
    const { document, layer } = projectOf('layers/rate-reservoir', { units: 30 });
    const source = element('source', 'stimuli/sine', { size: 3 });
    const connected = {
      ...document,
      elements: { source, layer },
      connections: { w: { ...wire('source.out', 'layer.in'), id: 'w' } },
    };
    const driven = drivenLayer(connected, layer, { values: Float64Array.of(1, 2), stepsPerValue: 2, output: 'out' });
    const shapes = Object.values(driven.arrays).map(({ shape }) => shape);
    expect(shapes).toEqual([[4, 3]]);
  });
});

describe('measureRadii', () => {
  const weights = { shape: [3, 3], values: Float64Array.of(0, -2, 0, 2, 0, 0, 0, 0, 0.5) };

  it('given any layer with a matrix of recurrent weights, then their radius is found, in SI units', async () => {
    const engine = createEngine();
    const recurrent = elementKinds.entries.flatMap((kind) => {
      const spec = kind.parameters.find(({ type, title }) => type === 'matrix' && title === 'recurrent weights');
      return spec === undefined ? [] : [{ kind, spec }];
    });
    expect(recurrent.length).toBeGreaterThan(15);
    for (const { kind, spec } of recurrent) {
      const name = recurrentWeights(kind.id);
      expect([kind.id, name]).toEqual([kind.id, spec.name]);
      const size = kind.parameters.some(({ name: each }) => each === 'size') ? { size: 3 } : {};
      const { document, layer } = projectOf(kind.id, size, { [spec.name]: weights });
      const alone = layerWithAllWeights(document, layer);
      const { value, problems } = await engine.measureRadii({ document: alone, weights: `layer/${name}`, leak: null });
      expect([kind.id, problems.filter(({ severity }) => severity === 'error')]).toEqual([kind.id, []]);
      expect(value?.cells).toBe(3);
      expect(value?.effective).toBeNull();
      expect(defined(value, kind.id).spectralRadius / siNumber(1, spec.unit ?? '1')).toBeCloseTo(2, 12);
    }
  }, 20_000);
});

describe('leakOf', () => {
  const run = { timeStep: { value: 1, unit: 'ms' }, duration: null, seed: 1, speed: null };

  it('given a leak rate, then it is the leak; given a time constant, then the step by it', () => {
    const leak = (kind: string, parameters: ElementRecord['parameters']) => leakOf(element('a', kind, parameters), run);
    expect(leak('layers/rate-reservoir', {})).toBe(0.3);
    expect(leak('layers/rate-reservoir', { lr: { value: 0.5, unit: '1' } })).toBe(0.5);
    expect(leak('layers/rate-reservoir', { lr: { values: [0.1, 0.2], unit: '1' } })).toBeUndefined();
    expect(leak('layers/rec-rate-euler', { tau: { value: 50, unit: 'ms' } })).toBeCloseTo(0.02, 12);
    expect(leak('layers/threshold-rate', { tau: { value: 2, unit: 'ms' } })).toBeCloseTo(0.1, 12);
    expect(leak('layers/lif-reservoir', {})).toBeUndefined();
  });
});

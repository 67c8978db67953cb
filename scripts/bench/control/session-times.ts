/** How long a running engine takes to do what it is asked: pause, go on, take an edit, stop; and to jump back. */
import { Worker } from 'node:worker_threads';
import { createEngineClient, type EngineClient } from '../../../engine/client/engine-client.ts';
import type { SpikeloomDocument } from '../../../engine/model/document.ts';
import { endOfThread } from '../../../electron/platform/node-threads.ts';
import { workloadDocument } from './bench-run.ts';
import { benchScript } from './bench-script.ts';
import { medianOf, millisecondsText, type Figure } from './figure.ts';

const mostMilliseconds = 20;
const mostJumpMilliseconds = 100;

/** From the request to its answer, which comes when it has taken effect. */
export async function sessionTimes(rounds: number): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const id of ['W1', 'W2b'] as const) {
    const document = { ...(await workloadDocument(id)), probes: {} };
    figures.push(...(await withEngine((engine) => latencies(engine, id, endless(document), rounds))));
  }
  figures.push(await withEngine((engine) => jumps(engine, rounds)));
  return figures;
}

async function withEngine<T>(use: (engine: EngineClient) => Promise<T>): Promise<T> {
  const thread = new Worker(benchScript('session-thread'));
  const engine = createEngineClient(endOfThread(thread));
  try {
    return await use(engine);
  } finally {
    engine.dispose();
    await thread.terminate();
  }
}

function endless(document: SpikeloomDocument): SpikeloomDocument {
  return { ...document, run: { ...document.run, duration: null, speed: null } };
}

async function latencies(
  engine: EngineClient,
  id: string,
  document: SpikeloomDocument,
  rounds: number,
): Promise<Figure[]> {
  await load(engine, document);
  const times = { pause: [] as number[], stop: [] as number[], edit: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    await runFor(engine, 5 + ((round * 7) % 31));
    times.pause.push(await taken(() => engine.pause({})));
    await runFor(engine, 5 + ((round * 11) % 29));
    times.stop.push(await taken(() => engine.reset({})));
    if (id !== 'W1') continue;
    await runFor(engine, 5 + ((round * 13) % 23));
    times.edit.push(await taken(() => engine.update({ document: edited(document, round) })));
  }
  await engine.pause({});
  return Object.entries(times)
    .filter(([, all]) => all.length > 0)
    .map(([what, all]) => latencyFigure(`${what}, ${id}`, all));
}

function latencyFigure(what: string, all: readonly number[]): Figure {
  const worst = Math.max(...all);
  return {
    what: `from the wish to its effect: ${what}`,
    measured: `${millisecondsText(medianOf(all))}, at most ${millisecondsText(worst)} of ${all.length}`,
    goal: `< ${mostMilliseconds} ms`,
    met: worst < mostMilliseconds,
  };
}

/** Another resting potential of the cells in each round. */
function edited(document: SpikeloomDocument, round: number): SpikeloomDocument {
  const elements = Object.entries(document.elements).map(([id, element]) => {
    const changed = Object.entries(element.parameters).map(([name, value]) => {
      const isQuantity = typeof value === 'object' && value !== null && 'value' in value;
      return [name, isQuantity ? { ...value, value: value.value * (1 + (round + 1) * 1e-6) } : value] as const;
    });
    return [id, { ...element, parameters: Object.fromEntries(changed) }] as const;
  });
  return { ...document, elements: Object.fromEntries(elements) };
}

/** Back by 10 s in a network of 1,000 cells: to steps right before a checkpoint, from which most is repeated. */
async function jumps(engine: EngineClient, rounds: number): Promise<Figure> {
  const whole = await workloadDocument('W1');
  const sizes: Readonly<Record<string, number>> = { excitatory: 800, inhibitory: 200 };
  const elements = Object.entries(whole.elements).map(([id, element]) => {
    const size = sizes[id];
    return [id, size === undefined ? element : { ...element, parameters: { ...element.parameters, size } }] as const;
  });
  const document = endless({ ...whole, elements: Object.fromEntries(elements), probes: {} });
  await load(engine, document);
  const stepsPerSecond = 10_000;
  const times: number[] = [];
  for (let round = 0; round < Math.min(rounds, 8); round += 1) {
    await stepTo(engine, 12 * stepsPerSecond);
    const target = 2 * stepsPerSecond - 1 - 1000 * round;
    times.push(await taken(async () => void (await jumpTo(engine, target))));
  }
  return {
    what: 'back by 10 s and more, 1,000 cells, from the wish to its effect',
    measured: `${millisecondsText(medianOf(times))}, at most ${millisecondsText(Math.max(...times))} of ${times.length}`,
    goal: `< ${mostJumpMilliseconds} ms`,
    met: Math.max(...times) < mostJumpMilliseconds,
  };
}

async function load(engine: EngineClient, document: SpikeloomDocument): Promise<void> {
  const { loaded, problems } = await engine.load({ document, target: 'wasm' });
  if (!loaded) throw new Error(problems[0]?.message);
}

async function jumpTo(engine: EngineClient, step: number): Promise<void> {
  const { exact } = await engine.jump({ step });
  if (!exact) throw new Error(`the jump did not reach step ${step}`);
}

async function stepTo(engine: EngineClient, step: number): Promise<void> {
  const there = new Promise<void>((resolve) => {
    const listening = engine.listen((event) => {
      if (event.kind !== 'progress' || event.progress.state !== 'paused') return;
      listening.dispose();
      resolve();
    });
  });
  const { step: now } = await engine.jump({ step: Number.MAX_SAFE_INTEGER });
  await engine.step({ steps: step - now });
  await there;
}

async function runFor(engine: EngineClient, milliseconds: number): Promise<void> {
  await engine.start({});
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function taken(request: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await request();
  return performance.now() - start;
}

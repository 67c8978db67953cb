/** What a second thread gains, beside what two loops that share nothing gain on this machine. */
import { Worker } from 'node:worker_threads';
import { startHelpers } from '../../../electron/jobs/helper-threads.ts';
import type { Simulation } from '../../../engine/runtime/simulation.ts';
import { advance, preparedWorkload, repeatable, simulate } from './bench-run.ts';
import { benchScript } from './bench-script.ts';
import type { BusyAnswer, BusyRequest } from './busy-thread.ts';
import type { Figure } from './figure.ts';
import { leastInTurn } from './in-turn.ts';

const measured = { W2b: 300, W3: 400, W5: 1500 } as const;
const goal = 1.7;
/** Milliseconds of a run until it has found out which number of threads is faster, code that is compiled anew included. */
const settledAfter = 3000;
/** Steps between which helpers may come. */
const pieceSteps = 256;

export async function threadGains(turns: number): Promise<Figure[]> {
  const figures = await ceilings(turns);
  for (const [id, steps] of Object.entries(measured)) figures.push(await threadGain(id, steps, turns));
  return figures;
}

async function threadGain(id: string, steps: number, turns: number): Promise<Figure> {
  const prepared = await preparedWorkload(id);
  const helpers = startHelpers(2);
  const [one, two] = [simulate(prepared), simulate(prepared, { help: helpers.help })];
  for (const simulation of [one, two]) await settle(simulation);
  const least = leastInTurn(turns, [
    { name: 'one', ...repeatable(one, steps) },
    { name: 'two', ...repeatable(two, steps) },
  ]);
  const { threads, gain: told } = two.threads();
  for (const simulation of [one, two]) simulation.dispose();
  helpers.close();
  const gain = least.one.wall / least.two.wall;
  return {
    what: `a second thread, ${id}`,
    measured: `${gain.toFixed(2)} × (the run chose ${threads}, told ${told.toFixed(2)} ×)`,
    goal: `≥ ${goal} ×`,
    met: gain >= goal,
  };
}

/** Helpers come while this thread waits. */
async function settle(simulation: Simulation): Promise<void> {
  const end = performance.now() + settledAfter;
  for (let rest = 20; performance.now() < end; rest = 0) {
    advance(simulation, pieceSteps);
    await new Promise((resolve) => setTimeout(resolve, rest));
  }
}

type Busy = (request: BusyRequest) => Promise<number>;

/** Two loops side by side against one alone: with arithmetic only, and reading memory that no cache holds. */
async function ceilings(turns: number): Promise<Figure[]> {
  const threads = [0, 1].map(() => new Worker(benchScript('busy-thread')));
  const busy = threads.map(
    (thread): Busy =>
      (request) =>
        ask(thread, request),
  );
  const figures: Figure[] = [];
  for (const kind of ['arithmetic', 'memory'] as const) {
    let [alone, together] = [Infinity, Infinity];
    for (let turn = 0; turn < turns; turn += 1) {
      alone = Math.min(alone, await (busy[turn % 2] as Busy)({ kind }));
      together = Math.min(together, Math.max(...(await Promise.all(busy.map((loop) => loop({ kind }))))));
    }
    const gain = ((2 * alone) / together).toFixed(2);
    figures.push({ what: `two independent loops, ${kind}`, measured: `${gain} × one` });
  }
  for (const thread of threads) await thread.terminate();
  return figures;
}

function ask(thread: Worker, request: BusyRequest): Promise<number> {
  return new Promise((resolve) => {
    thread.once('message', ({ milliseconds }: BusyAnswer) => resolve(milliseconds));
    thread.postMessage(request);
  });
}

/** Kills of the engine and of the keeper of records at random phases, over loopbacks: document, cause and restart every time. */
import { describe, expect, it } from 'vitest';
import { nodeMemory } from '../../electron/platform/node-memory.ts';
import { budgetOf } from '../../engine/base/budget.test-support.ts';
import { streamKey, uniformAt } from '../../engine/base/random.ts';
import { createEngineClient } from '../../engine/client/engine-client.ts';
import { createHistoryClient } from '../../engine/client/history-client.ts';
import { watchEnd } from '../../engine/client/watchdog.ts';
import { prepareRun } from '../../engine/library/prepare-run.ts';
import { createLoopback } from '../../engine/platform/loopback.ts';
import type { ElementRecord } from '../../engine/model/document.ts';
import type { Clock } from '../../engine/platform/seams.ts';
import { createLiveRidge } from '../../engine/training/live-ridge.ts';
import { EngineSession } from '../../engine/worker/engine-session.ts';
import { createHistorySession } from '../../engine/worker/history/history-session.ts';
import { createPulse } from '../../engine/worker/pulse.ts';
import { createEngineLink, type EngineConnection } from '../../renderer/stores/engine-link.ts';
import { createRunActions } from '../../renderer/stores/run-actions.ts';
import { createTestWorkbench } from '../../renderer/stores/workbench.test-support.ts';
import { element, project } from './problem-codes/case.ts';

type Part = 'engine' | 'history';
type Blow = 'trap' | 'memory' | 'silence';
type Killers = Readonly<Record<Part, (blow: Blow) => void>>;

const reasons = { trap: 'unreachable', memory: 'Array buffer allocation failed' } as const;
const causes = { trap: 'fault', memory: 'memory', silence: 'silence' } as const;

/** A clock on which every wait ends in the next turn, exactly when it was to. */
function createTurnClock(): Clock {
  let now = 0;
  return {
    now: () => (now += 0.05),
    wallTime: () => now,
    wait(milliseconds) {
      now += milliseconds;
      return new Promise((resolve) => setImmediate(resolve));
    },
  };
}

/** Both workers in this thread, each behind a watched loopback, and ways to kill them. */
function startWorkers(shared: boolean): { readonly connection: EngineConnection; readonly kill: Killers } {
  const [engineLine, historyLine, feed] = [createLoopback(), createLoopback(), createLoopback()];
  const [enginePulse, historyPulse] = [createPulse(engineLine.ends[1]), createPulse(historyLine.ends[1])];
  const session = new EngineSession({
    end: engineLine.ends[1],
    clock: createTurnClock(),
    memory: nodeMemory,
    shared,
    prepare: prepareRun,
    trainerFor: createLiveRidge,
    pulse: enginePulse,
    onOther: (message) => void enginePulse.receive(message),
  });
  const keeper = createHistorySession({
    end: historyLine.ends[1],
    clock: createTurnClock(),
    pulse: historyPulse,
    onOther: (message) => void historyPulse.receive(message),
    fail: (reason) => historyLine.fail(reason),
  });
  session.connectHistory(feed.ends[0]);
  keeper.connectEngine(feed.ends[1]);
  const engine = createEngineClient(watchEnd(engineLine.ends[0], { clock: createTurnClock(), shared }));
  const history = createHistoryClient(watchEnd(historyLine.ends[0], { clock: createTurnClock(), shared }));
  const dispose = (): void => {
    engine.dispose();
    history.dispose();
    session.dispose();
    keeper.dispose();
  };
  return {
    connection: { engine, history, dispose },
    kill: {
      engine(blow) {
        if (blow !== 'silence') engineLine.fail(reasons[blow]);
        session.dispose();
      },
      history(blow) {
        if (blow !== 'silence') historyLine.fail(reasons[blow]);
        keeper.dispose();
      },
    },
  };
}

/** The workbench without its picture, over such workers. */
function createBench(shared: boolean) {
  const { services } = createTestWorkbench();
  let kill: Killers | undefined;
  const link = createEngineLink(() => {
    const started = startWorkers(shared);
    kill = started.kill;
    return started.connection;
  });
  const runs = createRunActions({ ...services, link, clock: createTurnClock() });
  const bench = { ...services, link, runs, kill: (part: Part, blow: Blow): void => kill?.[part](blow) };
  const cells = element('cells', 'neurons/lif', { size: 3, I_e: { value: 1, unit: 'nA' } });
  const probes = [{ id: 'probe', element: 'cells', target: 'v', cells: null }];
  services.document.setState({ document: project({ elements: [cells], probes }) });
  return bench;
}
type Bench = ReturnType<typeof createBench>;

async function until(holds: () => boolean, what: string): Promise<void> {
  for (let turn = 0; turn < 50_000; turn += 1) {
    if (holds()) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error(`never: ${what}`);
}

const stateOf = ({ run }: Bench): string => run.getState().progress.state;
let edits = 0;

/** An edit that the engine has to hear of; where edits come from and where they are kept is another matter. */
function edit({ document: store }: Bench): void {
  const { document } = store.getState();
  const cells = document.elements['cells'] as ElementRecord;
  const current = { value: 1 + (edits += 1) / 1000, unit: 'nA' };
  const parameters = { ...cells.parameters, I_e: current };
  store.setState({ document: { ...document, elements: { ...document.elements, cells: { ...cells, parameters } } } });
}

/** Brings the engine into the phase and leaves it there, in the middle of it. */
const phases: Readonly<Record<string, (bench: Bench) => Promise<void>>> = {
  async starting({ runs }) {
    void runs.connect(true);
  },
  async building({ runs, run }) {
    const building = new Promise<void>((resolve) => run.subscribe((state) => state.building && resolve()));
    void runs.connect(true);
    await building;
  },
  async running(bench) {
    await bench.runs.connect(true);
    await until(() => bench.run.getState().progress.step > 50, 'some steps');
  },
  async editing(bench) {
    await bench.runs.connect(true);
    edit(bench);
  },
  async paused(bench) {
    await bench.runs.connect(true);
    await bench.runs.pause();
    await until(() => stateOf(bench) === 'paused', 'paused');
  },
  async finished(bench) {
    const { document } = bench.document.getState();
    const run = { ...document.run, duration: { value: 5, unit: 'ms' }, speed: null };
    bench.document.setState({ document: { ...document, run } });
    await bench.runs.connect(true);
    await until(() => stateOf(bench) === 'finished', 'finished');
  },
  async idle(bench) {
    await bench.runs.connect(false);
  },
};

const restarts: Readonly<Record<string, (bench: Bench) => Promise<void>>> = {
  toggle: ({ runs }) => runs.toggle(),
  connect: ({ runs }) => runs.connect(false),
  reset: ({ runs }) => runs.reset(),
  step: ({ runs }) => runs.step(3),
};

const budget = budgetOf('engine-kills');
const key = streamKey(budget.seed, 15);

function choose<T>(choices: readonly T[], round: number, draw: number): T {
  return choices[Math.floor(uniformAt(key, round, draw) * choices.length)] as T;
}

/** One kill from start to restart. */
async function killOnce(round: number): Promise<void> {
  const part = choose<Part>(['engine', 'engine', 'history'], round, 1);
  const blow = choose<Blow>(['trap', 'memory', 'silence'], round, 2);
  const phase = choose(Object.keys(phases), round, 3);
  const restart = choose(Object.keys(restarts), round, 4);
  const bench = createBench(uniformAt(key, round, 5) < 0.5);
  const told = `round ${round}: ${part} ${blow} while ${phase}, back by ${restart}; ${budget.again}`;
  await phases[phase]?.(bench);
  // A moment later: how far it got by then is chance, too.
  const turns = Math.floor(uniformAt(key, round, 6) * 12);
  for (let turn = 0; turn < turns - 4; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  bench.kill(part, blow);
  edit(bench);
  const { document } = bench.document.getState();
  await until(() => bench.run.getState().engine.kind === 'crashed', `the end is noticed, ${told}`);
  expect(bench.run.getState(), told).toMatchObject({ engine: { cause: causes[blow] }, building: false });
  const [found, ...more] = bench.problems.getState().all;
  expect([found?.code, more], told).toEqual(['run/crashed', []]);
  expect(found?.message, told).toContain(part === 'engine' ? 'The engine' : 'The keeper of the records');
  expect(found?.message, told).toContain('Your document is safe.');
  edit(bench);
  await bench.runs.settled();
  expect(bench.document.getState().document, told).not.toBe(document);
  await restarts[restart]?.(bench);
  await bench.runs.settled();
  const { engine, load } = bench.run.getState();
  expect([engine.kind, load?.loaded, bench.problems.getState().all], told).toEqual(['ready', true, []]);
  const given = bench.document.getState().document.elements['cells']?.parameters['I_e'];
  const { values } = await bench.link.engine().readState({ signal: 'cells/v' });
  expect([values.length, given], told).toEqual([3, { value: 1 + edits / 1000, unit: 'nA' }]);
  await expect(bench.link.ask('extent', {}), told).resolves.toMatchObject({ lost: 0 });
  bench.link.dispose();
}

describe('the engine', () => {
  it(`comes back from each of ${budget.rounds} kills with the document as it was edited meanwhile`, async () => {
    for (let round = 0; round < budget.rounds; round += 1) await killOnce(round);
  });

  it('that was stopped by the person in the middle of a build says so and comes back', async () => {
    const bench = createBench(true);
    await phases['building']?.(bench);
    bench.runs.stop();
    await bench.runs.settled();
    expect(bench.run.getState().engine).toMatchObject({ kind: 'crashed', cause: 'stopped' });
    expect(bench.problems.getState().all[0]?.message).toContain('was stopped while building the network');
    await bench.runs.toggle();
    expect(bench.run.getState().engine.kind).toBe('ready');
    bench.link.dispose();
  });

  it('that stopped leaves its records to be looked at; without their keeper they are lost, and that is said', async () => {
    const bench = createBench(true);
    await phases['running']?.(bench);
    bench.kill('engine', 'trap');
    const { probes } = await bench.link.ask('extent', {});
    expect(probes['probe']?.total).toBeGreaterThan(0);
    expect(bench.problems.getState().all[0]?.hint).toContain('The plots keep what was recorded until then.');
    await phases['running']?.(bench);
    bench.kill('history', 'trap');
    expect(bench.problems.getState().all[0]?.hint).toContain('The records of this run are lost.');
    await expect(bench.link.ask('extent', {})).rejects.toThrow('unreachable');
    bench.link.dispose();
  });
});

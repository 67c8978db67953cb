/** Any number of threads leaves the same bits: every spike and every state, whichever of them executes which steps. */
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { budgetOf } from '../../engine/base/budget.test-support.ts';
import { createUniformSource } from '../../engine/base/random.ts';
import { expectOk } from '../../engine/base/result.ts';
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import { largeRandomModel } from '../../engine/library/checkpoint-models.test-support.ts';
import { prepareRun } from '../../engine/library/prepare-run.ts';
import type { Clock } from '../../engine/platform/seams.ts';
import type { HelpedBy } from '../../engine/runtime/shared-run.ts';
import type { Simulation } from '../../engine/runtime/simulation.ts';
import { createSimulation } from '../../engine/runtime/simulation.ts';
import type { HelperThread, ThreadTeam } from '../../engine/runtime/thread-team.ts';
import { createThreadTeam } from '../../engine/runtime/thread-team.ts';
import { createLiveRidge } from '../../engine/training/live-ridge.ts';
import { nodeMemory } from '../platform/node-memory.ts';
import { documentOf, readProjectAt } from '../platform/project-storage.ts';
import { nodeFileSystem } from '../platform/node-file-system.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const examples = join(root, 'assets', 'examples');
const threadCounts = [2, 4] as const;
const budget = budgetOf('thread-runs');

let folder = '';
let workers: readonly Worker[] = [];
/** Runs in which several threads took part. */
let helped = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spikeloom-threads-'));
  await build({
    ...{ root, configFile: false, publicDir: false, logLevel: 'silent', ssr: { noExternal: true } },
    build: {
      ...{ ssr: true, outDir: folder, target: 'node20', minify: false },
      rollupOptions: {
        input: { 'step-thread': join(root, 'electron/jobs/step-thread.ts') },
        output: { format: 'es', entryFileNames: '[name].mjs' },
      },
    },
  });
  workers = Array.from({ length: 3 }, () => new Worker(join(folder, 'step-thread.mjs')));
});

afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.terminate()));
  await rm(folder, { recursive: true, force: true });
});

/** All teams share the workers: one after the other. */
function teamOf(threads: number): ThreadTeam {
  const helpers = workers.slice(0, threads - 1).map((worker): HelperThread => {
    return { post: (message) => worker.postMessage(message) };
  });
  return createThreadTeam(helpers);
}

/** A clock after which now one thread seems faster and now all of them: pieces of either follow each other. */
function fickleClock(seed: number): Clock {
  const uniform = createUniformSource(seed);
  let now = 0;
  return { now: () => (now += 100 * uniform.next()), wallTime: () => now, wait: () => Promise.resolve() };
}

function simulate(document: SpikeloomDocument, precision: 'f64' | 'f32', help: HelpedBy | undefined): Simulation {
  const { program } = expectOk(prepareRun(document));
  const request = { program, precision, target: 'wasm', memory: nodeMemory, trainerFor: createLiveRidge } as const;
  return expectOk(createSimulation({ ...request, shared: true, ...(help === undefined ? {} : { help }) }));
}

/** SHA-256 of everything recorded and of everything that is left when the run is over. */
function fingerprint(simulation: Simulation, steps: number): string {
  const hash = createHash('sha256');
  const bytes = ({ buffer, byteOffset, byteLength }: ArrayBufferView) => new Uint8Array(buffer, byteOffset, byteLength);
  for (const { id } of simulation.program.probes) {
    simulation.setSink(id, {
      samples: (first, rows, values) => void hash.update(`${id} ${first} ${rows}`).update(bytes(values)),
      events(at, cells, count) {
        hash.update(id);
        hash.update(bytes(at.slice(0, count))).update(bytes(cells.slice(0, count)));
      },
    });
  }
  const problems = simulation.advance(steps);
  hash.update(JSON.stringify(problems));
  for (const { id, role, name } of simulation.program.signals)
    if (role === 'state' && !name.endsWith('dropped')) hash.update(id).update(bytes(simulation.readSignal(id)));
  return hash.digest('hex');
}

/** Fingerprints of one thread, of two and of four. */
function fingerprints(document: SpikeloomDocument, precision: 'f64' | 'f32', steps: number): readonly string[] {
  const alone = simulate(document, precision, undefined);
  const first = fingerprint(alone, steps);
  const others = threadCounts.map((threads) => {
    const shared = simulate(document, precision, { team: teamOf(threads), clock: fickleClock(threads) });
    const found = fingerprint(shared, steps);
    if (shared.compiled.threads !== undefined) helped += 1;
    shared.dispose();
    return found;
  });
  alone.dispose();
  return [first, ...others];
}

describe('threads', () => {
  it('leave the same bits in random models, for one, two and four of them', () => {
    for (let run = 0; run < budget.rounds; run += 1) {
      const uniform = createUniformSource(budget.seed + run);
      const document = largeRandomModel(run, (below) => Math.floor(uniform.next() * below));
      const [one, ...others] = fingerprints(document, run % 4 === 3 ? 'f32' : 'f64', 60);
      expect(others, `model ${run}`).toEqual(threadCounts.map(() => one));
    }
    expect(helped).toBeGreaterThan(budget.rounds);
  });

  it('leave the same bits in every example', async () => {
    const names = (await readdir(examples)).filter((name) => !/large|dense/.test(name));
    expect(names.length).toBeGreaterThan(5);
    for (const name of names) {
      const document = expectOk(documentOf(await readProjectAt(nodeFileSystem, join(examples, name))));
      const [one, ...others] = fingerprints(document, 'f64', 100);
      expect(others, name).toEqual(threadCounts.map(() => one));
    }
  });
});

/** Any number of threads leaves the same bits: every spike and every state, whichever of them executes which steps. */
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { budgetOf } from '../../engine/base/budget.test-support.ts';
import { createUniformSource } from '../../engine/base/random.ts';
import { expectOk } from '../../engine/base/result.ts';
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import { inRandomSteps, largeRandomModel, type Draw } from '../../engine/library/checkpoint-models.test-support.ts';
import { prepareRun } from '../../engine/library/prepare-run.ts';
import type { HelpedBy } from '../../engine/runtime/shared-run.ts';
import type { Simulation } from '../../engine/runtime/simulation.ts';
import { createSimulation } from '../../engine/runtime/simulation.ts';
import { createLiveRidge } from '../../engine/training/live-ridge.ts';
import { nodeMemory } from '../platform/node-memory.ts';
import { documentOf, readProjectAt } from '../platform/project-storage.ts';
import { nodeFileSystem } from '../platform/node-file-system.ts';
import { root, startStepThreads, type StepThreads } from './step-threads.test-support.ts';

const examples = join(root, 'assets', 'examples');
const threadCounts = [2, 4] as const;
const budget = budgetOf('thread-runs');

let stepThreads: StepThreads;
/** Runs in which several threads took part, and those of them in which they did blocks of steps. */
let [helped, inBlocks] = [0, 0];

beforeAll(async () => {
  stepThreads = await startStepThreads(4);
});

afterAll(() => stepThreads.close());

function simulate(document: SpikeloomDocument, precision: 'f64' | 'f32', help: HelpedBy | undefined): Simulation {
  const { program } = expectOk(prepareRun(document));
  const request = { program, precision, target: 'wasm', memory: nodeMemory, trainerFor: createLiveRidge } as const;
  return expectOk(createSimulation({ ...request, shared: true, ...(help === undefined ? {} : { help }) }));
}

/** What is done with a run; says what came of it. */
type Course = (simulation: Simulation) => unknown;

function bytes({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** SHA-256 of everything recorded, of what came of the course, and of everything that is left when it is over. */
function fingerprint(simulation: Simulation, course: Course): string {
  const recorded = simulation.program.probes.map(({ id }) => {
    const hash = createHash('sha256');
    simulation.setSink(id, {
      samples(first, rows, values) {
        const channels = values.length / rows;
        for (let row = 0; row < rows; row += 1)
          hash.update(`${first + row}`).update(bytes(values.subarray(row * channels, (row + 1) * channels)));
      },
      events(at, cells, count) {
        for (let event = 0; event < count; event += 1) hash.update(`${at[event]} ${cells[event]},`);
      },
    });
    return hash;
  });
  const hash = createHash('sha256').update(JSON.stringify(course(simulation)));
  for (const probe of recorded) hash.update(probe.digest());
  for (const { id, role, name } of simulation.program.signals)
    if (role === 'state' && !name.endsWith('dropped')) hash.update(id).update(bytes(simulation.readSignal(id)));
  return hash.digest('hex');
}

/** Fingerprints of one thread, of two and of four. */
function fingerprints(document: SpikeloomDocument, precision: 'f64' | 'f32', course: Course): readonly string[] {
  const alone = simulate(document, precision, undefined);
  const first = fingerprint(alone, course);
  const others = threadCounts.map((threads) => {
    const shared = simulate(document, precision, stepThreads.helpOf(threads));
    const found = fingerprint(shared, course);
    if (shared.compiled.threads !== undefined) helped += 1;
    if ((shared.compiled.threads?.blockSteps ?? 1) > 1) inBlocks += 1;
    shared.dispose();
    return found;
  });
  alone.dispose();
  return [first, ...others];
}

/** Short pieces at first, so that one thread and all of them take turns, then all that is left at once. */
const straight =
  (steps: number): Course =>
  (simulation) => {
    const begin = Array.from({ length: 9 }, (_, piece) => simulation.advance(1 + (piece % 5)));
    return [begin, simulation.advance(steps - simulation.step)];
  };

function drawFrom(seed: number): Draw {
  const uniform = createUniformSource(seed);
  return (below) => Math.floor(uniform.next() * below);
}

/** Stops at random steps, changes a state there, goes back to what was captured and repeats: the same for any threads. */
function interrupted(seed: number): Course {
  return (simulation) => {
    const draw = drawFrom(seed);
    const changed = simulation.program.signals.find(({ role, type }) => role === 'state' && type === 'f64');
    const found: unknown[] = [];
    let kept = simulation.capture();
    for (let turn = 0; turn < 12; turn += 1) {
      found.push(simulation.advance(1 + draw(40)), simulation.step);
      const what = draw(4);
      if (what === 0) kept = simulation.capture();
      if (what === 1) simulation.restore(kept);
      if (what === 2) simulation.replay(1 + draw(20));
      if (what !== 3 || changed === undefined) continue;
      const values = Float64Array.from(simulation.readSignal(changed.id));
      simulation.writeSignal(
        changed.id,
        values.map((value) => (Number.isFinite(value) ? 1.01 * value : value)),
      );
    }
    return found;
  };
}

describe('threads', () => {
  it('leave the same bits in random models, for one, two and four of them', () => {
    for (let run = 0; run < budget.rounds; run += 1) {
      const draw = drawFrom(budget.seed + run);
      const document = inRandomSteps(largeRandomModel(run, draw), draw);
      const [one, ...others] = fingerprints(document, run % 4 === 3 ? 'f32' : 'f64', straight(60));
      expect(others, `model ${run}, ${budget.again}`).toEqual(threadCounts.map(() => one));
    }
    expect(helped).toBeGreaterThan(budget.rounds);
    expect(stepThreads.steps()).toBeGreaterThan(20 * helped);
    expect(inBlocks).toBeGreaterThan(budget.rounds / 4);
  });

  it('leave the same bits wherever a run is stopped, changed and taken back within a block of steps', () => {
    const rounds = Math.ceil(budget.rounds / 2);
    inBlocks = 0;
    for (let run = 0; run < rounds; run += 1) {
      const document = largeRandomModel(7 * run + 3, drawFrom(budget.seed - run));
      const [one, ...others] = fingerprints(document, run % 4 === 3 ? 'f32' : 'f64', interrupted(budget.seed + run));
      expect(others, `model ${run}, ${budget.again}`).toEqual(threadCounts.map(() => one));
    }
    expect(inBlocks).toBeGreaterThan(rounds / 4);
  });

  it('leave the same bits in every example', async () => {
    const names = (await readdir(examples)).filter((name) => !/large|dense/.test(name));
    expect(names.length).toBeGreaterThan(5);
    for (const name of names) {
      const document = expectOk(documentOf(await readProjectAt(nodeFileSystem, join(examples, name))));
      const [one, ...others] = fingerprints(document, 'f64', straight(100));
      expect(others, name).toEqual(threadCounts.map(() => one));
    }
  });
});

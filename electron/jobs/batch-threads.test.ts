/** Batches with threads that help: the same bits as one thread leaves. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectOk } from '../../engine/base/result.ts';
import { connectorDocument, prepared } from '../../engine/library/library-models.test-support.ts';
import { connectorKinds } from '../../engine/library/library.ts';
import type { HelpedBy } from '../../engine/runtime/shared-run.ts';
import { createSimulation } from '../../engine/runtime/simulation.ts';
import { nodeMemory } from '../platform/node-memory.ts';
import { startStepThreads, type StepThreads } from './step-threads.test-support.ts';

const members = 8;
let stepThreads: StepThreads;

beforeAll(async () => {
  stepThreads = await startStepThreads(2);
});

afterAll(() => stepThreads.close());

describe('a batch', () => {
  it.each(['connectors/all-to-all', 'connectors/one-to-one'])('leaves the same bits with two threads: %s', (id) => {
    const kind = connectorKinds.entries.find((one) => one.id === id);
    if (kind === undefined) throw new Error(`no kind ${id}`);
    const { program } = prepared(connectorDocument(kind, [300, 300], { delay: { value: 2, unit: 'ms' } }));
    const left = (help: HelpedBy | undefined) => {
      const more = help === undefined ? {} : { help };
      const request = { program, members, target: 'wasm', memory: nodeMemory, shared: true, ...more } as const;
      const simulation = expectOk(createSimulation(request));
      expect(simulation.advance(60)).toEqual([]);
      const states = program.signals
        .filter(({ role }) => role === 'state')
        .map((signal) => [signal.id, [...simulation.readSignal(signal.id)]] as const);
      expect(simulation.compiled.threads !== undefined).toBe(help !== undefined);
      simulation.dispose();
      return states;
    };
    const before = stepThreads.steps();
    expect(left(stepThreads.helpOf(2))).toEqual(left(undefined));
    expect(stepThreads.steps()).toBeGreaterThan(before);
  });
});

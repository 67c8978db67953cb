import { describe, expect, it } from 'vitest';
import { expectOk } from '../base/result.ts';
import type { MessageChannelEnd } from '../platform/seams.ts';
import { createSimulation } from '../runtime/simulation.ts';
import { countingProgram, valueProbe } from './counting-program.test-support.ts';
import { createProbeFeed } from './probe-feed.ts';

const reader: MessageChannelEnd = {
  post: () => undefined,
  onMessage: () => undefined,
  onFailure: () => undefined,
  close: () => undefined,
};

describe('the feed of a probe that gives several events of a cell in a step', () => {
  /** In step n every cell has n + 1 events. */
  const program = countingProgram({ cells: 3, probes: [{ ...valueProbe, id: 'several', type: 'events' }] });

  it('has room for steps as busy as the busiest so far, and loses nothing', () => {
    const memory = { allocate: (bytes: number) => new WebAssembly.Memory({ initial: Math.ceil(bytes / 65_536) }) };
    const simulation = expectOk(createSimulation({ program, target: 'wasm', memory }));
    const feed = createProbeFeed(true);
    feed.open(simulation, false);
    feed.connect(reader);
    const room = feed.room();
    const capacity = 3 * room;
    expect(room).toBeGreaterThan(64);
    simulation.advance(4);
    feed.publish();
    // 3 · (1 + 2 + 3 + 4) events, at most 12 of a step; the first room was rounded down to whole steps.
    const [least, most] = [capacity - 30, capacity + 2 - 30].map((free) => Math.floor(free / 12)) as [number, number];
    expect(feed.room()).toBeGreaterThanOrEqual(least);
    expect(feed.room()).toBeLessThanOrEqual(most);
    expect(feed.lost()).toBe(0);
  });
});

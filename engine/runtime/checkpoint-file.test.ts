import { describe, expect, it } from 'vitest';
import { expectOk } from '../base/result.ts';
import { readCheckpoint, writeCheckpoint, type CheckpointContent, type CheckpointOwner } from './checkpoint-file.ts';

const owner: CheckpointOwner = {
  model: 'a model',
  timeStepSeconds: 1e-4,
  precision: 'f64',
  stored: {
    signals: [
      { id: 'e/v', type: 'f64', length: 2, offset: 0 },
      { id: 'e/s', type: 'u8', length: 3, offset: 16 },
    ],
    bytes: 24,
  },
};
const content: CheckpointContent = {
  checkpoint: {
    step: 1234,
    contents: Uint8Array.from({ length: 24 }, (_, index) => 7 * index),
    readouts: [
      {
        element: 'r',
        trained: true,
        step: 1234,
        recentRows: 2,
        recent: Float64Array.of(1.5, -0),
        trainer: Float64Array.of(Number.NaN, Number.POSITIVE_INFINITY, 3),
      },
    ],
  },
  attachments: { probe: Uint8Array.of(1, 2, 3) },
};
const file = writeCheckpoint(owner, content);

describe('a checkpoint file', () => {
  it('holds what was written, bit for bit', () => {
    expect(expectOk(readCheckpoint(file, owner))).toEqual(content);
  });

  it('is refused when any byte is another one, and at any length', () => {
    for (let place = 0; place < file.length; place += 1) {
      const damaged = file.slice();
      damaged[place] = (damaged[place] as number) ^ 1;
      const codes = [damaged, file.subarray(0, place)].map((bytes) => readCheckpoint(bytes, owner).problems[0]?.code);
      expect(codes, `byte ${place}`).toEqual(['checkpoint/unreadable', 'checkpoint/unreadable']);
    }
  });

  it.each<[string, Partial<CheckpointOwner>]>([
    ['model', { model: 'b' }],
    ['time step', { timeStepSeconds: 1e-3 }],
    ['precision', { precision: 'f32' }],
    ['set of states', { stored: { signals: owner.stored.signals.slice(1), bytes: 24 } }],
    [
      'size of a state',
      { stored: { ...owner.stored, signals: owner.stored.signals.map((one) => ({ ...one, length: 4 })) } },
    ],
  ])('is refused by a run of another %s', (_, change) => {
    const refused = readCheckpoint(file, { ...owner, ...change });
    expect(refused.problems.map(({ code }) => code)).toEqual(['checkpoint/other-model']);
  });
});

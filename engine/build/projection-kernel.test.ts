import { describe, expect, it } from 'vitest';
import { chooseKernel, type ChoiceRequest } from './projection-kernel.ts';

const request: ChoiceRequest = {
  ...{ spikes: true, sourceSize: 1000, targetSize: 1000, synapses: 300_000, oneWeight: false },
  ...{ identity: false, rowsOnly: false, wanted: undefined },
};

function chosen(change: Partial<ChoiceRequest>): string {
  return chooseKernel({ ...request, ...change }).kernel;
}

describe('the way to carry a projection', () => {
  it('is a matrix from 30 % of all pairs on, rows below', () => {
    expect(chosen({})).toBe('dense');
    expect(chosen({ synapses: 299_999 })).toBe('event-driven');
    expect(chosen({ spikes: false })).toBe('dense');
    expect(chosen({ spikes: false, synapses: 299_999 })).toBe('sparse');
  });

  it('is a matrix of very many pairs only where it takes no more memory than rows', () => {
    const large = { sourceSize: 10_000, targetSize: 10_000 };
    expect(chosen({ ...large, synapses: 79_000_000 })).toBe('event-driven');
    expect(chosen({ ...large, synapses: 80_000_000 })).toBe('dense');
  });

  it('is never a matrix for one weight or for what has to be rows, and is what is wanted where it can be', () => {
    expect(chosen({ oneWeight: true, synapses: 1_000_000 })).toBe('event-driven');
    expect(chosen({ rowsOnly: true, synapses: 1_000_000 })).toBe('event-driven');
    expect(chosen({ wanted: 'sparse' })).toBe('sparse');
    expect(chosen({ wanted: 'sparse', rowsOnly: true })).toBe('event-driven');
    expect(chosen({ spikes: false, identity: true })).toBe('one-to-one');
  });

  it('says what spoke for it', () => {
    expect(chooseKernel(request).reason).toBe(
      '300000 of 1000 × 1000 pairs (30 %), a weight for each, only rows of spiking sources are added; ' +
        'a matrix is chosen from 30 % on; parameter kernel: auto',
    );
    expect(chooseKernel({ ...request, wanted: 'dense' }).reason).toBe('parameter kernel');
  });
});

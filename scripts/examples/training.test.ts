/** The two examples that were trained by gradient descent. `WRITE_TRAINED=1` trains them anew (two minutes). */
import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { nodeMemory } from '../../electron/platform/node-memory.ts';
import { writeNpz } from '../../engine/formats/npz.ts';
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import { chirpReservoir, chirpTarget, untrainedChirp } from './chirp-reservoir.ts';
import { curveTarget, spikingReservoir, untrainedSpiking } from './spiking-reservoir.ts';
import { numbersOf, sparing, trainExample, type Trained, type Training } from './train-example.ts';
import { trainedFile, trainedNumbers, type LayerNumbers, type NamedLayer } from './trained-layer.ts';

interface Subject {
  readonly id: string;
  make(layers: readonly NamedLayer[]): SpikeloomDocument;
  readonly untrained: LayerNumbers;
  readonly target: Float64Array;
  /** What the training of the example was. */
  readonly phases: Training['phases'];
  /** Spikes that a cell should have. */
  readonly spikes?: number;
  /** Share of the first loss that a few epochs leave at most. */
  readonly falls: number;
}

const subjects: readonly Subject[] = [
  {
    id: 'chirp-reservoir',
    make: chirpReservoir,
    untrained: untrainedChirp(),
    target: chirpTarget(),
    phases: [
      { epochs: 800, learningRate: 0.003 },
      { epochs: 500, learningRate: 0.001 },
      { epochs: 300, learningRate: 0.0002 },
    ],
    falls: 0.8,
  },
  {
    id: 'spiking-reservoir',
    make: spikingReservoir,
    untrained: untrainedSpiking(),
    target: curveTarget(),
    phases: [
      { epochs: 400, learningRate: 0.002 },
      { epochs: 400, learningRate: 0.0005 },
    ],
    spikes: 40,
    falls: 0.6,
  },
];

function train({ make, spikes }: Subject, numbers: LayerNumbers, phases: Training['phases'], spared = false): Trained {
  const document = make([{ id: 'layer', name: 'Layer', numbers, learns: true }]);
  const wanted = spared && spikes !== undefined ? sparing(document, 'layer', spikes) : document;
  return trainExample({ document: wanted, phases, memory: nodeMemory });
}

describe.each(subjects)('$id', (subject) => {
  if (process.env['WRITE_TRAINED'] === '1') {
    it('is trained', { timeout: 600_000 }, () => {
      const { document } = train(subject, subject.untrained, subject.phases, true);
      const numbers = numbersOf(document, 'layer', [...subject.untrained.keys()]);
      const arrays = [...numbers].map(([name, values]) => [name, { values: Float32Array.from(values) }] as const);
      writeFileSync(trainedFile(subject.id), writeNpz(new Map(arrays)));
    });
  }

  it('learns: a few epochs from the beginning take the loss down', () => {
    const { losses } = train(subject, subject.untrained, [{ epochs: 15, learningRate: 0.003 }]);
    const power = subject.target.reduce((sum, value) => sum + value * value, 0) / subject.target.length;
    // The readout is nearly 0 at first, so the loss is the power of the target.
    expect(Math.abs((losses[0] as number) / power - 1)).toBeLessThan(0.1);
    expect(Math.min(...losses)).toBeLessThan(subject.falls * (losses[0] as number));
  });

  it('has learnt: the trained numbers leave less than 0.3 % of the power of the target, also while small steps go on', () => {
    const { losses } = train(subject, trainedNumbers(subject.id), [{ epochs: 5, learningRate: 1e-6 }]);
    const power = subject.target.reduce((sum, value) => sum + value * value, 0) / subject.target.length;
    for (const loss of losses) expect(loss).toBeLessThan(0.003 * power);
  });
});

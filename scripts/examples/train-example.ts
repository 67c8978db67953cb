/** Trains the layer of an example that learns, as any project is trained: phase by phase, each from the best of those before. */
import { defined } from '../../engine/base/assert.ts';
import { expectOk } from '../../engine/base/result.ts';
import { prepareRun, prepareTraining } from '../../engine/library/prepare-run.ts';
import { decodeArray } from '../../engine/model/arrays.ts';
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import { applyEdit } from '../../engine/model/edits/apply-edit.ts';
import type { MemoryProvider } from '../../engine/platform/seams.ts';
import { createLiveRidge } from '../../engine/training/live-ridge.ts';
import { startTraining, type TrainedScore } from '../../engine/training/project/training-run.ts';
import { connection, element, quantity } from './describe.ts';
import type { LayerNumbers } from './trained-layer.ts';

export interface TrainingPhase {
  readonly epochs: number;
  readonly learningRate: number;
}

export interface Training {
  /** With its objective and marks. */
  readonly document: SpikeloomDocument;
  readonly memory: MemoryProvider;
  readonly phases: readonly TrainingPhase[];
}

export interface Trained {
  /** Before each epoch. */
  readonly losses: readonly number[];
  /** Of the objectives, after the last phase. */
  readonly scores: readonly TrainedScore[];
  readonly document: SpikeloomDocument;
}

export function trainExample({ document, memory, phases }: Training): Trained {
  const surroundings = { target: 'wasm', memory, prepareRun, prepareTraining, trainerFor: createLiveRidge } as const;
  let trained: Trained = { losses: [], scores: [], document };
  for (const phase of phases) {
    const run = expectOk(startTraining(trained.document, phase, surroundings));
    while (run.advance());
    const { curve, scores, edit } = run.finish();
    const after = edit === null ? trained.document : expectOk(applyEdit(trained.document, edit)).document;
    trained = { losses: [...trained.losses, ...curve], scores, document: after };
  }
  return trained;
}

/** The project with what needless spikes cost: a hundred more than so many of a cell cost 0.01. */
export function sparing(document: SpikeloomDocument, layer: string, spikes: number): SpikeloomDocument {
  const {
    x: _x,
    y: _y,
    ...cost
  } = element('sparing', 'readouts/objective', 'Sparing', [0, 0], {
    ...{ loss: 'spike-count', weight: quantity(1e-6, '1'), wanted: quantity(spikes, '1') },
  });
  const wire = connection('sparing', 'wire', `${layer}.spikes`, 'sparing.prediction');
  const { elements, connections } = document;
  return { ...document, elements: { ...elements, sparing: cost }, connections: { ...connections, sparing: wire } };
}

/** The numbers of a layer, in the units of its parameters but for times, which are in seconds. */
export function numbersOf(
  { elements, arrays }: SpikeloomDocument,
  layer: string,
  names: readonly string[],
): LayerNumbers {
  const parameters = defined(elements[layer], layer).parameters;
  return new Map(
    names.map((name) => {
      const { array, unit } = parameters[name] as { readonly array: string; readonly unit: string };
      const { values } = expectOk(decodeArray(defined(arrays[array], name)));
      return [name, unit === 'ms' ? values.map((value) => value / 1000) : values];
    }),
  );
}

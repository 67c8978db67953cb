/** The outline of a program has the sizes of the program, for every kind of the library: what is refused for memory is refused rightly. */
import { describe, expect, it } from 'vitest';
import { nodeMemory } from '../../electron/platform/node-memory.ts';
import { expectOk } from '../base/result.ts';
import { outlineProgram, type Outline } from '../build/build-program.ts';
import type { Program } from '../build/program.ts';
import type { SpikeloomDocument } from '../model/document.ts';
import { validate } from '../model/validate.ts';
import { alignment } from '../codegen/layout.ts';
import { allTableBytes } from '../codegen/wasm/math/index.ts';
import { memoryNeed } from '../runtime/memory-need.ts';
import { createSimulation } from '../runtime/simulation.ts';
import { createLiveRidge } from '../training/live-ridge.ts';
import { connectorDocument, elementDocument } from './library-models.test-support.ts';
import { catalogue, connectorKinds, elementKinds, library } from './library.ts';
import { prepareRun } from './prepare-run.ts';

function outlineOf(document: SpikeloomDocument): Outline {
  return expectOk(outlineProgram(expectOk(validate(document, catalogue)), library));
}

function shapesOf({ signals }: Program): Record<string, string> {
  return Object.fromEntries(signals.map(({ id, type, shape }) => [id, `${type} [${shape.join(', ')}]`]));
}

describe.each(elementKinds.entries.map((kind) => [kind.id, kind] as const))('%s', (_, kind) => {
  const document = elementDocument(kind, { everyPort: true });

  it('is outlined with the signals it is built with', () => {
    expect(shapesOf(outlineOf(document).program)).toEqual(shapesOf(expectOk(prepareRun(document)).program));
  });

  it('takes the linear memory that was foretold, but for the tables of functions, which the interpreter has elsewhere', () => {
    const { program } = expectOk(prepareRun(document));
    const simulation = expectOk(
      createSimulation({ program, target: 'interpreter', memory: nodeMemory, trainerFor: createLiveRidge }),
    );
    const { layout } = simulation.compiled;
    expect(memoryNeed(outlineOf(document)).linearBytes).toBe(layout.totalBytes + allTableBytes(alignment));
    simulation.dispose();
  });
});

describe.each(connectorKinds.entries.map((kind) => [kind.id, kind] as const))('%s', (_, kind) => {
  it.each([1, 2, 3, 4, 5])('makes no more synapses than the outline says, and nearly as many (seed %i)', (seed) => {
    const document = connectorDocument(kind, [40, 40], {}, seed);
    const { synapses } = expectOk(prepareRun(document));
    const foretold = outlineOf(document).program.signals.find(({ name }) => name === 'targets')?.shape[0] ?? 0;
    expect(foretold).toBeGreaterThanOrEqual(synapses);
    // Only where chance decides there is room for the unlikely.
    if (kind.id !== 'connectors/sparse-random') expect(foretold).toBe(Math.max(1, synapses));
  });
});

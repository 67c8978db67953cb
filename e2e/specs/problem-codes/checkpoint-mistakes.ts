/** Mistakes that show when a run is to go on from a checkpoint. */
import { nodeMemory } from '../../../electron/platform/node-memory.ts';
import { expectOk } from '../../../engine/base/result.ts';
import { prepareRun } from '../../../engine/library/prepare-run.ts';
import { readCheckpoint, writeCheckpoint, type CheckpointOwner } from '../../../engine/runtime/checkpoint-file.ts';
import { createSimulation } from '../../../engine/runtime/simulation.ts';
import { element, project, told, type Mistakes } from './case.ts';

/** A checkpoint of some cells, and what it belongs to. */
function written(cells: number): { readonly file: Uint8Array; readonly owner: CheckpointOwner } {
  const { program } = expectOk(prepareRun(project({ elements: [element('cells', 'neurons/lif', { size: cells })] })));
  const simulation = expectOk(createSimulation({ program, target: 'interpreter', memory: nodeMemory }));
  const { stored } = simulation;
  const owner = { model: 'm', timeStepSeconds: program.timeStepSeconds, precision: 'f64', stored };
  return { file: writeCheckpoint(owner, { checkpoint: simulation.capture(), attachments: {} }), owner };
}

export const checkpointMistakes: Mistakes<'checkpoint'> = {
  'checkpoint/unreadable': () => {
    const { file, owner } = written(3);
    return told(readCheckpoint(file.subarray(0, file.length - 100), owner));
  },
  'checkpoint/other-model': () => told(readCheckpoint(written(3).file, written(4).owner)),
};

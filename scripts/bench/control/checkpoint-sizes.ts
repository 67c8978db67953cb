/** How large a checkpoint is, and how long it takes to make one and to write it as a file. */
import { writeCheckpoint } from '../../../engine/runtime/checkpoint-file.ts';
import { advance, preparedWorkload, simulate } from './bench-run.ts';
import { millisecondsText, type Figure } from './figure.ts';
import { leastInTurn } from './in-turn.ts';

const measured = ['W1', 'W2a', 'W2b', 'W3', 'W4', 'W5'] as const;
const steps = 256;

export async function checkpointSizes(turns: number): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const id of measured) figures.push(await checkpointSize(id, turns));
  return figures;
}

async function checkpointSize(id: string, turns: number): Promise<Figure> {
  const prepared = await preparedWorkload(id);
  const simulation = simulate(prepared);
  advance(simulation, steps);
  const { stored, program, compiled } = simulation;
  const owner = { model: id, timeStepSeconds: program.timeStepSeconds, precision: compiled.precision, stored };
  const checkpoint = simulation.capture();
  let bytes = 0;
  const { capture, write } = leastInTurn(turns, [
    { name: 'capture', work: () => void simulation.capture() },
    { name: 'write', work: () => void (bytes = writeCheckpoint(owner, { checkpoint, attachments: {} }).length) },
  ]);
  simulation.dispose();
  const perCell = stored.bytes / prepared.cells;
  return {
    what: `a checkpoint, ${id}`,
    measured:
      `${(bytes / 1000).toFixed(0)} kB, ${Number(perCell.toPrecision(3))} B a cell; ` +
      `made in ${millisecondsText(1000 * capture.wall)}, as a file in ${millisecondsText(1000 * write.wall)}`,
  };
}

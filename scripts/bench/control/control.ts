/** All figures of a run in hand, part by part, each part in a process of its own. */
import { outputOf } from '../measure-project.ts';
import { benchScript } from './bench-script.ts';
import type { Figure } from './figure.ts';
import type { ControlPart, ControlRequest } from './measure-control.ts';

const parts: readonly ControlPart[] = ['guard', 'checkpoints', 'way back', 'session', 'threads'];

/** Measures everything; tells each figure as it comes. */
export async function measureControl(quick: boolean, tell: (figure: Figure) => void): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const part of parts) {
    const request: ControlRequest = { part, quick };
    const found = JSON.parse(await outputOf(benchScript('measure-control'), JSON.stringify(request))) as Figure[];
    found.forEach(tell);
    figures.push(...found);
  }
  return figures;
}

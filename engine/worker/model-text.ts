/** What of a document decides the course of a run, as text. */
import type { SpikeloomDocument } from '../model/document.ts';

/** Not its probes, names or view. */
export function modelText({ elements, connections, run }: SpikeloomDocument): string {
  const bare = Object.values(elements).map(({ id, kind, parameters, timeStep }) => ({
    id,
    kind,
    parameters,
    timeStep,
  }));
  return JSON.stringify([bare, connections, run.timeStep, run.duration, run.seed]);
}

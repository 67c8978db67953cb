/** Answers requests of measures: each builds a simulation of its own, so that the run that is loaded knows nothing of it. */
import type { Result } from '../base/result.ts';
import type { SpikeloomDocument } from '../model/document.ts';
import type { EngineEvent } from '../protocol/messages.ts';
import type { Measured, MeasureRequests } from '../protocol/measures.ts';
import type { RequestHandlers } from '../protocol/port.ts';
import { defaultMemoryLimitBytes } from '../codegen/layout.ts';
import type { CompileTarget } from '../codegen/compiled.ts';
import { admitWithin } from '../runtime/memory-need.ts';
import { createSimulation, type Simulation } from '../runtime/simulation.ts';
import type { EngineSessionParts } from './engine-session.ts';
import { measureRadii } from './measure-radii.ts';
import { measureRecall } from './measure-recall.ts';
import { unwatched } from './pulse.ts';
import { unlessMemoryRunsOut } from './run-memory.ts';

/** Wall milliseconds between reports of progress. */
const progressMilliseconds = 50;

/** The handlers; `emit` tells how far a measure is. */
export function measureHandlers(
  parts: EngineSessionParts,
  emit: (event: EngineEvent) => void,
): RequestHandlers<MeasureRequests> {
  const { clock, pulse = unwatched } = parts;
  const onProgress = everyMilliseconds(progressMilliseconds, clock, (share) => emit({ kind: 'measuring', share }));
  return {
    measureRadii: (request) =>
      pulse.long(() => measuredOf(measureRadii(request, (document) => build(parts, document, 'interpreter')))),
    async measureRecall(request, signal) {
      const wasm = (document: SpikeloomDocument) => build(parts, document, 'wasm');
      const recall = await measureRecall(request, { clock, pulse, build: wasm, onProgress }, signal);
      return recall === undefined ? { value: undefined, problems: [] } : measuredOf(recall);
    },
  };
}

function measuredOf<T>(result: Result<T>): Measured<T> {
  return { value: result.ok ? result.value : undefined, problems: result.problems };
}

function build(
  { prepare, memory, trainerFor }: EngineSessionParts,
  document: SpikeloomDocument,
  target: CompileTarget,
): Result<Simulation> {
  const limitBytes = defaultMemoryLimitBytes;
  return unlessMemoryRunsOut(() => {
    const prepared = prepare(document, admitWithin(limitBytes));
    if (!prepared.ok) return prepared;
    return createSimulation({ program: prepared.value.program, target, memory, trainerFor, limitBytes });
  });
}

/** Tells at most so often. */
function everyMilliseconds(
  milliseconds: number,
  clock: EngineSessionParts['clock'],
  tell: (share: number) => void,
): (share: number) => void {
  let last = -Infinity;
  return (share) => {
    const now = clock.now();
    if (now - last < milliseconds) return;
    last = now;
    tell(share);
  };
}

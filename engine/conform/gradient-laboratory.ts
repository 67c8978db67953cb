/** Gradient laboratory: elements of the library wired in a row, run and differentiated. */
import type { Result } from '../base/result.ts';
import { andThen } from '../base/result.ts';
import { buildProgram } from '../build/build-program.ts';
import { wire } from '../library/connectors/wire.ts';
import { library } from '../library/library.ts';
import type { ResolvedValue } from '../model/validated.ts';
import { createGradientRun, type GradientRun } from '../training/gradient-run.ts';
import { element, type Laboratory } from './laboratory.ts';

/** An element of the row: its id, kind and parameters in SI units. */
export interface Link {
  readonly id: string;
  readonly kind: string;
  readonly parameters: Readonly<Record<string, ResolvedValue>>;
}

export interface GradientExperiment {
  /** The first output of each goes to port `in` of the next, without delay. */
  readonly links: readonly Link[];
  readonly timeStepSeconds: number;
  readonly steps: number;
  /** Signals, `element/name`. */
  readonly wrt: readonly string[];
  readonly observed: readonly string[];
  /** Default f64. */
  readonly precision?: 'f64' | 'f32';
  /** Members of a batch side by side, and the constants that each has for itself. */
  readonly members?: number;
  readonly own?: readonly string[];
}

/** Builds, differentiates and compiles. */
export function prepareGradient(laboratory: Laboratory, experiment: GradientExperiment): Result<GradientRun> {
  const { links, timeStepSeconds, ...asked } = experiment;
  const elements = links.map(({ id, kind, parameters }) => element(id, kind, parameters));
  const portOf = (position: number): string => elements[position]?.kind.outputs[0]?.name ?? 'out';
  const model = {
    ...{ name: 'experiment', timeStepSeconds, durationSeconds: undefined, seed: 1 },
    elements,
    connections: links.slice(1).map(({ id }, position) => ({
      record: {
        id: `wire_${id}`,
        kind: wire.id,
        from: { element: links[position]?.id ?? '', port: portOf(position) },
        to: { element: id, port: 'in' },
        parameters: {},
      },
      kind: wire,
      parameters: { delay: 0 },
    })),
    probes: [],
    warnings: [],
  };
  return andThen(buildProgram(model, library, { everyStep: true }), ({ program }) =>
    createGradientRun({ ...laboratory, ...asked, program }),
  );
}

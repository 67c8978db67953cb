/** A system of the catalogue as conform runs it: from a case to what the engine makes of it. */
import type { Result } from '../base/result.ts';
import type { Laboratory } from './laboratory.ts';
import type { CaseRecord, ReferenceCase } from './reference-case.ts';

export interface System {
  /** `group.Name`, as in the cases. */
  readonly id: string;
  /** Kinds of case it can run (`evolve`, `train`, `timeseries`). */
  readonly kinds: readonly string[];
  /** Nothing is compiled for its cases, so that both targets are the same. */
  readonly targetless?: boolean;
  /** Where a user finds it: kinds of the library (`layers/pass-through`), or functions by file and name (`generators/narma.ts narma`). */
  readonly where: readonly string[];
  /** What it does otherwise than the original, and why: a sentence each. */
  readonly deviations?: readonly string[];
  /** What the engine gives for the case, under the keys of `expected`. A Problem where the case's input is refused. */
  run(reference: ReferenceCase, laboratory: Laboratory): Result<CaseRecord>;
}

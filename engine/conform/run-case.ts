/** Runs one reference case: finds its system, runs it, compares. */
import { formatProblem, problem } from '../base/problem.ts';
import type { Result } from '../base/result.ts';
import { failed, ok } from '../base/result.ts';
import { BadCase } from './case-access.ts';
import { compare, type Comparison } from './compare.ts';
import type { Laboratory } from './laboratory.ts';
import type { CaseRecord, ReferenceCase } from './reference-case.ts';
import { compareStatistics } from './statistical.ts';
import type { System } from './system.ts';
import { systems } from './systems/systems.ts';

/** Result of a case, as the command line prints it. */
export interface CaseResult {
  readonly id: string;
  readonly system: string;
  readonly status: 'passed' | 'failed';
  readonly maxAbs: number;
  readonly maxRel: number;
  /** Empty when passed; else the first difference or what went wrong. */
  readonly message: string;
}

/** Runs the case; an unknown system or kind counts as failed. Never throws. */
export function runCase(reference: ReferenceCase, laboratory: Laboratory): CaseResult {
  const outcome = judge(reference, laboratory);
  const { id, system } = reference;
  return {
    id,
    system,
    status: outcome.passed ? 'passed' : 'failed',
    maxAbs: outcome.maxAbs,
    maxRel: outcome.maxRel,
    message: outcome.passed ? '' : outcome.message,
  };
}

/** The system that runs the case, or `conform/unknown-system`. */
export function systemFor({ id, system: name, kind }: ReferenceCase): Result<System> {
  const system = systems.find(name);
  if (system?.kinds.includes(kind) === true) return ok(system);
  const reason = system === undefined ? `${name} is not built.` : `${name} has no cases of kind "${kind}".`;
  return failed(problem('conform/unknown-system', reason, { at: { path: id } }));
}

function judge(reference: ReferenceCase, laboratory: Laboratory): Comparison {
  const system = systemFor(reference);
  if (!system.ok) return failure(system.problems.map(formatProblem).join('; '));
  try {
    const produced = system.value.run(reference, laboratory);
    const raises = reference.expected['raises'] ?? null;
    if (raises !== null)
      return produced.ok
        ? failure(`was accepted, though the original refuses it (${JSON.stringify(raises)})`)
        : { ...failure(''), passed: true };
    if (!produced.ok) return failure(produced.problems.map(formatProblem).join('; '));
    return compareProduced(reference, produced.value);
  } catch (error) {
    if (!(error instanceof BadCase)) return failure(`threw ${String(error)}`);
    return failure(formatProblem(problem('conform/bad-case', `${error.message}.`, { at: { path: reference.id } })));
  }
}

function compareProduced(reference: ReferenceCase, produced: CaseRecord): Comparison {
  if (reference.tolerance['mode'] === 'statistical') return compareStatistics(reference, produced);
  return compare(reference.expected, produced, reference.tolerance);
}

function failure(message: string): Comparison {
  return { passed: false, maxAbs: 0, maxRel: 0, message };
}

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
  const outcome = outcomeOf(reference, laboratory);
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

function outcomeOf(reference: ReferenceCase, laboratory: Laboratory): Comparison {
  try {
    return judge(reference, produce(reference, laboratory));
  } catch (error) {
    return failure(`threw ${String(error)}`);
  }
}

/**
 * What the engine gives for the case. Problems: `conform/unknown-system`, `conform/bad-case`, and those with which the
 * engine refuses the case's input.
 */
export function produce(reference: ReferenceCase, laboratory: Laboratory): Result<CaseRecord> {
  const system = systemFor(reference);
  if (!system.ok) return system;
  try {
    return system.value.run(reference, laboratory);
  } catch (error) {
    if (!(error instanceof BadCase)) throw error;
    return failed(problem('conform/bad-case', `${error.message}.`, { at: { path: reference.id } }));
  }
}

/** Whether what was produced is what the case expects; a refusal where the original refuses. */
export function judge(reference: ReferenceCase, produced: Result<CaseRecord>): Comparison {
  const raises = reference.expected['raises'] ?? null;
  if (produced.ok) {
    if (raises === null) return compareProduced(reference, produced.value);
    return failure(`was accepted, though the original refuses it (${JSON.stringify(raises)})`);
  }
  const triedAtAll = produced.problems.every(({ code }) => !code.startsWith('conform/'));
  if (raises !== null && triedAtAll) return { ...failure(''), passed: true };
  return failure(produced.problems.map(formatProblem).join('; '));
}

function compareProduced(reference: ReferenceCase, produced: CaseRecord): Comparison {
  if (reference.tolerance['mode'] === 'statistical') return compareStatistics(reference, produced);
  return compare(reference.expected, produced, reference.tolerance);
}

function failure(message: string): Comparison {
  return { passed: false, maxAbs: 0, maxRel: 0, message };
}

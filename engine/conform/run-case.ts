/** Runs one reference case: finds its system, runs it, compares. */
import { formatProblem } from '../base/problem.ts';
import { BadCase } from './case-access.ts';
import { compare, type Comparison } from './compare.ts';
import type { Laboratory } from './laboratory.ts';
import type { CaseRecord, ReferenceCase } from './reference-case.ts';
import { compareStatistics } from './statistical.ts';
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

function judge(reference: ReferenceCase, laboratory: Laboratory): Comparison {
  const system = systems.find(reference.system);
  if (system === undefined) return failure(`conform/unknown-system: ${reference.system} is not built`);
  if (!system.kinds.includes(reference.kind))
    return failure(`conform/unknown-system: ${reference.system} has no cases of kind "${reference.kind}"`);
  try {
    const produced = system.run(reference, laboratory);
    const raises = reference.expected['raises'] ?? null;
    if (raises !== null)
      return produced.ok
        ? failure(`was accepted, though the original refuses it (${JSON.stringify(raises)})`)
        : { ...failure(''), passed: true };
    if (!produced.ok) return failure(produced.problems.map(formatProblem).join('; '));
    return compareProduced(reference, produced.value);
  } catch (error) {
    return failure(error instanceof BadCase ? `conform/bad-case: ${error.message}` : `threw ${String(error)}`);
  }
}

function compareProduced(reference: ReferenceCase, produced: CaseRecord): Comparison {
  if (reference.tolerance['mode'] === 'statistical') return compareStatistics(reference, produced);
  return compare(reference.expected, produced, reference.tolerance);
}

function failure(message: string): Comparison {
  return { passed: false, maxAbs: 0, maxRel: 0, message };
}

import { describe, expect, it } from 'vitest';
import { expectOk } from '../base/result.ts';
import { expectedCounts } from './case-counts.test-support.ts';
import { caseNames, laboratoryOn, openCase } from './case-files.test-support.ts';
import { compare } from './compare.ts';
import { perturbedLeaves } from './perturb.test-support.ts';
import { isRecord, type CaseRecord, type CaseValue, type ReferenceCase } from './reference-case.ts';
import { runCase } from './run-case.ts';
import { compareStatistics } from './statistical.ts';
import { systems } from './systems/systems.ts';

/** Folders that are not named `group/System`. */
const folders: Readonly<Record<string, string>> = {
  'equations.network': 'equations-network',
  'equations.neuron': 'equations',
};

/** Cases that were computed in single precision and trained on, with the bound that they themselves state. */
const trainedInSinglePrecision: Readonly<Record<string, number>> = {
  'rockpool/RecLIFCurrentInJax_IO/gradient-current-adam-float32.json.gz': 0.01,
  'rockpool/RecLIFJax_IO/gradient-events-sgd-float32.json.gz': 0.01,
  'rockpool/RecRateEulerJax/train-adam-relu.json.gz': 0.005,
  'rockpool/RecRateEulerJax/train-adam-small-tau-penalty.json.gz': 0.005,
  'rockpool/RecRateEulerJax/train-adam-tanh.json.gz': 0.005,
};

/** A bound is one number, or a number per variable. */
function boundValues(bound: CaseValue | undefined): number[] {
  return isRecord(bound) ? Object.values(bound).map(Number) : [Number(bound ?? 0)];
}

describe('reference cases', () => {
  it('are all there', () => {
    const counts: Record<string, number> = {};
    for (const name of caseNames) {
      const { system } = openCase(name);
      counts[system] = (counts[system] ?? 0) + 1;
    }
    expect(counts).toEqual(expectedCounts);
  });

  it('have every system that conform knows', () => {
    expect(systems.entries.map(({ id }) => id).sort()).toEqual(Object.keys(expectedCounts).sort());
  });

  it('lie in the folder of their system under their own name', () => {
    for (const name of caseNames) {
      const { id, system } = openCase(name);
      expect(name).toBe(`${id}.json.gz`);
      expect(id.startsWith(`${folders[system] ?? system.replace('.', '/')}/`)).toBe(true);
    }
  });

  it('each have a tolerance that cannot hide a wrong result', () => {
    for (const name of caseNames) {
      const { tolerance } = openCase(name);
      expect(['trace', 'events', 'exact', 'statistical'], name).toContain(tolerance['mode']);
      const bounds = ['abs', 'rel', 'time_abs', 'trace_abs', 'trace_rel'].flatMap((bound) =>
        boundValues(tolerance[bound]),
      );
      const stated = trainedInSinglePrecision[name];
      if (stated === undefined) expect(Math.max(...bounds), name).toBeLessThanOrEqual(0.002);
      else expect(Math.max(...bounds), name).toBe(stated);
    }
  });
});

describe.each(['interpreter', 'wasm'] as const)('on %s', (target) => {
  it.each(caseNames)('%s passes', (name) => {
    expect(runCase(openCase(name), laboratoryOn(target))).toMatchObject({ status: 'passed', message: '' });
  });
});

/** The outcome with other expectations, for what was produced once. */
function judged(reference: ReferenceCase, expected: CaseRecord, produced: CaseRecord): { passed: boolean } {
  if (reference.tolerance['mode'] !== 'statistical') return compare(expected, produced, reference.tolerance);
  return compareStatistics({ ...reference, expected }, produced);
}

describe('a wrong expectation', () => {
  // Noise cases take long; one of them stands for all here, and the next test has every one.
  const quick = caseNames.filter((name) => !name.includes('noise-statistics'));

  it.each(quick)('in the first number fails: %s', (name) => {
    const reference = openCase(name);
    const [first] = perturbedLeaves(reference);
    const wrong = { ...reference, expected: first?.expected ?? {} };
    expect(runCase(wrong, laboratoryOn('wasm')).status, first?.path).toBe('failed');
  });

  it.each(caseNames)('in any other part fails: %s', (name) => {
    const reference = openCase(name);
    const produced = expectOk(
      systems.find(reference.system)?.run(reference, laboratoryOn('wasm')) ?? { ok: false, problems: [] },
    );
    expect(judged(reference, reference.expected, produced).passed).toBe(true);
    const leaves = perturbedLeaves(reference);
    expect(leaves.length).toBeGreaterThan(0);
    for (const { path, expected } of leaves) {
      expect(judged(reference, expected, produced).passed, `${path} of ${name}`).toBe(false);
    }
  });

  it('of the sums after a batch of training fails', () => {
    const reference = openCase('rockpool/FFRateEuler/train-rr-3batches.json.gz');
    const training = reference.all['training'] as CaseRecord;
    const [first, ...others] = training['batches'] as readonly CaseRecord[];
    const after = (first?.['after'] ?? {}) as CaseRecord;
    for (const { expected } of perturbedLeaves({ ...reference, expected: after })) {
      const batches = [{ ...first, after: expected }, ...others] as readonly CaseRecord[];
      const wrong = { ...reference, all: { ...reference.all, training: { ...training, batches } } };
      expect(runCase(wrong, laboratoryOn('wasm')).message).toContain('After batch 1');
    }
  });
});

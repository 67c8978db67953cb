import { describe, expect, it } from 'vitest';
import { expectedCounts } from './case-counts.test-support.ts';
import { caseNames, laboratoryOn, openCase } from './case-files.test-support.ts';
import { blinded, perturbedLeaves } from './perturb.test-support.ts';
import { isRecord, type CaseRecord, type CaseValue } from './reference-case.ts';
import { judge, produce, runCase } from './run-case.ts';
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

/** What is asked of every case's head; the arrays behind it are not kept. */
const heads = caseNames.map((name) => {
  const { id, system, tolerance } = openCase(name);
  return { name, id, system, tolerance };
});

describe('reference cases', () => {
  it('are all there', () => {
    const counts: Record<string, number> = {};
    for (const { system } of heads) counts[system] = (counts[system] ?? 0) + 1;
    expect(counts).toEqual(expectedCounts);
  });

  it('have every system that conform knows', () => {
    expect(systems.entries.map(({ id }) => id).sort()).toEqual(Object.keys(expectedCounts).sort());
  });

  it('lie in the folder of their system under their own name', () => {
    for (const { name, id, system } of heads) {
      expect(name).toBe(`${id}.json.gz`);
      expect(id.startsWith(`${folders[system] ?? system.replace('.', '/')}/`)).toBe(true);
    }
  });

  it('each have a tolerance that cannot hide a wrong result', () => {
    for (const { name, tolerance } of heads) {
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

/** The system that a case in the usual folder belongs to. */
function systemOf(name: string): string {
  return name.split('/').slice(0, 2).join('.');
}

// Each case runs once per target, on a copy that lacks the expected numbers.
describe('on interpreter', () => {
  const targeted = caseNames.filter((name) => systems.find(systemOf(name))?.targetless !== true);

  it.each(targeted)('%s passes', (name) => {
    const reference = openCase(name);
    const produced = produce(blinded(reference), laboratoryOn('interpreter'));
    expect(judge(reference, produced)).toMatchObject({ passed: true, message: '' });
  });
});

describe('on wasm', () => {
  it.each(caseNames)('%s passes, and with any part of its expectation wrong it fails', (name) => {
    const reference = openCase(name);
    const produced = produce(blinded(reference), laboratoryOn('wasm'));
    expect(judge(reference, produced)).toMatchObject({ passed: true, message: '' });
    const leaves = perturbedLeaves(reference);
    expect(leaves.length).toBeGreaterThan(0);
    for (const { path, ...changed } of leaves) {
      expect(judge({ ...reference, ...changed }, produced).passed, `${path} of ${name}`).toBe(false);
    }
  });
});

describe('a wrong expectation', () => {
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

/** The totals that `npm test` prints count what the runners report, and nothing failed goes missing. */
import { describe, expect, it } from 'vitest';
import { readEndToEndReport, readUnitReport } from './steps/checks.mjs';

describe('unit test report', () => {
  it('counts passed, failed and skipped tests', () => {
    const report = {
      testResults: [
        {
          name: 'a.test.ts',
          status: 'failed',
          message: '',
          assertionResults: [
            { status: 'passed', fullName: 'a works' },
            { status: 'failed', fullName: 'a breaks', failureMessages: ['Error: expected 1\n at line 3'] },
            { status: 'pending', fullName: 'a waits' },
          ],
        },
      ],
    };
    expect(readUnitReport(report)).toEqual({
      passed: 1,
      failed: ['a.test.ts: a breaks: Error: expected 1'],
      skipped: ['a.test.ts: a waits (pending)'],
    });
  });

  it('counts a file that could not be loaded as a failure', () => {
    const report = {
      testResults: [{ name: 'a.test.ts', status: 'failed', message: 'no such import', assertionResults: [] }],
    };
    expect(readUnitReport(report)).toEqual({ passed: 0, failed: ['a.test.ts: no such import'], skipped: [] });
  });
});

describe('end-to-end report', () => {
  const spec = (title: string, status: string, annotations: { type: string; description?: string }[] = []) => ({
    title,
    file: 'a.spec.ts',
    tests: [{ status, annotations, results: [{ error: { message: 'it broke' } }] }],
  });

  it('counts nested specs; a flaky test is a failure; a skipped one shows its reason', () => {
    const report = {
      errors: [{ message: 'cannot load b.spec.ts' }],
      suites: [
        {
          title: 'a',
          file: 'a.spec.ts',
          specs: [spec('runs', 'expected')],
          suites: [
            {
              title: 'inner',
              file: 'a.spec.ts',
              specs: [
                spec('is unsure', 'flaky'),
                spec('breaks', 'unexpected'),
                spec('waits', 'skipped', [{ type: 'skip', description: 'no display' }]),
              ],
            },
          ],
        },
      ],
    };
    expect(readEndToEndReport(report)).toEqual({
      passed: 1,
      failed: [
        'end-to-end tests: cannot load b.spec.ts',
        'a.spec.ts: is unsure: it broke',
        'a.spec.ts: breaks: it broke',
      ],
      skipped: ['a.spec.ts: waits (no display)'],
    });
  });
});

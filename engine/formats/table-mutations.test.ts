/** Mutated tables (CSV, npy, npz): each is refused with a Problem, or read as exactly what it says; none throws, none takes long. */
import { expect, it } from 'vitest';
import { budgetOf } from '../base/budget.test-support.ts';
import { formatProblem } from '../base/problem.ts';
import type { Result } from '../base/result.ts';
import { mutatedTable, type MutatedTable } from './table-mutator.test-support.ts';
import { isMeant, readTableFile, type Reading } from './table-oracle.test-support.ts';

const { rounds, seed, again } = budgetOf('table-mutations');
const mostMilliseconds = 2000;
const mostLetters = 2500;

type Read = (table: MutatedTable) => Result<Reading>;

/** What is wrong with the reading of one mutated file; undefined when nothing is. */
function fault(table: MutatedTable, read: Read): string | undefined {
  const start = process.cpuUsage();
  let result: Result<Reading>;
  try {
    result = read(table);
  } catch (error) {
    return `threw ${String(error)}`;
  }
  const { user, system } = process.cpuUsage(start);
  if (user + system > 1000 * mostMilliseconds) return 'took too long';
  const told = result.problems.map(formatProblem);
  if (told.some((line) => line.length > mostLetters)) return 'was told at length';
  if (!result.ok) return told[0]?.startsWith('error') === true ? undefined : 'was refused without a reason';
  if (table.lies) return 'was read though its archive lies';
  return isMeant(table, result.value) ? undefined : 'was read as something else';
}

/** Faults of `count` files with their seeds, how many were read, and the codes of the rest. */
function run(count: number, read: Read): { faults: string[]; accepted: number; codes: Set<string> } {
  const faults: string[] = [];
  const codes = new Set<string>();
  let accepted = 0;
  for (let index = 0; index < count && faults.length < 5; index += 1) {
    const table = mutatedTable(seed + index);
    const found = fault(table, (file) => {
      const result = read(file);
      if (result.ok) accepted += 1;
      for (const { code } of result.problems) codes.add(code);
      return result;
    });
    if (found !== undefined) faults.push(`${table.format} ${seed + index} ${found}`);
  }
  return { faults, accepted, codes };
}

it(`${rounds} mutated tables are refused or read as what they say`, { timeout: 0 }, () => {
  const { faults, accepted, codes } = run(rounds, readTableFile);
  expect(faults, again).toEqual([]);
  // The mutator is neither too gentle nor too rough, and reaches every sort of mistake.
  expect(accepted / rounds).toBeGreaterThan(0.1);
  expect(accepted / rounds).toBeLessThan(0.9);
  expect([...codes].sort()).toEqual(expect.arrayContaining(['csv/bad-cell', 'csv/empty', 'csv/ragged', 'npy/format']));
});

it('the same files find readers that believe too much', () => {
  const lenient: Read = (table) => {
    const read = readTableFile(table);
    return read.ok ? read : { ok: true, value: { arrays: [] }, problems: [] };
  };
  expect(run(500, lenient).faults).not.toEqual([]);
  const careless: Read = (table) => {
    const read = readTableFile(table);
    return read.ok ? { ...read, value: { arrays: read.value.arrays.slice(1) } } : read;
  };
  expect(run(500, careless).faults).not.toEqual([]);
});

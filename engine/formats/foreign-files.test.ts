/** Hand-made foreign files: each gives the Problem it should, or opens, in time and within memory. Rules L1–L11 of model/SPEC.md. */
import { expect, it } from 'vitest';
import { formatProblem } from '../base/problem.ts';
import type { Result } from '../base/result.ts';
import { foreignArchives } from './foreign-archives.test-support.ts';
import { foreignTexts, type ForeignFile } from './foreign-projects.test-support.ts';
import { foreignTables } from './foreign-tables.test-support.ts';
import { measured } from './measured.test-support.ts';
import { readProject } from './project.ts';

const mostMilliseconds = 2000;
const mostMegabytes = 200;
/** Letters of one Problem in a line. */
const mostLetters = 2500;

const projects = [...foreignTexts, ...foreignArchives];

it('there are at least 150 of them', () => {
  expect(projects.length).toBeGreaterThanOrEqual(150);
});

it.each(projects.map((file) => [file.name, file] as const))('project file: %s', (_name, { bytes, gives }) => {
  const content = bytes();
  const { result, milliseconds, megabytes } = measured(() => readProject(content));
  expect(outcome(result)).toBe(gives);
  expect(milliseconds, 'milliseconds').toBeLessThan(mostMilliseconds);
  expect(megabytes, 'megabytes').toBeLessThan(mostMegabytes);
  expect(longestProblem(result), 'letters').toBeLessThan(mostLetters);
});

it.each(foreignTables.map((file) => [file.name, file] as const))('%s', (_name, { bytes, read, gives }) => {
  const content = bytes();
  const { result, milliseconds, megabytes } = measured(() => read(content));
  expect(result.ok ? 'is read' : result.problems[0]?.code).toBe(gives);
  expect(milliseconds, 'milliseconds').toBeLessThan(mostMilliseconds);
  expect(megabytes, 'megabytes').toBeLessThan(mostMegabytes);
  expect(longestProblem(result), 'letters').toBeLessThan(mostLetters);
});

function outcome(read: ReturnType<typeof readProject>): ForeignFile['gives'] | undefined {
  if (read.ok) return read.value.readOnly ? 'opens read-only' : 'opens';
  return read.problems[0]?.code;
}

function longestProblem(result: Result<unknown>): number {
  return Math.max(0, ...result.problems.map((found) => formatProblem(found).length));
}

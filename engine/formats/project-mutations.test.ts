/** Mutated project files: each is refused with a Problem, or opens as exactly what it says; none throws, none takes long. */
import { readFileSync, readdirSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { budgetOf } from '../base/budget.test-support.ts';
import { formatProblem } from '../base/problem.ts';
import { expectOk, type Result } from '../base/result.ts';
import { catalogue } from '../library/library.ts';
import { documentSchema, type SpikeloomDocument } from '../model/document.ts';
import { parseDocument, parseDocumentText, type OpenedDocument } from '../model/parse-document.ts';
import { anyDocument } from '../model/testing/any-document.test-support.ts';
import { sampleDocument } from '../model/testing/fake-document.test-support.ts';
import { validate } from '../model/validate.ts';
import { mutatedProject, type MutatedProject } from './project-mutator.test-support.ts';
import { misreading } from './project-oracle.test-support.ts';
import { projectToJson, readProject, writeProject } from './project.ts';

const { rounds, seed, again } = budgetOf('project-mutations');
const mostMilliseconds = 2000;
const mostLetters = 2500;

const folder = (path: string): URL => new URL(path, import.meta.url);
const examples = readdirSync(folder('../../assets/examples/')).map((name) =>
  expectOk(readProject(readFileSync(folder(`../../assets/examples/${name}`)))),
);
const history = expectOk(parseDocumentText(readFileSync(folder('../model/history/document-v1.json'), 'utf8')));
/** Real projects, and small ones with everything in them. */
const projects: readonly SpikeloomDocument[] = [
  ...examples.map(({ document }) => document),
  ...Array.from({ length: 6 }, () => history.document),
  ...Array.from({ length: 6 }, sampleDocument),
  ...fc.sample(anyDocument, { seed, numRuns: 60 }).filter((document) => projectToJson(document).length < 20_000),
];

type Read = (bytes: Uint8Array) => Result<OpenedDocument>;

/** What is wrong with the reading of one mutated file; undefined when nothing is. */
function fault(mutated: MutatedProject, read: Read): string | undefined {
  const start = process.cpuUsage();
  let opened: Result<OpenedDocument>;
  try {
    opened = read(mutated.bytes);
  } catch (error) {
    return `threw ${String(error)}`;
  }
  const { user, system } = process.cpuUsage(start);
  if (user + system > 1000 * mostMilliseconds) return 'took too long';
  if (!opened.ok) return faultOfRefusal(opened.problems.map(formatProblem));
  if (mutated.lies) return `opened though its archive lies (${mutated.how})`;
  return misreading(opened.value, mutated.meaning) ?? faultOfDocument(opened.value);
}

function faultOfRefusal(problems: readonly string[]): string | undefined {
  if (problems[0]?.startsWith('error') !== true) return 'was refused without a reason';
  return problems.some((told) => told.length > mostLetters) ? 'was refused at length' : undefined;
}

/** An accepted document is whole, can be validated, and comes back the same from what is written of it. */
function faultOfDocument({ document, readOnly }: OpenedDocument): string | undefined {
  if (!documentSchema.safeParse(document).success) return 'opened as what is no document';
  const parsed = parseDocument(document);
  if (!parsed.ok || parsed.value.readOnly !== readOnly) return 'opened as what does not open';
  try {
    validate(document, catalogue);
  } catch (error) {
    return `threw when validated: ${String(error)}`;
  }
  for (const bytes of [writeProject(document), new TextEncoder().encode(projectToJson(document))]) {
    const back = readProject(bytes);
    if (!back.ok) return 'does not open when written';
    if (!isDeepStrictEqual(back.value.document, document)) return 'opens as another document when written';
    if (JSON.stringify(back.value.document) !== JSON.stringify(document)) return 'comes back in another order';
  }
  return undefined;
}

/** Faults of `count` files with their seeds, and how often each came about. */
function run(count: number, read: Read): { faults: string[]; opened: number; codes: Map<string, number> } {
  const faults: string[] = [];
  const codes = new Map<string, number>();
  let opened = 0;
  for (let index = 0; index < count && faults.length < 5; index += 1) {
    const mutated = mutatedProject(projects, seed + index);
    const counted: Read = (bytes) => {
      const result = read(bytes);
      if (result.ok) opened += 1;
      else for (const { code } of result.problems.slice(0, 1)) codes.set(code, (codes.get(code) ?? 0) + 1);
      return result;
    };
    const found = fault(mutated, counted);
    if (found !== undefined) faults.push(`file ${seed + index} (${mutated.how}) ${found}`);
  }
  return { faults, opened, codes };
}

it(`${rounds} mutated project files are refused or open as what they say`, { timeout: 0 }, () => {
  const { faults, opened, codes } = run(rounds, readProject);
  expect(faults, again).toEqual([]);
  // The mutator is neither too gentle nor too rough, and reaches every stage.
  expect(opened / rounds).toBeGreaterThan(0.1);
  expect(opened / rounds).toBeLessThan(0.9);
  expect([...codes.keys()].sort()).toEqual(
    expect.arrayContaining([
      'document/invalid',
      'document/missing-array',
      'document/newer',
      'document/not-json',
      'document/not-spikeloom',
      'npy/format',
    ]),
  );
});

it('the same files find readers that believe too much', () => {
  const trusting: Read = (bytes) => {
    const read = readProject(bytes);
    return read.ok ? read : parseDocument(JSON.parse(new TextDecoder().decode(bytes)));
  };
  expect(run(2000, trusting).faults).not.toEqual([]);
  const forgetful: Read = (bytes) => {
    const read = readProject(bytes);
    return read.ok ? { ...read, value: { ...read.value, document: { ...read.value.document, probes: {} } } } : read;
  };
  expect(run(2000, forgetful).faults).not.toEqual([]);
});

/** The checks: formatting, lint, types, unit and end-to-end tests, unused code; each tells what passed and failed. */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { root, runTool, say } from './process.mjs';

/**
 * @typedef {object} Outcome
 * @property {number} passed
 * @property {string[]} failed One line per failure.
 * @property {string[]} skipped Name and reason.
 */

const reports = join(root, '.cache', 'reports');
const configurations = [
  'engine/tsconfig.json',
  'engine/tsconfig.test.json',
  'renderer/tsconfig.json',
  'electron/tsconfig.json',
  'e2e/tsconfig.json',
  'scripts/tsconfig.json',
];

/** Formatting and lint rules, and the types of every runtime; as many at a time as there are processors. */
export async function checkSource() {
  const tasks = [
    () =>
      checkWith('lint', 'eslint', 'eslint', [
        '.',
        '--max-warnings',
        '0',
        '--cache',
        '--cache-location',
        '.cache/eslint',
      ]),
    ...configurations.map((path) => () => checkWith(`types of ${path}`, 'typescript', 'tsc', ['-p', path])),
    () =>
      checkWith('formatting', 'prettier', 'prettier', [
        '--check',
        '--log-level',
        'warn',
        '--cache',
        '--cache-location',
        '.cache/prettier',
        '.',
      ]),
  ];
  return combined(await inParallel(tasks, Math.min(3, availableParallelism())));
}

/** Exports and packages that nothing uses. */
export function checkUnused() {
  return checkWith('unused code', 'knip', 'knip', ['--no-progress']);
}

/** Unit, property, contract and reference-case tests. */
export async function runUnitTests() {
  const file = freshReport('unit.json');
  const { code, output } = await runTool(
    'vitest',
    'vitest',
    ['run', '--reporter=dot', '--reporter=json', `--outputFile.json=${file}`],
    { output: 'keep' },
  );
  const outcome = existsSync(file) ? readUnitReport(JSON.parse(readFileSync(file, 'utf8'))) : empty();
  return withOutput(outcome, 'unit tests', code, output);
}

/** End-to-end tests in a real Chromium. */
export async function runEndToEndTests() {
  const file = freshReport('e2e.json');
  const { code, output } = await runTool(
    '@playwright/test',
    'playwright',
    ['test', '--config', 'e2e/playwright.config.ts', '--project', 'specs'],
    { output: 'keep' },
  );
  const outcome = existsSync(file) ? readEndToEndReport(JSON.parse(readFileSync(file, 'utf8'))) : empty();
  return withOutput(outcome, 'end-to-end tests', code, output);
}

/**
 * Counts of a Vitest JSON report; a file that could not be loaded counts as one failure.
 * @param {{ testResults: { name: string, status: string, message: string, assertionResults: { status: string, fullName: string, failureMessages?: string[] }[] }[] }} report
 * @returns {Outcome}
 */
export function readUnitReport(report) {
  const outcome = empty();
  for (const file of report.testResults) {
    const name = file.name.replace(root, '');
    if (file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed')) {
      outcome.failed.push(`${name}: ${shortened(file.message)}`);
    }
    for (const test of file.assertionResults) {
      if (test.status === 'passed') outcome.passed += 1;
      else if (test.status === 'failed')
        outcome.failed.push(`${name}: ${test.fullName}: ${shortened(test.failureMessages?.[0])}`);
      else outcome.skipped.push(`${name}: ${test.fullName} (${test.status})`);
    }
  }
  return outcome;
}

/**
 * Counts of a Playwright JSON report; a flaky test counts as failed.
 * @param {{ suites: Suite[], errors: { message?: string }[] }} report
 * @returns {Outcome}
 *
 * @typedef {{ title: string, file: string, specs: Spec[], suites?: Suite[] }} Suite
 * @typedef {{ title: string, file: string, tests: { status: string, annotations: { type: string, description?: string }[], results: { error?: { message?: string } }[] }[] }} Spec
 */
export function readEndToEndReport(report) {
  const outcome = empty();
  for (const error of report.errors) outcome.failed.push(`end-to-end tests: ${shortened(error.message)}`);
  for (const spec of report.suites.flatMap(specsOf)) {
    for (const test of spec.tests) {
      const name = `${spec.file}: ${spec.title}`;
      const reason = test.annotations.find((note) => note.type === 'skip' || note.type === 'fixme')?.description;
      if (test.status === 'expected') outcome.passed += 1;
      else if (test.status === 'skipped') outcome.skipped.push(`${name} (${reason ?? 'no reason given'})`);
      else outcome.failed.push(`${name}: ${shortened(test.results.at(-1)?.error?.message)}`);
    }
  }
  return outcome;
}

/**
 * @param {Suite} suite
 * @returns {Spec[]}
 */
function specsOf(suite) {
  return [...suite.specs, ...(suite.suites ?? []).flatMap(specsOf)];
}

/**
 * Prints failures and skipped tests, and as the last line of stdout the totals. Sets the exit code.
 * @param {readonly Outcome[]} outcomes
 */
export function conclude(outcomes) {
  const { passed, failed, skipped } = combined(outcomes);
  for (const line of skipped) console.log(`skipped: ${line}`);
  for (const line of failed) console.log(`FAILED: ${line}`);
  console.log(`${passed} passed, ${failed.length} failed`);
  process.exitCode = failed.length === 0 ? 0 : 1;
}

/**
 * One failure with its reason.
 * @param {string} line
 * @returns {Outcome}
 */
export function failure(line) {
  return { ...empty(), failed: [line] };
}

/** @returns {Outcome} */
function empty() {
  return { passed: 0, failed: [], skipped: [] };
}

/**
 * @param {readonly Outcome[]} outcomes
 * @returns {Outcome}
 */
function combined(outcomes) {
  return {
    passed: outcomes.reduce((sum, outcome) => sum + outcome.passed, 0),
    failed: outcomes.flatMap((outcome) => outcome.failed),
    skipped: outcomes.flatMap((outcome) => outcome.skipped),
  };
}

/**
 * A tool that either finds nothing wrong or fails.
 * @param {string} name
 * @param {string} packageName
 * @param {string} binary
 * @param {readonly string[]} args
 */
async function checkWith(name, packageName, binary, args) {
  const { code, output, seconds } = await runTool(packageName, binary, args, { output: 'keep' });
  say(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds.toFixed(1)} s)`);
  if (code === 0) return { ...empty(), passed: 1 };
  console.log(output.trim());
  return failure(`${name}: see above`);
}

/**
 * The outcome with the runner's output where something failed; a runner that failed without a failed test is a failure.
 * @param {Outcome} outcome
 * @param {string} name
 * @param {number} code
 * @param {string} output
 */
function withOutput(outcome, name, code, output) {
  const unexplained = code !== 0 && outcome.failed.length === 0;
  if (unexplained) outcome.failed.push(`${name}: the runner ended with code ${code}; see above`);
  if (code === 0 && outcome.passed === 0) outcome.failed.push(`${name}: nothing ran`);
  if (outcome.failed.length > 0) console.log(output.trim());
  say(
    `${outcome.failed.length === 0 ? 'ok    ' : 'FAILED'} ${name}: ${outcome.passed} passed, ${outcome.failed.length} failed`,
  );
  return outcome;
}

/**
 * @template T
 * @param {readonly (() => Promise<T>)[]} tasks
 * @param {number} width
 * @returns {Promise<T[]>}
 */
async function inParallel(tasks, width) {
  /** @type {T[]} */
  const results = [];
  const waiting = [...tasks];
  const worker = async () => {
    for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) results.push(await task());
  };
  await Promise.all(Array.from({ length: width }, worker));
  return results;
}

/** @param {string} name */
function freshReport(name) {
  mkdirSync(reports, { recursive: true });
  rmSync(join(reports, name), { force: true });
  return join(reports, name);
}

/**
 * The beginning of a message on one line: enough to see what was expected and what came.
 * @param {string | undefined} text
 */
function shortened(text) {
  const lines = (text ?? 'no message').replace(/\u001b\[[0-9;]*m/g, '').split('\n');
  const told = lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('at '));
  return told.slice(0, 16).join(' | ').slice(0, 800);
}

/** `npm run soak [-- NAME …] [--minutes N]`: the long tests to their full count, each process with a seed of its own. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from './steps/build.mjs';
import { conclude, failure } from './steps/checks.mjs';
import { ensureChromium } from './steps/chromium.mjs';
import { ensureInstalled } from './steps/install.mjs';
import { root, runTool, say } from './steps/process.mjs';
import { nextRounds, readArguments } from './steps/soak-plan.mjs';

/** @type {Record<string, { test: number, soak: number, unit: string, file: string }>} */
const rows = JSON.parse(readFileSync(join(root, 'e2e', 'budget.json'), 'utf8'));
const wish = readArguments(process.argv.slice(2), Object.keys(rows));
if (wish === undefined) {
  say(`Usage: npm run soak [-- NAME …] [--minutes N]; names: ${Object.keys(rows).join(', ')}`);
  process.exit(2);
}
const { names, minutes } = wish;
await ensureInstalled();
await ensureBuilt(['page', 'node']);

const outcomes = [];
for (const name of names) outcomes.push(await soak(name, performance.now() + (minutes * 60_000) / names.length));
conclude(outcomes);

/**
 * Runs one test in processes of many rounds until its count is reached or its time is over.
 * @param {string} name
 * @param {number} end Milliseconds as `performance.now` counts them.
 */
async function soak(name, end) {
  const row = rows[name];
  if (row === undefined) return failure(`there is no budget "${name}"`);
  const { soak: wanted, unit, file } = row;
  const begun = performance.now();
  let done = 0;
  while (done < wanted && performance.now() < end) {
    const seconds = (performance.now() - begun) / 1000;
    const rounds = nextRounds(row, { rounds: done, seconds }, (end - performance.now()) / 1000);
    const seed = Math.floor(Math.random() * 2 ** 31);
    const env = { SPIKELOOM_SEED: String(seed), SPIKELOOM_ROUNDS: String(rounds) };
    const { code, output } = await runFile(file, env);
    if (code !== 0) {
      console.log(output.trim());
      return failure(`${name}: failed; again with SPIKELOOM_SEED=${seed} SPIKELOOM_ROUNDS=${rounds} on ${file}`);
    }
    done += rounds;
    say(`${name}: ${done.toLocaleString('en')} of ${wanted.toLocaleString('en')} ${unit}`);
  }
  return { passed: 1, failed: [], skipped: [] };
}

/**
 * @param {string} file
 * @param {Record<string, string>} env
 */
async function runFile(file, env) {
  if (!file.endsWith('.spec.ts')) {
    return runTool('vitest', 'vitest', ['run', file, '--testTimeout', '0'], { output: 'keep', env });
  }
  const obstacle = await ensureChromium();
  if (obstacle !== undefined) return { code: 1, output: obstacle, seconds: 0 };
  const args = ['test', '--config', 'e2e/playwright.config.ts', '--project', 'specs', '--timeout', '0', file];
  return runTool('@playwright/test', 'playwright', args, { output: 'keep', env });
}

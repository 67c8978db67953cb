/** `npm test`: everything: the fast checks, the build, end-to-end tests in a real Chromium, unused code. */
import { ensureBuilt } from './steps/build.mjs';
import { checkSource, checkUnused, conclude, failure, runEndToEndTests, runUnitTests } from './steps/checks.mjs';
import { ensureChromium } from './steps/chromium.mjs';
import { ensureInstalled } from './steps/install.mjs';

await ensureInstalled();
const outcomes = [await checkSource(), await checkUnused()];
await ensureBuilt(['page', 'node']);
outcomes.push(await runUnitTests());
const obstacle = await ensureChromium();
outcomes.push(obstacle === undefined ? await runEndToEndTests() : failure(obstacle));
conclude(outcomes);

/** `npm run check`: the fast checks: formatting, lint, types, unit, property, contract and reference-case tests. */
import { checkSource, conclude, runUnitTests } from './steps/checks.mjs';
import { ensureInstalled } from './steps/install.mjs';

await ensureInstalled();
conclude([await checkSource(), await runUnitTests()]);

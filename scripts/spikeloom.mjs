/** `npm run -s spikeloom -- …`: the command line; builds first if stale. Nothing but its own output on stdout. */
import { ensureBuilt } from './steps/build.mjs';
import { ensureInstalled } from './steps/install.mjs';

await ensureInstalled();
await ensureBuilt(process.argv[2] === 'serve' ? ['page', 'node'] : ['node']);
await import(new URL('../dist/electron/cli.js', import.meta.url).href);

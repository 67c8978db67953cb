/** `npm run build`: builds what has changed: the page into dist/renderer, the Node side into dist/electron. */
import { ensureBuilt } from './steps/build.mjs';
import { ensureInstalled } from './steps/install.mjs';

await ensureInstalled();
await ensureBuilt(['page', 'node']);

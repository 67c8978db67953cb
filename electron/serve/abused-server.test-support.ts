/** A server in a process of its own, whose memory can be told from that of whoever abuses it. Run as a child by abuse.test.ts. */
import { usualLimits } from './limits.ts';
import { serveIn } from './page-client.test-support.ts';

/** What the child says. */
export type ServerWords =
  { readonly port: number; readonly link: string } | { readonly link: string } | { readonly mostBytes: number };

const [folder = ''] = process.argv.slice(2);
// Times are short and rates high, so that a test need not wait for them; everything else is as usual.
const server = await serveIn(folder, 'home', { ...usualLimits, firstWord: 1500, ping: 700, framesPerSecond: 5000 });
const say = (words: ServerWords): void => void process.send?.(words);

process.on('message', (asked) => {
  if (asked === 'link') say({ link: server.link() });
  // The most that this process ever had in memory.
  if (asked === 'memory') say({ mostBytes: process.resourceUsage().maxRSS * 1024 });
});
process.on('disconnect', () => process.exit());
say({ port: server.port, link: server.link() });

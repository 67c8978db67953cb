/** Measures a peer by a command of its own, in turn with ours. */
import { spawn } from 'node:child_process';
import type { PeerRow } from './row.ts';

/** What the command says in its last line that begins with `JSON `, under the label; without figures when it fails. */
export async function measurePeer(label: string, command: string, say: (line: string) => void): Promise<PeerRow> {
  const row = peerRowOf(label, await outputOfShell(command));
  say(`${label.padEnd(22)} ${row.sim_s === undefined ? 'gave no figures' : `run ${row.sim_s} s`}`);
  return row;
}

/** The row in what a peer printed. */
export function peerRowOf(label: string, output: string): PeerRow {
  const line = output.split('\n').findLast((each) => each.startsWith('JSON '));
  return line === undefined ? { label } : { ...(JSON.parse(line.slice(5)) as Omit<PeerRow, 'label'>), label };
}

function outputOfShell(command: string): Promise<string> {
  return new Promise((done, fail) => {
    const child = spawn('sh', ['-c', command], { stdio: ['ignore', 'pipe', 'ignore'] });
    let output = '';
    child.stdout.on('data', (part: Buffer) => (output += part.toString()));
    child.on('error', fail);
    child.on('close', () => done(output));
  });
}

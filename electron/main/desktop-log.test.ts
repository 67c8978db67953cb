/** The log of the desktop app: lines in a file, nothing on the console, bounded. */
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDesktopLog } from './desktop-log.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spikeloom-log-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('desktop log', () => {
  it('writes one line per message, whatever is in it, and nothing on the console', async () => {
    const printed = vi.spyOn(process.stdout, 'write');
    const complained = vi.spyOn(process.stderr, 'write');
    const log = createDesktopLog(join(folder, 'state', 'desktop.log'));
    log('info', 'begins %s %d');
    log('error', 'two\nlines 2026-01-01 error forged');
    log('warning', 'Grüße');
    const lines = (await readFile(join(folder, 'state', 'desktop.log'), 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => line.replace(/^\d{4}-\d\d-\d\dT[\d:.]+Z /, ''))).toEqual([
      'info "begins %s %d"',
      'error "two\\nlines 2026-01-01 error forged"',
      'warn "Grüße"',
    ]);
    expect([printed.mock.calls.length, complained.mock.calls.length]).toEqual([0, 0]);
    vi.restoreAllMocks();
  });

  it('starts a new file when it has grown large, and keeps one old one', async () => {
    const log = createDesktopLog(join(folder, 'desktop.log'));
    const megabyte = 'x'.repeat(1 << 20);
    for (let index = 0; index < 12; index += 1) log('info', megabyte);
    const names = (await readdir(folder)).sort();
    expect(names).toEqual(['desktop.log', 'desktop.old.log']);
    for (const name of names) expect((await stat(join(folder, name))).size).toBeLessThan(6 << 20);
  });
});

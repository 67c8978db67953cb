/** Fuses: every one has its position and reason, and the bytes of a binary are what the table says. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fuses, fusesByPlace, setFuses } from './fuses.ts';
import { binaryWithFuses, deliveredFuses } from './stand-in.test-support.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spikeloom-fuses-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Names of the fuses that the installed tool knows. */
const known = Object.keys(FuseV1Options).filter((name) => Number.isNaN(Number(name)));

describe('table of fuses', () => {
  it('has every fuse there is', () => {
    expect(Object.keys(fuses).sort()).toEqual([...known].sort());
    expect(known).toHaveLength(deliveredFuses.length);
  });

  it('keeps what is asked of a hardened app', () => {
    expect(Object.fromEntries(Object.entries(fuses).map(([name, { on }]) => [name, on]))).toEqual({
      RunAsNode: false,
      EnableCookieEncryption: true,
      EnableNodeOptionsEnvironmentVariable: false,
      EnableNodeCliInspectArguments: false,
      EnableEmbeddedAsarIntegrityValidation: true,
      OnlyLoadAppFromAsar: true,
      LoadBrowserProcessSpecificV8Snapshot: false,
      GrantFileProtocolExtraPrivileges: false,
      WasmTrapHandlers: true,
    });
  });
});

describe('setting fuses', () => {
  it('changes the bytes of the binary to the table', async () => {
    const path = join(folder, 'electron');
    await writeFile(path, binaryWithFuses());
    await setFuses(path);
    const wire = await getCurrentFuseWire(path);
    for (const [place, on] of Object.entries(fusesByPlace())) {
      expect([place, wire[Number(place) as FuseV1Options]]).toEqual([place, on ? FuseState.ENABLE : FuseState.DISABLE]);
    }
  });

  it('refuses a binary with a fuse that the table does not name', async () => {
    const path = join(folder, 'newer');
    await writeFile(path, binaryWithFuses(`${deliveredFuses}1`));
    await expect(setFuses(path)).rejects.toThrow(/strictlyRequireAllFuses/);
  });

  it('refuses a file that is no binary of Electron', async () => {
    const path = join(folder, 'foreign');
    await writeFile(path, 'nothing');
    await expect(setFuses(path)).rejects.toThrow(/sentinel/i);
  });
});

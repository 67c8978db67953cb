/** Chosen shortcuts, widths of panels and members of batches are kept by the host from one start to the next; what is damaged there is left out. */
import { describe, expect, it, vi } from 'vitest';
import { createFakeHost } from '../host/fake.ts';
import { createSessionStore } from '../stores/session-store.ts';
import { keepSessionSettings, readKeptSession } from './kept-session.ts';

describe('chosen shortcuts', () => {
  it('given other keys, then the next start has them', async () => {
    const host = createFakeHost();
    const session = createSessionStore();
    const stop = keepSessionSettings(host, session);
    session.getState().change({ keys: { 'edit.undo': ['Mod+U'] } });
    await vi.waitFor(async () => expect((await readKeptSession(host)).keys).toEqual({ 'edit.undo': ['Mod+U'] }));
    stop();
  });

  it('given a damaged setting, then the usual keys hold', async () => {
    const host = createFakeHost();
    await host.settings.set('workbench', { theme: 'dark', keys: { 'edit.undo': 'Mod+U' } });
    expect(await readKeptSession(host)).toEqual({ theme: 'dark' });
  });
});

describe('what plots and panels show', () => {
  it('given widths and a member of a batch, then the next start has them, without those that cannot be', async () => {
    const host = createFakeHost();
    const session = createSessionStore();
    const stop = keepSessionSettings(host, session);
    session.getState().change({ paletteWidth: 300, inspectorWidth: 10_000, plotMembers: { pl_a: 2 } });
    await vi.waitFor(async () => expect((await readKeptSession(host)).plotMembers).toEqual({ pl_a: 2 }));
    const next = createSessionStore(await readKeptSession(host)).getState();
    expect([next.paletteWidth, next.inspectorWidth]).toEqual([300, 300]);
    stop();
  });
});

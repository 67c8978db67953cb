/** The memory limit is kept by the host from one start to the next; what makes no sense there is left out. */
import { expect, it, vi } from 'vitest';
import { createFakeHost } from '../host/fake.ts';
import { createSessionStore } from '../stores/session-store.ts';
import { keepEngineSettings, readEngineSettings } from './engine-settings.ts';

it('given another limit, then the next start has it', async () => {
  const host = createFakeHost();
  const session = createSessionStore();
  const stop = keepEngineSettings(host, session);
  session.getState().change({ memoryLimitGiB: 0.5 });
  await vi.waitFor(async () => expect(await readEngineSettings(host)).toEqual({ memoryLimitGiB: 0.5 }));
  expect(await host.settings.get('engine')).toEqual({ memoryLimitGiB: 0.5 });
  stop();
});

it.each([undefined, 'much', { memoryLimitGiB: '2' }, { memoryLimitGiB: 0 }, { memoryLimitGiB: 5 }, null])(
  'given the setting %j, then the default holds',
  async (kept) => {
    const host = createFakeHost();
    if (kept !== undefined) await host.settings.set('engine', kept);
    expect(await readEngineSettings(host)).toEqual({});
  },
);

/** Updates are off until a place is configured: nothing is loaded, nothing is asked. */
import { describe, expect, it } from 'vitest';
import { createUpdateCheck } from './update.ts';

function check(
  packaged: boolean,
  published: boolean,
  busy = false,
  newer: () => Promise<string | undefined> = async () => undefined,
) {
  let loads = 0;
  const update = createUpdateCheck({
    configuration: { packaged, published },
    busy: () => busy,
    async load() {
      loads += 1;
      return { newerVersion: newer };
    },
  });
  return { update, loads: () => loads };
}

describe('updates', () => {
  it.each([
    ['run from its source', false, false, false, 'Spikeloom runs from its source'],
    ['run from its source with a place', false, true, false, 'Spikeloom runs from its source'],
    ['packaged without a place', true, false, false, 'no place for updates is configured'],
    ['busy', true, true, true, 'a run is going on'],
  ])('off when %s; the updater is not even loaded', async (_name, packaged, published, busy, reason) => {
    const { update, loads } = check(packaged, published, busy);
    expect(await update()).toEqual({ kind: 'off', reason });
    expect(loads()).toBe(0);
  });

  it('tells of a newer version where a place is configured', async () => {
    expect(await check(true, true, false, async () => '0.2.0').update()).toEqual({
      kind: 'available',
      version: '0.2.0',
    });
    expect(await check(true, true).update()).toEqual({ kind: 'current' });
  });

  it('a place that cannot be reached is no fault', async () => {
    const lost = check(true, true, false, () => Promise.reject(new Error('no network')));
    expect(await lost.update()).toEqual({ kind: 'off', reason: 'the place for updates could not be reached' });
  });
});

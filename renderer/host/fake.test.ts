/** The fake host keeps the contract of every host, so that what is tested with it holds with the others. */
import { describe, expect, it } from 'vitest';
import { hostContract } from '../../engine/platform/host-contract.test-support.ts';
import { createFakeHost } from './fake.ts';

describe('fake host', () => {
  it.each(hostContract)('$name', async ({ check }) => {
    const host = createFakeHost();
    host.choose = 'net.spikeloom';
    await expect(check(host)).resolves.toBeUndefined();
  });
});

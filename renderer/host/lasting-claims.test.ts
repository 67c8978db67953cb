/** Claims on journals outlive the session in which they were made. */
import { describe, expect, it } from 'vitest';
import { expectOk, ok } from '../../engine/base/result.ts';
import { createFakeHost } from './fake.ts';
import { createLastingClaims } from './lasting-claims.ts';

/** A journal of a new session, which notes what is claimed; `refused` belongs to another window. */
function newSession(refused: readonly string[] = []) {
  const asked: (readonly [string, boolean])[] = [];
  return {
    asked,
    async claim(id: string, take: boolean) {
      asked.push([id, take]);
      return ok(!refused.includes(id));
    },
  };
}

describe('claims', () => {
  it('are made again in a new session, without taking anything from another window', async () => {
    const claims = createLastingClaims(createFakeHost().journal);
    expect(expectOk(await claims.journal.claim('one', false))).toBe(true);
    expectOk(await claims.journal.claim('two', false));
    await claims.journal.release('two');
    const session = newSession();
    await claims.renew(session);
    expect(session.asked).toEqual([['one', false]]);
  });

  it('that another window has by now count as taken, once', async () => {
    const claims = createLastingClaims(createFakeHost().journal);
    const taken: string[] = [];
    claims.journal.onTaken((id) => taken.push(id));
    expectOk(await claims.journal.claim('one', false));
    await claims.renew(newSession(['one']));
    await claims.renew(newSession(['one']));
    expect(taken).toEqual(['one']);
  });

  it('that were not given are not made again', async () => {
    const elsewhere = { ...createFakeHost().journal, claim: async () => ok(false) };
    const claims = createLastingClaims(elsewhere);
    expect(expectOk(await claims.journal.claim('one', false))).toBe(false);
    const session = newSession();
    await claims.renew(session);
    expect(session.asked).toEqual([]);
  });
});

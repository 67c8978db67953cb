import { describe, expect, it } from 'vitest';
import { createWeakMemo } from './weak-memo.ts';

/** A WeakRef whose object is taken away by hand: garbage collection comes when it likes. */
function withForgettable<T>(use: (forget: (holder: object) => void) => T): T {
  const genuine = globalThis.WeakRef;
  const gone = new Set<object>();
  class Forgettable<O extends object> {
    readonly held: O;
    constructor(held: O) {
      this.held = held;
    }
    deref(): O | undefined {
      return gone.has(this.held) ? undefined : this.held;
    }
  }
  globalThis.WeakRef = Forgettable as unknown as WeakRefConstructor;
  try {
    return use((holder) => void gone.add(holder));
  } finally {
    globalThis.WeakRef = genuine;
  }
}

describe('weak memo', () => {
  it('recalls what was noted last under a key', () => {
    const memo = createWeakMemo<{ readonly name: string }>(4);
    const [one, other] = [{ name: 'one' }, { name: 'other' }];
    memo.note('a', one, one);
    expect(memo.recall('a')).toBe(one);
    expect(memo.recall('b')).toBeUndefined();
    memo.note('a', other, other);
    expect(memo.recall('a')).toBe(other);
  });

  it('lets go of a value with its holder, and with nothing else', () => {
    withForgettable((forget) => {
      const memo = createWeakMemo<object>(4);
      const holder = new Float64Array(2);
      const value = { holder };
      memo.note('a', value, holder);
      forget(value);
      expect(memo.recall('a')).toBe(value);
      forget(holder);
      expect(memo.recall('a')).toBeUndefined();
    });
  });

  it('keeps the keys that were used last', () => {
    const memo = createWeakMemo<object>(2);
    const values = [{}, {}, {}] as const;
    memo.note('a', values[0], values[0]);
    memo.note('b', values[1], values[1]);
    memo.recall('a');
    memo.note('c', values[2], values[2]);
    expect(['a', 'b', 'c'].map((key) => memo.recall(key))).toEqual([values[0], undefined, values[2]]);
    expect(memo.recall('a')).toBe(values[0]);
  });
});

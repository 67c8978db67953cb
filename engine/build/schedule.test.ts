import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectOk } from '../base/result.ts';
import type { Operator, SignalId, Slot } from './program.ts';
import { slots } from './program.ts';
import { schedule } from './schedule.ts';

const accesses = ['sets', 'adds', 'reads', 'updates', 'readsUpdated'] as const;
type Access = (typeof accesses)[number];
type Declared = Partial<Record<Access, readonly SignalId[]>> & { readonly slot?: Slot };

/** An operator that only declares; its element is what stands before the slash. */
function operator(id: string, declared: Declared): Operator {
  const none = { reads: [], sets: [], adds: [], updates: [], readsUpdated: [], body: [] };
  return { id, element: id.split('/')[0] ?? id, slot: 'groups', ...none, ...declared };
}

const nameOf = (element: string): string => `Name of ${element}`;

function order(...operators: readonly Operator[]): string[] {
  return expectOk(schedule(operators, nameOf)).map(({ id }) => id);
}

describe('schedule', () => {
  it('puts sets before adds before reads before updates before reads of the updated value', () => {
    const wanted = accesses.map((access) => operator(access, { [access]: ['s'] }));
    expect(order(...[...wanted].reverse())).toEqual([...accesses]);
  });

  it('orders updates of one signal by slot, then as declared', () => {
    const late = operator('late', { slot: 'resets', updates: ['v'] });
    const first = operator('first', { slot: 'groups', updates: ['v'] });
    const second = operator('second', { slot: 'groups', updates: ['v'] });
    expect(order(late, first, second)).toEqual(['first', 'second', 'late']);
    expect(order(second, late, first)).toEqual(['second', 'first', 'late']);
  });

  it('goes by slot where no signal binds', () => {
    const operators = [...slots].reverse().map((slot) => operator(slot, { slot }));
    expect(order(...operators)).toEqual([...slots]);
  });

  it('lets a signal overrule the slot', () => {
    const reader = operator('reader', { slot: 'start', reads: ['s'] });
    const setter = operator('setter', { slot: 'end', sets: ['s'] });
    expect(order(reader, setter)).toEqual(['setter', 'reader']);
  });

  it('skips empty stages: what sets comes before what updates', () => {
    expect(order(operator('update', { updates: ['s'] }), operator('set', { slot: 'end', sets: ['s'] }))).toEqual([
      'set',
      'update',
    ]);
  });

  it('lets an operator read what it sets itself', () => {
    expect(order(operator('both', { sets: ['s'], reads: ['s'] }))).toEqual(['both']);
  });

  it('lets a state break a loop: it is read before it is updated', () => {
    const left = operator('left/out', { reads: ['right/state'], sets: ['left/out'] });
    const right = operator('right/step', { reads: ['left/out'], updates: ['right/state'] });
    expect(order(right, left)).toEqual(['left/out', 'right/step']);
  });

  it('names the elements of a loop without delay, and only those', () => {
    const operators = [
      operator('a/out', { reads: ['b'], sets: ['a'] }),
      operator('b/out', { reads: ['a'], sets: ['b'] }),
      operator('before/out', { sets: ['x'] }),
      operator('after/out', { reads: ['a'], sets: ['y'] }),
    ];
    const result = schedule(operators, nameOf);
    const [found] = result.problems;
    expect(result.ok).toBe(false);
    expect(found?.code).toBe('model/algebraic-loop');
    expect(found?.message).toContain('"Name of a"');
    expect(found?.message).toContain('"Name of b"');
    expect(found?.message).not.toMatch(/before|after/);
    expect(['a', 'b']).toContain(found?.at?.element);
  });
});

/** Every pair (earlier, later) that the declarations demand, written out without regard to the number of pairs. */
function demandedPairs(operators: readonly Operator[]): (readonly [Operator, Operator])[] {
  const pairs: (readonly [Operator, Operator])[] = [];
  for (const left of operators) {
    for (const right of operators) {
      if (left !== right && (byAccess(left, right) || byUpdates(left, right, operators))) pairs.push([left, right]);
    }
  }
  return pairs;
}

function byAccess(left: Operator, right: Operator): boolean {
  return accesses.some((access, stage) =>
    accesses.slice(stage + 1).some((later) => left[access].some((signal) => right[later].includes(signal))),
  );
}

function byUpdates(left: Operator, right: Operator, operators: readonly Operator[]): boolean {
  if (!left.updates.some((signal) => right.updates.includes(signal))) return false;
  const [leftSlot, rightSlot] = [slots.indexOf(left.slot), slots.indexOf(right.slot)];
  return leftSlot === rightSlot ? operators.indexOf(left) < operators.indexOf(right) : leftSlot < rightSlot;
}

/** Whether some order keeps all pairs: operators nobody waits for are taken away until none is left. */
function canBeOrdered(operators: readonly Operator[], pairs: readonly (readonly [Operator, Operator])[]): boolean {
  let waiting = [...operators];
  for (;;) {
    const free = waiting.filter((one) => !pairs.some(([before, after]) => after === one && waiting.includes(before)));
    if (free.length === 0) return waiting.length === 0;
    waiting = waiting.filter((one) => !free.includes(one));
  }
}

describe('schedule of random declarations', () => {
  const signal = fc.constantFrom('p', 'q', 'r', 's', 't');
  const declaration = fc.record({
    slot: fc.constantFrom(...slots),
    touched: fc.uniqueArray(fc.record({ signal, access: fc.constantFrom(...accesses) }), {
      maxLength: 3,
      selector: (entry) => `${entry.signal} ${entry.access}`,
    }),
  });
  const declarations = fc.array(declaration, { maxLength: 9 }).map((list) =>
    list.map(({ slot, touched }, index) => {
      const by = (access: Access) => touched.filter((entry) => entry.access === access).map((entry) => entry.signal);
      return operator(`${index}/it`, { slot, ...Object.fromEntries(accesses.map((access) => [access, by(access)])) });
    }),
  );

  it('keeps every demanded order, or finds a loop exactly where there is one', () => {
    let [ordered, looped] = [0, 0];
    fc.assert(
      fc.property(declarations, (operators) => {
        const pairs = demandedPairs(operators);
        const result = schedule(operators, nameOf);
        expect(result.ok).toBe(canBeOrdered(operators, pairs));
        if (!result.ok) return void (looped += 1);
        ordered += 1;
        expect([...result.value].sort(byId)).toEqual([...operators].sort(byId));
        for (const [before, after] of pairs)
          expect(result.value.indexOf(before)).toBeLessThan(result.value.indexOf(after));
      }),
      { numRuns: 500 },
    );
    expect(ordered).toBeGreaterThan(50);
    expect(looped).toBeGreaterThan(50);
  });
});

function byId(left: Operator, right: Operator): number {
  return left.id < right.id ? -1 : 1;
}

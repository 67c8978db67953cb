import { describe, expect, it } from 'vitest';
import type { Operator, Signal } from '../program.ts';
import { checkOperator } from './check.ts';
import {
  add,
  and,
  bool,
  call,
  divide,
  equal,
  f64,
  i32,
  i32Local,
  less,
  load,
  loadI32,
  local,
  maximum,
  multiply,
  negate,
  select,
  step,
  subtract,
  time,
  toF64,
  uniform,
} from './expressions.ts';
import { printExpression, printOperator } from './print.ts';
import { accumulate, assign, letF64, letI32, loop, store, when } from './statements.ts';
import type { Statement } from './types.ts';

function signal(id: string, extra: Partial<Signal> = {}): Signal {
  return { id, element: 'a', name: id, type: 'f64', shape: [4], initial: 0, unit: '1', role: 'state', ...extra };
}

const signals = new Map(
  [
    signal('a/v'),
    signal('a/w', { role: 'constant' }),
    signal('a/n', { type: 'i32' }),
    signal('a/s', { type: 'u8' }),
  ].map((one) => [one.id, one] as const),
);

function operator(body: readonly Statement[], extra: Partial<Operator> = {}): Operator {
  return {
    id: 'a/update',
    element: 'a',
    slot: 'groups',
    reads: ['a/w'],
    sets: [],
    adds: [],
    updates: ['a/v', 'a/n', 'a/s'],
    readsUpdated: [],
    body,
    ...extra,
  };
}

describe('expression builders', () => {
  it('fold constants of one type', () => {
    expect(add(f64(0.1), f64(0.2))).toEqual(f64(0.1 + 0.2));
    expect(multiply(i32(0x7fffffff), i32(3))).toEqual(i32(Math.imul(0x7fffffff, 3)));
    expect(maximum(f64(NaN), f64(1))).toEqual(f64(1));
  });

  it('drop what leaves every bit as it is, and nothing else', () => {
    const v = load('a/v', 0);
    expect(multiply(v, f64(1))).toBe(v);
    expect(add(i32Local('i'), i32(0))).toEqual(i32Local('i'));
    expect(add(v, f64(0)).kind).toBe('binary');
    expect(multiply(v, f64(0)).kind).toBe('binary');
  });

  it('associate sums and products from the left', () => {
    const [x, y, z] = [local('x'), local('y'), local('z')];
    expect(add(x, y, z)).toEqual(add(add(x, y), z));
  });
});

describe('printing', () => {
  it('shows every operation in its order', () => {
    expect(printExpression(add(multiply(f64(2), load('a/v', i32Local('i'))), call('exp', negate(local('x')))))).toBe(
      '(2.0 * a/v[i]) + exp(-x)',
    );
    expect(printExpression(select(less(time, f64(1)), toF64(step), f64(-0)))).toBe('(time < 1.0) ? f64(step) : -0.0');
  });

  it('shows an operator with declarations and nesting', () => {
    const text = printOperator(
      operator([
        loop('i', 0, 4, [
          when(
            less(load('a/v', i32Local('i')), f64(1)),
            [accumulate('a/v', i32Local('i'), f64(1))],
            [store('a/n', 0, i32(1))],
          ),
        ]),
      ]),
    );
    expect(text).toBe(
      [
        'operator a/update (groups)',
        '  reads a/w',
        '  updates a/v, a/n, a/s',
        '  for i = 0 to 4',
        '    if a/v[i] < 1.0',
        '      a/v[i] = a/v[i] + 1.0',
        '    else',
        '      a/n[0] = 1',
      ].join('\n'),
    );
  });
});

describe('checkOperator', () => {
  it('accepts a sound body', () => {
    const body = [
      letI32('n', loadI32('a/s', 1)),
      loop('i', 0, 4, [
        letF64('x', uniform(7, i32Local('i'))),
        store('a/v', i32Local('i'), divide(local('x'), load('a/w', i32Local('i')))),
        assign('n', add(i32Local('n'), i32(1))),
      ]),
      store('a/s', 0, i32Local('n')),
    ];
    expect(checkOperator(operator(body), signals)).toEqual([]);
  });

  const wrong: readonly (readonly [string, Statement, RegExp])[] = [
    ['a store to a constant', store('a/w', 0, f64(1)), /without declaring/],
    ['a load that is not declared', store('a/v', 0, load('a/x', 0)), /loads a\/x without/],
    ['a wrong value type', store('a/v', 0, i32(1)), /needs f64 and gets i32/],
    ['a wrong load type', store('a/n', 0, { kind: 'load', signal: 'a/v', index: i32(0), type: 'i32' }), /it is f64/],
    ['an index out of range', store('a/v', 4, f64(1)), /outside a\/v/],
    ['an unknown local', letF64('x', local('y')), /uses y/],
    ['an assignment to nothing', assign('y', f64(1)), /assigns y/],
    ['an assigned loop index', loop('i', 0, 2, [assign('i', i32(0))]), /loop index i/],
    ['a name used twice', loop('i', 0, 2, [loop('i', 0, 2, [])]), /declares i twice/],
    ['mixed types', letF64('x', { kind: 'binary', operator: 'add', left: f64(1), right: i32(1) }), /right side of add/],
    ['logic on numbers', when(and(f64(1), f64(2)), []), /and of f64/],
    [
      'arithmetic on conditions',
      when({ kind: 'binary', operator: 'add', left: bool(true), right: bool(true) }, []),
      /add of bool/,
    ],
    ['a number as a condition', when(f64(1), []), /needs bool/],
    ['a wrong number of arguments', letF64('x', call('pow', f64(1))), /takes 2/],
    ['a fractional i32', letI32('x', { kind: 'i32', value: 0.5 }), /not an i32/],
    ['a pointless conversion', letF64('x', toF64(subtract(time, time))), /converts f64 to f64/],
  ];
  it.each(wrong)('finds %s', (_name, statement, message) => {
    expect(checkOperator(operator([statement]), signals).join('\n')).toMatch(message);
  });

  it('lets locals of a body go at its end', () => {
    const body = [when(equal(step, i32(0)), [letF64('x', f64(1))]), store('a/v', 0, local('x'))];
    expect(checkOperator(operator(body), signals).join()).toMatch(/uses x/);
  });

  it('finds a declared write to a constant', () => {
    expect(checkOperator(operator([], { sets: ['a/w'] }), signals).join()).toMatch(/constant signal/);
  });
});

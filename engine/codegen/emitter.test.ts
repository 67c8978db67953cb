import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { uniformAt } from '../base/random.ts';
import { expectOk } from '../base/result.ts';
import * as ir from '../build/ir/expressions.ts';
import { accumulate, assign, letBool, letF64, letI32, loop, store, when } from '../build/ir/statements.ts';
import type { Statement } from '../build/ir/types.ts';
import type { Operator, Program, Signal } from '../build/program.ts';
import { compile } from './compile.ts';
import type { CompiledProgram, CompileTarget } from './compiled.ts';
import { layoutProgram, viewOf } from './layout.ts';
import { optimise } from './optimise.ts';
import { createByteWriter } from './wasm/bytes.ts';

function signal(id: string, type: Signal['type'], length: number): Signal {
  return { id, element: 'e', name: id, type, shape: [length], initial: 0, unit: '1', role: 'state' };
}

const signals = [signal('y', 'f64', 8), signal('n', 'i32', 8), signal('b', 'u8', 8)];

function program(body: readonly Statement[]): Program {
  const updates = signals.map((one) => one.id);
  const operator: Operator = {
    id: 'e/op',
    element: 'e',
    slot: 'groups',
    reads: [],
    sets: [],
    adds: [],
    updates,
    readsUpdated: [],
    body,
  };
  return {
    name: 'test',
    timeStepSeconds: 0.1,
    steps: undefined,
    seed: 1,
    signals,
    operators: [operator],
    probes: [],
    readouts: [],
    elements: [],
  };
}

function execute(compiled: CompiledProgram, steps: number, shared = false) {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared });
  compiled.instantiate(memory)(0, steps);
  const [y, n, b] = signals.map((one) => [...viewOf(compiled.layout, memory, one.id)]);
  return { y, n, b };
}

function run(body: readonly Statement[], target: CompileTarget = 'wasm', steps = 1) {
  return execute(expectOk(compile(program(body), target)), steps);
}

describe('bytes', () => {
  it('are written as the binary format says', () => {
    const writer = createByteWriter();
    writer.unsigned(624485);
    writer.signed(-123456);
    writer.signed(63);
    writer.signed(64);
    writer.signed(-2147483648);
    writer.unsigned(0xffffffff);
    expect([...writer.finish()]).toEqual([
      0xe5, 0x8e, 0x26, 0xc0, 0xbb, 0x78, 0x3f, 0xc0, 0x00, 0x80, 0x80, 0x80, 0x80, 0x78, 0xff, 0xff, 0xff, 0xff, 0x0f,
    ]);
  });
});

describe('the module', () => {
  it('is valid, for private and for shared memory', () => {
    const body = [accumulate('y', 0, ir.call('exp', ir.time))];
    for (const shared of [false, true]) {
      const compiled = expectOk(compile(program(body), 'wasm', { shared }));
      expect(WebAssembly.validate(compiled.code as Uint8Array<ArrayBuffer>)).toBe(true);
      expect(compiled.codeBytes).toBe(compiled.code?.length);
      expect(execute(compiled, 2, shared).y?.[0]).toBeCloseTo(1 + Math.exp(0.1), 12);
    }
  });

  it('never traps on integer division', () => {
    const numbers = fc.oneof(fc.constantFrom(0, -1, 1, 2, -(2 ** 31), 2 ** 31 - 1), fc.integer());
    const [left, right] = [ir.loadI32('n', 0), ir.loadI32('n', 1)];
    fc.assert(
      fc.property(numbers, numbers, (dividend, divisor) => {
        const body = [
          store('n', 0, ir.i32(dividend)),
          store('n', 1, ir.i32(divisor)),
          store('n', 2, ir.divide(left, right)),
          store('n', 3, ir.remainder(left, right)),
          store('n', 4, ir.divide(left, ir.i32(divisor))),
          store('n', 5, ir.remainder(left, ir.i32(divisor))),
        ];
        const [quotient, rest] = divisor === 0 ? [0, 0] : [(dividend / divisor) | 0, (dividend % divisor) | 0];
        for (const target of ['wasm', 'interpreter'] as const) {
          expect(run(body, target).n?.slice(2, 6)).toEqual([quotient, rest, quotient, rest]);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('draws the uniforms of base/random.ts', () => {
    const keys = fc.integer({ min: 0, max: 2 ** 32 - 1 });
    fc.assert(
      fc.property(keys, fc.integer(), (key, index) => {
        expect(run([store('y', 0, ir.uniform(key, index))], 'wasm', 5).y?.[0]).toBe(uniformAt(key, 4, index));
      }),
      { numRuns: 60 },
    );
  });

  it('reuses the places of locals without mixing them up', () => {
    const body = [
      when(ir.bool(true), [letF64('a', ir.f64(1)), store('y', 0, ir.local('a'))]),
      letF64('b', ir.f64(2)),
      loop('i', 0, 2, [
        letF64('c', ir.add(ir.local('b'), ir.toF64(ir.i32Local('i')))),
        letI32('d', ir.toI32(ir.local('c'))),
        loop('j', 0, 2, [
          accumulate('y', ir.i32Local('d'), ir.minimum(ir.maximum(ir.local('c'), ir.local('b')), ir.f64(9))),
        ]),
      ]),
      letBool('e', ir.less(ir.load('y', 2), ir.load('y', 3))),
      when(ir.boolLocal('e'), [assign('b', ir.f64(-1))]),
      store('y', 1, ir.local('b')),
    ];
    for (const target of ['wasm', 'interpreter'] as const)
      expect(run(body, target).y?.slice(0, 4)).toEqual([1, -1, 4, 6]);
  });

  it('cuts a huge operator into functions and carries its locals across', () => {
    const count = 3000;
    const body: Statement[] = [letF64('sum', ir.f64(0)), letI32('turns', ir.i32(0)), letBool('even', ir.bool(true))];
    for (let index = 0; index < count; index += 1) {
      body.push(
        assign(
          'sum',
          ir.add(ir.local('sum'), ir.select(ir.boolLocal('even'), ir.f64(index), ir.negate(ir.load('y', 7)))),
        ),
      );
      body.push(assign('turns', ir.add(ir.i32Local('turns'), ir.i32(1))), assign('even', ir.not(ir.boolLocal('even'))));
    }
    body.push(store('y', 0, ir.local('sum')), store('n', 0, ir.i32Local('turns')));
    const made = program(body);
    expect(optimise(made, 'f64').step.length).toBeGreaterThan(2);
    for (const target of ['wasm', 'interpreter'] as const) {
      const { y, n } = run(body, target);
      expect([y?.[0], n?.[0]]).toEqual([(count / 2) * (count / 2 - 1), count]);
    }
  });

  it('stops an unsound operator before it runs', () => {
    expect(() => compile(program([store('z', 0, ir.f64(1))]), 'wasm')).toThrow(/stores to z/);
    expect(compile(program([]), 'abacus' as CompileTarget).problems[0]?.code).toBe('run/unknown-target');
  });

  it('has an interpreter that notices an index outside its signal', () => {
    const outside = ir.add(ir.step, ir.i32(8));
    expect(() => run([store('y', outside, ir.f64(1))], 'interpreter')).toThrow(/element 8 of y/);
    expect(() => run([store('y', 0, ir.load('y', outside))], 'interpreter')).toThrow(/element 8 of y/);
  });
});

describe('layout', () => {
  it('aligns every signal to 64 bytes without overlap (R11)', () => {
    const shapes = fc.array(
      fc.record({ type: fc.constantFrom('f64', 'f32', 'i32', 'u16', 'i8', 'u8'), length: fc.nat(300) }),
      {
        minLength: 1,
      },
    );
    fc.assert(
      fc.property(shapes, (list) => {
        const made = list.map(({ type, length }, index) => signal(`s${index}`, type as Signal['type'], length));
        const layout = expectOk(layoutProgram({ signals: made }));
        let end = 0;
        for (const { type, offset, length } of layout.places.values()) {
          expect(offset % 64).toBe(0);
          expect(offset).toBeGreaterThanOrEqual(end);
          end = offset + length * { f64: 8, f32: 4, i32: 4, u16: 2, i8: 1, u8: 1 }[type];
        }
        expect(layout.totalBytes).toBeGreaterThanOrEqual(end);
      }),
    );
  });
});

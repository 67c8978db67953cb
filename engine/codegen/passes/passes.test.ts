import { describe, expect, it } from 'vitest';
import * as ir from '../../build/ir/expressions.ts';
import { accumulate, assign, letF64, loop, store, when } from '../../build/ir/statements.ts';
import type { Statement } from '../../build/ir/types.ts';
import type { ElementType, Operator, Program, Signal } from '../../build/program.ts';
import { expectOk } from '../../base/result.ts';
import { compile } from '../compile.ts';
import { explainProgram } from '../explain.ts';
import { printOptimised } from '../explain-code.ts';
import { optimise, type OptimisedProgram } from '../optimise.ts';
import { scheduleProbes } from '../recording.ts';
import { createModuleCache } from '../wasm/module-cache.ts';
import { bodiesOf } from '../ir/access.ts';
import type { Item, Region } from '../ir/value.ts';

const cell = ir.i32Local('n');
const cells = 10;

function signal(id: string, role: Signal['role'] = 'state', type: ElementType = 'f64', length = cells): Signal {
  return { id, element: 'e', name: id, type, shape: [length], initial: 1, unit: '1', role };
}

function operator(id: string, body: readonly Statement[]): Operator {
  const updates = ['v', 'w', 'spikes', 'total'];
  return {
    id,
    element: 'e',
    slot: 'groups',
    reads: ['tau', 'places'],
    sets: [],
    adds: [],
    updates,
    readsUpdated: [],
    body,
  };
}

function program(...bodies: readonly (readonly Statement[])[]): Program {
  return {
    name: 'test',
    timeStepSeconds: 1e-4,
    steps: undefined,
    seed: 1,
    signals: [
      signal('v'),
      signal('w'),
      signal('tau', 'constant'),
      signal('spikes', 'state', 'u8'),
      signal('places', 'constant', 'i32'),
      signal('total', 'state', 'f64', 1),
    ],
    operators: bodies.map((body, position) => operator(`e/${position}`, body)),
    probes: [],
    readouts: [],
    elements: [],
  };
}

function optimised(...bodies: readonly (readonly Statement[])[]) {
  const made: OptimisedProgram = optimise(scheduleProbes(program(...bodies)).program, 'f64');
  return { ...made, step: made.step.map(({ region }) => region) };
}

const each = (...body: readonly Statement[]): Statement[] => [loop('n', 0, cells, body)];

/** Kinds of operations in a region, with what they call or calculate. */
function operationsIn(regions: readonly Region[]): string[] {
  const namesOf = (item: Item): string[] => {
    if (item.kind !== 'value') return bodiesOf(item).flatMap((body) => body.flatMap(namesOf));
    const { operation } = item.value;
    if (operation.kind === 'call') return [operation.function];
    return [operation.kind === 'binary' ? operation.operator : operation.kind];
  };
  return regions.flatMap((region) => region.flatMap(namesOf));
}

/** How often a signal is written in a region. */
function storesIn(region: Region, signal: string): number {
  const own = region.filter((item) => item.kind === 'store' && item.signal === signal).length;
  return region.reduce(
    (sum, item) => sum + bodiesOf(item).reduce((inner, body) => inner + storesIn(body, signal), 0),
    own,
  );
}

describe('passes', () => {
  const v = ir.load('v', cell);
  const w = ir.load('w', cell);

  it('turn division by a power of two into a product, and no other', () => {
    const eighth = operationsIn(optimised(each(store('v', cell, ir.divide(v, ir.f64(8))))).step);
    expect([eighth.includes('multiply'), eighth.includes('divide')]).toEqual([true, false]);
    const third = operationsIn(optimised(each(store('v', cell, ir.divide(v, ir.f64(3))))).step);
    expect([third.includes('multiply'), third.includes('divide')]).toEqual([false, true]);
  });

  it('compute what two operators need once, and load what was just stored from nowhere', () => {
    const { step, loops } = optimised(
      each(store('v', cell, ir.call('exp', v))),
      each(store('w', cell, ir.add(v, ir.load('w', cell)))),
    );
    expect(loops.map(({ loop: one }) => one.sources)).toEqual([['e/0', 'e/1']]);
    expect(operationsIn(step).filter((name) => name === 'load')).toHaveLength(2);
    expect(operationsIn(step).filter((name) => name === 'exp')).toHaveLength(1);
  });

  it('keep loops apart where one reads another place of what the other writes', () => {
    const shifted = ir.load('v', ir.loadI32('places', cell));
    const { loops } = optimised(each(store('v', cell, ir.call('exp', v))), each(store('w', cell, shifted)));
    expect(loops).toHaveLength(2);
  });

  it('keep loops apart where something between them needs the whole of the first', () => {
    const between = [store('total', 0, ir.add(ir.load('v', 3), ir.load('v', 4)))];
    const later = each(store('w', cell, ir.multiply(v, ir.load('total'))));
    expect(optimised(each(store('v', cell, ir.call('exp', v))), between, later).loops).toHaveLength(2);
  });

  it('move what is the same in every step in front of them: numbers, and numbers of each cell', () => {
    const decay = ir.call('exp', ir.divide(ir.f64(-1e-4), ir.load('tau', cell)));
    const whole = ir.call('sin', ir.load('tau', 0));
    const { prologue, step, signals } = optimised(each(store('v', cell, ir.add(ir.multiply(v, decay), whole))));
    expect(operationsIn(step).filter((name) => ['exp', 'sin', 'divide'].includes(name))).toEqual([]);
    expect(operationsIn(prologue)).toEqual(expect.arrayContaining(['exp', 'sin', 'divide']));
    expect(signals.map(({ shape }) => shape)).toEqual([[1], [cells]]);
  });

  it.each([
    [each(accumulate('total', 0, v)), /reads and writes total at different places/],
    [
      [letF64('x', ir.f64(0)), ...each(assign('x', ir.add(ir.local('x'), v))), store('total', 0, ir.local('x'))],
      /turn to turn/,
    ],
    [each(store('v', cell, ir.load('v', ir.loadI32('places', cell)))), /different places/],
    [[loop('m', 0, 3, each(store('v', cell, v)))], undefined],
  ])('say why a loop stays as it is', (body, reason) => {
    const [first] = optimised(body).loops;
    if (reason === undefined) expect(first?.lanes).toBe(2);
    else expect(first?.reason).toMatch(reason);
  });

  it('compute what a number equal to another needs only where a lane has it', () => {
    const rare = ir.select(ir.equal(v, ir.f64(0)), ir.call('exp', ir.multiply(v, w)), ir.add(v, w));
    const [loopItem] = optimised(each(store('v', cell, rare))).step.flat();
    const body = loopItem?.kind === 'loop' ? loopItem.body : [];
    const branch = body.find((item) => item.kind === 'if');
    expect(operationsIn([branch?.kind === 'if' ? branch.then : []])).toEqual(['multiply', 'exp', 'select']);
    expect(operationsIn([body.filter((item) => item.kind === 'value')])).toEqual([
      'load',
      'equal',
      'load',
      'add',
      'any',
    ]);
    const usual = ir.select(ir.less(v, ir.f64(0)), ir.multiply(w, w), v);
    expect(operationsIn(optimised(each(store('v', cell, usual))).step)).toContain('select');
  });

  it('store what is overwritten in the same turn once, unless something may have read it', () => {
    const stores = (...bodies: readonly (readonly Statement[])[]): number =>
      storesIn(optimised(...bodies).step.flat(), 'v');
    const twice = [store('v', cell, ir.add(v, w)), store('v', cell, ir.multiply(v, w))];
    expect(stores(each(...twice))).toBe(1);
    expect(stores(each(...twice.slice(0, 1)), each(...twice.slice(1)))).toBe(1);
    const read = ir.load('v', ir.loadI32('places', cell));
    expect(stores(each(twice[0] as Statement, store('w', cell, read), twice[1] as Statement))).toBe(2);
    const sometimes = when(ir.greater(w, ir.f64(1)), [store('v', cell, ir.f64(2))]);
    expect(stores(each(twice[0] as Statement, sometimes))).toBe(2);
  });

  it('print as lines with the lanes of each value', () => {
    const text = printOptimised(expectOk(compile(program(each(store('v', cell, ir.multiply(v, v)))), 'wasm')));
    expect(text.split('\n')).toEqual([
      'in every step',
      '  for %0 = 0 to 10 by 2',
      '    %1: f64x2 = v[%0]',
      '    %2: f64x2 = multiply %1, %1',
      '    v[%0] = %2',
    ]);
  });

  it('explain fused operators and their lanes', () => {
    const made = program(
      each(store('v', cell, ir.call('exp', v)), store('spikes', cell, ir.toI32(ir.greater(v, ir.f64(1))))),
      each(when(ir.notEqual(ir.loadI32('spikes', cell), ir.i32(0)), [store('v', cell, ir.f64(0))])),
    );
    const compiled = expectOk(compile(made, 'wasm'));
    const again = expectOk(compile(made, 'wasm'));
    const [part] = explainProgram(compiled).parts;
    expect(part?.operators.map(({ parts, lanes }) => ({ parts, lanes }))).toEqual([
      { parts: ['e/0', 'e/1'], lanes: 2 },
      { parts: ['e/0', 'e/1'], lanes: 2 },
    ]);
    expect([again.cacheHit, explainProgram(again).cacheHit]).toEqual([true, true]);
    expect(expectOk(compile(made, 'wasm', { precision: 'f32' })).loops[0]?.lanes).toBe(4);
  });
});

describe('the cache of modules', () => {
  const empty = (...rest: number[]): Uint8Array<ArrayBuffer> =>
    new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...rest]);
  /** A section of no meaning with one byte. */
  const named = (byte: number): Uint8Array<ArrayBuffer> => empty(0, 2, 0, byte);

  it('gives equal code the same module, and forgets what was not asked for', () => {
    const cache = createModuleCache(2);
    const first = cache.moduleOf(named(1));
    expect(first.hit).toBe(false);
    expect(cache.moduleOf(named(1))).toEqual({ module: first.module, hit: true });
    expect(cache.moduleOf(named(2)).hit).toBe(false);
    expect(cache.moduleOf(named(1)).hit).toBe(true);
    expect(cache.moduleOf(named(3)).hit).toBe(false);
    expect([1, 2].map((byte) => cache.moduleOf(named(byte)).hit)).toEqual([true, false]);
  });
});

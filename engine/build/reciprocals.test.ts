import { describe, expect, it } from 'vitest';
import type { Expression } from './ir/types.ts';
import * as ir from './ir/expressions.ts';
import { multiplyByReciprocals } from './reciprocals.ts';

const x = ir.local('x');
const by = (divisor: number) => ir.divide(x, ir.f64(divisor));

describe('division by a constant (E41)', () => {
  it('becomes a product with its reciprocal, wherever the value is used smoothly', () => {
    expect(multiplyByReciprocals(by(3))).toEqual(ir.multiply(x, ir.f64(1 / 3)));
    expect(multiplyByReciprocals(ir.call('exp', ir.negate(by(3))))).toEqual(
      ir.call('exp', ir.negate(ir.multiply(x, ir.f64(1 / 3)))),
    );
  });

  it('takes a constant written as an expression', () => {
    const tau = ir.multiply(ir.f64(20), ir.f64(1e-3));
    expect(multiplyByReciprocals(ir.divide(x, tau))).toEqual(ir.multiply(x, ir.f64(1 / (20 * 1e-3))));
  });

  it('takes a number that all cells share, to be computed once when the run begins', () => {
    const [tau, gain] = [ir.load('tau', ir.i32(0)), ir.load('gain', ir.i32(0))];
    const once = ir.divide(ir.f64(1), tau);
    expect(multiplyByReciprocals(ir.divide(x, tau))).toEqual(ir.multiply(x, once));
    expect(multiplyByReciprocals(ir.multiply(ir.f64(3), ir.divide(x, tau)))).toEqual(
      ir.multiply(x, ir.multiply(once, ir.f64(3))),
    );
    expect(multiplyByReciprocals(ir.multiply(gain, ir.divide(x, tau)))).toEqual(
      ir.multiply(x, ir.multiply(once, gain)),
    );
    const varying = ir.load('tau', ir.i32Local('n'));
    expect(multiplyByReciprocals(ir.divide(x, varying))).toEqual(ir.divide(x, varying));
  });

  it('joins constant factors', () => {
    const rate = ir.divide(ir.add(x, ir.f64(2)), ir.f64(3));
    expect(multiplyByReciprocals(ir.multiply(ir.f64(0.1), rate))).toEqual(
      ir.multiply(ir.add(x, ir.f64(2)), ir.f64((1 / 3) * 0.1)),
    );
    const [huge, tiny] = [ir.f64(1e200), ir.f64(1e-200)];
    const far = ir.multiply(huge, ir.multiply(x, huge));
    expect(multiplyByReciprocals(far)).toEqual(ir.multiply(ir.multiply(x, huge), huge));
    expect(multiplyByReciprocals(ir.multiply(tiny, ir.multiply(x, huge)))).toEqual(x);
  });

  it('writes a scaled difference from a constant one way', () => {
    const [c, d] = [ir.f64(3), ir.f64(5)];
    const wanted = ir.multiply(ir.subtract(x, c), ir.f64(-5));
    expect(multiplyByReciprocals(ir.multiply(ir.subtract(c, x), d))).toEqual(wanted);
    expect(multiplyByReciprocals(ir.multiply(d, ir.subtract(c, x)))).toEqual(wanted);
    const turned = ir.multiply(ir.subtract(x, c), d);
    expect(multiplyByReciprocals(turned)).toEqual(turned);
  });

  it('leaves out what is zero, and factors one', () => {
    const [zero, one, y] = [ir.f64(0), ir.f64(1), ir.local('y')];
    const simple: readonly (readonly [Expression, Expression])[] = [
      [ir.add(ir.multiply(x, zero), y), y],
      [ir.subtract(y, ir.multiply(zero, x)), y],
      [ir.subtract(ir.multiply(x, zero), y), ir.negate(y)],
      [ir.multiply(x, one), x],
      [ir.divide(x, ir.f64(-1)), ir.negate(x)],
      [ir.multiply(x, ir.divide(ir.f64(1), ir.f64(4))), ir.multiply(x, ir.f64(0.25))],
      [ir.multiply(x, y), ir.multiply(x, y)],
    ];
    for (const [given, wanted] of simple) expect(multiplyByReciprocals(given)).toEqual(wanted);
    const chosen = ir.less(ir.multiply(x, zero), y);
    expect(multiplyByReciprocals(chosen)).toEqual(chosen);
  });

  it('stays where a last bit could make a step', () => {
    for (const kept of [
      ir.call('floor', by(49)),
      ir.call('trunc', by(49)),
      ir.call('mod', by(49), ir.f64(2)),
      ir.less(by(49), ir.f64(1)),
      ir.toI32(by(49)),
    ])
      expect(multiplyByReciprocals(kept)).toEqual(kept);
  });

  it('stays where the condition of a choice holds it, and changes in what is chosen', () => {
    const chosen = ir.select(ir.less(by(49), ir.f64(1)), by(49), x);
    const wanted = ir.select(ir.less(by(49), ir.f64(1)), ir.multiply(x, ir.f64(1 / 49)), x);
    expect(multiplyByReciprocals(chosen)).toEqual(wanted);
  });

  it('stays for zero, infinities and what has no reciprocal', () => {
    for (const divisor of [0, Infinity, NaN, 5e-324, 1e300])
      expect(multiplyByReciprocals(by(divisor))).toEqual(by(divisor));
    expect(multiplyByReciprocals(ir.divide(x, x))).toEqual(ir.divide(x, x));
  });
});

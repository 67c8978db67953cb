/** Poisson counts inside a loop over cells, for means that are only known there. */
import * as ir from '../ir/expressions.ts';
import { assign, letF64, loop, when } from '../ir/statements.ts';
import type { Expression, Statement } from '../ir/types.ts';
import { cell } from './equation-scope.ts';

/** Above this mean exp(−mean) is too close to the smallest number, and the count is near enough to normal. */
const largestMean = 500;

/**
 * Adds the statements that draw a count into the local `name` and gives it, by the numbers of `index`: one uniform number against the sums of
 * probabilities, from zero up to 30 counts and 12 deviations above the mean; for means above 500 a rounded normal number
 * of the same mean and deviation. Means below zero, and what is no number, give zero.
 */
export function poissonCount(name: string, key: number, mean: Expression, body: Statement[], index = cell): Expression {
  const [m, u, p, sum, k] = [`${name}_mean`, `${name}_u`, `${name}_p`, `${name}_sum`, `${name}_k`] as const;
  const small = ir.binary('lessEqual', ir.local(m), ir.f64(largestMean));
  const reach = ir.add(ir.local(m), ir.multiply(ir.f64(12), ir.call('sqrt', ir.local(m))), ir.f64(30));
  const near = ir.add(ir.local(m), ir.multiply(ir.call('sqrt', ir.local(m)), ir.normal(key, index)));
  const step = ir.divide(ir.local(m), ir.toF64(ir.i32Local(k)));
  body.push(
    letF64(m, ir.maximum(mean, ir.f64(0))),
    letF64(u, ir.uniform(key, index)),
    letF64(p, ir.call('exp', ir.negate(ir.local(m)))),
    letF64(sum, ir.local(p)),
    letF64(name, ir.f64(0)),
    when(
      small,
      [
        loop(k, 1, ir.toI32(reach), [
          when(ir.binary('greater', ir.local(u), ir.local(sum)), [assign(name, ir.toF64(ir.i32Local(k)))]),
          assign(p, ir.multiply(ir.local(p), step)),
          assign(sum, ir.add(ir.local(sum), ir.local(p))),
        ]),
      ],
      [assign(name, ir.maximum(ir.call('roundHalfEven', near), ir.f64(0)))],
    ),
  );
  return ir.local(name);
}

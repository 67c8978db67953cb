/** Surrogate gradients: what takes the place of the derivative of a spike, by the distance u of the cell to its threshold. */
import { createRegistry, type Registered } from '../base/registry.ts';
import * as ir from './ir/expressions.ts';
import type { Expression } from './ir/types.ts';

/** What stands for the derivative of a decision when a run is differentiated. */
export interface SurrogateDeclaration {
  /** `super-spike`, `tanh`, `triangle`, …: an id of `surrogates`. */
  readonly id: string;
  /** Sharpness. */
  readonly alpha: number;
  /** Whether the derivative also goes through what a spike does to its own cell. */
  readonly throughReset: boolean;
}

export interface Surrogate extends Registered {
  readonly title: string;
  /** The derivative at distance u (in the unit of the state) for the sharpness alpha. Both may be used more than once. */
  derivative(distance: Expression, alpha: Expression): Expression;
}

const one = ir.f64(1);
const squared = (value: Expression): Expression => ir.multiply(value, value);
const size = (value: Expression): Expression => ir.call('abs', value);

/** 1 / (α|u| + 1)². */
function fastSigmoid(distance: Expression, alpha: Expression): Expression {
  const width = ir.add(ir.multiply(alpha, size(distance)), one);
  return ir.divide(one, squared(width));
}

/** All surrogate gradients. */
export const surrogates = createRegistry<Surrogate>('surrogate', [
  { id: 'super-spike', title: 'SuperSpike: 1 / (α|u| + 1)²', derivative: fastSigmoid },
  { id: 'fast-sigmoid', title: 'fast sigmoid: slope of u / (1 + α|u|)', derivative: fastSigmoid },
  {
    id: 'tanh',
    title: 'tanh: 1 − tanh²(αu)',
    derivative: (distance, alpha) => ir.subtract(one, squared(ir.call('tanh', ir.multiply(alpha, distance)))),
  },
  {
    id: 'triangle',
    title: 'triangle: α · max(0, 1 − |u|)',
    derivative: (distance, alpha) => ir.multiply(alpha, ir.maximum(ir.f64(0), ir.subtract(one, size(distance)))),
  },
  {
    id: 'circ',
    title: 'circle: α · (1/√(α² + u²) − u²/(α² + u²)^1.5)',
    derivative(distance, alpha) {
      const sum = ir.add(squared(alpha), squared(distance));
      const root = ir.call('sqrt', sum);
      const tail = ir.divide(squared(distance), ir.multiply(sum, root));
      return ir.multiply(alpha, ir.subtract(ir.divide(one, root), tail));
    },
  },
  {
    id: 'erfc',
    title: 'Gauss: 2/√π · exp(−(αu)²)',
    derivative: (distance, alpha) =>
      ir.multiply(ir.f64(2 / Math.sqrt(Math.PI)), ir.call('exp', ir.negate(squared(ir.multiply(alpha, distance))))),
  },
  {
    id: 'arctan',
    title: 'arctan: α/2 / (1 + (π/2 · αu)²)',
    derivative: (distance, alpha) =>
      ir.divide(
        ir.multiply(ir.f64(0.5), alpha),
        ir.add(one, squared(ir.multiply(ir.f64(Math.PI / 2), alpha, distance))),
      ),
  },
  {
    id: 'window',
    title: 'window: 1 where u > −α',
    derivative: (distance, alpha) => ir.select(ir.greater(distance, ir.negate(alpha)), one, ir.f64(0)),
  },
]);

/** The adjoint of a convolution: every product of an input and a weight gives each of the two what the other weighs. */
import * as ir from '../../build/ir/expressions.ts';
import type { KernelStatement } from '../../build/ir/kernels.ts';
import { accumulate, letF64, letI32, loop, when } from '../../build/ir/statements.ts';
import type { Expression, SignalId, Statement } from '../../build/ir/types.ts';
import { shapeOf, type ConvolutionShape } from '../kernels/convolve.ts';
import type { Surroundings } from './reverse-piece.ts';

const [output, channel, kernelY, kernelX, y, x] = ['o', 'c', 'ky', 'kx', 'y', 'x'].map((name) => ir.i32Local(name)) as [
  Expression,
  Expression,
  Expression,
  Expression,
  Expression,
  Expression,
];

/** input += weights ∗ result', weights += input ∗ result', bias += Σ result'. */
export function reverseConvolve({ signals, numbers }: KernelStatement, around: Surroundings): Statement[] {
  const { bias = '', result = '' } = signals;
  const adjoint = around.adjointOf(result);
  if (adjoint === undefined) return [];
  const shape = shapeOf(numbers);
  const { outputHeight, outputWidth } = shape;
  const arriving = (places: readonly Expression[]): Expression =>
    ir.load(adjoint, flat(places, [outputHeight, outputWidth]));
  const toBias = around.adjointOf(bias);
  return [
    ...eachProduct(shape, [letF64('a', arriving([output, y, x])), ...giveEach(signals, around)]),
    ...(toBias === undefined ? [] : [sumOf(shape, toBias, arriving)]),
  ];
}

const [place, weightPlace] = [ir.i32Local('s'), ir.i32Local('w')];

/** What an input and a weight get of the product at `place` and `weightPlace`. */
function giveEach({ input = '', weights = '' }: KernelStatement['signals'], around: Surroundings): Statement[] {
  const give = (to: SignalId | undefined, at: Expression, other: Expression): Statement[] =>
    to === undefined ? [] : [accumulate(to, at, ir.multiply(other, ir.local('a')))];
  return [
    ...give(around.adjointOf(input), place, ir.load(around.valueOf(weights), weightPlace)),
    ...give(around.adjointOf(weights), weightPlace, ir.load(around.valueOf(input), place)),
  ];
}

/** Loops over all products of inputs and weights. */
function eachProduct(shape: ConvolutionShape, body: readonly Statement[]): Statement[] {
  const { inputChannels, outputChannels, kernelHeight, kernelWidth, height, width } = shape;
  const source = flat([channel, ir.i32Local('iy'), ir.i32Local('ix')], [height, width]);
  const weight = flat([output, channel, kernelY, kernelX], [inputChannels, kernelHeight, kernelWidth]);
  const columns = { stride: shape.strideX, padding: shape.paddingX, size: width, places: shape.outputWidth };
  const rows = { stride: shape.strideY, padding: shape.paddingY, size: height, places: shape.outputHeight };
  const across = inside('x', kernelX, columns, [letI32('s', source), ...body]);
  const weighed = [letI32('w', weight), inside('y', kernelY, rows, [across])];
  const kernels = loop('ky', 0, kernelHeight, [loop('kx', 0, kernelWidth, weighed)]);
  return [loop('o', 0, outputChannels, [loop('c', 0, inputChannels, [kernels])])];
}

/** The bias of a channel gets the sum over its results. */
function sumOf(
  { outputChannels, outputHeight, outputWidth }: ConvolutionShape,
  to: SignalId,
  arriving: (places: readonly Expression[]) => Expression,
): Statement {
  const [of, row, column] = [ir.i32Local('bo'), ir.i32Local('by'), ir.i32Local('bx')];
  const results = loop('bx', 0, outputWidth, [accumulate(to, of, arriving([of, row, column]))]);
  return loop('bo', 0, outputChannels, [loop('by', 0, outputHeight, [results])]);
}

interface Axis {
  readonly stride: number;
  readonly padding: number;
  /** Elements of the input. */
  readonly size: number;
  /** Results. */
  readonly places: number;
}

/** Over the results along an axis, where their input lies inside. */
function inside(
  name: 'x' | 'y',
  shift: Expression,
  { stride, padding, size, places }: Axis,
  body: readonly Statement[],
): Statement {
  const found = ir.i32Local(`i${name}`);
  const within = ir.and(ir.greaterEqual(found, ir.i32(0)), ir.less(found, ir.i32(size)));
  const at = ir.subtract(ir.add(ir.multiply(ir.i32Local(name), ir.i32(stride)), shift), ir.i32(padding));
  return loop(name, 0, places, [letI32(`i${name}`, at), when(within, body)]);
}

/** The place of an element whose outermost index has no bound. */
function flat([first, ...others]: readonly Expression[], extents: readonly number[]): Expression {
  return others.reduce(
    (place, index, level) => ir.add(ir.multiply(place, ir.i32(extents[level] ?? 1)), index),
    first ?? ir.i32(0),
  );
}

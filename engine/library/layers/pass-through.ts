/** Weighted copy with an optional delay (Rockpool 1.0.7 PassThrough). */
import { andThen, ok } from '../../base/result.ts';
import type { ElementBuilder, ElementKind } from '../../build/library-kind.ts';
import { add, f64, i32, i32Local, load, multiply, normal, remainder, step } from '../../build/ir/expressions.ts';
import { loop, store } from '../../build/ir/statements.ts';
import type { SignalId } from '../../build/ir/types.ts';
import { denseProduct } from '../../build/operators/dense-product.ts';
import { roundHalfEven } from '../../math/elementary.ts';
import { matrix, quantity, sizeParameter } from '../specs.ts';
import { matrixShape, weightSignal } from './weights.ts';

export const passThrough: ElementKind = {
  id: 'layers/pass-through',
  family: 'layers',
  title: 'Pass-through',
  summary: 'Weighted copy of the input with bias and delay, without dynamics.',
  keywords: ['rockpool', 'PassThrough', 'delay', 'buffer', 'linear'],
  parameters: [
    {
      ...sizeParameter(1),
      title: 'channels',
      description: 'Number of output channels; follows from the weights where they are given.',
    },
    quantity('delay', 'delay', 0, 'ms', 'Delay of the output, rounded to whole time steps (half to even).', {
      minimum: 0,
      favourite: true,
    }),
    quantity('bias', 'bias', 0, '1', 'Added to the output after the delay.', { perCell: true }),
    quantity('noise_std', 'noise', 0, '1', 'Standard deviation of the noise added to every sample.', { minimum: 0 }),
    matrix('weights', 'weights', '1', 'Weights [inputs, outputs]; each channel is passed on unchanged when absent.'),
  ],
  inputs: [{ name: 'in', title: 'input', types: ['continuous', 'spikes'], accepts: 'channels', unit: '1' }],
  outputs: [{ name: 'out', title: 'output', type: 'continuous', unit: '1' }],
  states: [{ name: 'buffer', title: 'delay buffer', unit: '1', holds: 'moments' }],
  equations: ['y(t) = x(t) · W + noise', 'out(t) = y(t − delay) + bias'],
  source: 'Rockpool 1.0.7, PassThrough',
  defaultProbe: 'out',
  sizes({ parameters, inputSize }) {
    const given = matrixShape(parameters, 'weights')?.[1];
    const connected = inputSize('in');
    const size = given ?? (connected === 0 ? parameters.number('size') : connected);
    return ok({ outputs: { out: size }, cells: undefined });
  },
  expand(builder) {
    const shape = matrixShape(builder, 'weights');
    const channels = Math.max(1, builder.inputSize('in'));
    const cells = shape?.[1] ?? (builder.inputSize('in') === 0 ? builder.number('size') : channels);
    return andThen(weighted(builder, cells, channels, shape !== undefined), (sample) =>
      andThen(builder.vector('bias', cells), (bias) => {
        const biases = builder.signal({ name: 'bias', shape: [cells], initial: bias, role: 'constant' });
        const delaySteps = roundHalfEven(builder.number('delay') / builder.timeStepSeconds);
        emitOutput(builder, { sample, biases, cells, delaySteps });
        return ok(undefined);
      }),
    );
  },
};

/** y = x·W + noise as a transient vector. */
function weighted(builder: ElementBuilder, cells: number, channels: number, given: boolean) {
  const input = builder.input('in');
  const sample = builder.signal({ name: 'sample', shape: [cells], initial: 0, role: 'transient' });
  const key = builder.stream('noise');
  const cell = i32Local('n');
  const deviation = builder.number('noise_std');
  const noise =
    deviation === 0
      ? []
      : [
          loop('n', 0, cells, [
            store(sample, cell, add(load(sample, cell), multiply(f64(deviation), normal(key, cell)))),
          ]),
        ];
  if (!given) {
    const copy = loop('i', 0, cells, [
      store(sample, i32Local('i'), load(input, channels === cells ? i32Local('i') : 0)),
    ]);
    builder.operator({ name: 'sample/copy', reads: [input], sets: [sample], body: [copy, ...noise] });
    return ok(sample);
  }
  const inputs = builder.inputSize('in') === 0 ? (matrixShape(builder, 'weights')?.[0] ?? 1) : channels;
  return andThen(weightSignal(builder, 'weights', [inputs, cells], 1, '1'), (weights) => {
    const product = {
      vector: input,
      matrix: weights,
      result: sample,
      inputs: channels,
      outputs: cells,
      transposed: false,
      accumulate: false,
    };
    builder.operator({
      name: 'sample/product',
      reads: [input, weights],
      sets: [sample],
      body: [...denseProduct(product), ...noise],
    });
    return ok(sample);
  });
}

interface OutputRequest {
  readonly sample: SignalId;
  readonly biases: SignalId;
  readonly cells: number;
  readonly delaySteps: number;
}

/** out = (y now, or y from `delaySteps` ago out of the buffer) + bias. */
function emitOutput(builder: ElementBuilder, { sample, biases, cells, delaySteps }: OutputRequest): void {
  const out = builder.signal({ name: 'out', shape: [cells], initial: 0, role: 'transient' });
  const cell = i32Local('i');
  const write = (from: SignalId, index = cell as ReturnType<typeof add>) => [
    loop('i', 0, cells, [store(out, cell, add(load(from, index), load(biases, cell)))]),
  ];
  builder.output('out', out);
  if (delaySteps === 0) {
    builder.operator({ name: 'out/value', reads: [sample, biases], sets: [out], body: write(sample) });
    return;
  }
  const buffer = builder.signal({ name: 'buffer', shape: [delaySteps, cells], initial: 0, role: 'state', turning: 0 });
  const place = add(multiply(remainder(step, i32(delaySteps)), i32(cells)), cell);
  builder.state('buffer', buffer);
  builder.operator({ name: 'out/value', reads: [buffer, biases], sets: [out], body: write(buffer, place) });
  builder.operator({
    name: 'buffer/write',
    slot: 'end',
    reads: [sample],
    updates: [buffer],
    body: [loop('i', 0, cells, [store(buffer, place, load(sample, cell))])],
  });
}

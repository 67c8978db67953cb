/** Events at the port `in` of a layer: how many arrive on each channel in a step, and what they weigh. */
import type { Result } from '../../base/result.ts';
import { mapResult, ok } from '../../base/result.ts';
import { f64, i32Local, load, notEqual, select } from '../../build/ir/expressions.ts';
import { accumulate, loop, store } from '../../build/ir/statements.ts';
import type { SignalId, Statement } from '../../build/ir/types.ts';
import type { ElementBuilder, SizeRequest } from '../../build/library-kind.ts';
import { denseProduct } from '../../build/operators/dense-product.ts';
import type { InputPortSpec, ParameterSpec } from '../../model/kind.ts';
import { flag, sizeParameter } from '../specs.ts';
import { matrixShape, weightSignal } from './weights.ts';

/** The port. */
export const eventPort: InputPortSpec = {
  ...{ name: 'in', title: 'events', types: ['spikes', 'continuous'], accepts: 'channels', unit: '1' },
};

/** Parameter `size` of layers that have one cell per channel where no weights are given. */
export const sizeOfEvents: ParameterSpec = {
  ...sizeParameter(1),
  description: 'Number of cells; follows from the weights or, without them, from the input.',
};

/** Parameter `add_events`. */
export function addEventsFlag(value: boolean): ParameterSpec {
  return flag('add_events', 'add events', value, 'Several events of a channel in a step count as many; else as one.');
}

/** Cells of a layer whose input weights may be absent: then there is one per channel; undefined while these are not known. */
export function cellsOfEvents({
  parameters,
  inputSize,
}: Pick<SizeRequest, 'parameters' | 'inputSize'>): number | undefined {
  const given = matrixShape(parameters, 'weights')?.[1];
  const connected = inputSize('in');
  return given ?? (connected === 0 ? parameters.number('size') : connected);
}

/** Signals of a layer that weighs events. */
export interface WeighedEvents {
  readonly cells: number;
  readonly reads: readonly SignalId[];
  /** Sets the vector to what arrives at each cell, or adds it. */
  body(result: SignalId, accumulating: boolean): Statement[];
}

/** The events of the port times the weights; without weights each channel goes to its own cell. */
export function weighedEvents(builder: ElementBuilder, countSeveral: boolean): Result<WeighedEvents> {
  const shape = matrixShape(builder, 'weights');
  const channels = Math.max(1, builder.inputSize('in'));
  const vector = eventVector(builder, channels, countSeveral);
  if (shape === undefined) {
    const cells = builder.inputSize('in') === 0 ? builder.number('size') : channels;
    return ok({
      cells,
      reads: [vector],
      body: (result, adding) => [copied(vector, result, { cells, channels, adding })],
    });
  }
  const inputs = builder.inputSize('in') === 0 ? shape[0] : channels;
  const cells = shape[1];
  return mapResult(weightSignal(builder, 'weights', [inputs, cells], 1, '1'), (matrix) => {
    const product = { vector, matrix, inputs: channels, outputs: cells, transposed: false };
    const body = (result: SignalId, accumulating: boolean) =>
      denseProduct({ ...product, result, accumulate: accumulating });
    return { cells, reads: [vector, matrix], body };
  });
}

interface Copy {
  readonly cells: number;
  readonly channels: number;
  readonly adding: boolean;
}

function copied(vector: SignalId, result: SignalId, { cells, channels, adding }: Copy): Statement {
  const cell = i32Local('i');
  const value = channels === cells ? load(vector, cell) : f64(0);
  return loop('i', 0, cells, [adding ? accumulate(result, cell, value) : store(result, cell, value)]);
}

/** The input as it arrives, or 1 wherever there is any. */
export function eventVector(builder: ElementBuilder, channels: number, countSeveral: boolean): SignalId {
  const arriving = builder.input('in');
  if (countSeveral) return arriving;
  const events = builder.signal({ name: 'events', shape: [channels], initial: 0, role: 'transient' });
  const channel = i32Local('i');
  const any = select(notEqual(load(arriving, channel), f64(0)), f64(1), f64(0));
  builder.operator({
    name: 'events/any',
    slot: 'inputs',
    reads: [arriving],
    sets: [events],
    body: [loop('i', 0, channels, [store(events, channel, any)])],
  });
  return events;
}

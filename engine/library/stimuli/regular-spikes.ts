/** Regular spikes at a fixed interval. */
import { ok } from '../../base/result.ts';
import type { ElementKind } from '../../build/library-kind.ts';
import {
  add,
  and,
  call,
  divide,
  f64,
  greater,
  greaterEqual,
  multiply,
  subtract,
  time,
  toF64,
} from '../../build/ir/expressions.ts';
import type { Expression } from '../../build/ir/types.ts';
import { quantity, sizeParameter } from '../specs.ts';
import { emitSpikes, spikeOutput } from './spikes.ts';

export const regularSpikes: ElementKind = {
  id: 'stimuli/regular-spikes',
  family: 'stimuli',
  title: 'Regular spikes',
  summary: 'Spikes at a fixed interval; cells may be shifted against each other.',
  keywords: ['periodic', 'clock', 'spike generator'],
  parameters: [
    sizeParameter(1),
    quantity('interval', 'interval', 50, 'ms', 'Time from spike to spike.', { exclusiveMinimum: 0, favourite: true }),
    quantity('first', 'first spike', 0, 'ms', 'Time of the first spike of the first cell.', { minimum: 0 }),
    quantity('shift', 'shift between cells', 0, 'ms', 'Added to the time of the first spike from cell to cell.', {
      minimum: 0,
    }),
  ],
  inputs: [],
  outputs: [spikeOutput],
  states: [],
  equations: ['cell i spikes at t = first + i · shift + k · interval, k = 0, 1, 2, …'],
  source: 'Spikeloom',
  defaultProbe: 'spikes',
  sizes: ({ parameters }) => ok({ outputs: { spikes: parameters.number('size') }, cells: undefined }),
  expand(builder) {
    const { timeStepSeconds } = builder;
    const interval = f64(builder.number('interval'));
    const early = f64(timeStepSeconds * 1e-3);
    const count = (at: Expression): Expression => call('floor', divide(at, interval));
    emitSpikes(builder, builder.number('size'), [], (cell) => {
      const start = add(f64(builder.number('first')), multiply(toF64(cell), f64(builder.number('shift'))));
      const now = subtract(add(time, early), start);
      return and(greaterEqual(now, f64(0)), greater(count(now), count(subtract(now, f64(timeStepSeconds)))));
    });
    return ok(undefined);
  },
};
